package org.fus.io.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;

/**
 * A disk that does what it is asked on the real one and keeps a log of it, from which it can tell what would be left when the
 * power were cut after any of its operations. Only what was forced is sure to be left: the bytes of a file at its last force,
 * the entries of a folder at its last force.
 */
public final class JournaledDisk implements Disk {
    /** What becomes of changes that were not forced. */
    public enum Unforced {
        /** All are lost. */
        LOST,
        /** Each is lost or not, as chance has it; bytes of a file also in part. */
        BY_CHANCE
    }

    private sealed interface Operation {
        record Create(Path path, Node.File file) implements Operation {}

        record Write(Node.File file, long position, ByteBuffer bytes) implements Operation {}

        record Force(Node.File file) implements Operation {}

        record Mkdir(Path path) implements Operation {}

        record Move(Path from, Path to) implements Operation {}

        record Delete(Path path) implements Operation {}

        record ForceFolder(Path path) implements Operation {}
    }

    private final Path root;
    private final List<Operation> log = new ArrayList<>();

    /** Takes an empty folder; whatever is done below it is logged. */
    public JournaledDisk(Path root) {
        this.root = root;
    }

    /** The operations so far. */
    public int operations() {
        return log.size();
    }

    /** Puts what is left after a cut behind the first {@code operations} of the log into an empty folder. */
    public void cut(int operations, Unforced unforced, Random random, Path into) throws IOException {
        Node.Folder top = new Node.Folder();
        IdentityHashMap<Node.File, Node.File> files = new IdentityHashMap<>();
        for (Operation operation : log.subList(0, operations)) {
            switch (operation) {
                case Operation.Create c ->
                    parent(top, c.path())
                            .entries
                            .put(name(c.path()), files.computeIfAbsent(c.file(), f -> new Node.File()));
                case Operation.Write w ->
                    files.get(w.file()).write(w.position(), w.bytes().array());
                case Operation.Force f -> files.get(f.file()).force();
                case Operation.Mkdir m -> parent(top, m.path()).entries.put(name(m.path()), new Node.Folder());
                case Operation.Move m ->
                    parent(top, m.to())
                            .entries
                            .put(name(m.to()), parent(top, m.from()).entries.remove(name(m.from())));
                case Operation.Delete d -> parent(top, d.path()).entries.remove(name(d.path()));
                case Operation.ForceFolder f -> folder(top, f.path()).force();
            }
        }
        top.restore(unforced, random, into);
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        DiskFile real = Disk.local().create(path);
        Node.File file = new Node.File();
        log.add(new Operation.Create(relative(path), file));
        return new LoggedFile(real, file);
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        DiskFile real = Disk.local().open(path);
        Node.File file = null;
        Path now = relative(path);
        for (Operation operation : log) {
            if (operation instanceof Operation.Create c && c.path().equals(now)) {
                file = c.file();
            } else if (operation instanceof Operation.Move m && m.to().equals(now)) {
                file = created(m.from());
            }
        }
        if (file == null) {
            throw new IOException("opened a file that was not made here: " + path);
        }
        return new LoggedFile(real, file);
    }

    @Override
    public void createDirectory(Path folder) throws IOException {
        Disk.local().createDirectory(folder);
        log.add(new Operation.Mkdir(relative(folder)));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Disk.local().move(from, to);
        log.add(new Operation.Move(relative(from), relative(to)));
    }

    @Override
    public void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            Disk.local().delete(path);
            log.add(new Operation.Delete(relative(path)));
        }
    }

    @Override
    public void forceDirectory(Path folder) {
        log.add(new Operation.ForceFolder(relative(folder)));
    }

    @Override
    public long usableBytes(Path path) {
        return Long.MAX_VALUE;
    }

    private Node.File created(Path path) {
        Node.File file = null;
        for (Operation operation : log) {
            if (operation instanceof Operation.Create c && c.path().equals(path)) {
                file = c.file();
            }
        }
        return file;
    }

    private Path relative(Path path) {
        return root.toAbsolutePath().relativize(path.toAbsolutePath());
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static Node.Folder parent(Node.Folder top, Path path) {
        return path.getParent() == null ? top : folder(top, path.getParent());
    }

    private static Node.Folder folder(Node.Folder top, Path path) {
        Node.Folder at = top;
        for (Path part : path) {
            if (!part.toString().isEmpty()) {
                at = (Node.Folder) at.entries.get(part.toString());
            }
        }
        return at;
    }

    private sealed interface Node {
        void restore(Unforced unforced, Random random, Path at) throws IOException;

        final class File implements Node {
            private byte[] bytes = new byte[0];
            private byte[] durable = new byte[0];

            void write(long position, byte[] part) {
                bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length, position + part.length));
                System.arraycopy(part, 0, bytes, (int) position, part.length);
            }

            void force() {
                durable = bytes.clone();
            }

            @Override
            public void restore(Unforced unforced, Random random, Path at) throws IOException {
                byte[] left = durable.clone();
                if (unforced == Unforced.BY_CHANCE && !Arrays.equals(bytes, durable)) {
                    // Sectors of 512 bytes reach the disk in any order; the length may be the old one or the new one.
                    left = Arrays.copyOf(left, random.nextBoolean() ? bytes.length : durable.length);
                    for (int from = 0; from < left.length; from += 512) {
                        if (random.nextBoolean()) {
                            int n = Math.min(512, Math.min(left.length, bytes.length) - from);
                            System.arraycopy(bytes, from, left, from, Math.max(0, n));
                        }
                    }
                }
                Files.write(at, left);
            }
        }

        final class Folder implements Node {
            private final Map<String, Node> entries = new TreeMap<>();
            private Map<String, Node> durable = Map.of();

            void force() {
                durable = new TreeMap<>(entries);
            }

            @Override
            public void restore(Unforced unforced, Random random, Path at) throws IOException {
                Files.createDirectories(at);
                Map<String, Node> left = new TreeMap<>(durable);
                if (unforced == Unforced.BY_CHANCE) {
                    TreeMap<String, Node> names = new TreeMap<>(durable);
                    names.putAll(entries);
                    for (String name : names.keySet()) {
                        if (entries.get(name) != durable.get(name) && random.nextBoolean()) {
                            if (entries.containsKey(name)) {
                                left.put(name, entries.get(name));
                            } else {
                                left.remove(name);
                            }
                        }
                    }
                }
                for (Map.Entry<String, Node> entry : left.entrySet()) {
                    entry.getValue().restore(unforced, random, at.resolve(entry.getKey()));
                }
            }
        }
    }

    private final class LoggedFile implements DiskFile {
        private final DiskFile real;
        private final Node.File file;

        LoggedFile(DiskFile real, Node.File file) {
            this.real = real;
            this.file = file;
        }

        @Override
        public void write(long position, ByteBuffer... buffers) throws IOException {
            long at = position;
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                log.add(new Operation.Write(file, at, ByteBuffer.wrap(bytes)));
                at += bytes.length;
            }
            real.write(position, buffers);
        }

        @Override
        public void force() {
            log.add(new Operation.Force(file));
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
