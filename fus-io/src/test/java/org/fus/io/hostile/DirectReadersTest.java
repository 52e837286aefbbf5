package org.fus.io.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.FusFiles;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.echoframe.EchoFrameFormat;
import org.fus.io.info.Extension;
import org.fus.io.npy.NpyFormat;
import org.fus.io.record.Integrity;
import org.fus.io.record.Recording;
import org.fus.io.record.RecordingWriter;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;
import org.fus.io.source.MemoryFolder;
import org.fus.io.source.MemorySource;
import org.fus.io.source.PathFolder;
import org.fus.io.testing.Samples;
import org.fus.io.uff.UffFormat;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors that no small change of a sound file leads to: each is made on purpose. */
class DirectReadersTest {
    @TempDir
    Path folder;

    @Test
    void readers_givenFilesOfAnotherFormat_sayWhatTheyMiss() throws IOException {
        MemorySource zea = MemorySource.wrap("a.hdf5", HandMade.zea());
        MemorySource zeros = MemorySource.wrap("a.dat", new byte[100]);
        assertRefused(
                () -> new UffFormat().open(zea, OpenOptions.DEFAULTS),
                "a.hdf5: /: expected an object of class uff.channel_data");
        assertRefused(() -> new EchoFrameFormat().open(zeros, OpenOptions.DEFAULTS), "this is no EchoFrame stream");
        assertRefused(() -> new NpyFormat().open(zeros, OpenOptions.DEFAULTS), "this is no .npy file");
    }

    @Test
    void zea_iqWithoutAFrequency_isRefused() throws IOException {
        byte[] bytes = HandMade.zea(2, 0);
        assertRefused(() -> FusFiles.open(MemorySource.wrap("a.hdf5", bytes)), "scan/demodulation_frequency: expected");
    }

    @Test
    void pybf_shotUnlikeTheFirst_isRefusedWhenItIsRead() throws IOException {
        byte[] shorter = Samples.pybf(folder, new short[4][6]);
        ChannelRecording recording =
                ((Content.Channels) FusFiles.open(MemorySource.wrap("a.hdf5", shorter))).recording();
        assertThat(recording.read(0, 1).frames()).isEqualTo(1);
        assertRefused(() -> recording.read(1, 1), "frame_2/shot_3: expected the shape and type of the first shot");
    }

    @Test
    void pybf_sampleThatIsNoNumber_isRefusedWhenItIsRead() throws IOException {
        float[][] odd = new float[4][5];
        odd[1][2] = Float.NaN;
        byte[] bytes = Samples.pybf(folder, odd);
        ChannelRecording recording = ((Content.Channels) FusFiles.open(MemorySource.wrap("a.hdf5", bytes))).recording();
        assertRefused(() -> recording.read(1, 1), "RF sample is NaN at frame 0, transmit 2, channel 1, sample 2");
    }

