package org.fus.io.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfGroup;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Files that chance does not make: groups within themselves, thousands of levels, a few bytes that unpack to gigabytes. */
@Tag("hostile")
class HostileFilesTest {
    private static final int MEBIBYTE = 1 << 20;

    private final Worker worker = new Worker();

    @TestFactory
    Stream<DynamicTest> hdf5GroupsWithinThemselves_areReadOrRefused() {
        return Specimens.all().flatMap(s -> cycles(s).stream()).map(this::test);
    }

    @TestFactory
    Stream<DynamicTest> hdf5GroupsOfManyLevels_areReadOrRefused() throws IOException {
        List<Specimen> out = new ArrayList<>();
        for (String[] top : new String[][] {
            {"a.mat", "Acquisition"}, {"a.uff", "channel_data"}, {"a.scan", "acqMetaData"}, {"a.hdf5", "data"}
        }) {
            HdfGroup root = new HdfGroup();
            HdfGroup group = root.group(top[1]);
            for (int i = 0; i < 1000; i++) {
                group = group.group("Data");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            root.writeTo(bytes);
            out.add(new Specimen("deep " + top[0], top[0], Map.of(top[0], bytes.toByteArray())));
        }
        return out.stream().map(this::test);
    }

    @TestFactory
    Stream<DynamicTest> fewBytesThatUnpackToMany_areReadInPartsOrRefused() throws IOException {
        byte[] npy = header("{'descr': '<f8', 'fortran_order': False, 'shape': (25, 1048576)}");
        byte[] fortran = header("{'descr': '<f8', 'fortran_order': True, 'shape': (25, 1048576)}");
        return Stream.of(
                        new Specimen("npz", "a.npz", Map.of("a.npz", zipped(npy, 200))),
                        new Specimen("npz in Fortran order", "a.npz", Map.of("a.npz", zipped(fortran, 200))),
                        new Specimen("nii.gz", "a.nii.gz", Map.of("a.nii.gz", gzipped(nifti(32), 256))),
                        new Specimen("nii.gz that claims more", "a.nii.gz", Map.of("a.nii.gz", gzipped(nifti(64), 1))),
                        zarr("gzip", gzipped(new byte[0], 64)),
                        zarr("zstd", zstdOfZeros()))
                .map(this::test);
    }

    private DynamicTest test(Specimen specimen) {
        return DynamicTest.dynamicTest(
                specimen.name(),
                () -> assertThat(Outcome.of(worker, specimen).problem()).isEmpty());
    }

    /** Each group of an HDF5 file in turn replaced by one in which it stands. */
    private static List<Specimen> cycles(Specimen specimen) {
        List<Specimen> out = new ArrayList<>();
        specimen.files().forEach((file, bytes) -> {
            if (Hdf.hasSignature(specimen.folder().file(file).orElseThrow())) {
                List<Group> groups = new ArrayList<>();
                try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
                    collect(hdf, groups);
                    for (Group group : groups) {
                        for (Group outer : new Group[] {hdf, group.getParent()}) {
                            Map<String, byte[]> files = new TreeMap<>(specimen.files());
                            files.put(file, replaced(bytes, group.getAddress(), outer.getAddress()));
                            out.add(new Specimen(
                                    specimen.name() + ", " + group.getPath() + " is " + outer.getPath(),
                                    specimen.opened(),
                                    files));
                        }
                    }
                }
            }
        });
        return out;
    }

    private static void collect(Group group, List<Group> out) {
        group.getChildren().values().forEach(child -> {
            if (child instanceof Group inner) {
                out.add(inner);
                collect(inner, out);
            }
        });
    }

    /** All addresses that point to one place point to another. */
    private static byte[] replaced(byte[] bytes, long from, long to) {
        ByteBuffer out = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int changed = 0;
        for (int at = 8; at + Long.BYTES <= bytes.length; at++) {
            if (out.getLong(at) == from) {
                out.putLong(at, to);
                changed++;
            }
        }
        assertThat(changed).isPositive();
        return out.array();
    }

    private static byte[] header(String text) {
        byte[] padded = (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(10 + padded.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        return b.putShort((short) padded.length).put(padded).array();
    }

    private static byte[] zipped(byte[] head, int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("data.npy"));
            zeros(zip, head, mebibytes);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzipped(byte[] head, int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            zeros(gzip, head, mebibytes);
        }
        return bytes.toByteArray();
    }

    private static void zeros(OutputStream out, byte[] head, int mebibytes) throws IOException {
        out.write(head);
        byte[] block = new byte[MEBIBYTE];
        for (int i = 0; i < mebibytes; i++) {
            out.write(block);
        }
    }

    /** Float64 volumes of 8 MiB. */
    private static byte[] nifti(int volumes) {
        byte[] head = specimen("series.nii").files().get("a.nii").clone();
        ByteBuffer b = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int at = 40;
        for (int length : new int[] {4, 1024, 1024, 1, volumes, 1, 1, 1}) {
            b.putShort(at, (short) length);
            at += 2;
        }
        return Arrays.copyOf(head, (int) b.getFloat(108));
    }

    private static Specimen zarr(String codec, byte[] chunk) {
        Specimen sound = specimen("zarr " + codec);
        Map<String, byte[]> files = new TreeMap<>(sound.files());
        assertThat(files.put("c/0/0", chunk)).isNotNull();
        return sound.with(files);
    }

    /** A frame of the format of RFC 8878 with blocks of one repeated byte: 128 KiB each, 64 MiB in all. */
    private static byte[] zstdOfZeros() {
        int blocks = 512;
        ByteBuffer b = ByteBuffer.allocate(6 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0xFD2FB528).put((byte) 0).put((byte) (7 << 3));
        for (int i = 0; i < blocks; i++) {
            int head = (1 << 17) << 3 | 1 << 1 | (i == blocks - 1 ? 1 : 0);
            b.put((byte) head).put((byte) (head >> 8)).put((byte) (head >> 16)).put((byte) 0);
        }
        return b.array();
    }

    private static Specimen specimen(String name) {
        return Specimens.all().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }
}
