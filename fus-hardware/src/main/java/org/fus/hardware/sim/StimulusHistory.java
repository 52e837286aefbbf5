package org.fus.hardware.sim;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.simulation.HaemodynamicResponse;
import org.fus.hardware.trigger.TriggerEdge.Slope;

/** When the line of the stimulus was high, on the scanner's clock, from the edges that the scanner saw. Thread-safe. */
final class StimulusHistory {
    private static final long STILL_HIGH = Long.MAX_VALUE;

    private final String line;
    private final List<long[]> high = new ArrayList<>();

    StimulusHistory(String line) {
        this.line = line;
    }

    synchronized void edge(String channel, Slope slope, long deviceTimeNs) {
        if (!channel.equals(line)) {
            return;
        }
        boolean isHigh = !high.isEmpty() && high.getLast()[1] == STILL_HIGH;
        if (slope == Slope.RISING && !isHigh) {
            high.add(new long[] {deviceTimeNs, STILL_HIGH});
        } else if (slope == Slope.FALLING && isHigh) {
            high.getLast()[1] = deviceTimeNs;
        }
    }

    /** How strongly a region answers: the sum of its responses to all that it was shown so far. */
    synchronized double response(HaemodynamicResponse response, double deviceTimeS) {
        double sum = 0;
        for (long[] h : high) {
            double sinceS = deviceTimeS - h[0] * 1e-9;
            double durationS = h[1] == STILL_HIGH ? Double.POSITIVE_INFINITY : (h[1] - h[0]) * 1e-9;
            sum += response.at(sinceS, durationS);
        }
        return sum;
    }
}
