package org.fus.core.sequence;

/** A part of an {@link AcquisitionProgram} that is played as a whole. */
public sealed interface ProgramUnit permits FiringGroup, SuperGroup {
    /**
     * The name by which links find it.
     *
     * @return not empty
     */
    String name();

    /**
     * How often it is played, at which pace, and what follows.
     *
     * @return the schedule
     */
    Schedule schedule();
}
