package org.fus.io.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fus.core.data.FusSeries;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusStorageException;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.SampleType;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Disk;
import org.fus.io.source.StorageFailures;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrCodec;
import org.fus.io.zarr.ZarrGroup;
import org.fus.io.zarr.ZarrMetadata;

/**
 * Writes series, int16 channel data and beamformed frames as Zarr version 3. A series is float64,
 * {@code [extra][pose][time][z][y][x]}, in chunks of at most 4 MiB with a crc32c; its description in the schema of
 * {@code fus info --json} stands in the attribute {@code fus}. Channel data and frames become recordings, as
 * {@link RecordingWriter} makes them. A folder that exists is never replaced.
 */
public final class ZarrWriter implements ContentWriter {
    private static final int CHUNK_BYTES = 4 << 20;

    /** Makes the writer. */
    public ZarrWriter() {}

    @Override
    public String name() {
        return ZarrFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".zarr");
    }

    @Override
    public String holding() {
        return "a series, int16 channel data or IQ images";
    }

    @Override
    public boolean holds(Content content) {
        return switch (content) {
            case Content.Series s -> true;
            case Content.Iq i -> true;
            case Content.Channels c ->
                c.recording().demodulationFrequencyHz() == 0
                        && c.origin().dtype().equals(SampleType.INT16.label())
                        && c.recording().read(0, 1) instanceof RfBlock;
            default -> false;
        };
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FusStorageException(
                    target.toString(), "write", "a folder of that name exists; choose another name", false, null);
        }
        switch (content) {
            case Content.Series s -> whole(target, folder -> series(folder, s));
            case Content.Channels c -> whole(target, folder -> channels(folder, c));
            case Content.Iq i -> whole(target, folder -> frames(folder, i));
            default -> throw new IllegalArgumentException("a .zarr cannot hold " + content.kind());
        }
        return List.of();
    }

    private static void channels(Path target, Content.Channels c) {
        int frames = c.recording().frames();
        int block = c.recording().framesPerBlock();
        RecordingPlan plan = RecordingPlan.of(
                        new RecordedContent.Rf(c.recording().format()), frames, block)
                .withMetadata(c.origin().metadata());
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            for (int f = 0; f < frames; f += block) {
                writer.append((RfBlock) c.recording().read(f, Math.min(block, frames - f)));
            }
        }
    }

    private static void frames(Path target, Content.Iq i) {
        int frames = i.recording().frames();
        int block = i.recording().framesPerBlock();
        RecordingPlan plan = RecordingPlan.of(
                        new RecordedContent.Iq(
                                i.recording().grid(), i.recording().timing()),
                        frames,
                        block)
                .withMetadata(i.origin().metadata())
                .withProvenance(i.recording().provenance());
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            for (int f = 0; f < frames; f += block) {
                writer.append(i.recording().read(f, Math.min(block, frames - f)), BlockNotes.NONE);
            }
        }
    }

    private static void series(Path folder, Content.Series content) {
        Disk disk = Disk.local();
        try {
            disk.createDirectory(folder);
        } catch (IOException e) {
            throw StorageFailures.of(folder, "write", e);
        }
        FolderStore store = FolderStore.of(folder, disk);
        ZarrGroup.create(store, "", Map.of(RecordingLayout.DESCRIPTION, FileInfo.of(content)));
        values(store, content.series());
    }

    /** Fills a store under a temporary name and moves it when it is whole. */
    private static void whole(Path target, Consumer<Path> filler) {
        Path temporary = AtomicFile.temporaryBeside(target);
        Disk disk = Disk.local();
        try {
            filler.accept(temporary);
            disk.move(temporary, target);
            disk.forceDirectory(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            FusStorageException failure = StorageFailures.of(target, "write", e);
            discard(temporary, failure);
            throw failure;
        } catch (RuntimeException e) {
            discard(temporary, e);
            throw e;
        }
    }

    private static void values(FolderStore store, FusSeries series) {
        FusSeries.Shape s = series.shape();
        int block = Math.clamp(CHUNK_BYTES / (8 * s.voxels()), 1, s.times());
        ZarrArray array = ZarrArray.create(
                store,
                RecordingLayout.DATA,
                ZarrMetadata.of(
                                SampleType.FLOAT64,
                                List.of(
                                        (long) s.extras(),
                                        (long) s.poses(),
                                        (long) s.times(),
                                        (long) s.nz(),
                                        (long) s.ny(),
                                        (long) s.nx()),
                                List.of(1, 1, block, s.nz(), s.ny(), s.nx()))
                        .withCodecs(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c())
                        .withDimensionNames("extra", "pose", "time", "z", "y", "x"));
        for (int extra = 0; extra < s.extras(); extra++) {
            for (int pose = 0; pose < s.poses(); pose++) {
                for (int t = 0; t < s.times(); t += block) {
                    int count = Math.min(block, s.times() - t);
                    double[] values = series.read(extra, pose, t, count);
                    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(8, values.length))
                            .order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asDoubleBuffer().put(values);
                    array.write(
                            new long[] {extra, pose, t, 0, 0, 0},
                            new int[] {1, 1, count, s.nz(), s.ny(), s.nx()},
                            bytes.array());
                }
            }
        }
    }

    private static void discard(Path temporary, Throwable failure) {
        if (!Files.exists(temporary)) {
            return;
        }
        try (var files = Files.walk(temporary)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
