package org.fus.io.internal.hdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.io.content.SampleType;
import org.fus.io.internal.bytes.HeadSource;
import org.fus.io.source.ByteSource;

/**
 * A group that is to be written: children and attributes in order. Nothing is copied before {@link #writeTo}, which streams
 * the values. Not thread-safe.
 */
public final class HdfGroup {
    /** Writes the values of a data set, little-endian, row-major, of exactly the announced size. */
    @FunctionalInterface
    public interface Values {
        /** Writes all bytes. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** A leaf: its type, its shape, its values; texts of variable length are listed instead of written by the values. */
    record Leaf(HdfType type, List<Long> shape, Values values, List<String> texts, Map<String, Leaf> attributes) {
        Leaf(HdfType type, List<Long> shape, Values values, Map<String, Leaf> attributes) {
            this(type, shape, values, List.of(), attributes);
        }

        long bytes() {
            long n = type.bytes();
            for (long length : shape) {
                n = Math.multiplyExact(n, length);
            }
            return n;
        }
    }

    private final Map<String, Object> children = new LinkedHashMap<>();
    private final Map<String, Leaf> attributes = new LinkedHashMap<>();

    Map<String, Object> children() {
        return children;
    }

    Map<String, Leaf> attributes() {
        return attributes;
    }

    /** The group of that name below this one, made when it is not there. */
    public HdfGroup group(String name) {
        Object child = children.computeIfAbsent(required(name), n -> new HdfGroup());
        if (child instanceof HdfGroup group) {
            return group;
        }
        throw new IllegalArgumentException(name + " is a data set, not a group");
    }

    /** A data set whose values are written when their turn comes. */
    public HdfData data(String name, SampleType type, List<Long> shape, Values values) {
        return put(name, new Leaf(HdfType.of(type), List.copyOf(shape), values, new LinkedHashMap<>()));
    }

    /** A data set of float64, row-major. */
    public HdfData doubles(String name, double[] values, long... shape) {
        return put(name, numbers(HdfType.of(SampleType.FLOAT64), values, shape));
    }

    /** A data set of float32, rounded to the nearest, row-major. */
    public HdfData floats(String name, double[] values, long... shape) {
        return put(name, numbers(HdfType.of(SampleType.FLOAT32), values, shape));
    }

    /** A 1 x 1 data set of one UTF-8 text of fixed length. */
    public HdfData text(String name, String text) {
        return put(name, text(text, 1, 1));
    }

    /** A scalar UTF-8 text of variable length. */
    public HdfData variableText(String name, String text) {
        return put(name, variable(List.of(), List.of(text)));
    }

    /** A row of UTF-8 texts of variable length. */
    public HdfData variableTexts(String name, List<String> texts) {
        return put(name, variable(List.of((long) texts.size()), List.copyOf(texts)));
    }

    /** A data set of whole numbers, row-major. */
    public HdfData integers(String name, SampleType type, long[] values, long... shape) {
        Leaf leaf = new Leaf(
                HdfType.of(type),
                list(shape),
                out -> {
                    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    for (long v : values) {
                        out.write(bytes.putLong(0, v).array(), 0, type.bytes());
                    }
                },
                new LinkedHashMap<>());
        requireSize(leaf, values.length);
        return put(name, leaf);
    }

    /** Whether there is a child of that name. */
    public boolean has(String name) {
        return children.containsKey(name);
    }

    /** Whether there is a group of that name below this one. */
    public boolean hasGroup(String name) {
        return children.get(name) instanceof HdfGroup;
    }

    /** Whether a node may have a name. */
    public static boolean isName(String name) {
        return !name.isEmpty() && !name.contains("/") && !name.equals(".") && name.indexOf('\0') < 0;
    }

    /** An attribute of one UTF-8 text. */
    public HdfGroup attribute(String name, String text) {
        attributes.put(required(name), text(text));
        return this;
    }

    /** An attribute of numbers: a scalar for one, a row for more. */
    public HdfGroup attribute(String name, double... values) {
        attributes.put(required(name), row(values));
        return this;
    }

    /** Writes an HDF5 file whose root is this group. */
    public void writeTo(OutputStream out) throws IOException {
        new HdfWriter(this).writeTo(out);
    }

    /**
     * The head of the file that {@link #writeTo} writes, for a reader that does not touch the values of the last data set:
     * all but those.
     */
    public ByteSource head(String name) throws IOException {
        HdfWriter writer = new HdfWriter(this);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        long values = writer.writeHead(head);
        return new HeadSource(name, head.toByteArray(), values);
    }

    private HdfData put(String name, Leaf leaf) {
        if (children.putIfAbsent(required(name), leaf) != null) {
            throw new IllegalArgumentException(name + " is there already");
        }
        return new HdfData(leaf);
    }

    static Leaf row(double... values) {
        return numbers(
                HdfType.of(SampleType.FLOAT64), values, values.length == 1 ? new long[0] : new long[] {values.length});
    }

    static Leaf text(String text, long... shape) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // HDF5 has no strings of no bytes: an empty text is one NUL.
        byte[] padded = utf8.length == 0 ? new byte[1] : utf8;
        return new Leaf(HdfType.utf8(padded.length), list(shape), out -> out.write(padded), new LinkedHashMap<>());
    }

    static String required(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of a node");
        }
        return name;
    }

    private static Leaf numbers(HdfType type, double[] values, long[] shape) {
        Leaf leaf = new Leaf(type, list(shape), out -> out.write(bytes(type, values)), new LinkedHashMap<>());
        requireSize(leaf, values.length);
        return leaf;
    }

    private static void requireSize(Leaf leaf, int values) {
        if (leaf.bytes() != (long) values * leaf.type().bytes()) {
            throw new IllegalArgumentException(values + " values for shape " + leaf.shape());
        }
    }

    private static Leaf variable(List<Long> shape, List<String> texts) {
        return new Leaf(HdfType.variableUtf8(), shape, out -> {}, texts, new LinkedHashMap<>());
    }

    private static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    private static byte[] bytes(HdfType type, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            if (type.bytes() == Float.BYTES) {
                bytes.putFloat((float) v);
            } else {
                bytes.putDouble(v);
            }
        }
        return bytes.array();
    }
}
