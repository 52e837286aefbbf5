package org.fus.io.mat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fus.io.content.Content;

/**
 * The legacy {@code .acq}: a structure {@code Acquisition} with {@code Data} (x, y, z, time, then pose and extra), power
 * Doppler, and {@code T}, the times in seconds, one for each volume. The format has no size of voxels and no position.
 */
final class AcquisitionLayout implements MatLayout {
    static final String VARIABLE = "Acquisition";
    private static final String DATA = "Data";
    private static final String TIMES = "T";
    private static final int MAX_AXES = 6;

    @Override
    public String what() {
        return "Acquisition (power Doppler)";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains(VARIABLE);
    }

    @Override
    public Content read(MatFile file) {
        MatFields acquisition = file.struct(VARIABLE, "a structure with Data and T");
        MatArray data = acquisition.array(DATA, "real numbers (x, y, z, time)");
        SeriesAxes axes = SeriesAxes.of(data, "x", "y", "z", "time", "pose", "extra");
        Map<String, Object> metadata = new LinkedHashMap<>(acquisition.plain(Set.of(DATA, TIMES)));
        MatLayout.others(file, List.of(VARIABLE, MatWriter.DESCRIPTION), metadata);
        MatSeries series = new MatSeries(file, VARIABLE + "." + DATA, axes, MAX_AXES).metadata(metadata);
        List<Double> times = acquisition.numbers(TIMES);
        int volumes = axes.shape().times();
        if (!times.isEmpty() && times.size() != volumes) {
            throw acquisition.failure(
                    TIMES,
                    "expected " + volumes + " times in seconds, one per volume of " + DATA + ", got " + times.size()
                            + "; is it that of another recording?");
        }
        return series.described(format(file), MatWriter.description(file))
                .orElseGet(() -> series.times(times).content(format(file)));
    }
}
