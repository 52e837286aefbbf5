package org.fus.io.mat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.io.content.Content;

/**
 * Power Doppler of human recordings (Rabut 2024): {@code dop} (z, x, time) and {@code timestamps} in seconds, with
 * {@code task}, {@code run_label} and {@code UF} as metadata.
 */
final class DopLayout implements MatLayout {
    private static final String DATA = "dop";
    private static final String TIMES = "timestamps";
    private static final int MAX_AXES = 3;

    @Override
    public String what() {
        return "dop and timestamps (power Doppler)";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains(DATA) && names.contains(TIMES);
    }

    @Override
    public Content read(MatFile file) {
        MatArray data = file.numbers(DATA, "real numbers (z, x, time)");
        SeriesAxes axes = SeriesAxes.of(data, "z", "x", "time");
        MatSeries series = new MatSeries(file, DATA, axes, MAX_AXES);
        MatArray times = file.numbers(TIMES, "a time in seconds for each volume");
        int volumes = axes.shape().times();
        if (times.type().parts() > 1 || times.size() != volumes) {
            throw file.failure(
                    TIMES,
                    "expected " + volumes + " times in seconds, one per volume of " + DATA + " (z, x, time), got "
                            + times.size() + "; save dop with time as its last axis");
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        MatLayout.others(file, List.of(DATA, TIMES), metadata);
        return series.metadata(metadata)
                .times(java.util.Arrays.stream(times.all()).boxed().toList())
                .content(format(file));
    }
}
