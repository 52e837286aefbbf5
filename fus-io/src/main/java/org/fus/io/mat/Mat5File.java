package org.fus.io.mat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;
import org.fus.io.source.Heap;

/** The variables of a file: walks its elements and loads those that are asked for. */
final class Mat5File {
    static final String TEXT = "MATLAB 5.0 MAT-file";
    private static final int HEADER_BYTES = 128;
    private static final int COMPRESSED = 15;

    /** No deflate stream is longer than this many times its compressed form (zlib, "Maximum Compression Factor"). */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private final ByteSource source;
    private final ByteOrder order;

    private Mat5File(ByteSource source, ByteOrder order) {
        this.source = source;
        this.order = order;
    }

    /** Loads the variables of the given names that the file has. */
    static Map<String, MatValue> read(ByteSource source, Set<String> names) {
        Cursor in = new Cursor(source, source.size());
        in.skip(HEADER_BYTES - 2, "header");
        int mark = in.u16("byte order");
        // 'MI' as a number: read as little-endian it is 'IM' in a little-endian file.
        if (mark != 0x4D49 && mark != 0x494D) {
            throw new FusFormatException(
                    source.name(), "byte 126, byte order", "expected IM or MI; the file may be damaged: save it anew");
        }
        Mat5File file = new Mat5File(source, mark == 0x4D49 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Map<String, MatValue> found = new LinkedHashMap<>();
        while (in.remaining() > 0 && !found.keySet().containsAll(names)) {
            file.variable(in, names).ifPresent(v -> found.put(v.name(), v.value()));
        }
        return found;
    }

    private Optional<MatElements.Variable> variable(Cursor in, Set<String> names) {
        long at = in.position();
        ByteBuffer tag = in.take(8, "element").order(order);
        int type = tag.getInt();
        long bytes = Integer.toUnsignedLong(tag.getInt());
        if (type != COMPRESSED && type != MatElements.MATRIX) {
            throw new FusFormatException(
                    source.name(),
                    "byte " + at + ", element",
                    "expected type 14 (matrix) or 15 (compressed), got " + type + "; the file may be damaged: save it "
                            + "anew");
        }
        Heap.require(source.name(), bytes);
        ByteBuffer raw = in.take(bytes, "element").order(order);
        ByteBuffer matrix = type == COMPRESSED ? inflate(raw, at) : raw;
        return MatElements.variable(source.name(), at, matrix, names);
    }

    /** Inflates the body of a compressed matrix. */
    private ByteBuffer inflate(ByteBuffer compressed, long at) {
        long limit = MAX_DEFLATE_RATIO * (compressed.remaining() + 16L);
        try (Inflation inflation = new Inflation(compressed)) {
            ByteBuffer tag = inflation.take(8).order(order);
            int type = tag.getInt();
            long bytes = Integer.toUnsignedLong(tag.getInt());
            if (type != MatElements.MATRIX || bytes > limit || bytes > Integer.MAX_VALUE - 8) {
                throw new FusFormatException(
                        source.name(),
                        "byte " + at + ", compressed element",
                        "expected a matrix of at most " + Math.min(limit, Integer.MAX_VALUE - 8) + " bytes, got type "
                                + type + " of " + bytes + " bytes; the file may be damaged: save it anew");
            }
            Heap.require(source.name(), bytes + compressed.remaining());
            return inflation.take((int) bytes).order(order);
        } catch (DataFormatException e) {
            throw new FusFormatException(
                    source.name(),
                    "byte " + at + ", compressed element",
                    "cannot be inflated (" + e.getMessage() + "); the file may be damaged: save it anew",
                    e);
        }
    }

    /** A stream of inflated bytes that never yields less than was asked for. */
    private static final class Inflation implements AutoCloseable {
        private final Inflater inflater = new Inflater();

        Inflation(ByteBuffer compressed) {
            inflater.setInput(compressed);
        }

        ByteBuffer take(int count) throws DataFormatException {
            byte[] out = new byte[count];
            int n = 0;
            while (n < count) {
                int got = inflater.inflate(out, n, count - n);
                if (got == 0) {
                    throw new DataFormatException("it ends after " + n + " of " + count + " bytes");
                }
                n += got;
            }
            return ByteBuffer.wrap(out);
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
