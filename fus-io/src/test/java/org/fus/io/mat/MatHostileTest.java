package org.fus.io.mat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/** Damaged files: each ends in its content or in one error of the SDK that names the file. */
class MatHostileTest {
    /** A small file of each kind. */
    enum Kind {
        SERIES,
        IMAGES,
        ACQUISITION,
        COMPRESSED,
        COMPLEX_COMPRESSED,
        HDF5
    }

    private static final Map<Kind, byte[]> FILES =
            Arrays.stream(Kind.values()).collect(Collectors.toMap(k -> k, MatHostileTest::make));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void read_fileCutAnywhere_isRefusedOrRead(Kind kind) {
        byte[] bytes = FILES.get(kind);
        int refused = 0;
        int step = Math.max(1, bytes.length / 1500);
        for (int n = 1; n < bytes.length; n += step) {
            refused += tryToRead(Arrays.copyOf(bytes, n)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(bytes.length / step / 2);
        assertThat(tryToRead(bytes)).isFalse();
    }

    @Property(tries = 1500)
    void read_fileWithChangedBytes_isRefusedOrRead(@ForAll Kind kind, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] damaged = FILES.get(kind).clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            // Half of the changes hit the first elements, where lengths and types are.
            int at = 100 + random.nextInt(random.nextBoolean() ? 400 : damaged.length - 100);
            int[] values = {0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256)};
            damaged[at % damaged.length] = (byte) values[random.nextInt(values.length)];
        }
        tryToRead(damaged);
    }

    @Test
    void read_compressedValuesThatAreDamaged_failTheirChecksum() {
        byte[] whole = FILES.get(Kind.COMPRESSED);
        // The one element, a zlib stream without padding behind it; its last 4 bytes are its checksum.
        int end = 136 + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(132);
        for (int at = end - 400; at < end; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            assertThat(tryToRead(damaged)).as("byte %s of %s", at, end).isTrue();
        }
    }

    @Test
    void read_streamThatInflatesBeyondItsLimit_isRefused() throws IOException {
        // A vector of 2^28 doubles in a stream of a few hundred bytes.
        byte[] bomb = compressed(1 << 28, 100);

        assertThatThrownBy(() -> open(bomb))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("a.mat: byte 128, compressed element: expected a matrix (type 14) of at most");
    }

    @Test
    void read_streamThatEndsBeforeItsValues_isRefusedWhenTheyAreRead() throws IOException {
        byte[] cut = compressed(10_000, 9_999);
        Content.Series content = (Content.Series) open(cut);

        assertThatThrownBy(() -> content.series().read(0, 0, 0, 1))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("a.mat: zlib stream at byte 136, unpacked byte")
                .hasMessageContaining("too short");
    }

    @Test
    void read_volumeBeyondTheHeap_isRefusedBeforeItIsAllocated() throws IOException {
        // Zeros pack a thousandfold: 4 GiB in 4 MiB, here claimed only.
        byte[] large = compressed((1 << 29) - 64, 2000);
        byte[] padded = Arrays.copyOf(large, large.length + (9 << 20));
        ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).putInt(132, padded.length - 136);

        assertThatThrownBy(() -> ((Content.Series) open(padded)).series().read(0, 0, 0, 1))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining("-Xmx");
    }

    @Test
    void read_structureWithinItself_isRefused() throws IOException {
        Struct inner = Mat5.newStruct();
        for (int i = 0; i < 20; i++) {
            Struct outer = Mat5.newStruct();
            outer.set("Data", inner);
            inner = outer;
        }
        byte[] deep = Samples.matFile(Mat5.newMatFile().addArray("Acquisition", inner), false);

        assertThatThrownBy(() -> open(deep))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("element at byte 128, structure")
                .hasMessageContaining("at most 16 levels");
    }

    /** A Doppler_film of a column of zeros whose stream holds fewer of them than it claims. */
    private static byte[] compressed(int claimed, int stored) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            ByteBuffer head = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
            long values = 8L * claimed;
            head.putInt(14).putInt((int) Math.min(0xFFFFFFF0L, 64 + values));
            head.putInt(6).putInt(8).putInt(6).putInt(0);
            head.putInt(5).putInt(8).putInt(claimed).putInt(1);
            head.putInt(1).putInt(12).put("Doppler_film".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            head.putInt(0);
            head.putInt(9).putInt((int) Math.min(0xFFFFFF00L, values));
            out.write(head.array());
            out.write(new byte[8 * stored]);
        }
        ByteBuffer file = ByteBuffer.allocate(136 + packed.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put("MATLAB 5.0 MAT-file".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        file.position(124).putShort((short) 0x0100).put((byte) 'I').put((byte) 'M');
        file.putInt(15).putInt(packed.size()).put(packed.toByteArray());
        return file.array();
    }

    private static Content open(byte[] bytes) {
        return FusFiles.open(MemorySource.wrap("a.mat", bytes));
    }

    /** True when it was refused in the one way that is allowed. */
    private static boolean tryToRead(byte[] bytes) {
        try {
            Content content = open(bytes);
            assertThat(FusFiles.infoJson(content)).contains("\"kind\"");
            switch (content) {
                case Content.Series c -> AnySeries.all(c.series());
                case Content.Iq c -> c.ensemble();
                case Content.Channels c -> c.data();
                default -> {}
            }
            return false;
        } catch (FusException e) {
            assertThat(e).isInstanceOf(FusFormatException.class);
            assertThat(e).hasMessageContaining("a.mat");
            return true;
        }
    }

    private static byte[] make(Kind kind) {
        try {
            return switch (kind) {
                case SERIES -> written(Content.of(Samples.series(new FusSeries.Shape(1, 2, 2, 2, 1, 3))));
                case IMAGES -> written(Content.of(Samples.iq(2)));
                case ACQUISITION -> acquisition(false);
                case COMPRESSED -> acquisition(true);
                case COMPLEX_COMPRESSED -> pala();
                case HDF5 -> hdf5();
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] written(Content content) throws IOException {
        Path folder = Files.createTempDirectory("mat");
        Path file = folder.resolve("a.mat");
        FusFiles.write(file, content);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(folder);
        return bytes;
    }

    private static byte[] acquisition(boolean compressed) throws IOException {
        Matrix data = Mat5.newMatrix(new int[] {20, 1, 15, 3});
        Random random = new Random(1);
        for (int i = 0; i < 900; i++) {
            data.setDouble(i, random.nextGaussian());
        }
        Struct acquisition = Mat5.newStruct();
        acquisition.set("T", Mat5.newMatrix(1, 3));
        acquisition.set("Data", data);
        return Samples.matFile(Mat5.newMatFile().addArray("Acquisition", acquisition), compressed);
    }

    private static byte[] pala() throws IOException {
        Matrix iq = Mat5.newComplex(new int[] {20, 15, 3});
        Random random = new Random(2);
        for (int i = 0; i < 900; i++) {
            iq.setDouble(i, random.nextGaussian());
            iq.setImaginaryDouble(i, random.nextGaussian());
        }
        Struct uf = Mat5.newStruct();
        uf.set("TwFreq", Mat5.newScalar(15));
        uf.set("FrameRateUF", Mat5.newScalar(1000));
        Struct pixels = Mat5.newStruct();
        Matrix delta = Mat5.newMatrix(1, 3);
        delta.setDouble(0, 1);
        delta.setDouble(2, 1);
        pixels.set("PDelta", delta);
        return Samples.matFile(
                Mat5.newMatFile().addArray("UF", uf).addArray("PData", pixels).addArray("IQ", iq), true);
    }

    private static byte[] hdf5() throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup acquisition = root.group("Acquisition").attribute("MATLAB_class", "struct");
        acquisition.doubles("Data", new double[24], 2, 3, 1, 4).attribute("MATLAB_class", "double");
        acquisition.doubles("T", new double[] {1, 2}, 2, 1).attribute("MATLAB_class", "double");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }
}
