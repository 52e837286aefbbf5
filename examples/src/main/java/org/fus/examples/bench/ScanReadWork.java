package org.fus.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The voxels of an open {@code .scan} version 2, against a copy of as much of the mapped file into an array. */
final class ScanReadWork extends SeriesReadWork implements PlainJava.Compared {
    private static final ValueLayout.OfDouble VALUE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private double[] copy;

    ScanReadWork(Path file, int times) {
        super("reading the voxels of .scan v2", "copy of the map", new Target(0.9, 1), file, times);
        this.file = file;
    }

    /** What opening costs is the row of the first frame. */
    @Override
    public void prepareCall() {
        open();
    }

    @Override
    public void run() {
        readOpened();
    }

    /** Nothing to prepare. */
    @Override
    public void preparePlain() {}

    /** The values are the end of the file. */
    @Override
    public void runPlain() {
        copy = null;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long bytes = outputBytes();
            MemorySegment map =
                    channel.map(FileChannel.MapMode.READ_ONLY, channel.size() - bytes, bytes, Arena.ofAuto());
            double[] values = new double[Math.toIntExact(bytes / Double.BYTES)];
            MemorySegment.copy(map, VALUE, 0, values, 0, values.length);
            copy = values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double plainChecksum() {
        return BenchSeries.checksum(copy);
    }
}