    @Test
    void nifti2_cutWithinItsHeader_isRefused() {
        ByteBuffer b = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN).putInt(540);
        b.put(4, new byte[] {'n', '+', '2', 0, '\r', '\n', 0x1A, '\n'});
        assertRefused(() -> open("a.nii", b.array()), "header: the file is too short (expected 540 bytes, got 400)");
    }

    @Test
    void echoFrame_regionOutsideTheImage_isRefused() throws IOException {
        MemoryFolder files = MemoryFolder.of(
                "d",
                Map.of("bf.dat", HandMade.echoFrame(), "ScanParameters.mat", HandMade.echoFrameParameters(1, 9, 1, 4)));
        assertRefused(
                () -> FusFiles.open(files.file("bf.dat").orElseThrow()),
                "croppingROI: expected [zStart, zEnd, xStart, xEnd] within 1 to 3 and 1 to 4");
    }

    @Test
    void npy_headersThatNoProgramWrites_areRefused() throws IOException {
        String axes = "1, ".repeat(65);
        assertRefused(
                () -> open("a.npy", npy(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (" + axes + "), }")),
                "axes");
        assertRefused(() -> open("a.npy", npy(2, " ".repeat(2 << 20))), "header: 2097152 bytes, expected at most");
        Path large = folder.resolve("large.npy");
        Files.write(large, npy(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (20000, 20000), }"));
        try (RandomAccessFile hole = new RandomAccessFile(large.toFile(), "rw")) {
            hole.setLength(hole.length() + 8L * 20000 * 20000);
        }
        assertRefused(() -> FusFiles.open(large), "Fortran order of 3200000000 bytes is not supported");
    }

    @Test
    void zip_directoryWhose64BitEndIsNotThere_isRefused() {
        ByteBuffer b = ByteBuffer.allocate(4 + 60 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0x04034b50).position(64);
        b.putInt(0x07064b50).putInt(0).putLong(4).putInt(1);
        b.putInt(0x06054b50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1);
        assertRefused(() -> open("a.npz", b.array()), "directory: expected its 64-bit end at byte 4");
    }

    @Test
    void cursor_fieldBeyondAnArray_isRefused() {
        Cursor cursor = new Cursor(new Zeros(1L << 33), 1L << 33);
        assertRefused(() -> cursor.take(1L << 31, "text"), "text: 2147483648 bytes, expected less than 2 GiB");
    }

    @Test
    void zarr_groupsAndArraysTakenForEachOther_areNamed() {
        MemoryFolder array = MemoryFolder.of("d", Map.of("zarr.json", ascii(ARRAY)));
        MemoryFolder group = MemoryFolder.of("d", Map.of("zarr.json", ascii(GROUP)));
        assertRefused(() -> ZarrGroup.open(array, ""), "expected a group, got an array");
        assertRefused(() -> ZarrArray.open(group, ""), "expected an array, got a group");
        assertRefused(() -> Recording.open(group), "expected the entry recording");
        String vast = ARRAY.replace("\"shape\":[2]", "\"shape\":[4611686018427387904,4]")
                .replace("\"chunk_shape\":[2]", "\"chunk_shape\":[2,2]");
        assertRefused(
                () -> FusFiles.open(MemoryFolder.of("d", Map.of("zarr.json", ascii(vast))), OpenOptions.DEFAULTS),
                "zarr.json: shape: [4611686018427387904, 4] is larger than any array");
    }

    @Test
    void zarr_chunkOfFewerBytes_isRefused() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[3]);
        }
        String metadata =
                ARRAY.substring(0, ARRAY.length() - 2) + ",{\"name\":\"gzip\",\"configuration\":{\"level\":1}}]}";
        MemoryFolder store = MemoryFolder.of("d", Map.of("zarr.json", ascii(metadata), "c/0", packed.toByteArray()));
        assertRefused(
                () -> ZarrArray.open(store, "").readDoubles(new long[] {0}, new int[] {2}),
                "expected 4 decoded bytes, got 3");
    }

    @Test
    void recording_blocksWithoutTheirHead_areReported() throws IOException {
        Specimen recording = Specimens.all()
                .filter(s -> s.name().equals("recording"))
                .findFirst()
                .orElseThrow();
        Path store = Files.createDirectories(folder.resolve("r.zarr/data")).getParent();
        for (Map.Entry<String, byte[]> file : recording.files().entrySet()) {
            Files.createDirectories(store.resolve(file.getKey()).getParent());
            Files.write(store.resolve(file.getKey()), file.getValue());
        }
        List<Path> blocks = new ArrayList<>();
        try (var files = Files.list(store.resolve("data"))) {
            files.filter(f -> f.getFileName().toString().startsWith("c."))
                    .sorted()
                    .forEach(blocks::add);
        }
        Files.write(blocks.get(0), new byte[5]);
        Files.write(blocks.get(1), notes("{"));

        List<String> problems = Integrity.verify(store);

        assertThat(problems)
                .anyMatch(p -> p.contains("the block has 5 bytes, expected at least 12"))
                .anyMatch(p -> p.contains("notes of the block"));
    }

    @Test
    void recording_withoutAFrame_isRefused() {
        Path store = folder.resolve("r.zarr");
        RecordingWriter.start(store, Specimens.plan()).close();
        assertRefused(() -> FusFiles.open(PathFolder.of(store), OpenOptions.DEFAULTS), "the recording holds no frames");
    }

    @Test
    void extension_entriesOfAnotherKind_areRefused() {
        FusSeries series = Samples.series(new FusSeries.Shape(1, 1, 2, 3, 1, 4));
        assertRefused(
                () -> Extension.apply("f", series, EXTENSION + "\"times\": {\"timesS\": \"x\"}}"), "cannot be cast");
        assertRefused(() -> Extension.numbers("f", EXTENSION + "\"a\": \"x\"}", "a"), "expected numbers in a");
        assertRefused(() -> Extension.provenance("f", EXTENSION + "\"provenance\": {}}"), "expected a provenance");
    }

    private static final String ARRAY =
            "{\"zarr_format\":3,\"node_type\":\"array\",\"shape\":[2],\"data_type\":\"int16\","
                    + "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[2]}},"
                    + "\"chunk_key_encoding\":{\"name\":\"default\"},\"fill_value\":0,"
                    + "\"codecs\":[{\"name\":\"bytes\",\"configuration\":{\"endian\":\"little\"}}]}";
    private static final String EXTENSION = "{\"schema\": \"fus-extension/1\", ";
    private static final String GROUP = "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{}}";

    private static void open(String name, byte[] bytes) {
        FusFiles.open(MemorySource.wrap(name, bytes));
    }

    private static byte[] npy(int version, String text) {
        byte[] header = ascii(text + "\n");
        int wide = version == 1 ? Short.BYTES : Integer.BYTES;
        ByteBuffer b = ByteBuffer.allocate(8 + wide + header.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 0x93).put(ascii("NUMPY")).put((byte) version).put((byte) 0);
        return (version == 1 ? b.putShort((short) header.length) : b.putInt(header.length - 1))
                .put(header)
                .array();
    }

    /** The head of a block whose checksum is right. */
    private static byte[] notes(String json) {
        CRC32C crc = new CRC32C();
        crc.update(ascii(json));
        ByteBuffer b = ByteBuffer.allocate(12 + json.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
        return b.put(ascii("FUSBLOCK"))
                .putInt(json.length())
                .put(ascii(json))
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertRefused(ThrowingCallable reading, String reason) {
        assertThatThrownBy(reading).isInstanceOf(FusFormatException.class).hasMessageContaining(reason);
    }

    /** Any number of zeros. */
    private record Zeros(long size) implements ByteSource {
        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public void read(long position, ByteBuffer target) {
            target.put(new byte[target.remaining()]);
        }
    }
}
