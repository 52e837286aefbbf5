package org.fus.io.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;
import org.fus.io.source.StorageFailures;

/**
 * A {@code .scan} version 2 that grows during an experiment. From the start on it is a valid file of all volumes that are
 * planned, those to come holding zeros, so that any reader opens it at any moment. {@link #append} returns when a volume is
 * durable: its voxels and times were forced to the disk, then a line of the journal next to the file, which says which
 * volumes are there and holds their checksums. Readers of this library show the volumes of the journal alone.
 *
 * <p>{@link #close} leaves a plain file of the recorded volumes and no journal; after a crash {@link ScanRepair} does.
 * Volumes are appended by one thread at a time; the calls are synchronised.
 */
public final class StreamingScan implements AutoCloseable {
    /** Space that is kept for others. */
    private static final long RESERVE_BYTES = 16 << 20;

    private final Path target;
    private final Disk disk;
    private final FusSeries.Shape shape;
    private final long dataOffset;
    private final DiskFile scan;
    private final DiskFile journal;
    private long journalBytes;
    private int volumes;
    private boolean closed;

    /**
     * What is going to be recorded.
     *
     * @param shape lengths of the axes; {@code times} is the most volumes that may come
     * @param geometry where the voxels are; one {@code probeToLab} per pose
     * @param volumeIntervalS planned time between volumes, seconds; times of volumes to come are multiples of it
     * @param metadata names and values in order, under the names of {@link ScanMetadata}
     */
    public record Plan(
            FusSeries.Shape shape, FusSeries.Geometry geometry, double volumeIntervalS, Map<String, Object> metadata) {
        /** Checks and copies. */
        public Plan {
            Objects.requireNonNull(shape, "shape");
            Objects.requireNonNull(geometry, "geometry");
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
            if (!(volumeIntervalS > 0) || !Double.isFinite(volumeIntervalS)) {
                throw new IllegalArgumentException(
                        "volumeIntervalS is " + volumeIntervalS + ", expected a positive number of seconds");
            }
        }
    }

    private StreamingScan(
            Path target,
            Disk disk,
            FusSeries.Shape shape,
            long dataOffset,
            DiskFile scan,
            DiskFile journal,
            long journalBytes) {
        this.target = target;
        this.disk = disk;
        this.shape = shape;
        this.dataOffset = dataOffset;
        this.scan = scan;
        this.journal = journal;
        this.journalBytes = journalBytes;
    }

    /**
     * Starts a scan: makes the file, durable, under its name.
     *
     * @param target where it goes; must not exist, its folder must
     * @param plan what is going to be recorded
     * @return the scan
     * @throws FusStorageException when something of that name exists, the folder cannot be written, or the disk has not
     *     the room that the plan needs; nothing is then left
     * @throws org.fus.core.error.FusUnsupportedException when the format cannot hold the geometry
     */
    public static StreamingScan start(Path target, Plan plan) {
        return start(target, plan, Disk.local());
    }

