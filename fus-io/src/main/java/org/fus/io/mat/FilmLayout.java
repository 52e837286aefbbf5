package org.fus.io.mat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.io.content.Content;

/** The companion of an {@code .acq}: {@code Doppler_film} (z, x, time, y), power Doppler without times or positions. */
final class FilmLayout implements MatLayout {
    private static final String VARIABLE = "Doppler_film";
    private static final int MAX_AXES = 4;

    @Override
    public String what() {
        return "Doppler_film (power Doppler)";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains(VARIABLE);
    }

    @Override
    public Content read(MatFile file) {
        MatArray data = file.numbers(VARIABLE, "real numbers (z, x, time, y)");
        Map<String, Object> metadata = new LinkedHashMap<>();
        MatLayout.others(file, List.of(VARIABLE), metadata);
        return new MatSeries(file, VARIABLE, SeriesAxes.of(data, "z", "x", "time", "y"), MAX_AXES)
                .metadata(metadata)
                .content(format(file));
    }
}
