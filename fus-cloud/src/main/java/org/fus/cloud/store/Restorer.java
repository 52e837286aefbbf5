package org.fus.cloud.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.internal.Parallel;
import org.fus.core.error.FusStorageException;
import org.fus.core.run.RunContext;
import org.fus.io.source.Disk;
import org.fus.io.source.StorageFailures;

/**
 * Brings files back. They grow under the name {@code .NAME.fus-restore} beside their place and are moved there when all are
 * complete. A restore that was broken off goes on: chunks that are there and right are not fetched again.
 */
final class Restorer {
    private static final String STAGE = "restore";
    private static final String UNFINISHED = ".fus-restore";

    private final ChunkReader reader;
    private final RunContext context;
    private final AtomicLong fetched = new AtomicLong();

    /** Neighbours of a file that one request reads. */
    private record Segment(Path file, List<ChunkRef> run) {}

    Restorer(ChunkReader reader, RunContext context) {
        this.reader = reader;
        this.context = context;
    }

    /** All files into a new folder. */
    RestoreReport all(Path target) {
        Path staging = staging(target);
        List<ManifestFile> files = reader.manifest().files();
        List<Path> places =
                files.stream().map(f -> StoredPath.below(staging, f.path())).toList();
        try {
            createFolder(staging);
            for (Path place : places) {
                createFolders(staging, place.getParent());
            }
            return fill(files, places, staging, target);
        } catch (IOException e) {
            throw StorageFailures.of(target, STAGE, e);
        }
    }

    /** One file. */
    RestoreReport one(ManifestFile file, Path target) {
        try {
            return fill(List.of(file), List.of(staging(target)), staging(target), target);
        } catch (IOException e) {
            throw StorageFailures.of(target, STAGE, e);
        }
    }

    private RestoreReport fill(List<ManifestFile> files, List<Path> places, Path staging, Path target)
            throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            prepare(places.get(i), files.get(i).bytes());
            for (List<ChunkRef> run : ChunkReader.runs(reader.table(files.get(i)))) {
                segments.add(new Segment(places.get(i), run));
            }
        }
        Parallel.forEach(context, STAGE, segments.size(), i -> fetch(segments.get(i)));
        for (Path place : places) {
            try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                channel.force(true);
            }
        }
        requireNew(target);
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        Disk.local()
                .forceDirectory(Objects.requireNonNull(target.toAbsolutePath().getParent()));
        long bytes = files.stream().mapToLong(ManifestFile::bytes).sum();
        return new RestoreReport(target, files.size(), bytes, fetched.get());
    }

    private void fetch(Segment segment) {
        try (FileChannel channel = FileChannel.open(
                segment.file(), StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            List<ChunkRef> absent = new ArrayList<>();
            for (ChunkRef ref : segment.run()) {
                if (!isThere(channel, ref)) {
                    absent.add(ref);
                }
            }
            List<IOException> failure = new ArrayList<>();
            for (List<ChunkRef> run : ChunkReader.runs(absent)) {
                reader.read(run, (ref, chunk) -> {
                    fetched.addAndGet(chunk.length);
                    try {
                        write(channel, ref.fileOffset(), ByteBuffer.wrap(chunk));
                    } catch (IOException e) {
                        failure.add(e);
                    }
                });
                if (!failure.isEmpty()) {
                    throw failure.getFirst();
                }
            }
        } catch (IOException e) {
            throw StorageFailures.of(segment.file(), "write", e);
        }
    }

    private static void write(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Whether an earlier try has written a chunk. */
    private static boolean isThere(FileChannel channel, ChunkRef ref) throws IOException {
        if (channel.size() < ref.fileEnd()) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.allocate(ref.bytes());
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, ref.fileOffset() + bytes.position()) < 0) {
                return false;
            }
        }
        return ContentHash.of(bytes.flip()).equals(ref.hash());
    }

    /** Makes a file, or cuts one that is there to at most its length. */
    private static void prepare(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(bytes);
        }
    }

    private Path staging(Path target) {
        requireNew(target);
        Path name = target.getFileName();
        Path folder = target.toAbsolutePath().getParent();
        if (name == null || folder == null || !Files.isDirectory(folder)) {
            throw new FusStorageException(
                    target.toString(), STAGE, "its folder does not exist; make it first", false, null);
        }
        return folder.resolve("." + name + UNFINISHED);
    }

    private static void requireNew(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FusStorageException(
                    target.toString(), STAGE, "it exists already; choose another name", false, null);
        }
    }

    /** Folder by folder, so that a link that somebody put in the way is found. */
    private static void createFolders(Path top, Path folder) throws IOException {
        if (!folder.equals(top)) {
            createFolders(top, Objects.requireNonNull(folder.getParent()));
            createFolder(folder);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
    }
}
