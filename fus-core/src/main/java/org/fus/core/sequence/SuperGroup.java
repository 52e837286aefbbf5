package org.fus.core.sequence;

import java.util.Objects;

/**
 * Plays other units again and again: each time it starts with one of them and follows the links until there is none.
 *
 * @param name the name by which links find it
 * @param first name of the unit with which each repetition starts
 * @param schedule how often, at which pace, and what follows
 */
public record SuperGroup(String name, String first, Schedule schedule) implements ProgramUnit {
    /** Checks that nothing is missing. */
    public SuperGroup {
        FiringGroup.requireName(name);
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(schedule, "schedule");
    }
}
