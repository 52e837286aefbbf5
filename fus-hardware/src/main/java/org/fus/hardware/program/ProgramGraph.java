package org.fus.hardware.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;

/** The way through the units of a program: what is reached, what contains itself, how much one pass is. */
final class ProgramGraph {
    private final AcquisitionProgram program;
    private final Map<String, ProgramUnit> units = new HashMap<>();
    private boolean endless;

    ProgramGraph(AcquisitionProgram program) {
        this.program = program;
        program.units().forEach(u -> units.put(u.name(), u));
    }

    /** Paths of all units: groups and super-groups are counted apart. */
    static Map<String, String> paths(AcquisitionProgram program) {
        Map<String, String> paths = new HashMap<>();
        int groups = 0;
        int supers = 0;
        for (ProgramUnit unit : program.units()) {
            paths.put(
                    unit.name(),
                    switch (unit) {
                        case FiringGroup _ -> "groups[" + groups++ + "]";
                        case SuperGroup _ -> "superGroups[" + supers++ + "]";
                    });
        }
        return paths;
    }

    Set<String> reached() {
        Set<String> reached = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(List.of(program.first()));
        while (!next.isEmpty()) {
            String name = next.removeLast();
            if (reached.add(name)) {
                ProgramUnit unit = units.get(name);
                unit.schedule().links().forEach(l -> next.add(l.to()));
                if (unit instanceof SuperGroup s) {
                    next.add(s.first());
                }
            }
        }
        return reached;
    }

    /** Whether a super-group is reached from its own inside, so that it never starts its last repetition. */
    boolean containsItself(SuperGroup s) {
        Set<String> inside = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(s.first()));
        while (!next.isEmpty()) {
            String name = next.removeLast();
            if (name.equals(s.name())) {
                return true;
            }
            if (inside.add(name)) {
                ProgramUnit unit = units.get(name);
                unit.schedule().links().forEach(l -> next.add(l.to()));
                if (unit instanceof SuperGroup other) {
                    next.add(other.first());
                }
            }
        }
        return false;
    }

    /** Sum over one pass; only for programs in which nothing contains itself. */
    double total(ToDoubleFunction<FiringGroup> perPlay, boolean isTime) {
        endless = false;
        return chain(program.first(), perPlay, isTime);
    }

    /** Whether the last {@link #total} came back to a unit of the same chain. */
    boolean endless() {
        return endless;
    }

    private double chain(String first, ToDoubleFunction<FiringGroup> perPlay, boolean isTime) {
        Set<String> seen = new HashSet<>();
        double sum = 0;
        Optional<String> name = Optional.of(first);
        while (name.isPresent() && seen.add(name.get())) {
            ProgramUnit unit = units.get(name.get());
            Schedule schedule = unit.schedule();
            double offsetS = isTime ? schedule.control().timeOffsetS() : 0;
            sum += offsetS
                    + switch (unit) {
                        case FiringGroup g -> perPlay.applyAsDouble(g);
                        case SuperGroup s -> {
                            double once = chain(s.first(), perPlay, isTime);
                            yield schedule.repetitions() * (isTime ? Math.max(once, schedule.periodS()) : once);
                        }
                    };
            name = schedule.links().stream().findFirst().map(Schedule.Link::to);
        }
        endless |= name.isPresent();
        return sum;
    }
}
