package org.fus.io.hostile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;

/** A folder whose files only serve {@code read(position, buffer)}, never map, and note what was read. */
final class TracingFolder implements ByteFolder {
    private final ByteFolder folder;
    private final String prefix;
    private final List<Range> reads;

    /** Bytes of a file that one call has read. */
    record Range(String file, long from, long to) {
        long bytes() {
            return to - from;
        }
    }

    private TracingFolder(ByteFolder folder, String prefix, List<Range> reads) {
        this.folder = folder;
        this.prefix = prefix;
        this.reads = reads;
    }

    static TracingFolder over(ByteFolder folder) {
        return new TracingFolder(folder, "", new ArrayList<>());
    }

    /** What was read since the last call. */
    List<Range> takeReads() {
        synchronized (reads) {
            List<Range> taken = List.copyOf(reads);
            reads.clear();
            return taken;
        }
    }

    @Override
    public String name() {
        return folder.name();
    }

    @Override
    public List<String> names() {
        return folder.names();
    }

    @Override
    public Optional<ByteSource> file(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0
                ? folder.file(path).map(Source::new)
                : folder(path.substring(0, slash)).flatMap(f -> f.file(path.substring(slash + 1)));
    }

    @Override
    public Optional<ByteFolder> folder(String path) {
        return folder.folder(path).map(f -> new TracingFolder(f, prefix + path + "/", reads));
    }

    @Override
    public Optional<ByteFolder> parent() {
        return folder.parent().map(f -> new TracingFolder(f, "../" + prefix, reads));
    }

    private final class Source implements ByteSource {
        private final ByteSource bytes;

        Source(ByteSource bytes) {
            this.bytes = bytes;
        }

        @Override
        public String name() {
            return bytes.name();
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public void read(long position, ByteBuffer target) {
            synchronized (reads) {
                reads.add(new Range(prefix + bytes.fileName(), position, position + target.remaining()));
            }
            bytes.read(position, target);
        }

        @Override
        public Optional<ByteFolder> folder() {
            return Optional.of(TracingFolder.this);
        }
    }
}
