package org.fus.io.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;
import org.fus.core.error.FusFormatException;

/**
 * Bytes that a stream gives, such as those of a packed file: reading forwards takes each byte once, a read before the last
 * one starts again at the beginning. Nothing is kept.
 */
abstract class ForwardSource implements ByteSource {
    /** Deflate packs at most 258 bytes into 2 bits (RFC 1951), so a file cannot hold more than this times its size. */
    static final long MAX_RATIO = 1032;

    static final int BUFFER_BYTES = 1 << 16;

    final ByteSource packed;
    InputStream unpacked;
    long position;

    ForwardSource(ByteSource packed) {
        this.packed = packed;
    }

    /** A stream from the first byte. */
    abstract InputStream open() throws IOException;

    /** Follows a read that did not fail. */
    void afterRead() throws IOException {}

    @Override
    public String name() {
        return packed.name();
    }

    @Override
    public synchronized void read(long start, ByteBuffer target) {
        Objects.checkFromIndexSize(start, target.remaining(), size());
        try {
            if (unpacked == null || start < position) {
                unpacked = open();
                position = 0;
            }
            unpacked.skipNBytes(start - position);
            position = start;
            byte[] chunk = new byte[Math.min(target.remaining(), BUFFER_BYTES)];
            while (target.hasRemaining()) {
                int n = Math.min(chunk.length, target.remaining());
                int got = unpacked.readNBytes(chunk, 0, n);
                target.put(chunk, 0, got);
                position += got;
                if (got < n) {
                    throw new EOFException();
                }
            }
            afterRead();
        } catch (EOFException e) {
            unpacked = null;
            throw new FusFormatException(
                    name(),
                    place(),
                    "the file is too short (expected " + Math.max(1, target.remaining())
                            + " more bytes); it may be truncated: copy it again",
                    e);
        } catch (ZipException e) {
            unpacked = null;
            throw damaged(e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading a source fails with failures of the SDK only", e);
        }
    }

    @Override
    public Optional<ByteFolder> folder() {
        return packed.folder();
    }

    /** Where the next byte stands, for messages. */
    String place() {
        return "unpacked byte " + position;
    }

    /** The name of the packing, for messages. */
    abstract String packing();

    final FusFormatException damaged(IOException e) {
        return new FusFormatException(
                name(), place(), packing() + ": " + e.getMessage() + "; the file is damaged: copy it again", e);
    }

    /** A part of a source as a stream. */
    static final class Stream extends InputStream {
        private final ByteSource source;
        private final long end;
        private long at;

        Stream(ByteSource source, long offset, long length) {
            this.source = source;
            this.at = offset;
            this.end = offset + length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int n = (int) Math.min(length, end - at);
            if (n == 0 && length > 0) {
                return -1;
            }
            source.read(at, ByteBuffer.wrap(target, offset, n));
            at += n;
            return n;
        }

        /** All that is left, so that the JDK finds the next member of a gzip file. */
        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, end - at);
        }
    }
}
