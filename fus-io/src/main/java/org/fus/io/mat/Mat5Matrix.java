package org.fus.io.mat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;
import org.fus.io.source.Heap;
import org.fus.io.source.MemorySource;

/** A matrix element of a version 5 file: its head, and its value when it is asked for. */
final class Mat5Matrix {
    static final int MATRIX = 14;
    static final int CLASS_STRUCT = 2;
    static final int CLASS_CHAR = 4;
    private static final int CLASS_FIRST_NUMBER = 6;
    private static final int CLASS_LAST_NUMBER = 15;
    static final int FLAG_COMPLEX = 0x0800;
    static final int FLAG_LOGICAL = 0x0200;

    /** Structures within structures; parameters have one level. */
    private static final int MAX_DEPTH = 16;

    private static final int MAX_AXES = 64;
    private static final int MAX_NAME_BYTES = 1 << 16;

    /** Values up to here are taken along when they are met: going back to them in a compressed stream costs more. */
    private static final int SMALL_BYTES = 1 << 12;

    private static final Map<Integer, SampleType> TYPES = Map.of(
            1, SampleType.INT8,
            2, SampleType.UINT8,
            3, SampleType.INT16,
            4, SampleType.UINT16,
            5, SampleType.INT32,
            6, SampleType.UINT32,
            7, SampleType.FLOAT32,
            9, SampleType.FLOAT64,
            12, SampleType.INT64,
            13, SampleType.UINT64);

    /** An element whose bytes stand from a position on, and where the next one starts. */
    private record Part(int type, long position, long length, long next) {
        long end() {
            return position + length;
        }
    }

    private final long at;
    private final ByteOrder order;
    private final Supplier<ByteSource> body;
    private final String file;
    private final Head head;

    private Mat5Matrix(long at, ByteOrder order, Supplier<ByteSource> body, long from, long to) {
        this.at = at;
        this.order = order;
        this.body = body;
        ByteSource source = body.get();
        this.file = source.name();
        this.head = head(new Cursor(source, to), from, to);
    }

    /**
     * Reads the head of a matrix.
     *
     * @param at where the element stands in the file, for messages
     * @param body gives the bytes that hold the matrix, each time with a place of reading of their own
     * @param from first byte behind its tag
     * @param to byte behind its last one
     */
    static Mat5Matrix read(long at, ByteOrder order, Supplier<ByteSource> body, long from, long to) {
        return new Mat5Matrix(at, order, body, from, to);
    }

    private record Head(int flags, List<Long> shape, String name, long values, long end) {
        int type() {
            return flags & 0xFF;
        }

        boolean complex() {
            return (flags & FLAG_COMPLEX) != 0;
        }
    }

    String name() {
        return head.name;
    }

    MatValue value() {
        return value(head.name, head, new Cursor(body.get(), head.end), 0);
    }

    private Head head(Cursor in, long from, long to) {
        move(in, from);
        Part flagPart = part(in, to, "array flags");
        if (flagPart.length < 8) {
            throw damaged("array flags", "8 bytes", flagPart.length + " bytes");
        }
        int flags = bytes(in, flagPart, "array flags").getInt();
        Part dims = part(in, to, "dimensions");
        if (dims.length % 4 != 0 || dims.length < 8 || dims.length > 4 * MAX_AXES) {
            throw damaged("dimensions", "2 to " + MAX_AXES + " lengths", dims.length + " bytes");
        }
        ByteBuffer lengths = bytes(in, dims, "dimensions");
        List<Long> shape = new ArrayList<>();
        long count = 1;
        while (lengths.hasRemaining()) {
            int n = lengths.getInt();
            if (n < 0 || (n > 0 && count > Long.MAX_VALUE / 16 / n)) {
                throw damaged("dimensions", "lengths of at least 0 that make a possible array", Integer.toString(n));
            }
            count *= n;
            // MATLAB's first axis varies fastest: the last of a row-major shape.
            shape.addFirst((long) n);
        }
        Part name = part(in, to, "name");
        if (name.length > MAX_NAME_BYTES) {
            throw damaged("name", "at most " + MAX_NAME_BYTES + " bytes", name.length + " bytes");
        }
        String text = ascii(bytes(in, name, "name"));
        return new Head(flags, shape, text, in.position(), to);
    }

    private MatValue value(String name, Head h, Cursor in, int depth) {
        move(in, h.values);
        int type = h.type();
        if (type >= CLASS_FIRST_NUMBER && type <= CLASS_LAST_NUMBER) {
            StoredArray re = numbers(h, in, "values of " + name);
            return new MatValue.Numbers(
                    h.complex()
                            ? MatArray.complex(file, re, numbers(h, in, "imaginary values of " + name))
                            : MatArray.of(file, re));
        }
        if (type == CLASS_CHAR) {
            return text(name, h, in);
        }
        if (type == CLASS_STRUCT && h.shape.stream().allMatch(n -> n == 1)) {
            return struct(name, h, in, depth);
        }
        return new MatValue.Other("a variable of class " + type + " and shape " + h.shape.reversed());
    }

