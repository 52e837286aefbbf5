package org.fus.io.urx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.ProgramUnit;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.SuperGroup;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.sequence.TriggerIn;
import org.fus.core.sequence.TriggerOut;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.PathSource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UacFormatTest {
    private static final List<String> TEXTS = List.of("", "a", "Kanal é", "入力 𝄞", "c".repeat(70_000));

    @TempDir
    Path folder;

    @Property(tries = 60)
    void write_anyProgram_readsBackExactly(@ForAll long seed) throws IOException {
        Random r = new Random(seed);
        Probe probe = UrxSamples.probe(r);
        AcquisitionProgram program = program(r, probe);
        Origin origin = new Origin("", "", "", AnySeries.metadata(r), List.of());
        Path file = Files.createTempDirectory("uac").resolve("p.uac");

        FusFiles.write(file, new Content.Program(origin, program, probe));
        Content.Program back = (Content.Program) FusFiles.open(file);

        assertThat(back.program()).isEqualTo(program);
        assertThat(back.probe().name()).isEqualTo(probe.name());
        assertThat(back.probe().elements()).isEqualTo(probe.elements());
        assertThat(back.origin().metadata()).isEqualTo(origin.metadata());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /** What another program sees: the objects of the format alone. */
    @Property(tries = 60)
    void write_anyProgram_isTheSameStateMachineWithoutTheDescription(@ForAll long seed) throws IOException {
        Random r = new Random(seed);
        Probe probe = UrxSamples.probe(r);
        AcquisitionProgram program = program(r, probe);
        Path file = Files.createTempDirectory("uac").resolve("p.uac");
        FusFiles.write(file, Content.of(program, probe));

        AcquisitionProgram got = asOthersSeeIt(file).program();

        assertThat(got.first()).isEqualTo(program.first());
        assertThat(got.control()).isEqualTo(program.control());
        assertThat(got.units()).hasSameSizeAs(program.units());
        for (int u = 0; u < got.units().size(); u++) {
            ProgramUnit unit = program.units().get(u);
            assertThat(got.units().get(u).name()).isEqualTo(unit.name());
            assertThat(got.units().get(u).schedule()).isEqualTo(unit.schedule());
            if (unit instanceof FiringGroup g) {
                FiringGroup read = (FiringGroup) got.units().get(u);
                assertThat(read.events()).isEqualTo(g.events());
                assertThat(read.receive().samples()).isEqualTo(g.receive().samples());
                assertThat(read.receive().samplingFrequencyHz())
                        .isEqualTo(g.receive().samplingFrequencyHz());
                assertThat(read.sequence().size()).isEqualTo(g.sequence().size());
            } else {
                assertThat(got.units().get(u)).isEqualTo(unit);
            }
        }
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void read_programOfH5py_hasItsUnitsTriggersLinksAndSettings() throws Exception {
        Path file = folder.resolve("a.uac");
        Peers.python("h5py", UrxFixtures.H5PY + PROGRAM, file);

        Content.Program content = (Content.Program) FusFiles.open(file);

        AcquisitionProgram p = content.program();
        assertThat(p.first()).isEqualTo("loop");
        assertThat(p.control().triggerIn()).contains(new TriggerIn("IN1", TriggerIn.Edge.HIGH));
        assertThat(p.control().timeOffsetS()).isZero();
        assertThat(p.control().settings()).containsEntry("voltage", 25L).containsEntry("name", "é");
        assertThat(p.control().settings().get("nested")).isEqualTo(Map.of("v", List.of(1.5, 2.5)));
        assertThat(p.control().settings().get("list"))
                .isEqualTo(List.of(Map.of("k", 1L), Map.of("texts", List.of("a", "b"))));
        FiringGroup g0 = p.groups().get(0);
        assertThat(g0.name()).isEqualTo("waves");
        assertThat(g0.schedule().repetitions()).isEqualTo(200);
        assertThat(g0.schedule().periodS()).isEqualTo(0.002);
        assertThat(g0.sequence().pulseRepetitionFrequencyHz()).isCloseTo(10_000, within(1e-6));
        assertThat(g0.events().get(1))
                .isEqualTo(Control.after(1e-4)
                        .announcing(new TriggerOut("OUT", 1e-6, 2e-6, TriggerOut.Polarity.NEGATIVE)));
        assertThat(g0.schedule().links())
                .containsExactly(
                        new Schedule.Link("g1", Optional.of(new TriggerIn("IN2", TriggerIn.Edge.FALLING))),
                        new Schedule.Link("loop", Optional.empty()));
        assertThat(p.groups().get(1).name()).isEqualTo("g1");
        SuperGroup loop = (SuperGroup) p.units().get(2);
        assertThat(loop.first()).isEqualTo("waves");
        assertThat(loop.schedule().repetitions()).isEqualTo(3);
        assertThat(content.probe().elements()).isEqualTo(4);
        Map<?, ?> urx = (Map<?, ?>) content.origin().metadata().get("urx");
        Map<?, ?> pulse = (Map<?, ?>) ((List<?>) urx.get("excitations")).getFirst();
        assertThat(pulse.get("hw_config")).isEqualTo(Map.of("cycles", 2L));
        assertThat(pulse.get("waveform")).isEqualTo(List.of(0.0, 1.0, 0.0));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) urx.get("groups")).getFirst();
        assertThat(((List<?>) first.get("sequence")).get(1).toString()).contains("hw_config={tx=1}");
    }

    @Test
    void write_programOfH5pyAgain_keepsSettingsOfEachObject() throws Exception {
        Path file = folder.resolve("a.uac");
        Peers.python("h5py", UrxFixtures.H5PY + PROGRAM, file);
        Content.Program content = (Content.Program) FusFiles.open(file);
        Path copy = folder.resolve("b.uac");

        assertThat(FusFiles.write(copy, content)).isEmpty();

        Content.Program other = asOthersSeeIt(copy);
        assertThat(other.program()).isEqualTo(content.program());
        assertThat(other.origin().metadata()).isEqualTo(content.origin().metadata());
        String printed = Peers.python("h5py", """
            import h5py, sys
            a = h5py.File(sys.argv[1], 'r')['dataset/acquisition']
            print(a['initial_group'][()].decode(), a['super_groups/00000000/initial_group'][()].decode())
            g = a['groups/00000000']
            print(g['repetition_count'].dtype, g['repetition_count'][()], g['period'][()])
            print(g['destinations/00000000/destination'][()].decode(),
                  g['destinations/00000000/trigger/edge'][()].decode(), 'trigger' in g['destinations/00000001'])
            print(a['trigger_in/edge'][()].decode(), a['trigger_in/channel'][()].decode())
            print(g['sequence/00000001/trigger_out/polarity'][()].decode())
            print(a['hw_config/voltage'].dtype, a['hw_config/voltage'][()], a['hw_config/nested/v'][:])
            print(list(a['hw_config/list']), [t.decode() for t in a['hw_config/list/00000001/texts'][:]])
            print(g['sequence/00000001/transmit_setup/hw_config/tx'][()], a['excitations/00000000/waveform'][:])
            print(sorted(g['sequence/00000000'].keys()))
            """, copy);
        assertThat(printed.lines())
                .containsExactly(
                        "s0 g0",
                        "uint32 200 0.002",
                        "g1 FALLING False",
                        "RCA IN1",
                        "NEGATIVE",
                        "int64 25 [1.5 2.5]",
                        "['00000000', '00000001'] ['a', 'b']",
                        "1 [0. 1. 0.]",
                        "['hw_config', 'receive_setup', 'time_offset', 'transmit_setup']");
    }

    @Test
    void read_damagedUnits_nameTheirNode() throws Exception {
        assertRefused("g0['repetition_count'] = np.uint32(0)", "groups/00000000/repetition_count", "from 1 to");
        assertRefused("loop['initial_group'] = 'g7'", "super_groups/00000000/initial_group", "got 'g7'");
        assertRefused("g0['destinations'][0]['destination'] = 's9'", "destinations/00000000/destination", "'s9'");
        assertRefused("g0['destinations'][0]['trigger']['edge'] = 'UP'", "trigger/edge", "expected RISING");
        assertRefused("g0['sequence'][1]['trigger_out']['polarity'] = ''", "trigger_out/polarity", "POSITIVE");
        assertRefused("g0['sequence'][1]['time_offset'] = -1.0", "sequence/00000001", "not negative");
        assertRefused("g0['period'] = -1.0", "groups/00000000", "finite period");
        assertRefused("g0['sequence'] = []", "groups/00000000/sequence", "expected events");
        assertRefused(
                "g0['sequence'][1]['receive_setup']['number_samples'] = np.uint32(9)",
                "sequence/00000001",
                "put the events into groups of their own");
    }

    private void assertRefused(String change, String node, String reason) throws Exception {
        Path file = folder.resolve("damaged.uac");
        Files.deleteIfExists(file);
        Peers.python("h5py", UrxFixtures.H5PY + PROGRAM.replace("# change", change), file);
        assertThatThrownBy(() -> FusFiles.open(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("damaged.uac")
                .hasMessageContaining(node)
                .hasMessageContaining(reason);
    }

    private static final String PROGRAM = """
        none = dict(hw_config={}, time_offset=0.0)
        def event(angle, at, **more):
            return dict(transmit_setup=dict(fire(angle, 4), hw_config=dict(tx=np.int16(1)) if at else {}),
                        receive_setup=dict(hear(4, 6), hw_config={}), time_offset=at, hw_config={}, **more)
        out = dict(channel='OUT', time_offset=1e-6, pulse_duration=2e-6, polarity='NEGATIVE')
        g0 = dict(sampling_type='RF', data_type='INT16', description='waves', sound_speed=1500.0,
            sequence=[event(-0.1, 0.0), event(0.1, 1e-4, trigger_out=out)],
            repetition_count=np.uint32(200), period=0.002, **none,
            destinations=[dict(destination='g1', trigger=dict(channel='IN2', edge='FALLING')),
                          dict(destination='s0')])
        g1 = dict(sampling_type='RF', data_type='INT16', description='', sound_speed=1500.0,
            sequence=[event(0.0, 0.0)], repetition_count=np.uint32(1), period=np.nan, **none)
        loop = dict(description='loop', initial_group='g0', repetition_count=np.uint32(3), period=1.0, **none)
        pulse['hw_config'] = dict(cycles=np.uint8(2))
        # change
        root(probes=[probe(4)], groups=[g0, g1], super_groups=[loop], initial_group='s0', time_offset=np.nan,
             trigger_in=dict(channel='IN1', edge='RCA'),
             hw_config=dict(voltage=np.int32(25), name='é', nested=dict(v=row(1.5, 2.5)),
                list=[dict(k=np.int8(1)), dict(texts=np.array(['a', 'b'], dtype=text))]))
        """;

    private static AcquisitionProgram program(Random r, Probe probe) {
        int groups = 1 + r.nextInt(3);
        int superGroups = r.nextInt(3);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < groups + superGroups; i++) {
            names.add(TEXTS.get(1 + r.nextInt(TEXTS.size() - 1)) + " " + i);
        }
        List<ProgramUnit> units = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            TransmitSequence sequence = UrxSamples.format(r, probe).sequence();
            List<Control> events = new ArrayList<>();
            for (int e = 0; e < sequence.size(); e++) {
                events.add(control(r));
            }
            SampleAxis axis = SampleAxis.common(20e6 + r.nextInt(100), 1e-6, sequence.size(), 1 + r.nextInt(9));
            units.add(new FiringGroup(names.get(g), sequence, axis, events, 1 + r.nextInt(99), schedule(r, names)));
        }
        for (int s = groups; s < names.size(); s++) {
            units.add(new SuperGroup(names.get(s), names.get(r.nextInt(groups)), schedule(r, names)));
        }
        return new AcquisitionProgram(units, names.get(r.nextInt(names.size())), control(r));
    }

    private static Schedule schedule(Random r, List<String> names) {
        Schedule s = new Schedule(1 + r.nextInt(1000), r.nextDouble(), control(r), List.of());
        for (int i = r.nextInt(3); i > 0; i--) {
            String to = names.get(r.nextInt(names.size()));
            s = r.nextBoolean() ? s.then(to) : s.thenOn(triggerIn(r), to);
        }
        return s;
    }

    private static Control control(Random r) {
        Control c = Control.after(r.nextBoolean() ? 0 : r.nextDouble());
        if (r.nextInt(3) == 0) {
            c = c.on(triggerIn(r));
        }
        if (r.nextInt(3) == 0) {
            c = c.announcing(new TriggerOut(
                    TEXTS.get(r.nextInt(TEXTS.size())),
                    r.nextGaussian(),
                    r.nextDouble(),
                    r.nextBoolean() ? TriggerOut.Polarity.POSITIVE : TriggerOut.Polarity.NEGATIVE));
        }
        Map<String, Object> settings = r.nextBoolean()
                ? Map.of()
                : Map.of(
                        "whole", r.nextLong(),
                        "number", r.nextGaussian(),
                        "text é", TEXTS.get(r.nextInt(TEXTS.size())),
                        "nested", Map.of("row", List.of(0.5, 1.0), "texts", List.of("a", ""), "longs", List.of(1L, 2L)),
                        "objects", List.of(Map.of("a", 1L), Map.of("b", List.of("x", "y"))));
        return new Control(c.timeOffsetS(), c.triggerIn(), c.triggerOut(), settings);
    }

    private static TriggerIn triggerIn(Random r) {
        return new TriggerIn(
                TEXTS.get(r.nextInt(TEXTS.size())),
                List.copyOf(EnumSet.allOf(TriggerIn.Edge.class)).get(r.nextInt(4)));
    }

    private static Content.Program asOthersSeeIt(Path file) {
        return (Content.Program) UacFormat.read(new UrxNodes(Hdf.open(PathSource.of(file))), Optional.empty());
    }
}
