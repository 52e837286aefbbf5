package org.fus.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.StoredArray;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checksums a file has, that they are compared, and that one without any is called so. */
class VerificationTest {
    private static final FusSeries SERIES = Samples.series(new FusSeries.Shape(1, 2, 3, 4, 1, 5));

    /** Where the first chunk starts in {@code fletcher32.mat}. */
    private static final int CHUNK = 6512;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "s.nii, the format has no checksum",
        "s.nii.gz, checksum of gzip (crc32) was compared",
        "s.npy, the format has no checksum",
        "s.npz, checksum (crc32) of each of their entries was compared",
        "s.mat, checksum (adler32) of each variable that is compressed",
        "s.zarr, every checksum was compared",
        "s.scan, the format has no checksum",
    })
    void of_soundSeries_namesTheChecksums(String name, String compared) {
        Path file = folder.resolve(name);
        FusFiles.write(file, Content.of(SERIES));

        Verification verification = Verification.of(file);

        assertThat(verification.problems()).isEmpty();
        assertThat(verification.compared()).contains(compared);
    }

    @ParameterizedTest
    @CsvSource({"c.uff, none of the", "c.urx, none of the", "c.npz, checksum (crc32)"})
    void of_soundChannels_namesTheChecksums(String name, String compared) {
        Path file = folder.resolve(name);
        FusFiles.write(file, Content.of(Samples.channels(2)));

        assertThat(Verification.of(file).problems()).isEmpty();
        assertThat(Verification.of(file).compared()).contains(compared);
    }

    @Test
    void of_changedChecksumOfGzip_saysWhere() throws IOException {
        Path file = folder.resolve("s.nii.gz");
        FusFiles.write(file, Content.of(SERIES));
        changeByte(file, (int) Files.size(file) - 6);

        assertThat(Verification.of(file).problems()).singleElement().asString().contains("s.nii.gz", "gzip");
        assertThat(Verification.of(file).compared()).isEmpty();
    }

    /** As {@code numpy.savez} writes: entries are stored as they are. Opening reads no more than their heads. */
    @Test
    void of_changedValueOfAStoredEntry_saysWhere() throws IOException {
        Path array = folder.resolve("a.npy");
        FusFiles.write(array, Content.of(Samples.series(new FusSeries.Shape(1, 1, 3, 40, 1, 50))));
        byte[] npy = Files.readAllBytes(array);
        Path file = folder.resolve("s.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry entry = new ZipEntry("a.npy");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(npy.length);
            CRC32 crc = new CRC32();
            crc.update(npy);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(npy);
        }
        assertThat(Verification.of(file).problems()).isEmpty();
        changeByte(file, npy.length);

        assertThat(Verification.of(file).problems())
                .singleElement()
                .asString()
                .contains("s.npz!a.npy: crc32: the bytes do not have the checksum");
        StoredArray values = ((Content.Array) FusFiles.open(file)).array();
        assertThat(values.doubles(0, 1))
                .as("a part is read without its checksum")
                .hasSize(1);
        assertThatThrownBy(() -> values.doubles(0, (int) values.size())).isInstanceOf(FusFormatException.class);
        assertThatThrownBy(() -> values.doubles(0, (int) values.size()))
                .as("a second time")
                .isInstanceOf(FusFormatException.class);
    }

    /** Made by h5py 3.7: 2 x 3 x 1 x 4 values 0, 1, 2 and so on in two chunks. */
    @Test
    void of_hdf5WithFletcher32_comparesEachChunk() throws IOException {
        Path file = folder.resolve("f.mat");
        try (InputStream in = VerificationTest.class.getResourceAsStream("fletcher32.mat")) {
            Files.copy(in, file);
        }
        assertThat(((Content.Series) FusFiles.open(file)).series().read(0, 0, 1, 1))
                .containsExactlyInAnyOrder(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
        assertThat(Verification.of(file).problems()).isEmpty();
        assertThat(Verification.of(file).compared()).contains("1 of the 2 data sets");

        changeByte(file, CHUNK + 9);

        assertThat(Verification.of(file).problems())
                .singleElement()
                .asString()
                .contains("f.mat", "Acquisition/Data", "checksum");
    }

    private static void changeByte(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }
}
