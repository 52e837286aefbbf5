package org.fus.io.mat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.fus.io.content.SampleType;
import org.fus.io.source.AtomicFile;

/**
 * A variable as an element of a version 5 file, little-endian and not compressed. Its size is known before its values are
 * produced, so that they stream.
 */
sealed interface Mat5Element {
    /** The longest name that MATLAB takes. */
    int MAX_NAME = 63;

    /** MATLAB of version 5 to 7 holds no larger variable. */
    long MAX_BYTES = Integer.MAX_VALUE;

    /** Classes and element types of numbers by sample type. */
    Map<SampleType, int[]> CODES = Map.ofEntries(
            Map.entry(SampleType.BOOL, new int[] {9 | Mat5Matrix.FLAG_LOGICAL, 2}),
            Map.entry(SampleType.INT8, new int[] {8, 1}),
            Map.entry(SampleType.UINT8, new int[] {9, 2}),
            Map.entry(SampleType.INT16, new int[] {10, 3}),
            Map.entry(SampleType.UINT16, new int[] {11, 4}),
            Map.entry(SampleType.INT32, new int[] {12, 5}),
            Map.entry(SampleType.UINT32, new int[] {13, 6}),
            Map.entry(SampleType.INT64, new int[] {14, 12}),
            Map.entry(SampleType.UINT64, new int[] {15, 13}),
            Map.entry(SampleType.FLOAT32, new int[] {7, 7}),
            Map.entry(SampleType.FLOAT64, new int[] {6, 9}),
            Map.entry(SampleType.COMPLEX64, new int[] {7 | Mat5Matrix.FLAG_COMPLEX, 7}),
            Map.entry(SampleType.COMPLEX128, new int[] {6 | Mat5Matrix.FLAG_COMPLEX, 9}));

    /**
     * Numbers.
     *
     * @param dims lengths of the axes as MATLAB shows them, at least two
     * @param parts produce the real and, for complex types, the imaginary parts, first axis fastest
     */
    record Numbers(SampleType type, List<Long> dims, List<AtomicFile.Body> parts) implements Mat5Element {}

    /** A row of characters. */
    record Text(String text) implements Mat5Element {}

    /** A structure of one element. */
    record Struct(Map<String, Mat5Element> fields) implements Mat5Element {}

    /** A row of numbers. */
    static Numbers row(double... values) {
        return new Numbers(SampleType.FLOAT64, List.of(1L, (long) values.length), List.of(out -> {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asDoubleBuffer().put(values);
            out.write(bytes.array());
        }));
    }

    /** Bytes of the element behind its tag, a multiple of 8. */
    default long bytes(String name) {
        long head = 16 + part(4L * dims().size()) + part(name.length());
        return switch (this) {
            case Numbers n -> {
                long values = n.type.partBytes();
                for (long d : n.dims) {
                    values = Math.multiplyExact(values, d);
                }
                yield head + n.parts.size() * part(values);
            }
            case Text t -> head + part(2L * t.text.length());
            case Struct s -> {
                long total = head + 8 + part(fieldNames(s).length);
                for (Mat5Element field : s.fields.values()) {
                    total = Math.addExact(total, 8 + field.bytes(""));
                }
                yield total;
            }
        };
    }

    private List<Long> dims() {
        return switch (this) {
            case Numbers n -> n.dims;
            case Text t -> List.of(1L, (long) t.text.length());
            case Struct _ -> List.of(1L, 1L);
        };
    }

    /** Writes the element. */
    default void write(OutputStream out, String name) throws IOException {
        tag(out, Mat5Matrix.MATRIX, bytes(name));
        int flags = switch (this) {
            case Numbers n -> CODES.get(n.type)[0];
            case Text _ -> Mat5Matrix.CLASS_CHAR;
            case Struct _ -> Mat5Matrix.CLASS_STRUCT;
        };
        data(out, 6, ints(flags, 0));
        data(out, 5, ints(dims().stream().mapToInt(Math::toIntExact).toArray()));
        data(out, 1, name.getBytes(StandardCharsets.US_ASCII));
        switch (this) {
            case Numbers n -> numbers(out, n);
            case Text t -> data(out, 17, t.text.getBytes(StandardCharsets.UTF_16LE));
            case Struct s -> {
                // 4 bytes of type and length with the value behind them, as readers expect it here.
                out.write(ints(4 << 16 | 5, MAX_NAME + 1));
                data(out, 1, fieldNames(s));
                for (Mat5Element field : s.fields.values()) {
                    field.write(out, "");
                }
            }
        }
    }

    private static void numbers(OutputStream out, Numbers n) throws IOException {
        long values = n.type.partBytes();
        for (long d : n.dims) {
            values *= d;
        }
        for (AtomicFile.Body part : n.parts) {
            tag(out, CODES.get(n.type)[1], values);
            part.writeTo(out);
            out.write(new byte[(int) (part(values) - 8 - values)]);
        }
    }

    /** Each name in a place of 64 bytes, of which the last is 0. */
    private static byte[] fieldNames(Struct s) {
        byte[] names = new byte[s.fields.size() * (MAX_NAME + 1)];
        int at = 0;
        for (String name : s.fields.keySet()) {
            byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(ascii, 0, names, at, ascii.length);
            at += MAX_NAME + 1;
        }
        return names;
    }

    /** Tag, values and padding. */
    private static long part(long bytes) {
        return 8 + (bytes + 7) / 8 * 8;
    }

    private static void tag(OutputStream out, int type, long bytes) throws IOException {
        out.write(ints(type, Math.toIntExact(bytes)));
    }

    private static void data(OutputStream out, int type, byte[] bytes) throws IOException {
        tag(out, type, bytes.length);
        out.write(bytes);
        out.write(new byte[(int) (part(bytes.length) - 8 - bytes.length)]);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }
}
