package org.fus.core.sequence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a program, a unit or a firing waits for, what it announces, and what a device of a certain make is to be told.
 *
 * @param timeOffsetS delay after the start, or after the trigger when there is one, seconds, not negative
 * @param triggerIn what to wait for
 * @param triggerOut what to announce
 * @param settings names and values that only a device of a certain make understands: strings, numbers, booleans, lists and
 *     maps of them
 */
public record Control(
        double timeOffsetS,
        Optional<TriggerIn> triggerIn,
        Optional<TriggerOut> triggerOut,
        Map<String, Object> settings) {
    /** At once, without triggers or settings. */
    public static final Control IMMEDIATE = after(0);

    /** Checks the delay and copies the settings. */
    public Control {
        Objects.requireNonNull(triggerIn, "triggerIn");
        Objects.requireNonNull(triggerOut, "triggerOut");
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        if (!(timeOffsetS >= 0) || !Double.isFinite(timeOffsetS)) {
            throw new IllegalArgumentException(
                    "timeOffsetS is " + timeOffsetS + ", expected a finite number of seconds that is not negative");
        }
    }

    /**
     * A delay and nothing else.
     *
     * @param timeOffsetS seconds
     * @return without triggers or settings
     */
    public static Control after(double timeOffsetS) {
        return new Control(timeOffsetS, Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * The same with another delay.
     *
     * @param seconds the delay
     * @return a changed copy
     */
    public Control withTimeOffset(double seconds) {
        return new Control(seconds, triggerIn, triggerOut, settings);
    }

    /**
     * The same, waiting for a trigger.
     *
     * @param trigger what to wait for
     * @return a changed copy
     */
    public Control on(TriggerIn trigger) {
        return new Control(timeOffsetS, Optional.of(trigger), triggerOut, settings);
    }

    /**
     * The same, announcing itself.
     *
     * @param trigger the pulse
     * @return a changed copy
     */
    public Control announcing(TriggerOut trigger) {
        return new Control(timeOffsetS, triggerIn, Optional.of(trigger), settings);
    }

    /**
     * Whether there is nothing to wait for, to announce or to set.
     *
     * @return true for {@link #IMMEDIATE}
     */
    public boolean isPlain() {
        return timeOffsetS == 0 && triggerIn.isEmpty() && triggerOut.isEmpty() && settings.isEmpty();
    }
}
