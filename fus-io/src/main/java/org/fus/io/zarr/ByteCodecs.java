package org.fus.io.zarr;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaDecompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.fus.core.error.FusFormatException;

/** The steps from bytes to bytes. Decoding never gives more bytes than it was told to expect. */
final class ByteCodecs {
    static final int CHECKSUM_BYTES = 4;

    /** No step expands more: deflate at most 1032 times, zstd repeats one byte 128 KiB often in 4 bytes. */
    static final long MAX_RATIO = 1 << 16;

    private ByteCodecs() {}

    /**
     * Undoes one step.
     *
     * @param limit the most bytes that may come out
     * @param exact whether exactly {@code limit} bytes must come out
     */
    static byte[] decode(ZarrCodec codec, String file, String where, byte[] bytes, int limit, boolean exact) {
        byte[] out = switch (codec) {
            case ZarrCodec.Gzip g -> gunzip(file, where, bytes, limit);
            case ZarrCodec.Zstd z -> unzstd(file, where, bytes, limit);
            case ZarrCodec.Crc32c c -> withoutChecksum(file, where, bytes);
            default -> throw new IllegalArgumentException(codec.id() + " is no step on bytes");
        };
        if (exact && out.length != limit) {
            throw new FusFormatException(
                    file, where, "expected " + limit + " decoded bytes, got " + out.length + "; it may be damaged");
        }
        return out;
    }

    static byte[] encode(ZarrCodec codec, byte[] bytes) {
        return switch (codec) {
            case ZarrCodec.Gzip g -> gzip(bytes, g.level());
            case ZarrCodec.Zstd z -> zstd(bytes);
            case ZarrCodec.Crc32c c -> withChecksum(bytes);
            default -> throw new IllegalArgumentException(codec.id() + " is no step on bytes");
        };
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static byte[] gunzip(String file, String where, byte[] bytes, int limit) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 15)) {
            byte[] out = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new FusFormatException(
                        file, where, "gzip: more than " + limit + " bytes come out; it may be damaged");
            }
            return out;
        } catch (ZipException | EOFException e) {
            throw new FusFormatException(file, where, "gzip: " + reason(e) + "; it may be damaged: copy it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static byte[] gzip(byte[] bytes, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
        try (GZIPOutputStream gzip = new LevelGzip(out, level)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static byte[] unzstd(String file, String where, byte[] bytes, int limit) {
        try {
            ZstdJavaDecompressor zstd = new ZstdJavaDecompressor();
            long declared = zstd.getDecompressedSize(bytes, 0, bytes.length);
            if (declared > limit) {
                throw new FusFormatException(
                        file, where, "zstd: " + declared + " bytes come out, expected at most " + limit);
            }
            byte[] out = new byte[declared >= 0 ? (int) declared : limit];
            int n = zstd.decompress(bytes, 0, bytes.length, out, 0, out.length);
            return n == out.length ? out : Arrays.copyOf(out, n);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new FusFormatException(file, where, "zstd: " + reason(e) + "; it may be damaged: copy it again", e);
        }
    }

    private static byte[] zstd(byte[] bytes) {
        ZstdJavaCompressor zstd = new ZstdJavaCompressor();
        byte[] out = new byte[zstd.maxCompressedLength(bytes.length)];
        return Arrays.copyOf(out, zstd.compress(bytes, 0, bytes.length, out, 0, out.length));
    }

    private static byte[] withoutChecksum(String file, String where, byte[] bytes) {
        int n = bytes.length - CHECKSUM_BYTES;
        if (n < 0) {
            throw new FusFormatException(
                    file, where, bytes.length + " bytes are too few for a checksum; it may be truncated");
        }
        int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(n);
        int computed = checksum(ByteBuffer.wrap(bytes, 0, n));
        if (stored != computed) {
            throw new FusFormatException(
                    file,
                    where,
                    "crc32c: expected " + hex(stored) + " by the stored checksum, got " + hex(computed)
                            + "; the data are damaged: copy them again");
        }
        return Arrays.copyOf(bytes, n);
    }

    private static byte[] withChecksum(byte[] bytes) {
        byte[] out = Arrays.copyOf(bytes, bytes.length + CHECKSUM_BYTES);
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length, checksum(ByteBuffer.wrap(bytes)));
        return out;
    }

    private static String hex(int checksum) {
        return String.format("0x%08x", checksum);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static final class LevelGzip extends GZIPOutputStream {
        LevelGzip(ByteArrayOutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }
}
