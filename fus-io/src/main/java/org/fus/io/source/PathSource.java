package org.fus.io.source;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusStorageException;

/**
 * A file. It is opened for each read and closed after it, so that nothing stays open; a file that changes in between is
 * noticed by its size and time.
 */
public final class PathSource implements ByteSource {
    private final Path path;
    private final long size;
    private final FileTime modified;

    private PathSource(Path path, BasicFileAttributes attributes) {
        this.path = path;
        this.size = attributes.size();
        this.modified = attributes.lastModifiedTime();
    }

    /**
     * Looks at a file.
     *
     * @param path an existing file
     * @return the source
     * @throws FusStorageException when there is no such file, or it is a folder
     */
    public static PathSource of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new FusStorageException(
                        path.toString(), "read", "it is no regular file; name a file", false, null);
            }
            return new PathSource(path, attributes);
        } catch (IOException e) {
            throw StorageFailures.of(path, "read", e);
        }
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), size);
        try (FileChannel channel = openUnchanged()) {
            long at = position;
            while (target.hasRemaining()) {
                int n = channel.read(target, at);
                if (n < 0) {
                    throw new IOException("the file ends at byte " + at);
                }
                at += n;
            }
        } catch (IOException e) {
            throw StorageFailures.of(path, "read", e);
        }
    }

    @Override
    public Optional<MemorySegment> map(long position, long length) {
        Objects.checkFromIndexSize(position, length, size);
        try (FileChannel channel = openUnchanged()) {
            return Optional.of(channel.map(FileChannel.MapMode.READ_ONLY, position, length, Arena.ofAuto()));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailures.of(path, "read", e);
        }
    }

    @Override
    public Optional<ByteFolder> folder() {
        return Optional.ofNullable(path.toAbsolutePath().getParent()).map(PathFolder::of);
    }

    private FileChannel openUnchanged() throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            if (channel.size() == size && Files.getLastModifiedTime(path).equals(modified)) {
                return channel;
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new FusStorageException(
                path.toString(), "read", "the file changed while it was being read; read it again", true, null);
    }
}
