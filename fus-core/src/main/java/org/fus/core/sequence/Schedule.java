package org.fus.core.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a unit of a program is played.
 *
 * @param repetitions how many times, at least 1
 * @param periodS from the start of one repetition to that of the next, seconds; 0 for as fast as possible
 * @param control when the first repetition starts, and the triggers around it
 * @param links what follows: the first whose trigger comes, or that needs none; the program, or the repetition of the
 *     super-group around it, ends where there is none
 */
public record Schedule(int repetitions, double periodS, Control control, List<Link> links) {
    /** Checks the figures. */
    public Schedule {
        Objects.requireNonNull(control, "control");
        links = List.copyOf(links);
        if (repetitions < 1 || !(periodS >= 0) || !Double.isFinite(periodS)) {
            throw new IllegalArgumentException("schedule of " + repetitions + " repetitions every " + periodS
                    + " s: expected at least one repetition and a finite period, 0 for as fast as possible");
        }
    }

    /**
     * Repetitions at a pace, and nothing after them.
     *
     * @param repetitions how many times, at least 1
     * @param periodS from start to start, seconds; 0 for as fast as possible
     * @return a schedule without triggers and links
     */
    public static Schedule repeat(int repetitions, double periodS) {
        return new Schedule(repetitions, periodS, Control.IMMEDIATE, List.of());
    }

    /**
     * The same, followed by another unit.
     *
     * @param unit name of the unit
     * @return a schedule with one more link
     */
    public Schedule then(String unit) {
        return with(new Link(unit, Optional.empty()));
    }

    /**
     * The same, followed by another unit when a trigger comes.
     *
     * @param unit name of the unit
     * @param trigger what to wait for
     * @return a schedule with one more link
     */
    public Schedule thenOn(TriggerIn trigger, String unit) {
        return with(new Link(unit, Optional.of(trigger)));
    }

    private Schedule with(Link link) {
        List<Link> more = new ArrayList<>(links);
        more.add(link);
        return new Schedule(repetitions, periodS, control, more);
    }

    /**
     * What may follow a unit.
     *
     * @param to name of the unit that follows
     * @param trigger what to wait for; nothing for at once
     */
    public record Link(String to, Optional<TriggerIn> trigger) {
        /** Checks that nothing is missing. */
        public Link {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(trigger, "trigger");
        }
    }
}
