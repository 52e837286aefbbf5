package org.fus.io.mat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fus.io.content.Content;

/**
 * PyfUS and whole-brain-fUS: {@code I} (dorso-ventral, left-right, antero-posterior, time) and a structure {@code md} with
 * {@code imageSize}, {@code voxelSize} and {@code Direction}, such as {@code DV.AP.LR}. Older files have {@code size} in
 * place of {@code imageSize}, and {@code I} (dorso-ventral, left-right within antero-posterior, time).
 *
 * <p>Depth is z, left-right x, antero-posterior y; the PROBE frame then points right, forwards and up. {@code voxelSize} has the order of {@code Direction} and no unit: a size
 * of 5 or more is taken as micrometres, a smaller one as millimetres, since voxels of these images are 0.05 to 1 mm.
 */
final class PyfusLayout implements MatLayout {
    private static final String DATA = "I";
    private static final String MD = "md";
    private static final double MICROMETRES_FROM = 5;

    @Override
    public String what() {
        return "I and md (PyfUS)";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains(DATA) && names.contains(MD);
    }

    @Override
    public Content read(MatFile file) {
        MatFields md = file.struct(MD, "a structure with imageSize and voxelSize");
        MatArray image = file.numbers(DATA, "real numbers (DV, LR, AP, time)");
        MatArray data = md.has("size") ? split(file, image, md) : image;
        if (md.has("imageSize")) {
            requireSize(file, data, sizes(md, "imageSize"));
        }
        MatSeries series = new MatSeries(file, DATA, SeriesAxes.of(data, "z", "x", "y", "time"), 4);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(MD, md.plain(Set.of()));
        MatLayout.others(file, List.of(DATA, MD), metadata);
        series.metadata(metadata);
        if (md.has("voxelSize")) {
            voxels(series, md);
        }
        return series.content(format(file));
    }

    /** The older form: left-right varies faster than antero-posterior within the second axis. */
    private static MatArray split(MatFile file, MatArray image, MatFields md) {
        List<Long> n = sizes(md, "size");
        List<Long> shape = image.shape();
        boolean fits = shape.size() <= 3
                && shape.getLast().equals(n.get(0))
                && shape.get(shape.size() - 2) == Math.multiplyExact((long) n.get(1), n.get(2));
        if (!fits) {
            throw file.failure(
                    DATA,
                    "expected shape [" + n.get(0) + ", " + n.get(1) + " * " + n.get(2) + ", times] by md.size, got "
                            + image.matlabShape() + "; save it with md.imageSize");
        }
        long times = shape.size() == 3 ? shape.getFirst() : 1;
        int second = Math.toIntExact(n.get(1) * n.get(2));
        int first = Math.toIntExact(n.get(0));
        // Whole volumes are read, so only the time is cut.
        return new MatArray(
                image.file(),
                image.type(),
                List.of(times, n.get(2), n.get(1), n.get(0)),
                (offset, count) -> image.ranges()
                        .read(
                                shape.size() == 3 ? new long[] {offset[0], 0, 0} : new long[2],
                                shape.size() == 3 ? new int[] {count[0], second, first} : new int[] {second, first}),
                Optional.empty());
    }

    private static void requireSize(MatFile file, MatArray data, List<Long> n) {
        List<Long> got = new java.util.ArrayList<>(data.matlabShape());
        while (got.size() < 3) {
            got.add(1L);
        }
        if (!got.subList(0, 3).equals(n)) {
            throw file.failure(
                    DATA,
                    "expected shape " + n + " before the time by md.imageSize, got " + data.matlabShape()
                            + "; one of the two is of another recording");
        }
    }

    private static List<Long> sizes(MatFields md, String name) {
        List<Double> n = md.numbers(name);
        if (n.size() != 3 || n.stream().anyMatch(v -> !(v >= 1 && v <= Integer.MAX_VALUE) || v != Math.rint(v))) {
            throw md.failure(name, "expected three whole numbers of at least 1, got " + n);
        }
        return n.stream().map(v -> (long) (double) v).toList();
    }

    private static void voxels(MatSeries series, MatFields md) {
        List<Double> size = md.numbers("voxelSize");
        if (size.size() != 3 || size.stream().anyMatch(v -> !(v > 0) || v.isInfinite())) {
            throw md.failure("voxelSize", "expected three positive sizes, got " + size);
        }
        String direction = md.text("Direction", "DV.AP.LR");
        List<String> words =
                List.of(direction.strip().toUpperCase(java.util.Locale.ROOT).split("\\.", -1));
        boolean micrometres = size.stream().allMatch(v -> v >= MICROMETRES_FROM);
        if (!micrometres && size.stream().anyMatch(v -> v >= MICROMETRES_FROM)) {
            throw md.failure("voxelSize", "expected sizes of one unit, micrometres or millimetres, got " + size);
        }
        double unit = micrometres ? 1e-6 : 1e-3;
        double[] voxel = new double[3];
        int[] sign = new int[3];
        List<String> positive = List.of("LR", "PA", "DV");
        for (int axis = 0; axis < 3; axis++) {
            String forwards = positive.get(axis);
            String backwards = new StringBuilder(forwards).reverse().toString();
            int at = Math.max(words.indexOf(forwards), words.indexOf(backwards));
            if (words.size() != 3 || at < 0) {
                throw md.failure("Direction", "expected three of DV, AP, LR with dots between, got " + direction);
            }
            voxel[axis] = size.get(at) * unit;
            sign[axis] = words.get(at).equals(forwards) ? 1 : -1;
        }
        series.voxels(voxel, sign)
                .warn("md.voxelSize has no unit in the file: taken as " + (micrometres ? "micrometres" : "millimetres")
                        + " by its size");
    }
}
