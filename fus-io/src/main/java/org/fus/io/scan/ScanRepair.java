package org.fus.io.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusStorageException;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.SeriesBytes;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Disk;
import org.fus.io.source.PathSource;
import org.fus.io.source.StorageFailures;

/** Ends a {@link StreamingScan} that a crash has interrupted, and compares the checksums of one that has not ended. */
public final class ScanRepair {
    private ScanRepair() {}

    /**
     * Ends a scan that nobody writes to any more: a file of the durable volumes without a journal.
     *
     * @param target the {@code .scan}
     * @return what was done, in words; empty when there was nothing to do
     * @throws org.fus.core.error.FusFormatException when it is no scan, or its header is damaged
     * @throws FusStorageException when it cannot be written; it is then as it was
     */
    public static List<String> repair(Path target) {
        return repair(target, Disk.local());
    }

    /**
     * Ends a scan through a disk.
     *
     * @param target the {@code .scan}
     * @param disk takes the changes
     * @return as {@link #repair(Path)}
     */
    public static List<String> repair(Path target, Disk disk) {
        List<String> done = new ArrayList<>(withoutTemporaries(target, disk));
        Path journal = StreamingScan.journal(target);
        if (!Files.exists(journal)) {
            return done;
        }
        PathSource source = PathSource.of(target);
        ScanHeader header = ScanHeader.read(source);
        Optional<ScanJournal> own = ScanJournal.of(source, header);
        int planned = header.shape().times();
        int volumes = own.map(j -> j.entries().size()).orElse(planned);
        if (own.isPresent() && volumes == 0) {
            delete(disk, target);
            done.add("deleted the scan, which has no volume");
        } else if (volumes < planned) {
            FusSeries series = ((Content.Series) new ScanV2Format().open(source, OpenOptions.DEFAULTS)).series();
            byte[] whole = ScanV2Writer.header(target, series);
            AtomicFile.write(disk, target, out -> {
                out.write(whole);
                SeriesBytes.write(out, series);
            });
            done.add("ended the scan after " + volumes + " of " + planned + " planned volumes");
        } else {
            done.add("all " + planned + " volumes are there; deleted the journal");
        }
        delete(disk, journal);
        forceFolder(disk, target);
        return done;
    }

    /**
     * Compares the checksums that the journal holds.
     *
     * @param target the {@code .scan}
     * @return what is wrong, in words; empty when all is well, or when the scan has ended and so has no checksums
     * @throws org.fus.core.error.FusFormatException when it is no scan, or its header is damaged
     */
    public static List<String> verify(Path target) {
        PathSource source = PathSource.of(target);
        ScanHeader header = ScanHeader.read(source);
        Optional<ScanJournal> journal = ScanJournal.of(source, header);
        List<String> problems = new ArrayList<>();
        if (journal.isEmpty() || journal.get().entries().isEmpty()) {
            return problems;
        }
        FusSeries series = ((Content.Series) new ScanV2Format().open(source, OpenOptions.DEFAULTS)).series();
        for (int t = 0; t < series.shape().times(); t++) {
            if (ScanJournal.checksum(volume(series, t))
                    != journal.get().entries().get(t).checksum()) {
                problems.add(target + ": volume " + t + " does not have the checksum that the journal holds");
            }
        }
        return problems;
    }

    /** One volume, {@code [extra][pose][z][y][x]}. */
    private static double[] volume(FusSeries series, int time) {
        FusSeries.Shape shape = series.shape();
        int voxels = Math.toIntExact(shape.voxels());
        double[] out = new double[Math.multiplyExact(shape.extras() * shape.poses(), voxels)];
        for (int p = 0; p < shape.extras() * shape.poses(); p++) {
            double[] piece = series.read(p / shape.poses(), p % shape.poses(), time, 1);
            System.arraycopy(piece, 0, out, p * voxels, voxels);
        }
        return out;
    }

    /** What a crash has left of files that were to become this one. */
    private static List<String> withoutTemporaries(Path target, Disk disk) {
        Path folder = target.toAbsolutePath().getParent();
        List<String> done = new ArrayList<>();
        if (folder == null) {
            return done;
        }
        try (var files = Files.list(folder)) {
            String start = "." + target.getFileName() + ".";
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(start) && name.endsWith(AtomicFile.TEMPORARY)) {
                    delete(disk, file);
                    done.add("deleted " + name + ", which was never finished");
                }
            }
        } catch (IOException e) {
            throw StorageFailures.of(folder, "list", e);
        }
        return done;
    }

    private static void delete(Disk disk, Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw StorageFailures.of(file, "delete", e);
        }
    }

    private static void forceFolder(Disk disk, Path target) {
        Path folder = target.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                disk.forceDirectory(folder);
            }
        } catch (IOException e) {
            throw StorageFailures.of(folder, "force", e);
        }
    }
}
