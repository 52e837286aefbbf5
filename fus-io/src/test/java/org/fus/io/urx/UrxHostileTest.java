package org.fus.io.urx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.ByteSource;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files end in a result or in a failure of the SDK that names file, node and reason. */
class UrxHostileTest {
    private static final byte[] URX = written(".urx", UrxFixtures.planeWaves());
    private static final byte[] UAC = written(".uac", program());

    @Test
    void read_damagedFields_nameTheirNode() throws IOException {
        assertRefused(a -> {}, "groups_data", "expected samples, got none");
        assertRefused(whole(f -> f.type = "PHASED"), "probes/00000000/type", "expected LINEAR");
        assertRefused(whole(f -> f.elements = 0), "probes/00000000/elements", "expected elements, got none");
        assertRefused(whole(f -> f.place = Double.NaN), "translation/x", "finite");
        assertRefused(whole(f -> f.outline = 3), "element_geometry", "below 1, got 3");
        assertRefused(whole(f -> f.sampling = "XX"), "groups/00000000/sampling_type", "expected RF, IQ");
        assertRefused(whole(f -> f.wave = "SPIRAL"), "wave/type", "got 'SPIRAL'");
        assertRefused(whole(f -> f.parameters = new double[] {0}), "wave/parameters", "three finite numbers");
        assertRefused(whole(f -> f.parameters = new double[] {0, 0, -1}), "wave/parameters", "into the medium");
        assertRefused(whole(f -> f.parameters = new double[3]), "wave/parameters", "direction");
        assertRefused(whole(f -> f.delays = new double[] {0, 1}), "delays", "expected 3 delays, got 2");
        assertRefused(whole(f -> f.delays = new double[] {0, Double.NaN, 0}), "delays", "finite numbers");
        assertRefused(whole(f -> f.active = 9), "active_elements/00000002", "from 0 to 2, got 9");
        assertRefused(whole(f -> f.probe = 4), "probe", "below 1, got 4");
        assertRefused(whole(f -> f.fs = -1), "sampling_frequency", "positive");
        assertRefused(whole(f -> f.samples = 0), "number_samples", "from 1 to");
        assertRefused(whole(f -> f.samples = 1L << 40), "number_samples", "got 1.099511627776E12");
        assertRefused(whole(f -> f.samples = Integer.MAX_VALUE), "raw_data", "expected frames of");
        assertRefused(whole(f -> f.group = 2), "groups_data/00000000/group", "below 1, got 2");
        assertRefused(whole(f -> f.pulse = 7), "excitations", "below 1, got 7");
        assertRefused(whole(f -> f.columns = 3), "raw_data", "shape [samples, 1]");
        assertRefused(whole(f -> f.hole = true), "probes/00000000/elements", "got none of name 00000000");
    }

