package org.fus.io.raw;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.IqRecording;
import org.fus.io.info.Extension;

/** Grid and timing to the last bit, which the disguised numbers of a header cannot hold; and what else it has no place for. */
final class Exact {
    private static final String GRID = "grid";
    private static final String TIMING = "timing";

    private Exact() {}

    static Map<String, Object> difference(IqHeader plain, Map<String, Object> metadata, IqRecording recording) {
        Map<String, Object> out = new LinkedHashMap<>(Extension.difference(metadata, plain.metadata()));
        PixelGrid g = (PixelGrid) recording.grid();
        if (!g.equals(plain.grid(""))) {
            out.put(GRID, List.of(g.x0M(), g.y0M(), g.z0M(), g.dxM(), g.dyM(), g.dzM()));
        }
        IqEnsemble.Timing t = recording.timing();
        if (!t.equals(plain.timing(""))) {
            out.put(TIMING, List.of(t.frameRateHz(), t.centerFrequencyHz(), t.soundSpeedMPerS()));
        }
        if (!recording.provenance().equals(Provenance.none())) {
            out.putAll(Extension.difference(recording.provenance()));
        }
        return out;
    }

    static PixelGrid grid(String file, PixelGrid plain, String extension) {
        return numbers(file, extension, GRID, 6)
                .map(v -> new PixelGrid(
                        v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), plain.nx(), plain.ny(), plain.nz()))
                .orElse(plain);
    }

    static IqEnsemble.Timing timing(String file, IqEnsemble.Timing plain, String extension) {
        return numbers(file, extension, TIMING, 3)
                .map(v -> new IqEnsemble.Timing(v.get(0), v.get(1), v.get(2)))
                .orElse(plain);
    }

    private static Optional<List<Double>> numbers(String file, String extension, String name, int count) {
        return Extension.numbers(file, extension, name).map(v -> {
            if (v.size() != count) {
                throw new IllegalArgumentException(
                        "extension " + name + ": expected " + count + " numbers, got " + v.size());
            }
            return v;
        });
    }
}
