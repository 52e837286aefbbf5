package org.fus.io.urx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.source.PathSource;
import org.fus.io.testing.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that h5py wrote from the layout are read, and files written here have that layout to h5py and h5dump. */
class UrxPeersTest {
    @TempDir
    Path folder;

    @Test
    void read_fileOfH5py_hasItsValues() throws Exception {
        Path file = folder.resolve("a.urx");
        Peers.python("h5py", UrxFixtures.H5PY + """
            events = [dict(transmit_setup=fire(a, 4), receive_setup=hear(4, 6)) for a in (-0.1, 0.2)]
            events[1]['vendor'] = dict(gain=np.int32(7), label='x y', table=row(0.5, 1.5))
            raw = np.arange(3 * 2 * 4 * 6, dtype=np.int16).reshape(-1, 1) - 50
            root(probes=[probe(4)],
                 groups=[dict(sampling_type='RF', data_type='INT16', description='g', sound_speed=1500.0,
                              sequence=events)],
                 groups_data=[dict(group=np.uint64(0), raw_data=raw, group_timestamp=3.0,
                                   sequence_timestamps=row(0, 0.002, 0.004),
                                   event_timestamps=[row(0, 0.001)] * 3)])
            """, file);

        Content.Channels content = (Content.Channels) FusFiles.open(file);

        ChannelFormat f = content.recording().format();
        assertThat(content.recording().frames()).isEqualTo(3);
        assertThat(f.probe().type()).isEqualTo(Probe.Type.LINEAR);
        assertThat(f.probe().name()).isEqualTo("P4 é");
        assertThat(f.probe().pitchM()).isCloseTo(2e-4, within(1e-15));
        assertThat(f.probe().elementWidthM()).isCloseTo(1.8e-4, within(1e-15));
        assertThat(f.probe().elevationApertureM()).isCloseTo(3e-3, within(1e-15));
        assertThat(f.sequence().centerFrequencyHz()).isEqualTo(5e6);
        assertThat(f.sequence().soundSpeedMPerS()).isEqualTo(1500);
        assertThat(f.sequence().frameRateHz()).isCloseTo(500, within(1e-9));
        for (int t = 0; t < 2; t++) {
            double angle = t == 0 ? -0.1 : 0.2;
            assertThat(((Transmit.PlaneWave) f.sequence().transmits().get(t)).tiltRad())
                    .isCloseTo(angle, within(1e-15));
            // The first element fires when the wave has this path to the origin: offset + delay of the first element.
            double first = 2e-7 + 1e-6 - 1.5 * 2e-4 * Math.sin(Math.abs(angle)) / 1500;
            assertThat(f.samples().startTimesS().get(t)).isCloseTo(5e-6 - first, within(1e-15));
        }
        RfData rf = content.data();
        float[] trace = new float[6];
        rf.copyTrace(2, 1, 3, trace, 0);
        assertThat(trace).containsExactly(88, 89, 90, 91, 92, 93);
        assertThat(content.origin().warnings()).isEmpty();
        assertThat(content.origin().dtype()).isEqualTo("int16");
        Map<?, ?> urx = (Map<?, ?>) content.origin().metadata().get("urx");
        assertThat(urx.get("authors")).isEqualTo("Ada");
        assertThat(urx.get("timestamp")).isEqualTo(12.5);
        Map<?, ?> group = (Map<?, ?>) ((List<?>) urx.get("groups")).getFirst();
        Map<?, ?> second = (Map<?, ?>) ((List<?>) group.get("sequence")).get(1);
        assertThat(second.get("vendor")).isEqualTo(Map.of("gain", 7L, "label", "x y", "table", List.of(0.5, 1.5)));
    }

