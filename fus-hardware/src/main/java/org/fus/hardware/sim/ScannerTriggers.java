package org.fus.hardware.sim;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.SimulatedTriggerLines;
import org.fus.hardware.trigger.TriggerEdge.Slope;

/** The trigger lines of a simulated scanner, which listens itself and lets a host listen too. */
final class ScannerTriggers implements DeviceTriggerPort.Lines, AutoCloseable {
    static final Set<String> OUTPUTS = Set.of("out1", "out2");

    static final List<String> INPUTS = List.of("in1", "in2", "loop-out1", "loop-out2");

    private final SimulatedTriggerLines lines;
    private final StimulusHistory stimulus;
    private volatile Listener host;
    private volatile Waiting waiting;

    /** A program that waits for an edge. */
    private record Waiting(String channel, Slope slope, CountDownLatch came) {}

    ScannerTriggers(SimulatedBehaviour behaviour, StimulusHistory stimulus, long seed) {
        this.stimulus = stimulus;
        lines = new SimulatedTriggerLines(OUTPUTS, 0, behaviour.clockDriftPpm(), behaviour.jitterS(), seed);
        lines.listen(this::edge);
    }

    private void edge(String channel, Slope slope, long deviceTimeNs) {
        stimulus.edge(channel, slope, deviceTimeNs);
        Waiting w = waiting;
        if (w != null && w.channel().equals(channel) && w.slope() == slope) {
            w.came().countDown();
        }
        Listener l = host;
        if (l != null) {
            l.edge(channel, slope, deviceTimeNs);
        }
    }

    /** Waits for an edge that comes from now on; gives up when {@code stopping} says so. */
    void await(TriggerIn trigger, java.util.function.BooleanSupplier stopping) throws InterruptedException {
        Slope slope = trigger.edge() == TriggerIn.Edge.RISING ? Slope.RISING : Slope.FALLING;
        CountDownLatch came = new CountDownLatch(1);
        waiting = new Waiting(trigger.channel(), slope, came);
        try {
            while (!stopping.getAsBoolean() && !came.await(5, TimeUnit.MILLISECONDS)) {
                // look for a stop again
            }
        } finally {
            waiting = null;
        }
    }

    void announce(TriggerOut trigger) {
        lines.pulse(trigger.channel(), trigger.pulseDurationS());
    }

    void schedule(String channel, Slope slope, double inS) {
        lines.schedule(channel, slope, inS);
    }

    long deviceTimeNs(long hostTimeNs) {
        return lines.deviceTimeNs(hostTimeNs);
    }

    @Override
    public Set<String> outputs() {
        return OUTPUTS;
    }

    @Override
    public long pulse(String channel, double widthS) {
        return lines.pulse(channel, widthS);
    }

    @Override
    public void listen(Listener listener) {
        host = listener;
    }

    @Override
    public void allLow() {
        lines.allLow();
    }

    @Override
    public void close() {
        lines.close();
    }
}
