package org.fus.io.urx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.fus.io.content.OpenOptions;
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
        assertRefused(UrxMade.whole(f -> f.type = "PHASED"), "probes/00000000/type", "expected LINEAR");
        assertRefused(UrxMade.whole(f -> f.elements = 0), "probes/00000000/elements", "expected elements, got none");
        assertRefused(UrxMade.whole(f -> f.place = Double.NaN), "translation/x", "finite");
        assertRefused(UrxMade.whole(f -> f.outline = 3), "element_geometry", "below 1, got 3");
        assertRefused(UrxMade.whole(f -> f.sampling = "XX"), "groups/00000000/sampling_type", "expected RF, IQ");
        assertRefused(UrxMade.whole(f -> f.wave = "SPIRAL"), "wave/type", "got 'SPIRAL'");
        assertRefused(UrxMade.whole(f -> f.parameters = new double[] {0}), "wave/parameters", "three finite numbers");
        assertRefused(UrxMade.whole(f -> f.parameters = new double[] {0, 0, -1}), "wave/parameters", "into the medium");
        assertRefused(UrxMade.whole(f -> f.parameters = new double[3]), "wave/parameters", "direction");
        assertRefused(UrxMade.whole(f -> f.delays = new double[] {0, 1}), "delays", "expected 3 delays, got 2");
        assertRefused(UrxMade.whole(f -> f.delays = new double[] {0, Double.NaN, 0}), "delays", "finite numbers");
        assertRefused(UrxMade.whole(f -> f.active = 9), "active_elements/00000002", "from 0 to 2, got 9");
        assertRefused(UrxMade.whole(f -> f.probe = 4), "probe", "below 1, got 4");
        assertRefused(UrxMade.whole(f -> f.fs = -1), "sampling_frequency", "positive");
        assertRefused(UrxMade.whole(f -> f.samples = 0), "number_samples", "from 1 to");
        assertRefused(UrxMade.whole(f -> f.samples = 1L << 40), "number_samples", "got 1.099511627776E12");
        assertRefused(UrxMade.whole(f -> f.samples = Integer.MAX_VALUE), "raw_data", "expected frames of");
        assertRefused(UrxMade.whole(f -> f.group = 2), "groups_data/00000000/group", "below 1, got 2");
        assertRefused(UrxMade.whole(f -> f.pulse = 7), "excitations", "below 1, got 7");
        assertRefused(UrxMade.whole(f -> f.columns = 3), "raw_data", "shape [samples, 1]");
        assertRefused(UrxMade.whole(f -> f.types = 2), "probes/00000000/type", "expected one text, got 2");
        assertRefused(UrxMade.whole(f -> f.rates = 2), "sampling_frequency", "expected one number, got 2");
        assertRefused(UrxMade.whole(f -> f.silent = true), "active_elements", "expected elements that fire, got none");
        assertRefused(UrxMade.whole(f -> f.depth = 40), "deep", "deeper than 24 groups");
        assertRefused(UrxMade.whole(f -> f.hole = true), "probes/00000000/elements", "got none of name 00000000");
    }

    @Test
    void read_soundFileOfTheSameMaker_isAccepted() throws IOException {
        Content.Channels content =
                (Content.Channels) FusFiles.open(MemorySource.wrap("a.urx", UrxMade.bytes(UrxMade.whole(f -> {}))));
        assertThat(content.data().frames()).isEqualTo(2);
    }

    @Test
    void read_unitOfAKindThatIsNot_isRefused() {
        String text = new String(UAC, StandardCharsets.ISO_8859_1);
        String[] parts = text.split("(?<=\"type\"\\s{0,2}:\\s{0,2}\")group\"", -1);
        assertThat(parts).hasSizeGreaterThan(1);
        byte[] changed = String.join("gruop\"", parts).getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.uac", changed)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("expected group or superGroup, got \"gruop\"");
    }

    @Test
    void open_fileOfThreeRecordings_givesTheOneThatIsAskedFor() throws IOException {
        ByteSource file = MemorySource.wrap("a.urx", UrxMade.bytes(UrxMade.whole(f -> f.sets = 3)));
        for (int n = 0; n < 3; n++) {
            Content.Channels content = (Content.Channels) FusFiles.open(file, OpenOptions.DEFAULTS.withRecording(n));
            assertThat(UrxSamples.frame(content.recording(), 1)).hasSize(15).containsOnly(n);
            assertThat(content.origin().warnings()).anyMatch(w -> w.contains("one of 3 recordings"));
        }
        assertThatThrownBy(() -> FusFiles.open(file, OpenOptions.DEFAULTS.withRecording(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a.urx: recording 3, expected 0 to 2, as the file holds 3");
        assertThatThrownBy(() -> OpenOptions.DEFAULTS.withRecording(-1)).isInstanceOf(IllegalArgumentException.class);
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
        byte[] bytes = UrxMade.bytes(content);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.urx", bytes)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.urx")
                .hasMessageContaining(node)
                .hasMessageContaining(reason);
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