    /**
     * Starts a scan through a disk.
     *
     * @param target where it goes
     * @param plan what is going to be recorded
     * @param disk takes the changes
     * @return the scan
     * @throws FusStorageException as {@link #start(Path, Plan)}
     */
    public static StreamingScan start(Path target, Plan plan, Disk disk) {
        Path folder = target.toAbsolutePath().getParent();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) || folder == null) {
            throw new FusStorageException(
                    target.toString(), "record", "there is something of that name; choose another", false, null);
        }
        if (!Files.isDirectory(folder)) {
            throw new FusStorageException(
                    target.toString(), "record", "no such folder: " + folder + "; create it first", false, null);
        }
        byte[] header = header(target, plan);
        long end = Math.addExact(
                (long) header.length, Math.multiplyExact(plan.shape().size(), (long) Double.BYTES));
        requireSpace(target, folder, end, disk);
        ByteBuffer first =
                ScanJournal.firstLine(plan.shape().times(), ScanJournal.headerChecksum(header, plan.shape()));
        long journalBytes = first.remaining();
        Path journal = journal(target);
        AtomicFile.publish(disk, journal, file -> file.write(0, first));
        try {
            AtomicFile.publish(disk, target, file -> {
                file.write(0, ByteBuffer.wrap(header));
                // The voxels to come: one byte at the end makes the file as long as it will be.
                file.write(end - 1, ByteBuffer.allocate(1));
            });
            DiskFile scan = disk.open(target);
            return new StreamingScan(target, disk, plan.shape(), header.length, scan, disk.open(journal), journalBytes);
        } catch (IOException e) {
            throw StorageFailures.of(target, "record", e);
        } catch (FusStorageException e) {
            discard(disk, journal, e);
            throw e;
        }
    }

    /**
     * Appends a volume whose slices were all taken at one time.
     *
     * @param timeS end of its integration, seconds since the start of the acquisition
     * @param values {@code [extra][pose][z][y][x]}
     * @return the number of the volume, from 0; it is durable
     * @throws IllegalArgumentException when the plan has no place for such a volume
     * @throws FusStorageException when it cannot be made durable. It does then not count, and the same call may be tried
     *     again once the cause is gone.
     */
    public long append(double timeS, double[] values) {
        return append(Collections.nCopies(shape.poses() * shape.ny(), timeS), values);
    }

    /**
     * Appends a volume.
     *
     * @param sliceTimesS end of the integration of each slice, {@code [pose][y]}, seconds since the start of the
     *     acquisition
     * @param values {@code [extra][pose][z][y][x]}
     * @return as {@link #append(double, double[])}
     * @throws IllegalArgumentException as {@link #append(double, double[])}
     * @throws FusStorageException as {@link #append(double, double[])}
     */
    public synchronized long append(List<Double> sliceTimesS, double[] values) {
        requirePlace(sliceTimesS, values);
        int pieces = shape.extras() * shape.poses();
        int pieceValues = values.length / pieces;
        try {
            for (int p = 0; p < pieces; p++) {
                long first = ((long) p * shape.times() + volumes) * shape.voxels();
                scan.write(dataOffset + first * Double.BYTES, bytes(values, p * pieceValues, pieceValues));
            }
            double[] times =
                    sliceTimesS.stream().mapToDouble(Double::doubleValue).toArray();
            scan.write(
                    ScanJournal.timesOffset(shape) + (long) volumes * times.length * Double.BYTES,
                    bytes(times, 0, times.length));
            scan.force();
            ByteBuffer line = ScanJournal.line(new ScanJournal.Entry(sliceTimesS, ScanJournal.checksum(values)));
            long length = line.remaining();
            journal.write(journalBytes, line);
            journal.force();
            journalBytes += length;
        } catch (IOException e) {
            throw StorageFailures.of(target, "append volume " + volumes, e);
        }
        return volumes++;
    }

    /**
     * The volumes that are durable.
     *
     * @return their number
     */
    public synchronized long durableVolumes() {
        return volumes;
    }

    /**
     * Ends the scan: a file of the recorded volumes without a journal. A scan without volumes is deleted.
     *
     * @throws FusStorageException when the file cannot be written; it is then as after a crash
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            scan.close();
            journal.close();
        } catch (IOException e) {
            throw StorageFailures.of(target, "close", e);
        }
        ScanRepair.repair(target, disk);
        closed = true;
    }

    /** The journal of a scan. */
    static Path journal(Path target) {
        return target.resolveSibling(target.getFileName() + ScanJournal.SUFFIX);
    }

    private void requirePlace(List<Double> sliceTimesS, double[] values) {
        List<String> problems = new ArrayList<>();
        if (closed) {
            problems.add("the scan is closed");
        }
        if (volumes == shape.times()) {
            problems.add("all " + volumes + " planned volumes are there");
        }
        int slices = shape.poses() * shape.ny();
        if (sliceTimesS.size() != slices || !sliceTimesS.stream().allMatch(Double::isFinite)) {
            problems.add("times " + sliceTimesS + ", expected " + slices + " finite seconds");
        }
        long expected = (long) shape.extras() * shape.poses() * shape.voxels();
        if (values.length != expected) {
            problems.add(values.length + " voxels, expected " + expected);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(target + ": " + String.join("; ", problems));
        }
    }

    private static byte[] header(Path target, Plan plan) {
        FusSeries.Shape shape = plan.shape();
        List<Double> times = IntStream.rangeClosed(1, shape.times())
                .mapToObj(t -> t * plan.volumeIntervalS())
                .toList();
        FusSeries planned = FusSeries.of(
                shape,
                plan.geometry(),
                new FusSeries.Times(times, List.of()),
                plan.metadata(),
                Provenance.none(),
                (extra, pose, firstTime, count) -> new double[Math.toIntExact(count * shape.voxels())]);
        return ScanV2Writer.header(target, planned);
    }

    private static void requireSpace(Path target, Path folder, long bytes, Disk disk) {
        try {
            long free = disk.usableBytes(folder);
            if (free - RESERVE_BYTES < bytes) {
                throw new FusStorageException(
                        target.toString(),
                        "record",
                        "the planned volumes need " + (bytes >> 20) + " MiB, the disk has " + (free >> 20)
                                + " MiB left; free some space, record fewer volumes, or write elsewhere",
                        true,
                        null);
            }
        } catch (IOException e) {
            throw StorageFailures.of(folder, "ask for the space that is left", e);
        }
    }

    private static void discard(Disk disk, Path journal, FusStorageException failure) {
        try {
            disk.delete(journal);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static ByteBuffer bytes(double[] values, int from, int count) {
        ByteBuffer out = ByteBuffer.allocateDirect(Math.multiplyExact(Double.BYTES, count))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.asDoubleBuffer().put(values, from, count);
        return out;
    }
}
