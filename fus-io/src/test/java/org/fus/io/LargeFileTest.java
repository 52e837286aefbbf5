package org.fus.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.content.WriteOptions;
import org.fus.io.raw.SparseRaw;
import org.fus.io.scan.StreamingScan;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;
import org.fus.io.source.PathSource;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One frame of a file of 4 GiB, by a process that has 64 MiB of heap and counts the bytes that it reads. The files are
 * sparse, so they take next to nothing on the disk. How long it takes is measured by {@code fus bench}.
 */
class LargeFileTest {
    private static final int PIXELS = 128 * 128;
    private static final int TIMES = 1 << 15;
    private static final PixelGrid GRID = PixelGrid.xz(-7e-3, 7e-3, 128, 1e-3, 13.7e-3, 128);
    private static final double VALUE = 1234.5;

    /** The header holds 2^15 times twice, nominal and per slice; the frame is 128 KiB. */
    private static final long MOST_BYTES = 4L << 20;

    @TempDir
    Path folder;

    @Test
    void scanV2_oneFrame_readsItsBytesAlone() throws Exception {
        Path growing = folder.resolve("growing.scan");
        Path large = folder.resolve("large.scan");
        StreamingScan.Plan plan = new StreamingScan.Plan(
                new FusSeries.Shape(1, 1, TIMES, 128, 1, 128), FusSeries.Geometry.of(GRID), 0.4, Map.of());
        double[] volume = new double[PIXELS];
        volume[0] = VALUE;
        try (StreamingScan scan = StreamingScan.start(growing, plan)) {
            scan.append(0.4, volume);
            // Without its journal all planned volumes count.
            Files.createLink(large, growing);
        }

        assertThat(Files.size(large)).isGreaterThan(4L << 30);
        assertThat(bytesFor(large, 0)).isLessThan(MOST_BYTES);
    }

    @Test
    void raw_oneFrame_readsItsBytesAlone() throws Exception {
        Path raw = SparseRaw.create(folder.resolve("large.raw"), GRID, TIMES, (float) VALUE);

        assertThat(Files.size(raw)).isEqualTo(4L << 30);
        assertThat(bytesFor(raw, TIMES - 1)).isLessThan(MOST_BYTES);
    }

    @Test
    void zarr_oneFrame_readsItsChunkAlone() throws Exception {
        ZarrArray array = ZarrArray.create(
                FolderStore.of(folder),
                "large.zarr",
                ZarrMetadata.of(SampleType.FLOAT64, List.of((long) TIMES, 128L, 128L), List.of(1, 128, 128)));
        ByteBuffer volume = ByteBuffer.allocate(PIXELS * Double.BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        volume.putDouble(VALUE);
        array.write(new long[] {TIMES - 1, 0, 0}, new int[] {1, 128, 128}, volume.array());

        // Other chunks are not there, so what is read is this one.
        assertThat(bytesFor(folder.resolve("large.zarr"), TIMES - 1)).isZero();
    }

    @Test
    void hdf5_oneFrameOfChunks_readsItsBytesAlone() throws Exception {
        Path large = folder.resolve("large.scan");
        FusFiles.write(
                large,
                Content.of(Samples.series(new FusSeries.Shape(1, 1, TIMES, 1, 1, 1))),
                "Iconeus scan v1 (HDF5)",
                WriteOptions.DEFAULTS);
        // Chunks that have their place in the file, and were never written.
        Peers.python("h5py", """
            import h5py, sys
            with h5py.File(sys.argv[1], "r+") as f:
                shape = f["Data"].shape[:-3] + (128, 1, 128)
                for name, n in (("sizeX", 128), ("sizeZ", 128)):
                    if "acqMetaData/imgDim/" + name in f:
                        f["acqMetaData/imgDim/" + name][...] = n
                del f["Data"]
                plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
                plist.set_chunk((1,) * (len(shape) - 3) + (128, 1, 128))
                plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
                plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
                h5py.h5d.create(f.id, b"Data", h5py.h5t.IEEE_F64LE, h5py.h5s.create_simple(shape), plist)
                d = f["Data"]
                d[tuple(n - 1 for n in shape[:-3]) + (0, 0, 0)] = 1234.5
            """, large);

        assertThat(Files.size(large)).isGreaterThan(4L << 30);
        // The index of 2^15 chunks is read too.
        assertThat(bytesFor(large, TIMES - 1)).isLessThan(16L << 20);
    }

    /** The bytes that a process of 64 MiB reads, after it has compared the first value. */
    private static long bytesFor(Path file, int frame) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString(),
                        Integer.toString(frame))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        String[] figures = said.strip().lines().toList().getLast().split(" ", -1);
        assertThat(Double.parseDouble(figures[0])).as(said).isEqualTo(VALUE);
        return Long.parseLong(figures[1]);
    }

    /** Prints the first value of a frame and the bytes that were read of the file. */
    static final class Child {
        private Child() {}

        /** Takes the file and the number of the frame. */
        public static void main(String[] arguments) {
            Path file = Path.of(arguments[0]);
            int frame = Integer.parseInt(arguments[1]);
            AtomicLong bytes = new AtomicLong();
            Content content = Files.isDirectory(file)
                    ? FusFiles.open(file)
                    : FusFiles.open(new Counted(PathSource.of(file), bytes));
            double first = switch (content) {
                case Content.Series c -> c.series().read(0, 0, frame, 1)[0];
                case Content.Iq c -> c.recording().read(frame, 1).copyFrame(0)[0];
                case Content.Array c -> c.array().doubles((long) frame * PIXELS, PIXELS)[0];
                default -> throw new AssertionError(content.kind());
            };
            System.out.println(first + " " + bytes.get());
        }
    }

    /** Counts, and offers no memory. */
    private record Counted(ByteSource all, AtomicLong bytes) implements ByteSource {
        @Override
        public String name() {
            return all.name();
        }

        @Override
        public long size() {
            return all.size();
        }

        @Override
        public void read(long position, ByteBuffer target) {
            bytes.addAndGet(target.remaining());
            all.read(position, target);
        }

        @Override
        public Optional<ByteFolder> folder() {
            return all.folder();
        }
    }
}