    @Test
    void read_soundFileOfTheSameMaker_isAccepted() throws IOException {
        Content.Channels content = (Content.Channels) FusFiles.open(MemorySource.wrap("a.urx", made(whole(f -> {}))));
        assertThat(content.data().frames()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {".urx", ".uac"})
    void read_fileCutAnywhere_isRefusedOrRead(String extension) {
        byte[] whole = extension.equals(".urx") ? URX : UAC;
        int step = Math.max(1, whole.length / 60);
        for (int length = 1; length < whole.length; length += step) {
            tryToRead("a" + extension, Arrays.copyOf(whole, length));
        }
    }

    @Property(tries = 300)
    void read_fileWithFlippedBytes_isReadOrRefused(@ForAll long seed) {
        Random r = new Random(seed);
        boolean urx = r.nextBoolean();
        byte[] bytes = (urx ? URX : UAC).clone();
        for (int i = 1 + r.nextInt(4); i > 0; i--) {
            int[] values = {0, 1, 0x7F, 0x80, 0xFF, r.nextInt(256)};
            bytes[r.nextInt(bytes.length)] = (byte) values[r.nextInt(values.length)];
        }
        long start = System.nanoTime();
        tryToRead(urx ? "a.urx" : "a.uac", bytes);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void read_oneFrame_readsThatFrame() {
        int frames = 2000;
        Probe probe = Probe.linear("p", 16, 1e-4, 5e6).build();
        var format = new org.fus.core.data.ChannelFormat(
                probe, TransmitSequence.planeWaves(0, 0, 1, 5e6, 1000), SampleAxis.common(20e6, 0, 1, 256));
        byte[] bytes = written(
                ".urx",
                new Content.Channels(
                        new org.fus.io.content.Origin("", "", "int16", java.util.Map.of(), List.of()),
                        new org.fus.io.internal.frames.LoadedChannels("", format, frames, 0, f -> {
                            float[] v = new float[16 * 256];
                            Arrays.fill(v, f);
                            return v;
                        })));
        AtomicLong read = new AtomicLong();
        Content.Channels content = (Content.Channels) FusFiles.open(counted(bytes, read));
        read.set(0);

        float[] frame = UrxSamples.frame(content.recording(), 1234);

        assertThat(frame).hasSize(16 * 256).containsOnly(1234);
        assertThat(read.get()).isEqualTo(16 * 256 * 2);
    }

    private static ByteSource counted(byte[] bytes, AtomicLong read) {
        ByteSource memory = MemorySource.wrap("a.urx", bytes);
        return new ByteSource() {
            @Override
            public String name() {
                return memory.name();
            }

            @Override
            public long size() {
                return memory.size();
            }

            @Override
            public void read(long position, ByteBuffer target) {
                read.addAndGet(target.remaining());
                memory.read(position, target);
            }
        };
    }

    private static void tryToRead(String name, byte[] bytes) {
        try {
            Content content = FusFiles.open(MemorySource.wrap(name, bytes));
            assertThat(FusFiles.infoJson(content)).contains("\"kind\"");
            if (content instanceof Content.Channels c) {
                c.recording().read(0, 1);
            }
        } catch (FusException e) {
            assertThat(e).isInstanceOf(FusFormatException.class);
            assertThat(e).hasMessageStartingWith(name);
        }
    }

    private static void assertRefused(Consumer<HdfGroup> content, String node, String reason) throws IOException {
        byte[] bytes = made(content);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.urx", bytes)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.urx")
                .hasMessageContaining(node)
                .hasMessageContaining(reason);
    }

    /** One plane wave, two frames, three elements, five samples; each field can be damaged. */
    private static final class Fields {
        String type = "LINEAR";
        int elements = 3;
        double place = -1e-4;
        int outline;
        String sampling = "RF";
        String wave = "PLANE_WAVE";
        double[] parameters = {0, 0, 1};
        double[] delays = {0, 0, 0};
        int active = 2;
        int probe;
        double fs = 20e6;
        long samples = 5;
        int group;
        int pulse;
        int columns = 1;
        boolean hole;
    }

    private static Consumer<HdfGroup> whole(Consumer<Fields> change) {
        Fields f = new Fields();
        change.accept(f);
        return a -> {
            HdfGroup probe = a.group("probes").group(UrxNodes.item(0));
            probe.variableText("type", f.type);
            HdfGroup corner = probe.group("element_geometries")
                    .group(UrxNodes.item(0))
                    .group("perimeter")
                    .group(UrxNodes.item(0));
            corner.doubles("x", new double[] {1e-5});
            for (int e = 0; e < f.elements; e++) {
                HdfGroup element = probe.group("elements").group(UrxNodes.item(f.hole ? e + 1 : e));
                element.group("transform")
                        .group("translation")
                        .doubles("x", new double[] {e == 0 ? f.place : (e - 1) * 1e-4});
                element.integers("element_geometry", SampleType.UINT64, new long[] {f.outline});
            }
            a.group("excitations").group(UrxNodes.item(0)).doubles("transmit_frequency", new double[] {5e6});
            HdfGroup group = a.group("groups").group(UrxNodes.item(0));
            group.variableText("sampling_type", f.sampling);
            HdfGroup event = group.group("sequence").group(UrxNodes.item(0));
            HdfGroup fire = event.group("transmit_setup");
            fire.integers("probe", SampleType.UINT64, new long[] {f.probe});
            fire.group("wave").variableText("type", f.wave);
            fire.group("wave").doubles("parameters", f.parameters, f.parameters.length);
            fire.doubles("delays", f.delays, f.delays.length);
            fire.group("excitations").integers(UrxNodes.item(0), SampleType.UINT64, new long[] {f.pulse});
            for (int e = 0; e < 3; e++) {
                fire.group("active_elements")
                        .integers(UrxNodes.item(e), SampleType.UINT32, new long[] {e == 2 ? f.active : e}, 1);
            }
            HdfGroup hear = event.group("receive_setup");
            hear.integers("probe", SampleType.UINT64, new long[] {0});
            hear.doubles("sampling_frequency", new double[] {f.fs});
            hear.integers("number_samples", SampleType.INT64, new long[] {f.samples});
            HdfGroup data = a.group("groups_data").group(UrxNodes.item(0));
            data.integers("group", SampleType.UINT64, new long[] {f.group});
            data.integers("raw_data", SampleType.INT16, new long[30 * f.columns], 30, f.columns);
        };
    }

    private static byte[] made(Consumer<HdfGroup> content) throws IOException {
        HdfGroup root = new HdfGroup();
        content.accept(UrxObjects.acquisition(root));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }

    private static Content program() {
        TransmitSequence sequence = TransmitSequence.planeWaves(-0.1, 0.1, 2, 5e6, 1000);
        return Content.of(
                new AcquisitionProgram(sequence, SampleAxis.common(20e6, 0, 2, 16), 64, 32),
                Probe.linear("p", 3, 1e-4, 5e6).build());
    }

    private static byte[] written(String extension, Content content) {
        try {
            Path folder = Files.createTempDirectory("urx");
            Path file = folder.resolve("a" + extension);
            FusFiles.write(file, content);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return bytes;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
