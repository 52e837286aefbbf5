package org.fus.core.sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Fires one sequence again and again; each repetition gives one frame.
 *
 * @param name the name by which links find it
 * @param sequence the firings of one frame
 * @param receive when samples are taken; one start time per firing
 * @param events what each firing waits for and announces, one per firing; a firing is at {@code control.timeOffsetS} from
 *     the start of its frame
 * @param framesPerBlock frames in each block that the device hands over; the last block may hold fewer
 * @param schedule how many frames, at which pace, and what follows
 */
public record FiringGroup(
        String name,
        TransmitSequence sequence,
        SampleAxis receive,
        List<Control> events,
        int framesPerBlock,
        Schedule schedule)
        implements ProgramUnit {
    /** Clocks of devices count in nanoseconds; firings that are closer to their regular time than this are on it. */
    private static final double ON_TIME_S = 1e-9;

    /** Checks that the parts fit together. */
    public FiringGroup {
        requireName(name);
        events = List.copyOf(events);
        Objects.requireNonNull(schedule, "schedule");
        if (receive.startTimesS().size() != sequence.size()) {
            throw new IllegalArgumentException(
                    "the receive axis has " + receive.startTimesS().size() + " start times for " + sequence.size()
                            + " transmits; give one each");
        }
        if (events.size() != sequence.size()) {
            throw new IllegalArgumentException("group '" + name + "' has " + events.size() + " events for "
                    + sequence.size() + " transmits; give one each");
        }
        if (framesPerBlock < 1) {
            throw new IllegalArgumentException(
                    "group '" + name + "': " + framesPerBlock + " frames per block; expected at least 1");
        }
    }

    /**
     * A group whose firings follow each other at the pulse repetition frequency, without triggers, and its frames without a
     * pause.
     *
     * @param name the name by which links find it
     * @param sequence the firings of one frame
     * @param receive when samples are taken; one start time per firing
     * @param frames compounded frames in all
     * @param framesPerBlock frames in each block that the device hands over
     */
    public FiringGroup(String name, TransmitSequence sequence, SampleAxis receive, int frames, int framesPerBlock) {
        this(
                name,
                sequence,
                receive,
                regular(sequence),
                framesPerBlock,
                Schedule.repeat(frames, 1 / sequence.frameRateHz()));
    }

    /**
     * Whether the group does nothing but fire at its regular pace: no trigger, link, delay or setting of a device.
     *
     * @return true for groups of the short constructor
     */
    public boolean isPlain() {
        double periodS = 1 / sequence.pulseRepetitionFrequencyHz();
        for (int i = 0; i < events.size(); i++) {
            Control event = events.get(i);
            if (!event.withTimeOffset(0).isPlain() || !(Math.abs(event.timeOffsetS() - i * periodS) <= ON_TIME_S)) {
                return false;
            }
        }
        return schedule.links().isEmpty()
                && schedule.control().isPlain()
                && Math.abs(schedule.periodS() - 1 / sequence.frameRateHz()) <= ON_TIME_S;
    }

    private static List<Control> regular(TransmitSequence sequence) {
        double periodS = 1 / sequence.pulseRepetitionFrequencyHz();
        List<Control> events = new ArrayList<>();
        for (int i = 0; i < sequence.size(); i++) {
            events.add(Control.after(i * periodS));
        }
        return Collections.unmodifiableList(events);
    }

    static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a unit of a program has no name; give it one, so that links find it");
        }
    }
}
