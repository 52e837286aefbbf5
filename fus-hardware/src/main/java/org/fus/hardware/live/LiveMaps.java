package org.fus.hardware.live;

import java.util.Map;
import java.util.Optional;
import org.fus.core.data.DopplerFrame;

/**
 * What came of one ensemble. Immutable.
 *
 * @param number number of the ensemble in the run, from 0; those that were skipped are missing
 * @param firstFrame its first frame since the start of the run
 * @param frames its length
 * @param timeS the middle of its frames since the first frame of the run, on the device's clock, seconds
 * @param readyNs when its last frame was in the host, on the clock of {@link System#nanoTime()}
 * @param map the map of the recipe
 * @param views the views by name; empty when they are not shown this time
 */
public record LiveMaps(
        long number,
        long firstFrame,
        int frames,
        double timeS,
        long readyNs,
        DopplerFrame map,
        Map<String, DopplerFrame> views) {
    /** Copies the views. */
    public LiveMaps {
        views = Map.copyOf(views);
    }

    /**
     * One of the views.
     *
     * @param name its name
     * @return the map, or nothing when it is not shown this time
     */
    public Optional<DopplerFrame> view(String name) {
        return Optional.ofNullable(views.get(name));
    }
}
