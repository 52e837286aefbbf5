package org.fus.hardware.bridge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.fus.core.error.FusStorageException;

/**
 * What a scanner has to say about a session, whatever becomes of its host: a line of {@code nanoTime, time, what, detail}
 * with tabs between, written at once.
 */
final class ScannerLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    /** A log that begins anew; no file keeps nothing. */
    ScannerLog(Path file) {
        this.file = file;
        try {
            channel = file == null
                    ? null
                    : FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    synchronized void note(long nanoTime, String what, String detail) {
        if (channel == null || !channel.isOpen()) {
            return;
        }
        String line = nanoTime + "\t" + Instant.now() + "\t" + what + "\t" + detail.replaceAll("\\s+", " ") + "\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private FusStorageException failure(IOException e) {
        return new FusStorageException(
                file.toString(), "write", e.getMessage() + "; check the disk and the folder", false, e);
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }
}
