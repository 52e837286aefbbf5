package org.fus.io.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.fus.core.error.FusFormatException;

/**
 * What a gzip file (RFC 1952) holds, unpacked as it is read and never as a whole. Reading forwards unpacks each byte once;
 * a read before the last one starts again at the beginning. The checksum is verified when the last byte is reached.
 */
public final class GunzipSource implements ByteSource {
    /** Deflate packs at most 258 bytes into 2 bits (RFC 1951), so a file cannot hold more than this times its size. */
    private static final long MAX_RATIO = 1032;

    private static final int BUFFER_BYTES = 1 << 16;

    private final ByteSource packed;
    private InputStream unpacked;
    private long position;

    private GunzipSource(ByteSource packed) {
        this.packed = packed;
    }

    /**
     * The content of a gzip file.
     *
     * @param packed the file
     * @return its content
     */
    public static GunzipSource of(ByteSource packed) {
        return new GunzipSource(packed);
    }

    /**
     * Tells by the first bytes whether a file is packed with gzip.
     *
     * @param head the first bytes
     * @return true for gzip
     */
    public static boolean isGzip(byte[] head) {
        return head.length >= 3 && head[0] == 0x1F && head[1] == (byte) 0x8B && head[2] == 8;
    }

    @Override
    public String name() {
        return packed.name();
    }

    /** {@inheritDoc} A gzip file does not tell reliably: this is the most that it can hold. */
    @Override
    public long size() {
        long packedBytes = packed.size();
        return packedBytes > Long.MAX_VALUE / MAX_RATIO ? Long.MAX_VALUE : packedBytes * MAX_RATIO;
    }

    @Override
    public synchronized void read(long start, ByteBuffer target) {
        Objects.checkFromIndexSize(start, target.remaining(), size());
        try {
            if (unpacked == null || start < position) {
                unpacked = new GZIPInputStream(new Stream(packed), BUFFER_BYTES);
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
        } catch (EOFException e) {
            unpacked = null;
            throw new FusFormatException(
                    name(),
                    "unpacked byte " + position,
                    "the file is too short (expected " + target.remaining()
                            + " more bytes); it may be truncated: copy it again",
                    e);
        } catch (ZipException e) {
            unpacked = null;
            throw damaged(e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading a source fails with failures of the SDK only", e);
        }
    }

    /**
     * Unpacks what follows the last byte that was read and verifies the checksum.
     *
     * @param limit how many bytes to unpack at most
     * @return the number of bytes that followed, at most {@code limit}
     * @throws FusFormatException when the file is cut off or its checksum does not fit
     */
    public synchronized long finish(long limit) {
        long rest = 0;
        try {
            byte[] chunk = new byte[BUFFER_BYTES];
            while (unpacked != null && rest < limit) {
                int n = unpacked.read(chunk, 0, (int) Math.min(chunk.length, limit - rest));
                if (n < 0) {
                    return rest;
                }
                rest += n;
                position += n;
            }
            return rest;
        } catch (IOException e) {
            unpacked = null;
            throw damaged(e);
        }
    }

    @Override
    public Optional<ByteFolder> folder() {
        return packed.folder();
    }

    private FusFormatException damaged(IOException e) {
        return new FusFormatException(
                name(),
                "unpacked byte " + position,
                "gzip: " + e.getMessage() + "; the file is damaged: copy it again",
                e);
    }

    /** A source as a stream. */
    private static final class Stream extends InputStream {
        private final ByteSource source;
        private long at;

        Stream(ByteSource source) {
            this.source = source;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int n = (int) Math.min(length, source.size() - at);
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
            return (int) Math.min(Integer.MAX_VALUE, source.size() - at);
        }
    }
}
