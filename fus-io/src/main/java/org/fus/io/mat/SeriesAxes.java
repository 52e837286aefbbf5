package org.fus.io.mat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;

/**
 * The values of a series in an array of any order of axes.
 *
 * @param array the values
 * @param axes the axis of the array for each of extra, pose, time, z, y, x, from 0; -1 for one that it does not have
 */
record SeriesAxes(MatArray array, List<Integer> axes) implements FusSeries.Store {
    private static final int AXES = 6;
    private static final int FIRST_SPACE = 3;

    /** By the names of the axes in MATLAB's order, such as {@code z x time y}; those beyond the rank have length 1. */
    static SeriesAxes of(MatArray array, String... matlabAxes) {
        List<String> names = List.of("extra", "pose", "time", "z", "y", "x");
        int rank = array.shape().size();
        List<Integer> axes = names.stream()
                .map(n -> {
                    int at = Arrays.asList(matlabAxes).indexOf(n);
                    return at < 0 || at >= rank ? -1 : rank - 1 - at;
                })
                .toList();
        return new SeriesAxes(array, axes);
    }

    /** The lengths that the axes have. */
    FusSeries.Shape shape() {
        int[] n = axes.stream()
                .mapToInt(a -> a < 0 ? 1 : Math.toIntExact(array.shape().get(a)))
                .toArray();
        return new FusSeries.Shape(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    @Override
    public double[] read(int extra, int pose, int firstTime, int count) {
        int rank = array.shape().size();
        long[] offset = new long[rank];
        int[] length = new int[rank];
        int[] first = {extra, pose, firstTime, 0, 0, 0};
        int[] wanted = new int[AXES];
        for (int k = 0; k < AXES; k++) {
            int axis = axes.get(k);
            wanted[k] = axis < 0
                    ? 1
                    : k >= FIRST_SPACE ? Math.toIntExact(array.shape().get(axis)) : k == 2 ? count : 1;
            if (axis >= 0) {
                offset[axis] = first[k];
                length[axis] = wanted[k];
            }
        }
        double[] values =
                array.range(offset, length).doubles(0, Arrays.stream(length).reduce(1, Math::multiplyExact));
        return inOrder() ? values : ordered(values, length, wanted);
    }

    private boolean inOrder() {
        int[] present = axes.stream().filter(a -> a >= 0).mapToInt(a -> a).toArray();
        return IntStream.range(1, present.length).allMatch(i -> present[i] > present[i - 1]);
    }

    private double[] ordered(double[] values, int[] length, int[] wanted) {
        int[] step = new int[AXES];
        for (int k = 0; k < AXES; k++) {
            int axis = axes.get(k);
            step[k] = axis < 0
                    ? 0
                    : Arrays.stream(length, axis + 1, length.length).reduce(1, (a, b) -> a * b);
        }
        double[] out = new double[values.length];
        int to = 0;
        for (int t = 0; t < wanted[2]; t++) {
            for (int z = 0; z < wanted[3]; z++) {
                for (int y = 0; y < wanted[4]; y++) {
                    int from = t * step[2] + z * step[3] + y * step[4];
                    for (int x = 0; x < wanted[5]; x++) {
                        out[to++] = values[from + x * step[5]];
                    }
                }
            }
        }
        return out;
    }
}
