package org.fus.core.sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusUnsupportedException;

/**
 * What a device is asked to do, as data: a small state machine. A {@link FiringGroup} fires its sequence so many times, a
 * {@link SuperGroup} plays other units so many times; after that a unit follows its {@link Schedule.Link}s, each of which
 * may wait for a trigger, and the program ends where there is none. The model is that of UAC, the acquisition description of
 * Moduleus. Immutable.
 *
 * <p>Most programs are one group: {@link #AcquisitionProgram(TransmitSequence, SampleAxis, int, int)}.
 *
 * @param units groups and super-groups, each with a name of its own, at least one group
 * @param first name of the unit that is played first
 * @param control when the program starts, and the triggers around it
 */
public record AcquisitionProgram(List<ProgramUnit> units, String first, Control control) {
    /** Checks that names are there, are told apart, and are those of units. */
    public AcquisitionProgram {
        units = List.copyOf(units);
        Objects.requireNonNull(control, "control");
        List<String> problems = new ArrayList<>();
        Map<String, ProgramUnit> byName = new HashMap<>();
        for (ProgramUnit unit : units) {
            if (byName.put(unit.name(), unit) != null) {
                problems.add("two units are called '" + unit.name() + "'");
            }
        }
        if (units.stream().noneMatch(FiringGroup.class::isInstance)) {
            problems.add("no group fires anything");
        }
        requireUnit(problems, byName, "first", first);
        for (ProgramUnit unit : units) {
            String prefix = "unit '" + unit.name() + "'";
            if (unit instanceof SuperGroup s) {
                requireUnit(problems, byName, prefix + ": first", s.first());
                if (s.first().equals(s.name())) {
                    problems.add(prefix + ": plays itself first");
                }
            }
            List<Schedule.Link> links = unit.schedule().links();
            for (int i = 0; i < links.size(); i++) {
                requireUnit(
                        problems, byName, prefix + ": link " + i, links.get(i).to());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("acquisition program: " + String.join("; also: ", problems));
        }
    }

    /**
     * Fires a sequence again and again at its own rate and returns the samples in blocks.
     *
     * @param sequence the firings of one frame
     * @param receive when samples are taken; one start time per firing
     * @param frames compounded frames in all
     * @param framesPerBlock frames in each block that the device hands over; the last block may hold fewer. A multiple of
     *     32 suits the engine.
     */
    public AcquisitionProgram(TransmitSequence sequence, SampleAxis receive, int frames, int framesPerBlock) {
        this(
                List.of(new FiringGroup("frames", sequence, receive, frames, framesPerBlock)),
                "frames",
                Control.IMMEDIATE);
    }

    /**
     * The groups, which fire.
     *
     * @return in the order of the units, at least one
     */
    public List<FiringGroup> groups() {
        return units.stream()
                .filter(FiringGroup.class::isInstance)
                .map(FiringGroup.class::cast)
                .toList();
    }

    /**
     * The group of a program that does nothing but play it once, without a trigger, a delay, or settings of a device.
     *
     * @return nothing when the program does more
     */
    public Optional<FiringGroup> single() {
        return units.size() == 1
                        && units.getFirst() instanceof FiringGroup group
                        && group.isPlain()
                        && control.isPlain()
                ? Optional.of(group)
                : Optional.empty();
    }

    /**
     * The firings of one frame of a {@link #single} program.
     *
     * @return the sequence
     * @throws FusUnsupportedException when the program does more than play one group
     */
    public TransmitSequence sequence() {
        return requireSingle().sequence();
    }

    /**
     * When a {@link #single} program takes samples.
     *
     * @return one start time per firing
     * @throws FusUnsupportedException when the program does more than play one group
     */
    public SampleAxis receive() {
        return requireSingle().receive();
    }

    /**
     * Compounded frames of a {@link #single} program.
     *
     * @return at least 1
     * @throws FusUnsupportedException when the program does more than play one group
     */
    public int frames() {
        return requireSingle().schedule().repetitions();
    }

    /**
     * Frames per block of a {@link #single} program.
     *
     * @return at least 1
     * @throws FusUnsupportedException when the program does more than play one group
     */
    public int framesPerBlock() {
        return requireSingle().framesPerBlock();
    }

    private FiringGroup requireSingle() {
        return single().orElseThrow(() -> new FusUnsupportedException("the acquisition program has " + units.size()
                + " units with triggers, links, delays or settings (expected one group and nothing else); "
                + "play its groups one by one"));
    }

    private static void requireUnit(List<String> problems, Map<String, ProgramUnit> units, String what, String name) {
        if (!units.containsKey(name)) {
            problems.add(what + " is '" + name + "', which is no unit of the program");
        }
    }
}
