package org.fus.io.urx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SampleType;
import org.fus.io.content.WriteOptions;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.AtomicFile;

/**
 * Writes acquisition programs as UAC 1.2. Groups stand in one list and super-groups in another, so a program whose units mix
 * them comes back with the same units, groups first. What the format has no place for, such as frames per block, is kept by
 * the description of the SDK in the node {@code fus_sdk}.
 */
public final class UacWriter implements ContentWriter {
    /** Makes the writer. */
    public UacWriter() {}

    @Override
    public String name() {
        return UacFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".uac");
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Program;
    }

    @Override
    public String holding() {
        return "an acquisition program";
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Content.Program all = groupsFirst((Content.Program) content);
        AcquisitionProgram program = all.program();
        Map<String, String> codes = codes(program);
        HdfGroup root = new HdfGroup();
        List<String> lost = new ArrayList<>();
        HdfGroup acquisition = UrxObjects.acquisition(root);
        UrxProbes.write(acquisition.group("probes"), all.probe());
        List<Double> pulses = program.groups().stream()
                .map(g -> g.sequence().centerFrequencyHz())
                .distinct()
                .toList();
        UrxObjects.pulses(acquisition, pulses);
        int groups = 0;
        int superGroups = 0;
        for (ProgramUnit unit : program.units()) {
            HdfGroup object = switch (unit) {
                case FiringGroup g -> group(acquisition, groups++, g, all.probe(), pulses, lost);
                case SuperGroup s -> {
                    HdfGroup o = acquisition.group("super_groups").group(UrxNodes.item(superGroups++));
                    o.variableText("initial_group", codes.get(s.first()));
                    yield o;
                }
            };
            object.variableText("description", unit.name());
            schedule(object, unit, codes, lost);
        }
        acquisition.variableText("initial_group", codes.get(program.first()));
        UacControls.write(acquisition, program.control(), "program", lost);
        UrxObjects.addMetadata(acquisition, content, lost);
        UrxObjects.addDefaults(acquisition);
        addSettings(acquisition);
        UrxObjects.describe(root, all, target, UacFormat.NAME);
        AtomicFile.write(target, options.existing(), root::writeTo);
        return lost;
    }

    private static Content.Program groupsFirst(Content.Program content) {
        List<ProgramUnit> units = new ArrayList<>(content.program().groups());
        content.program().units().stream().filter(SuperGroup.class::isInstance).forEach(units::add);
        return new Content.Program(
                content.origin(),
                new AcquisitionProgram(
                        units, content.program().first(), content.program().control()),
                content.probe());
    }

    private static Map<String, String> codes(AcquisitionProgram program) {
        Map<String, String> out = new HashMap<>();
        int groups = 0;
        int superGroups = 0;
        for (ProgramUnit unit : program.units()) {
            out.put(unit.name(), unit instanceof FiringGroup ? "g" + groups++ : "s" + superGroups++);
        }
        return out;
    }

    private static HdfGroup group(
            HdfGroup acquisition, int index, FiringGroup group, Probe probe, List<Double> pulses, List<String> lost) {
        ChannelFormat format = new ChannelFormat(probe, group.sequence(), group.receive());
        HdfGroup object = UrxObjects.group(
                acquisition,
                index,
                format,
                0,
                SampleType.INT16,
                pulses.indexOf(group.sequence().centerFrequencyHz()),
                lost);
        List<HdfGroup> events = UrxObjects.items(object, "sequence");
        for (int e = 0; e < events.size(); e++) {
            UacControls.write(events.get(e), group.events().get(e), group.name() + "/event " + e, lost);
        }
        return object;
    }

    private static void schedule(HdfGroup object, ProgramUnit unit, Map<String, String> codes, List<String> lost) {
        Schedule schedule = unit.schedule();
        UacControls.write(object, schedule.control(), unit.name(), lost);
        object.integers("repetition_count", SampleType.UINT32, new long[] {schedule.repetitions()});
        object.doubles("period", new double[] {schedule.periodS()});
        for (int i = 0; i < schedule.links().size(); i++) {
            Schedule.Link link = schedule.links().get(i);
            HdfGroup o = object.group("destinations").group(UrxNodes.item(i));
            link.trigger().ifPresent(t -> UacControls.write(o, "trigger", t));
            o.variableText("destination", codes.get(link.to()));
        }
    }

    /** Every object that may have settings has a group for them. */
    private static void addSettings(HdfGroup acquisition) {
        UrxObjects.items(acquisition, "excitations").forEach(e -> e.group("hw_config"));
        for (HdfGroup group : UrxObjects.items(acquisition, "groups")) {
            for (HdfGroup event : UrxObjects.items(group, "sequence")) {
                event.group("transmit_setup").group("hw_config");
                event.group("receive_setup").group("hw_config");
            }
        }
    }
}
