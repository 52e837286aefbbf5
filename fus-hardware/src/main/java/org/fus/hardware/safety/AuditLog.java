package org.fus.hardware.safety;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.fus.core.error.FusStorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who changed what, when and why, in order; nothing is ever taken out. With a file, each entry is a line that is appended and
 * forced to the disk. A line that cannot be written is kept here and logged; it keeps nobody from switching off. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int KEPT = 10_000;

    private final List<AuditEntry> entries = new ArrayList<>();
    private final String name;
    private final FileChannel file;
    private long unwritten;

    private AuditLog(String name, FileChannel file) {
        this.name = name;
        this.file = file;
    }

    /**
     * A log in memory alone.
     *
     * @return an empty log
     */
    public static AuditLog inMemory() {
        return new AuditLog("memory", null);
    }

    /**
     * A log that goes on in a file.
     *
     * @param path tab-separated text; made when it is not there
     * @return the log
     * @throws FusStorageException when the file cannot be opened
     */
    public static AuditLog to(Path path) {
        try {
            return new AuditLog(
                    path.toString(),
                    FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new FusStorageException(
                    path.toString(), "open the audit log", String.valueOf(e.getMessage()), false, e);
        }
    }

    /**
     * Adds an entry.
     *
     * @param entry the entry
     */
    public synchronized void add(AuditEntry entry) {
        if (entries.size() == KEPT && file != null) {
            entries.removeFirst(); // it is in the file
        }
        entries.add(entry);
        if (file != null) {
            try {
                ByteBuffer line = ByteBuffer.wrap((entry.toLine() + "\n").getBytes(StandardCharsets.UTF_8));
                while (line.hasRemaining()) {
                    file.write(line);
                }
                file.force(false);
            } catch (IOException e) {
                unwritten++;
                LOG.error("{}: the audit entry '{}' could not be written", name, entry.toLine(), e);
            }
        }
    }

    /**
     * The entries so far; of a log in a file the last 10,000.
     *
     * @return in order
     */
    public synchronized List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    /**
     * Entries that could not be written to the file.
     *
     * @return 0 or more
     */
    public synchronized long unwritten() {
        return unwritten;
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new FusStorageException(name, "close the audit log", String.valueOf(e.getMessage()), false, e);
            }
        }
    }
}
