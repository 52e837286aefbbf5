package org.fus.hardware.live;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.DopplerFrame;

/**
 * Change of cerebral blood volume against a baseline window: {@code 100 (PD - PD0) / PD0} per pixel, with the mean power
 * Doppler {@code PD0} of the maps whose middle lies in the window; power Doppler is proportional to the blood volume (Mace et
 * al. 2011, doi:10.1038/nmeth.1641). Nothing is smoothed. Give it every map: subscribe with
 * {@link StreamPolicy#PROCESS_ALL}. Thread-safe.
 */
public final class CbvChange {
    private final BaselineMean baseline;
    private final Map<String, String> parameters;
    private DopplerFrame first;

    private CbvChange(double fromS, double toS) {
        this.baseline = new BaselineMean(fromS, toS);
        this.parameters = Map.of(
                "baselineFromS", String.format(Locale.ROOT, "%s", fromS),
                "baselineToS", String.format(Locale.ROOT, "%s", toS));
    }

    /**
     * Against the mean of a window of time.
     *
     * @param fromS start, seconds since the first frame of the run
     * @param toS end
     * @return a view that waits for its baseline
     */
    public static CbvChange againstWindow(double fromS, double toS) {
        return new CbvChange(fromS, toS);
    }

    /**
     * Takes the next map of a run.
     *
     * @param maps the power Doppler of an ensemble
     * @return the change in per cent, NaN where the baseline is 0; nothing before the window is over, or when no map fell into it
     * @throws IllegalArgumentException when the map is not power Doppler, or not on the grid of those before
     */
    public synchronized Optional<DopplerFrame> update(LiveMaps maps) {
        DopplerFrame map = maps.map();
        if (!map.quantity().isPower()) {
            throw new IllegalArgumentException("CBV change of " + map.quantity().label() + ", expected power Doppler");
        }
        if (first == null) {
            first = map;
        } else if (!first.grid().equals(map.grid())) {
            throw new IllegalArgumentException(
                    "CBV change: the map has the grid " + map.grid() + ", those before had " + first.grid());
        }
        double[] power = new double[map.grid().size()];
        for (int i = 0; i < power.length; i++) {
            power[i] = map.at(i);
        }
        baseline.add(maps.timeS(), power);
        if (!baseline.isKnown()) {
            return Optional.empty();
        }
        float[] percent = new float[power.length];
        for (int i = 0; i < percent.length; i++) {
            percent[i] = (float) baseline.changePercent(i, power[i]);
        }
        return Optional.of(DopplerFrame.wrap(
                DopplerFrame.Quantity.CBV_CHANGE,
                map.grid(),
                percent,
                map.provenance().with("CBV change", parameters)));
    }

    /**
     * Maps that fell into the window so far.
     *
     * @return 0 or more
     */
    public synchronized int baselineMaps() {
        return baseline.maps();
    }
}
