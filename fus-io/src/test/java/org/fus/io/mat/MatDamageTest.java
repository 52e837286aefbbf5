package org.fus.io.mat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.ByteSource;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import us.hebi.matlab.mat.format.Mat5;

/** Each rule that a MATLAB file can break, broken alone; and how little of a file is read. */
class MatDamageTest {
    private static byte[] series;

    @BeforeAll
    static void writeASeries(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.mat");
        FusFiles.write(file, Content.of(Samples.series(new FusSeries.Shape(1, 1, 3, 4, 2, 5))));
        series = Files.readAllBytes(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "126 | 0 | byte 126, byte order: expected IM or MI",
                "128 | 3 | byte 128, element: expected type 14 (matrix) or 15 (compressed), got 3",
                "132 | -16 | element: the file is too short",
                "140 | 4 | array flags: expected 8 bytes, got 4 bytes",
                "156 | 4 | dimensions: expected 2 to 64 lengths, got 4 bytes",
                "156 | 1000 | dimensions: expected 2 to 64 lengths, got 1000 bytes",
                "160 | -1 | dimensions: expected lengths of at least 0",
                "372 | 2147483647 | values of Acquisition.Data: expected",
                "172 | 99999 | name: expected 99999 bytes",
                "144 | 4 | characters of Acquisition: expected a type of characters, got type 5",
                "144 | 1 | expected a structure with Data and T, got a variable of class 1",
                "196 | 0 | field names: expected names of equal length, got 128 bytes of names of 0",
                "196 | 63 | field names: expected names of equal length, got 128 bytes of names of 63",
                "192 | 327685 | length of field names: expected 5 bytes, got 4 bytes to the end",
                "336 | 1 | field Data: expected a matrix, got type 1",
                "340 | 0 | field T: expected a matrix, got type 6",
                "392 | 0 | values of Acquisition.Data: expected 120 numbers, got 960 bytes of type 0",
                "392 | 5 | values of Acquisition.Data: expected 120 numbers, got 960 bytes of type 5",
                "396 | 1048576 | values of Acquisition.Data: expected 1048576 bytes",
                "352 | 2054 | imaginary values of Acquisition.Data: expected an element, got 0 bytes"
            })
    void read_oneFieldChanged_isNamed(int at, int value, String message) {
        byte[] damaged = series.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);

        assertThatThrownBy(() -> open(damaged))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.mat: ")
                .hasMessageContaining(message);
    }

    @Test
    void read_moreVariablesThanAnyRecording_isRefused() {
        int n = 65_538;
        ByteBuffer many = ByteBuffer.allocate(128 + n * 56).order(ByteOrder.LITTLE_ENDIAN);
        many.put(series, 0, 128);
        for (int i = 0; i < n; i++) {
            // Flags, dimensions 0 x 0, name, no values.
            many.putInt(14).putInt(48).putInt(6).putInt(8).putInt(6).putInt(0);
            many.putInt(5).putInt(8).putInt(0).putInt(0);
            many.putInt(1).putInt(6).put(String.format("v%05x", i).getBytes(StandardCharsets.US_ASCII));
            many.putShort((short) 0);
        }

        assertThatThrownBy(() -> open(many.array()))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("more than 65536 variables");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "172 | 70000 | name: expected at most 65536 bytes, got 70000 bytes",
                "204 | 70016 | field names: expected names of equal length, got 70016 bytes"
            })
    void read_nameLongerThanAny_isRefused(int at, int value, String message) throws IOException {
        byte[] damaged = Arrays.copyOf(series, 200_000);
        // The element takes the whole file.
        ByteBuffer.wrap(damaged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(132, damaged.length - 136)
                .putInt(at, value);

        assertThatThrownBy(() -> open(damaged))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_descriptionThatIsNoText_isRefused() throws IOException {
        byte[] file = Samples.matFile(
                Mat5.newMatFile().addArray("values", Mat5.newMatrix(2, 2)).addArray("fus_sdk", Mat5.newMatrix(2, 2)),
                false);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("variable fus_sdk: expected a text, got float64 numbers of shape [2, 2]");
    }

    @Test
    void read_descriptionOfOtherData_isLeftAsideAndSaidSo() {
        // 2 slices of 5 columns become 1 slice of 10.
        byte[] changed = series.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(368, 10).putInt(372, 1);

        Content content = open(changed);

        assertThat(((Content.Series) content).series().shape()).isEqualTo(new FusSeries.Shape(1, 1, 3, 4, 1, 10));
        assertThat(content.origin().warnings()).anyMatch(w -> w.contains("that of other data"));
    }

    @Test
    void read_structuresOfVersion73WithinEachOther_areRefused() throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup deep = root.group("Acquisition");
        for (int i = 0; i < 20; i++) {
            deep = deep.group("Data");
        }
        assertThatThrownBy(() -> open(bytes(root)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("more than 16 structures within each other");

        HdfGroup wide = new HdfGroup();
        HdfGroup fields = wide.group("Acquisition");
        for (int i = 0; i < 5000; i++) {
            fields.doubles("f" + i, new double[1], 1, 1);
        }
        assertThatThrownBy(() -> open(bytes(wide)))
                .isInstanceOf(FusException.class)
                .hasMessageContaining("Acquisition: more than 4096 fields");
    }

    @Test
    void read_largeFile_touchesItsHeadAndTheVolumesThatAreAskedFor() throws IOException {
        // 64 volumes of 64 KiB: 4 MiB.
        FusSeries large = Samples.series(new FusSeries.Shape(1, 1, 64, 128, 1, 64));
        Path folder = Files.createTempDirectory("mat");
        Path file = folder.resolve("a.mat");
        FusFiles.write(file, Content.of(large));
        Counting source = new Counting(Files.readAllBytes(file));
        Files.delete(file);
        Files.delete(folder);

        FusSeries back = ((Content.Series) FusFiles.open(source)).series();
        // Heads are read in windows of 8 KiB; the description of 64 volumes takes 30 KiB.
        assertThat(source.bytes).isLessThan(128 << 10);

        long before = source.bytes;
        assertThat(back.read(0, 0, 40, 1)).isEqualTo(large.read(0, 0, 40, 1));
        assertThat(source.bytes - before).isEqualTo(64 << 10);
    }

    /** Serves reads only, and counts them. */
    private static final class Counting implements ByteSource {
        private final MemorySource source;
        private long bytes;

        Counting(byte[] content) {
            source = MemorySource.wrap("a.mat", content);
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long size() {
            return source.size();
        }

        @Override
        public void read(long position, ByteBuffer target) {
            bytes += target.remaining();
            source.read(position, target);
        }
    }

    private static byte[] bytes(HdfGroup root) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }

    private static Content open(byte[] bytes) {
        return FusFiles.open(MemorySource.wrap("a.mat", bytes));
    }
}
