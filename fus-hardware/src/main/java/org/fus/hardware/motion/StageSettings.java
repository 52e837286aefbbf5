package org.fus.hardware.motion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A stage as the laboratory set it up. Immutable.
 *
 * @param axes the axes; positions are given in this order
 * @param homingOrder indices of the axes in the order in which they are homed; the axis that lifts the probe comes first
 * @param settle how long the stage rests at its target before a move counts as done
 * @param readback time between two readings of all positions, at most 100 ms
 * @param envelope where the stage must never go, besides the limits of its axes
 */
public record StageSettings(
        List<AxisSettings> axes,
        List<Integer> homingOrder,
        Duration settle,
        Duration readback,
        CollisionEnvelope envelope) {
    /** 200 ms of rest: half the duration of one block, enough for a bench stage; cortex-lab waits 1 s. */
    public static final Duration DEFAULT_SETTLE = Duration.ofMillis(200);

    /** 20 readings per second: twice what safe operation asks for. */
    public static final Duration DEFAULT_READBACK = Duration.ofMillis(50);

    /** Checks everything and names all problems. */
    public StageSettings {
        axes = List.copyOf(axes);
        homingOrder = List.copyOf(homingOrder);
        List<String> problems = new ArrayList<>();
        if (axes.isEmpty()) {
            problems.add("no axes");
        }
        if (axes.stream().map(AxisSettings::name).distinct().count() != axes.size()
                || axes.stream().map(AxisSettings::controllerAxis).distinct().count() != axes.size()) {
            problems.add("two axes have the same name or controllerAxis");
        }
        TreeSet<Integer> homed = new TreeSet<>(homingOrder);
        if (homed.size() != homingOrder.size()
                || homed.size() != axes.size()
                || homed.first() != 0
                || homed.last() != axes.size() - 1) {
            problems.add("homingOrder is " + homingOrder + ", expected each of the " + axes.size() + " axes once");
        }
        if (settle.isNegative() || settle.compareTo(Duration.ofMinutes(1)) > 0) {
            problems.add("settle is " + settle + ", expected 0 to 1 minute");
        }
        if (readback.compareTo(Duration.ofMillis(5)) < 0 || readback.compareTo(Duration.ofMillis(100)) > 0) {
            problems.add("readback is " + readback + ", expected 5 to 100 ms (at least 10 readings per second)");
        }
        if (envelope.axes() != axes.size() && envelope.axes() != 0) {
            problems.add("envelope is for " + envelope.axes() + " axes, the stage has " + axes.size());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("stage settings: " + String.join("; ", problems));
        }
    }

    /**
     * A stage with the default times, homed in the order of its axes, without an envelope.
     *
     * @param axes the axes
     * @return the settings
     */
    public static StageSettings of(AxisSettings... axes) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < axes.length; i++) {
            order.add(i);
        }
        return new StageSettings(List.of(axes), order, DEFAULT_SETTLE, DEFAULT_READBACK, CollisionEnvelope.NONE);
    }

    /**
     * The same with another time to settle.
     *
     * @param time rest at the target
     * @return the settings
     */
    public StageSettings withSettle(Duration time) {
        return new StageSettings(axes, homingOrder, time, readback, envelope);
    }

    /**
     * The same with another time between readings.
     *
     * @param time between two readings
     * @return the settings
     */
    public StageSettings withReadback(Duration time) {
        return new StageSettings(axes, homingOrder, settle, time, envelope);
    }

    /**
     * The same with another envelope.
     *
     * @param other where the stage must never go
     * @return the settings
     */
    public StageSettings withEnvelope(CollisionEnvelope other) {
        return new StageSettings(axes, homingOrder, settle, readback, other);
    }

    /**
     * The same with another order of homing.
     *
     * @param order indices of the axes
     * @return the settings
     */
    public StageSettings withHomingOrder(Integer... order) {
        return new StageSettings(axes, List.of(order), settle, readback, envelope);
    }

    /**
     * Finds an axis.
     *
     * @param name what people call it
     * @return its index
     * @throws IllegalArgumentException when there is none of this name
     */
    public int axis(String name) {
        for (int i = 0; i < axes.size(); i++) {
            if (axes.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no axis '" + name + "'; the stage has "
                + axes.stream().map(AxisSettings::name).toList());
    }
}
