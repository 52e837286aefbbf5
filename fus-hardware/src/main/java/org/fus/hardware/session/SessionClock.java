package org.fus.hardware.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.trigger.ClockFit;

/**
 * The time of an acquisition: seconds on the clock of the scanner since its first frame. Times of the host come onto it by a
 * {@link ClockFit}. Thread-safe.
 */
final class SessionClock {
    /** How late a block may come to the host, seconds: what the simulated scanner calls late. */
    private static final double BLOCK_UNCERTAINTY_S = 20e-3;

    /** No host stamps better than this, seconds. */
    private static final double LEAST_UNCERTAINTY_S = 1e-6;

    private final List<ClockFit.Sample> samples = new ArrayList<>();
    private Optional<ClockFit> recent = Optional.empty();
    private int fittedSamples;
    private boolean started;
    private long zeroNs;

    /** Takes a block; the first one sets the zero. */
    synchronized void block(DeviceBlock block, double framePeriodS) {
        if (!started) {
            started = true;
            zeroNs = block.deviceTimeNs();
        }
        long endNs = block.deviceTimeNs() + Math.round(block.frames() * framePeriodS * 1e9);
        samples.add(new ClockFit.Sample(endNs, block.hostTimeNs(), BLOCK_UNCERTAINTY_S));
    }

    /** Takes an edge that both clocks saw. */
    synchronized void edge(long deviceTimeNs, long hostTimeNs, double uncertaintyS) {
        samples.add(new ClockFit.Sample(deviceTimeNs, hostTimeNs, Math.max(LEAST_UNCERTAINTY_S, uncertaintyS)));
    }

    synchronized boolean started() {
        return started;
    }

    synchronized OptionalLong zeroNs() {
        return started ? OptionalLong.of(zeroNs) : OptionalLong.empty();
    }

    synchronized double timeS(long deviceTimeNs) {
        return (deviceTimeNs - zeroNs) * 1e-9;
    }

    /** The fit of the two clocks; nothing before there are three samples of different times. */
    synchronized Optional<ClockFit> fit() {
        long different = samples.stream()
                .mapToLong(ClockFit.Sample::deviceTimeNs)
                .distinct()
                .limit(3)
                .count();
        return different < 3 ? Optional.empty() : Optional.of(ClockFit.of(samples));
    }

    /** Says that no more samples come, so that the next times are good to all of them. */
    synchronized void end() {
        fittedSamples = 0;
    }

    /** A time of the host on the clock of the acquisition; good to a fit of most samples; by the last one alone while there is no fit. */
    synchronized double hostTimeS(long hostTimeNs) {
        if (samples.size() > 1.1 * fittedSamples) { // often enough for notes, seldom enough for long acquisitions
            recent = fit();
            fittedSamples = samples.size();
        }
        ClockFit.Sample last = samples.getLast();
        long device = recent.map(f -> f.deviceTimeNs(hostTimeNs))
                .orElse(hostTimeNs - last.hostTimeNs() + last.deviceTimeNs());
        return timeS(device);
    }
}
