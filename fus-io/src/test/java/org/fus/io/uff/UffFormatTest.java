package org.fus.io.uff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfArray;
import org.fus.core.data.RfData;
import org.fus.core.error.FusException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.internal.frames.LoadedChannels;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.MemorySource;
import org.fus.io.source.PathSource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UffFormatTest {
    @TempDir
    Path folder;

    @Test
    void read_sample_hasItsDocumentedValuesAndTimes() {
        Content.Channels content = (Content.Channels) FusFiles.open(Golden.file("samples/channel_data.uff"));
        ChannelFormat f = content.recording().format();

        assertThat(content.recording().frames()).isEqualTo(2);
        assertThat(f.transmits()).isEqualTo(3);
        assertThat(f.channels()).isEqualTo(16);
        assertThat(f.sampleCount()).isEqualTo(64);
        assertThat(f.samples().samplingFrequencyHz()).isEqualTo(62.5e6);
        assertThat(f.sequence().pulseRepetitionFrequencyHz()).isEqualTo(5500);
        assertThat(f.sequence().centerFrequencyHz()).isEqualTo(15.625e6);
        assertThat(f.probe().pitchM()).isCloseTo(0.11e-3, within(1e-10));
        assertThat(f.probe().elementWidthM()).isCloseTo(0.1e-3, within(1e-10));
        assertThat(((Transmit.PlaneWave) f.sequence().transmits().get(2)).tiltRad())
                .isCloseTo(Math.toRadians(10), within(1e-7));
        double toOrigin = 7.5 * 0.11e-3 * Math.sin(Math.toRadians(10)) / 1540;
        assertThat(f.samples().startTimesS().get(0)).isCloseTo(1e-6 + toOrigin, within(1e-12));
        assertThat(f.samples().startTimesS().get(1)).isCloseTo(1e-6, within(1e-12));
        RfData rf = content.data();
        float[] trace = new float[64];
        for (int i = 0; i < 2 * 3 * 16; i++) {
            rf.copyTrace(i / 48, i / 16 % 3, i % 16, trace, 0);
            assertThat(trace[0]).isEqualTo(64 * i);
            assertThat(trace[63]).isEqualTo(64 * i + 63);
        }
    }

    @Property(tries = 30)
    void write_anyChannelData_readsBackExactly(@ForAll long seed) throws IOException {
        Random r = new Random(seed);
        ChannelFormat format = format(r);
        boolean iq = r.nextBoolean();
        int frames = 1 + r.nextInt(40);
        float[][] values =
                new float[frames][(iq ? 2 : 1) * format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : values) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) r.nextGaussian();
            }
        }
        ChannelRecording recording = new LoadedChannels("made", format, frames, iq ? 4.9e6 : 0, f -> values[f].clone());
        Origin origin = new Origin("", "", "float32", AnySeries.metadata(r), List.of());
        Path file = Files.createTempDirectory("uff").resolve("a.uff");

        FusFiles.write(file, new Content.Channels(origin, recording));
        Content.Channels back = (Content.Channels) FusFiles.open(file);

        ChannelFormat got = back.recording().format();
        assertThat(got.sequence()).isEqualTo(format.sequence());
        assertThat(got.samples()).isEqualTo(format.samples());
        assertThat(got.probe().elements()).isEqualTo(format.probe().elements());
        assertThat(got.probe().pitchM()).isEqualTo(format.probe().pitchM());
        assertThat(back.recording().frames()).isEqualTo(frames);
        for (int f = 0; f < frames; f++) {
            assertThat(frame(back.recording(), f)).isEqualTo(values[f]);
        }
        assertThat(back.origin().metadata()).isEqualTo(origin.metadata());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /** What another program sees: the objects of USTB alone, in single precision. */
    @Property(tries = 20)
    void write_anyChannelData_meansTheSameWithoutTheDescription(@ForAll long seed) throws IOException {
        Random r = new Random(seed);
        ChannelFormat format = format(r);
        float[][] values = new float[1][format.transmits() * format.channels() * format.sampleCount()];
        Path file = Files.createTempDirectory("uff").resolve("a.uff");
        FusFiles.write(file, Content.of(RfArray.wrap(format, values)));

        ChannelFormat got = ((Content.Channels) asOthersSeeIt(file)).recording().format();

        for (int t = 0; t < format.transmits(); t++) {
            // Times of some ten microseconds in single precision: 1e-5 * 6e-8, and the waves likewise.
            assertThat(got.samples().startTimesS().get(t))
                    .isCloseTo(format.samples().startTimesS().get(t), within(2e-11));
            assertThat(got.sequence().transmits().get(t).getClass())
                    .isEqualTo(format.sequence().transmits().get(t).getClass());
        }
        assertThat(got.probe().elementXM(0)).isCloseTo(format.probe().elementXM(0), within(1e-9));
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void write_ensemble_readsBackExactlyAndMeansTheSameWithoutTheDescription() throws IOException {
        Path file = folder.resolve("b.uff");
        IqEnsemble ensemble = Samples.iq(35);
        assertThat(FusFiles.write(file, Content.of(ensemble))).isEmpty();

        IqEnsemble back = ((Content.Iq) FusFiles.open(file)).ensemble();
        assertThat(back.grid()).isEqualTo(ensemble.grid());
        assertThat(back.timing()).isEqualTo(ensemble.timing());
        assertThat(back.provenance()).isEqualTo(ensemble.provenance());
        assertThat(back.copyFrame(34)).isEqualTo(ensemble.copyFrame(34));

        IqEnsemble other = ((Content.Iq) asOthersSeeIt(file)).ensemble();
        assertThat(other.copyFrame(3)).isEqualTo(ensemble.copyFrame(3));
        PixelGrid grid = (PixelGrid) other.grid();
        assertThat(grid.dzM()).isCloseTo(Samples.GRID.dzM(), within(1e-9));
        assertThat(other.timing().frameRateHz()).isCloseTo(500.0 / 3, within(1e-4));
    }

    @Test
    void write_volume_keepsElevationAndDepthApart() {
        PixelGrid grid = new PixelGrid(0, 0, 1e-3, 1e-4, 2e-4, 3e-4, 2, 3, 4);
        float[] values = new float[2 * grid.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        IqEnsemble ensemble = IqEnsemble.copyOf(
                grid, new IqEnsemble.Timing(500, 15e6, 1540), new float[][] {values}, Provenance.none());
        Path file = folder.resolve("v.uff");
        FusFiles.write(file, Content.of(ensemble));

        assertThat(((Content.Iq) FusFiles.open(file)).ensemble().copyFrame(0)).isEqualTo(values);
    }

    @Test
    void write_delaysOfTheirOwn_areReportedAndComeBack() {
        Probe probe = Probe.linear("p", 3, 1e-4, 5e6).build();
        TransmitSequence sequence = new TransmitSequence(
                List.of(new Transmit.ElementDelays(List.of(0.0, 1e-7, Double.NaN))), 5e6, 1000, 1540);
        ChannelFormat format = new ChannelFormat(probe, sequence, SampleAxis.common(20e6, 0, 1, 2));
        Path file = folder.resolve("d.uff");

        List<String> lost = FusFiles.write(file, Content.of(RfArray.wrap(format, new float[][] {new float[6]})));

        assertThat(lost).hasSize(1).first().asString().contains("delays of its own");
        assertThat(((Content.Channels) FusFiles.open(file)).recording().format().sequence())
                .isEqualTo(sequence);
    }

    @Test
    void read_damagedObjects_nameTheirNode() throws IOException {
        assertRefused(o -> o.remove("sampling_frequency"), "channel_data/sampling_frequency");
        assertRefused(o -> o.put("sampling_frequency", -1.0), "expected a positive number");
        assertRefused(o -> o.put("wavefront", 2.0), "wavefront");
        assertRefused(o -> o.put("channels", 4.0), "expected 1 waves and 3 channels");
    }

    @Test
    void read_fileCutAnywhere_isRefused() throws IOException {
        byte[] whole =
                made(new java.util.HashMap<>(Map.of("sampling_frequency", 20e6, "wavefront", 0.0, "channels", 3.0)));
        for (int length = 1; length < whole.length; length += 7) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ((Content.Channels) FusFiles.open(MemorySource.wrap("a.uff", cut))).data())
                    .isInstanceOf(FusException.class);
        }
    }

    @Test
    void write_files_areReadByH5py() throws Exception {
        Path file = folder.resolve("a.uff");
        RfArray rf = Samples.channels(2);
        FusFiles.write(file, Content.of(rf));

        String printed = Peers.python("h5py", """
            import h5py, sys
            f = h5py.File(sys.argv[1], 'r')
            c = f['channel_data']
            print(f.attrs['version'], c.attrs['class'], c['data'].shape, c['data'].dtype)
            print(repr(float(c['data'][1, 2, 1, 3])))
            print(c['sequence'].attrs['size'], sorted(c['sequence'].keys()))
            print(''.join(chr(v[0]) for v in f['fus_sdk'][:20]))
            """, file);

        float[] trace = new float[4];
        rf.copyTrace(1, 2, 1, trace, 0);
        assertThat(printed.replace("b'", "'")).contains("(2, 3, 3, 4) float32");
        assertThat(printed).contains("" + (double) trace[3]);
        assertThat(printed).contains("[1. 3.] ['sequence_0001', 'sequence_0002', 'sequence_0003']");
        assertThat(printed).contains("{\"schema\":\"fus-info/");
    }

    private void assertRefused(java.util.function.Consumer<Map<String, Double>> change, String message)
            throws IOException {
        Map<String, Double> fields =
                new java.util.HashMap<>(Map.of("sampling_frequency", 20e6, "wavefront", 0.0, "channels", 3.0));
        change.accept(fields);
        byte[] bytes = made(fields);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.uff", bytes)))
                .isInstanceOf(FusException.class)
                .hasMessageStartingWith("a.uff")
                .hasMessageContaining(message);
    }

    /** One plane wave, one frame, 3 channels, 5 samples. */
    private static byte[] made(Map<String, Double> fields) throws IOException {
        HdfGroup root = new HdfGroup();
        root.attribute("version", "v1.2.0");
        HdfGroup o = UffObjects.object(root, "channel_data", UffNodes.CHANNEL_DATA);
        if (fields.containsKey("sampling_frequency")) {
            UffObjects.scalar(o, "sampling_frequency", fields.get("sampling_frequency"));
        }
        UffObjects.probe(o, Probe.linear("p", 3, 1e-4, 5e6).build());
        HdfGroup wave = UffObjects.object(o, "sequence", "uff.wave");
        UffObjects.code(
                wave, "wavefront", "uff.wavefront", fields.get("wavefront").intValue());
        int channels = fields.get("channels").intValue();
        UffObjects.data(o, "data", List.of((long) channels, 5L), out -> out.write(new byte[channels * 20]));
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }

    private static ChannelFormat format(Random r) {
        int n = 1 + r.nextInt(5);
        Probe probe = r.nextBoolean()
                ? Probe.linear("p é", n, 1e-4 * (1 + r.nextDouble()), 5e6).build()
                : Probe.convex("c", n + 1, 3e-4, 40e-3, 5e6).build();
        List<Transmit> waves = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        int transmits = 1 + r.nextInt(4);
        for (int t = 0; t < transmits; t++) {
            waves.add(
                    switch (r.nextInt(4)) {
                        case 0 -> new Transmit.PlaneWave(r.nextDouble() - 0.5, 0.1 * r.nextDouble());
                        case 1 ->
                            new Transmit.DivergingWave(
                                    1e-3 * r.nextGaussian(), 1e-4, -1e-3 - 1e-2 * r.nextDouble(), TransmitAperture.ALL);
                        case 2 ->
                            new Transmit.FocusedWave(
                                    1e-3 * r.nextGaussian(), 0, 2e-2 + 1e-2 * r.nextDouble(), TransmitAperture.ALL);
                        default -> new Transmit.SingleElement(r.nextInt(probe.elements()));
                    });
            starts.add(1e-5 * r.nextDouble());
        }
        return new ChannelFormat(
                probe,
                new TransmitSequence(waves, 5e6, 1000 + r.nextInt(9000), 1480 + r.nextInt(100)),
                new SampleAxis(20e6 + r.nextInt(1000), starts, 1 + r.nextInt(7)));
    }

    private static float[] frame(ChannelRecording recording, int frame) {
        if (recording.read(frame, 1) instanceof IqData iq) {
            return iq.copyFrame(0);
        }
        RfData rf = (RfData) recording.read(frame, 1);
        int n = rf.format().sampleCount();
        int traces = rf.format().transmits() * rf.format().channels();
        float[] out = new float[traces * n];
        for (int i = 0; i < traces; i++) {
            rf.copyTrace(0, i / rf.format().channels(), i % rf.format().channels(), out, i * n);
        }
        return out;
    }

    private static Content asOthersSeeIt(Path file) {
        return UffFormat.read(new UffNodes(Hdf.open(PathSource.of(file))), Optional.empty());
    }
}
