package org.fus.io.urx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;

/** Reads the units of a program. A unit is named in the file by its kind and number, such as {@code g0} or {@code s1}. */
final class UacPrograms {
    private static final String GROUPS = UrxNodes.ACQUISITION + "/groups";
    private static final String SUPER_GROUPS = UrxNodes.ACQUISITION + "/super_groups";

    /** A block that suits the engine, where the file does not say how frames are handed over. */
    private static final int FRAMES_PER_BLOCK = 32;

    private final UrxNodes uac;
    private final UrxGroup.ProbeSet probes;
    private final List<String> groups;
    private final List<String> superGroups;
    private final Map<String, String> names = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();

    UacPrograms(UrxNodes uac) {
        this.uac = uac;
        this.probes = UrxGroup.ProbeSet.of(uac);
        this.groups = uac.items(GROUPS);
        this.superGroups = uac.items(SUPER_GROUPS);
        name();
    }

    private void name() {
        Set<String> taken = new HashSet<>();
        for (String code : codes()) {
            String description = uac.text(path(code) + "/description", "");
            boolean usable = !description.isBlank() && !codes().contains(description) && taken.add(description);
            names.put(code, usable ? description : code);
        }
    }

    private List<String> codes() {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            out.add("g" + i);
        }
        for (int i = 0; i < superGroups.size(); i++) {
            out.add("s" + i);
        }
        return out;
    }

    private String path(String code) {
        int index = Integer.parseInt(code.substring(1));
        return code.startsWith("g") ? groups.get(index) : superGroups.get(index);
    }

    Content.Program read() {
        if (groups.isEmpty()) {
            throw uac.failure(GROUPS, "expected at least one group, got none");
        }
        List<UrxGroup> read = groups.stream()
                .map(g -> UrxGroup.read(uac, g, probes, warnings))
                .toList();
        TreeSet<Integer> used = new TreeSet<>();
        for (UrxGroup group : read) {
            group.parts().forEach(part -> used.addAll(group.probesOf(part)));
        }
        List<ProgramUnit> units = new ArrayList<>();
        Probe probe = null;
        for (int g = 0; g < read.size(); g++) {
            ChannelFormat format = format(read.get(g), new ArrayList<>(used));
            probe = probe == null ? format.probe() : probe;
            units.add(group("g" + g, read.get(g), format));
        }
        for (int s = 0; s < superGroups.size(); s++) {
            String first = superGroups.get(s) + "/initial_group";
            units.add(new SuperGroup(names.get("s" + s), unit(first), schedule(superGroups.get(s))));
        }
        String initial = UrxNodes.ACQUISITION + "/initial_group";
        String first;
        if (uac.has(initial)) {
            first = unit(initial);
        } else {
            first = names.get("g0");
            warnings.add("the file names no initial group; the first one is taken");
        }
        AcquisitionProgram program = new AcquisitionProgram(units, first, UacControls.read(uac, UrxNodes.ACQUISITION));
        Origin origin = new Origin(uac.file(), UacFormat.NAME + " " + uac.version(), "", Map.of(), warnings);
        return new Content.Program(origin, program, probe);
    }

    private ChannelFormat format(UrxGroup group, List<Integer> used) {
        List<List<Integer>> parts = group.parts();
        if (parts.size() > 1) {
            UrxEvent one = group.events().get(parts.get(0).getFirst());
            UrxEvent other = group.events().get(parts.get(1).getFirst());
            throw new FusUnsupportedFormatException(
                    uac.file(),
                    other.path(),
                    "its reception differs from that of " + one.path() + " (expected " + one + ", got " + other
                            + "); put the events into groups of their own");
        }
        return group.format(uac, probes, used, parts.getFirst(), firingsPerSecond(group), warnings);
    }

    private FiringGroup group(String code, UrxGroup group, ChannelFormat format) {
        if (!format.channelMap().isIdentity(format.probe().elements())) {
            warnings.add("group " + code + " listens with some of the elements, or several per channel, which a program"
                    + " does not tell; all elements are taken");
        }
        Schedule schedule = schedule(group.path());
        List<Control> events = group.events().stream()
                .map(e -> UacControls.read(uac, e.path()))
                .toList();
        return new FiringGroup(
                names.get(code),
                format.sequence(),
                format.samples(),
                events,
                Math.min(schedule.repetitions(), FRAMES_PER_BLOCK),
                schedule);
    }

    /** From the times of the events; of a single one, from the period of the group. */
    private double firingsPerSecond(UrxGroup group) {
        List<UrxEvent> events = group.events();
        int n = events.size();
        double first = uac.number(events.getFirst().path() + "/time_offset", 0);
        double last = uac.number(events.getLast().path() + "/time_offset", 0);
        if (n > 1 && last > first) {
            return (n - 1) / (last - first);
        }
        double periodS = uac.number(group.path() + "/period", Double.NaN);
        if (periodS > 0) {
            return n / periodS;
        }
        warnings.add(group.path() + " states no times of events and no period; one firing per second is assumed");
        return 1;
    }

    private Schedule schedule(String path) {
        double periodS = uac.number(path + "/period", Double.NaN);
        int repetitions = uac.whole(path + "/repetition_count", 1);
        List<Schedule.Link> links = new ArrayList<>();
        for (String link : uac.items(path + "/destinations")) {
            links.add(new Schedule.Link(unit(link + "/destination"), UacControls.triggerIn(uac, link + "/trigger")));
        }
        try {
            return new Schedule(repetitions, Double.isNaN(periodS) ? 0 : periodS, UacControls.read(uac, path), links);
        } catch (IllegalArgumentException e) {
            throw uac.failure(path, e.getMessage());
        }
    }

    private String unit(String path) {
        String code = uac.text(path, "");
        return Optional.ofNullable(names.get(code))
                .orElseThrow(() -> uac.failure(
                        path, "expected one of " + names.size() + " units, such as g0 or s0, got '" + code + "'"));
    }
}