    @Test
    void read_severalGroupsAndRaggedEvents_areRecordingsOfTheirOwn() throws Exception {
        Path file = folder.resolve("r.urx");
        Peers.python("h5py", UrxFixtures.H5PY + """
            ragged = [dict(transmit_setup=fire(0, 4), receive_setup=hear(4, n)) for n in (3, 5, 3)]
            iq = [dict(transmit_setup=fire(0, 3, probe=1), receive_setup=hear(4, 2, modulation=4e6))]
            root(probes=[probe(4), probe(3, at=place(0, 2e-3, 0))],
                 groups=[dict(sampling_type='RF', data_type='FLOAT', description='', sound_speed=1500.0,
                              sequence=ragged),
                         dict(sampling_type='IQ', data_type='FLOAT', description='', sound_speed=1500.0,
                              sequence=iq)],
                 groups_data=[dict(group=np.uint64(0), group_timestamp=0.0,
                                   raw_data=np.arange(2 * 44, dtype=np.float32).reshape(-1, 1),
                                   sequence_timestamps=row(0, 0.01)),
                              dict(group=np.uint64(1), group_timestamp=0.0,
                                   raw_data=np.arange(32, dtype=np.float32).reshape(-1, 2),
                                   sequence_timestamps=row(0, 0.01))])
            """, file);

        List<Content.Channels> all = UrxFormat.recordings(PathSource.of(file));

        assertThat(all).hasSize(3);
        assertThat(FusFiles.open(file).origin().warnings()).anyMatch(w -> w.contains("one of 3 recordings"));
        assertThat(all.get(0).recording().format().transmits()).isEqualTo(2);
        assertThat(all.get(0).recording().format().sampleCount()).isEqualTo(3);
        assertThat(all.get(0).recording().format().sequence().frameRateHz()).isCloseTo(100, within(1e-9));
        // Frame 1 starts at sample 44, its third event behind 4 x 3 and 4 x 5 samples.
        float[] frame = UrxSamples.frame(all.get(0).recording(), 1);
        assertThat(frame[0]).isEqualTo(44);
        assertThat(frame[12]).isEqualTo(44 + 12 + 20);
        assertThat(UrxSamples.frame(all.get(1).recording(), 0)[0]).isEqualTo(12);
        ChannelFormat both = all.get(2).recording().format();
        assertThat(all.get(2).recording().demodulationFrequencyHz()).isEqualTo(4e6);
        assertThat(UrxSamples.frame(all.get(2).recording(), 1)[0]).isEqualTo(16);
        // Probe 0 listens, probe 1 fires from 2 mm aside.
        assertThat(both.probe().elements()).isEqualTo(7);
        assertThat(both.probe().elementYM(5)).isEqualTo(2e-3);
        assertThat(both.channelMap().elements(0, 3)).containsExactly(3);
        assertThat(both.sequence().transmits().getFirst().aperture().weight(4)).isEqualTo(1);
        assertThat(both.sequence().transmits().getFirst().aperture().weight(3)).isZero();
    }

    @Test
    void write_file_hasTheLayoutOfTheFormat() throws Exception {
        Path file = folder.resolve("w.urx");
        FusFiles.write(file, UrxFixtures.planeWaves());

        String printed = Peers.python("h5py", """
            import h5py, sys
            def show(path, o):
                if isinstance(o, h5py.Dataset):
                    kind = 'text' if h5py.check_string_dtype(o.dtype) else o.dtype
                    value = o[()]
                    if o.shape == (): value = value.decode() if isinstance(value, bytes) else value
                    else: value = list(o.shape)
                    print(path, kind, value)
            h5py.File(sys.argv[1], 'r').visititems(show)
            """, file);

        String a = "dataset/acquisition/";
        String e = a + "groups/00000000/sequence/00000002/";
        assertThat(printed.lines())
                .contains(
                        "dataset/version/major uint16 1",
                        "dataset/version/minor uint16 2",
                        a + "authors text ",
                        a + "timestamp float64 nan",
                        a + "probes/00000000/type text LINEAR",
                        a + "probes/00000000/transform/rotation/x float64 0.0",
                        a + "probes/00000000/elements/00000003/element_geometry uint64 0",
                        a + "probes/00000000/element_geometries/00000000/perimeter/00000003/y float64 0.00075",
                        a + "excitations/00000000/transmit_frequency float64 15000000.0",
                        a + "excitations/00000000/waveform float64 [0]",
                        a + "groups/00000000/sampling_type text RF",
                        a + "groups/00000000/data_type text INT16",
                        a + "groups/00000000/sound_speed float64 1540.0",
                        e + "transmit_setup/probe uint64 0",
                        e + "transmit_setup/wave/type text PLANE_WAVE",
                        e + "transmit_setup/wave/parameters float64 [3]",
                        e + "transmit_setup/wave/time_zero_reference_point/z float64 0.0",
                        e + "transmit_setup/active_elements/00000003 uint32 [1]",
                        e + "transmit_setup/excitations/00000003 uint64 0",
                        e + "transmit_setup/delays float64 [4]",
                        e + "transmit_setup/time_offset float64 0.0",
                        e + "receive_setup/number_samples uint32 5",
                        e + "receive_setup/sampling_frequency float64 60000000.0",
                        e + "receive_setup/modulation_frequency float64 nan",
                        e + "receive_setup/tgc_profile float64 [0]",
                        e + "receive_setup/time_offset float64 2e-06",
                        a + "groups_data/00000000/group uint64 0",
                        a + "groups_data/00000000/raw_data int16 [120, 1]",
                        a + "groups_data/00000000/sequence_timestamps float64 [2]",
                        a + "groups_data/00000000/event_timestamps/00000001 float64 [3]");
        String dump = Peers.h5dump(List.of("-d", "/" + a + "groups/00000000/sampling_type", file.toString()));
        assertThat(dump)
                .contains("STRSIZE H5T_VARIABLE")
                .contains("H5T_CSET_UTF8")
                .contains("\"RF\"");
        String raw =
                Peers.h5dump(List.of("-d", "/" + a + "groups_data/00000000/raw_data", "-c", "1,1", file.toString()));
        assertThat(raw).contains("H5T_STD_I16LE").contains("-300");
    }
}