    private StoredArray numbers(Head h, Cursor in, String what) {
        Part part = part(in, h.end, what);
        SampleType type = TYPES.get(part.type);
        long count = h.shape.contains(0L) ? 0 : h.shape.stream().reduce(1L, Math::multiplyExact);
        if (type == null || count * type.bytes() != part.length) {
            throw damaged(what, count + " numbers", part.length + " bytes of type " + part.type);
        }
        if (type == SampleType.UINT8 && (h.flags & FLAG_LOGICAL) != 0) {
            type = SampleType.BOOL;
        }
        if (part.length <= SMALL_BYTES) {
            ByteBuffer values = bytes(in, part, what);
            byte[] copy = new byte[values.remaining()];
            values.get(copy);
            return new StoredArray(type, h.shape, order, MemorySource.wrap(file, copy), 0);
        }
        move(in, part.next);
        return new StoredArray(type, h.shape, order, body.get(), part.position);
    }

    private MatValue text(String name, Head h, Cursor in) {
        Part part = part(in, h.end, "characters");
        Charset charset = switch (part.type) {
            case 1, 2, 16 -> StandardCharsets.UTF_8;
            case 3, 4, 17 -> order == ByteOrder.LITTLE_ENDIAN ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            case 18 -> order == ByteOrder.LITTLE_ENDIAN ? Charset.forName("UTF-32LE") : Charset.forName("UTF-32BE");
            default -> throw damaged("characters of " + name, "a type of characters", "type " + part.type);
        };
        Heap.require(file, 4 * part.length);
        String text = charset.decode(bytes(in, part, "characters of " + name)).toString();
        boolean row = h.shape.stream().filter(n -> n > 1).count() <= 1;
        return row ? new MatValue.Text(text) : new MatValue.Other("a text of shape " + h.shape.reversed());
    }

    private MatValue struct(String structure, Head h, Cursor in, int depth) {
        if (depth == MAX_DEPTH) {
            throw damaged("structure " + structure, "at most " + MAX_DEPTH + " levels", "more");
        }
        Part lengths = part(in, h.end, "length of field names");
        int length = lengths.length == 4
                ? bytes(in, lengths, "length of field names").getInt()
                : 0;
        Part names = part(in, h.end, "field names");
        if (length < 1 || names.length % length != 0 || names.length > MAX_NAME_BYTES) {
            throw damaged("field names", "names of equal length", names.length + " bytes of names of " + length);
        }
        ByteBuffer text = bytes(in, names, "field names");
        Map<String, MatValue> fields = new LinkedHashMap<>();
        while (text.hasRemaining()) {
            String name = ascii(text.slice(text.position(), length));
            text.position(text.position() + length);
            Part field = part(in, h.end, "field " + name);
            if (field.type != MATRIX) {
                throw damaged("field " + name, "a matrix", "type " + field.type);
            }
            if (field.length > 0) {
                Head inner = head(in, field.position, field.end());
                fields.put(name, value(structure + "." + name, inner, in, depth + 1));
            }
            move(in, field.next);
        }
        return new MatValue.Struct(fields);
    }

    /**
     * The head of the next element: 8 bytes of type and length, or both in 4 bytes with up to 4 bytes of values behind. The
     * cursor stands at its values.
     */
    private Part part(Cursor in, long end, String what) {
        if (end - in.position() < 8) {
            throw damaged(what, "an element", (end - in.position()) + " bytes to the end");
        }
        ByteBuffer tag = in.take(8, what).order(order);
        int first = tag.getInt();
        boolean small = first >>> 16 != 0;
        if (small) {
            in.back(4);
        }
        int type = small ? first & 0xFFFF : first;
        long length = small ? first >>> 16 : Integer.toUnsignedLong(tag.getInt());
        if (length > (small ? 4 : end - in.position())) {
            throw damaged(what, length + " bytes", (small ? 4 : end - in.position()) + " bytes to the end");
        }
        // Elements are padded to 8 bytes; writers may leave the padding of the last one out.
        long padded = small ? 4 : (length + 7) / 8 * 8;
        return new Part(type, in.position(), length, Math.min(end, in.position() + padded));
    }

    /** The bytes of an element; the cursor passes on to the next one. */
    private ByteBuffer bytes(Cursor in, Part part, String what) {
        ByteBuffer bytes = in.take(part.length, what).order(order);
        move(in, part.next);
        return bytes;
    }

    private static void move(Cursor in, long position) {
        if (position < in.position()) {
            in.back(in.position() - position);
        } else {
            in.skip(position - in.position(), "element");
        }
    }

    private static String ascii(ByteBuffer bytes) {
        String text = StandardCharsets.US_ASCII.decode(bytes.slice()).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private FusFormatException damaged(String what, String expected, String got) {
        return new FusFormatException(
                file,
                "element at byte " + at + ", " + what,
                "expected " + expected + ", got " + got + "; the file may be damaged: save it anew");
    }
}
