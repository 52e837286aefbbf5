package org.fus.hardware.trigger;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.trigger.TriggerEdge.Slope;

/**
 * Trigger lines without hardware: a clock of their own that is off and drifts, reports that come late and jitter, edges by
 * schedule, and outputs that may be wired back to inputs.
 */
public final class SimulatedTriggerLines implements DeviceTriggerPort.Lines, AutoCloseable {
    private final Set<String> outputs;
    private final long offsetNs;
    private final double driftPpm;
    private final double jitterS;
    private final Random random;
    private final long startNs = System.nanoTime();
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fus-sim-trigger-", 0).factory());
    private volatile Listener listener;

    /**
     * Lines.
     *
     * @param outputs names of the output lines; a pulse on one comes back in as {@code loop-NAME}
     * @param offsetNs what the clock reads at the start
     * @param driftPpm how much faster the clock runs than the host's, millionths
     * @param jitterS longest delay of a report, seconds; delays are spread evenly from 0
     * @param seed of the jitter
     */
    public SimulatedTriggerLines(Set<String> outputs, long offsetNs, double driftPpm, double jitterS, long seed) {
        if (!(jitterS >= 0) || jitterS > 10 || !(Math.abs(driftPpm) < 10_000)) {
            throw new IllegalArgumentException("jitter of " + jitterS + " s and drift of " + driftPpm
                    + " ppm, expected 0 to 10 s and less than 10000 ppm");
        }
        this.outputs = Set.copyOf(outputs);
        this.offsetNs = offsetNs;
        this.driftPpm = driftPpm;
        this.jitterS = jitterS;
        this.random = new Random(seed);
    }

    /**
     * What its clock reads.
     *
     * @param hostTimeNs at a time of the host
     * @return nanoseconds
     */
    public long deviceTimeNs(long hostTimeNs) {
        long since = hostTimeNs - startNs;
        return offsetNs + since + Math.round(since * driftPpm * 1e-6);
    }

    /**
     * Makes an edge come in later.
     *
     * @param channel name of the line
     * @param slope which change
     * @param inS from now, seconds
     */
    public void schedule(String channel, Slope slope, double inS) {
        scheduleFrom(System.nanoTime(), channel, slope, inS);
    }

    private void scheduleFrom(long nowNs, String channel, Slope slope, double inS) {
        long atNs = nowNs + Math.round(inS * 1e9);
        long device = deviceTimeNs(atNs);
        double late;
        synchronized (random) {
            late = random.nextDouble() * jitterS;
        }
        var _ = schedule.schedule(
                () -> report(channel, slope, device), Math.round((inS + late) * 1e9), TimeUnit.NANOSECONDS);
    }

    private void report(String channel, Slope slope, long device) {
        Listener l = listener;
        if (l != null) {
            l.edge(channel, slope, device);
        }
    }

    @Override
    public Set<String> outputs() {
        return outputs;
    }

    @Override
    public long pulse(String channel, double widthS) {
        long now = System.nanoTime();
        try {
            scheduleFrom(now, "loop-" + channel, Slope.RISING, 0);
            scheduleFrom(now, "loop-" + channel, Slope.FALLING, widthS);
        } catch (RejectedExecutionException e) {
            throw new FusDeviceException("simulated triggers", "the lines are closed", e);
        }
        return deviceTimeNs(now);
    }

    @Override
    public void listen(Listener l) {
        listener = l;
    }

    @Override
    public void allLow() {
        // nothing holds a level here: pulses end by themselves
    }

    @Override
    public void close() {
        listener = null;
        schedule.shutdownNow();
    }
}
