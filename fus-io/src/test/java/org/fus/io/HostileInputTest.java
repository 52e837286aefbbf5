package org.fus.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.Content;
import org.fus.io.info.Sidecar;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged files of every format: they are read, or refused with a failure of the SDK that names the file. */
class HostileInputTest {
    enum Kind {
        SCAN(".scan"),
        IQ(".npy"),
        CHANNELS(".npy"),
        SERIES(".npy"),
        MAT(".mat"),
        MAT_COMPRESSED(".mat"),
        PYBF(".hdf5");

        final String extension;

        Kind(String extension) {
            this.extension = extension;
        }
    }

    private static final class Sample {
        final byte[] bytes;
        final Map<String, byte[]> neighbours;

        Sample(byte[] bytes, Map<String, byte[]> neighbours) {
            this.bytes = bytes;
            this.neighbours = neighbours;
        }
    }

    private static final Map<Kind, Sample> SAMPLES = samples();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void read_fileCutAnywhere_isRefused(Kind kind) {
        Sample sample = SAMPLES.get(kind);
        // The HDF5 library takes its time over each of some thousand cuts.
        int step = kind == Kind.PYBF ? 23 : 1;
        for (int length = 0; length < sample.bytes.length; length += step) {
            byte[] cut = Arrays.copyOf(sample.bytes, length);
            // Cutting the file off behind the last element that is needed leaves a good file.
            boolean refused = tryToRead(kind, new Sample(cut, sample.neighbours));
            if (kind != Kind.PYBF) {
                assertThat(refused)
                        .as("%s cut to %d of %d bytes", kind, length, sample.bytes.length)
                        .isTrue();
            }
        }
    }

    @Property(tries = 800)
    void read_fileWithFlippedBytes_isReadOrRefused(@ForAll Kind kind, @ForAll long seed) {
        Sample sample = SAMPLES.get(kind);
        Random random = new Random(seed);
        byte[] bytes = flip(sample.bytes, random);
        if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        tryToRead(kind, new Sample(bytes, sample.neighbours));
    }

    @Property(tries = 300)
    void read_descriptionWithFlippedBytes_isReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        Kind kind = new Kind[] {Kind.IQ, Kind.CHANNELS, Kind.SERIES}[random.nextInt(3)];
        Sample sample = SAMPLES.get(kind);
        byte[] json = flip(sample.neighbours.get(Sidecar.SUFFIX), random);
        tryToRead(kind, new Sample(sample.bytes, Map.of(Sidecar.SUFFIX, json)));
    }

    @Test
    void read_emptyFile_isRefused() {
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.scan", new byte[0])))
                .isInstanceOf(FusFormatException.class)
                .hasMessage("a.scan: byte 0: the file is empty; copy it again");
    }

    @Test
    void read_unknownBytes_namesTheKnownFormats() {
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.xyz", new byte[100])))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining("a.xyz: byte 0: no known format")
                .hasMessageContaining(".scan");
    }

    @Test
    void read_cutHdf5UnderAnUnknownName_isRefused() {
        byte[] cut = Arrays.copyOf(SAMPLES.get(Kind.PYBF).bytes, 512);

        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.uff", cut)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("HDF5");
    }

    @Test
    void open_bytesOfAnotherFormatThanTheName_areReadAndSaidSo() {
        Content content = FusFiles.open(MemorySource.wrap("a.scan", SAMPLES.get(Kind.MAT).bytes));

        assertThat(content.kind()).isEqualTo("channel-data");
        assertThat(content.origin().warnings())
                .singleElement()
                .asString()
                .contains("the content is MATLAB; rename the file");
    }

    /** True when it was refused in the one way that is allowed. */
    private static boolean tryToRead(Kind kind, Sample sample) {
        String name = "a" + kind.extension;
        try {
            Content content =
                    FusFiles.open(MemorySource.wrap(name, sample.bytes).withNeighbours(sample.neighbours));
            assertThat(FusFiles.infoJson(content)).contains("\"kind\"");
            assertThat(content.origin().file()).isEqualTo(name);
            switch (content) {
                case Content.Series c ->
                    assertThat(c.series().read(0, 0, 0, 1))
                            .hasSize((int) c.series().shape().voxels());
                case Content.Channels c -> assertThat(c.data().frames()).isPositive();
                case Content.Iq c -> assertThat(c.ensemble().frames()).isPositive();
                default -> {}
            }
            return false;
        } catch (FusException e) {
            assertThat(e).isInstanceOf(FusFormatException.class);
            assertThat(e).hasMessageStartingWith(name);
            return true;
        }
    }

    private static byte[] flip(byte[] bytes, Random random) {
        byte[] out = bytes.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // Half of the changes hit the first bytes, where headers are.
            int at = random.nextInt(random.nextBoolean() ? Math.min(256, out.length) : out.length);
            int[] values = {0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256)};
            out[at] = (byte) values[random.nextInt(values.length)];
        }
        return out;
    }

    private static Map<Kind, Sample> samples() {
        try {
            Path folder = Files.createTempDirectory("hostile");
            Map<Kind, Sample> out = new HashMap<>();
            FusSeries series = Samples.series(new FusSeries.Shape(1, 2, 2, 2, 1, 3));
            out.put(Kind.SCAN, written(folder.resolve("s.scan"), Content.of(series)));
            out.put(Kind.IQ, written(folder.resolve("iq.npy"), Content.of(Samples.iq(2))));
            out.put(Kind.CHANNELS, written(folder.resolve("rf.npy"), Content.of(Samples.channels(2))));
            out.put(Kind.SERIES, written(folder.resolve("s.npy"), Content.of(series)));
            out.put(Kind.MAT, new Sample(Samples.mat(Map.of(), false), Map.of()));
            out.put(Kind.MAT_COMPRESSED, new Sample(Samples.mat(Map.of(), true), Map.of()));
            out.put(Kind.PYBF, new Sample(Samples.pybf(folder), Map.of()));
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
            return out;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Sample written(Path file, Content content) throws IOException {
        FusFiles.write(file, content);
        Path json = Path.of(file + Sidecar.SUFFIX);
        return new Sample(
                Files.readAllBytes(file),
                Files.exists(json) ? Map.of(Sidecar.SUFFIX, Files.readAllBytes(json)) : Map.of());
    }
}
