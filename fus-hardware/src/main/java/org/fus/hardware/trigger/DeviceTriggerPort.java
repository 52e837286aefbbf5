package org.fus.hardware.trigger;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Flow;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.trigger.TriggerEdge.Direction;
import org.fus.hardware.trigger.TriggerEdge.Slope;

/** The trigger lines of a scanner or a data acquisition card, which stamps edges with its own clock. */
public final class DeviceTriggerPort implements TriggerPort {
    /** What such a device offers. */
    public interface Lines {
        /** Takes edges that come in. */
        interface Listener {
            /**
             * An edge has come in. Called by the device's own thread; must return soon.
             *
             * @param channel name of the line
             * @param slope which change
             * @param deviceTimeNs on the device's clock
             */
            void edge(String channel, Slope slope, long deviceTimeNs);
        }

        /**
         * The output lines.
         *
         * @return their names
         */
        Set<String> outputs();

        /**
         * Sends a pulse now.
         *
         * @param channel one of {@link #outputs}
         * @param widthS duration, seconds
         * @return time of its rising edge on the device's clock, nanoseconds
         */
        long pulse(String channel, double widthS);

        /**
         * Starts to report edges that come in; a null listener ends it.
         *
         * @param listener takes them
         */
        void listen(Listener listener);

        /** Pulls all outputs low. */
        void allLow();
    }

    /** A device that has trigger lines. */
    public interface Owner {
        /**
         * Its lines.
         *
         * @return the same ones each time
         */
        Lines triggerLines();
    }

    private final String name;
    private final Lines lines;
    private final double uncertaintyS;
    private final EdgePublisher publisher = new EdgePublisher();
    private volatile boolean closed;

    /**
     * The lines of a device.
     *
     * @param name for records
     * @param lines the lines; listened to from now on
     * @param uncertaintyS longest time from an edge to its report at the host, seconds
     */
    public DeviceTriggerPort(String name, Lines lines, double uncertaintyS) {
        this.name = name;
        this.lines = lines;
        this.uncertaintyS = uncertaintyS;
        lines.listen(this::incoming);
    }

    private void incoming(String channel, Slope slope, long deviceTimeNs) {
        publisher.publish(new TriggerEdge(
                name,
                channel,
                Direction.IN,
                slope,
                OptionalLong.of(deviceTimeNs),
                System.nanoTime(),
                uncertaintyS,
                ""));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TriggerEdge emit(String channel, double widthS, String label) {
        if (closed) {
            throw new FusDeviceException(name, "the port is closed; open it again");
        }
        requireChannel(name, channel, lines.outputs());
        long before = System.nanoTime();
        long device = lines.pulse(channel, widthS);
        long after = System.nanoTime();
        // the edge was somewhere between call and return
        TriggerEdge edge = new TriggerEdge(
                name,
                channel,
                Direction.OUT,
                Slope.RISING,
                OptionalLong.of(device),
                before + (after - before) / 2,
                (after - before) / 2e9,
                label);
        publisher.publish(edge);
        return edge;
    }

    static void requireChannel(String port, String channel, Set<String> known) {
        if (!known.contains(channel)) {
            throw new IllegalArgumentException(port + ": no output '" + channel + "', expected one of "
                    + known.stream().sorted().toList());
        }
    }

    @Override
    public Flow.Publisher<TriggerEdge> edges() {
        return publisher.edges();
    }

    @Override
    public long lostEdges() {
        return publisher.lost();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lines.allLow();
            lines.listen(null);
            publisher.close();
        }
    }
}
