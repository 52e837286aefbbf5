package org.fus.io.mat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.source.MemorySource;

/** Parses one matrix element out of its bytes; every length is checked against what remains. */
final class MatElements {
    static final int MATRIX = 14;
    private static final int CLASS_STRUCT = 2;
    private static final int CLASS_FIRST_NUMBER = 6;
    private static final int CLASS_LAST_NUMBER = 15;
    private static final int FLAG_COMPLEX = 0x0800;

    /** Structures within structures; parameters have one level. */
    private static final int MAX_DEPTH = 16;

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

    /** A variable with its name. */
    record Variable(String name, MatValue value) {}

    private record Part(int type, ByteBuffer bytes) {}

    private final String file;
    private final long at;

    private MatElements(String file, long at) {
        this.file = file;
        this.at = at;
    }

    /** The variable in the body of a top-level matrix element, when its name is asked for. */
    static Optional<Variable> variable(String file, long at, ByteBuffer body, Set<String> names) {
        MatElements elements = new MatElements(file, at);
        Header header = elements.header(body);
        return names.contains(header.name)
                ? Optional.of(new Variable(header.name, elements.value(header, body, 0)))
                : Optional.empty();
    }

    private record Header(int flags, List<Long> dims, String name) {
        int type() {
            return flags & 0xFF;
        }

        boolean complex() {
            return (flags & FLAG_COMPLEX) != 0;
        }

        long count() {
            return dims.stream().reduce(1L, Math::multiplyExact);
        }
    }

    private Header header(ByteBuffer body) {
        ByteBuffer flags = part(body, "array flags").bytes;
        if (flags.remaining() < 8) {
            throw damaged("array flags", "8 bytes", flags.remaining() + " bytes");
        }
        ByteBuffer dims = part(body, "dimensions").bytes;
        List<Long> shape = new ArrayList<>();
        while (dims.remaining() >= 4) {
            int n = dims.getInt();
            if (n < 0) {
                throw damaged("dimensions", "lengths of at least 0", Integer.toString(n));
            }
            // MATLAB's first axis varies fastest: the last of a row-major shape.
            shape.addFirst((long) n);
        }
        String name = ascii(part(body, "name").bytes);
        return new Header(flags.getInt(), shape, name);
    }

    private MatValue value(Header header, ByteBuffer body, int depth) {
        int type = header.type();
        if (type >= CLASS_FIRST_NUMBER && type <= CLASS_LAST_NUMBER && !header.complex()) {
            return numbers(header, part(body, "values"));
        }
        if (type == CLASS_STRUCT && count(header) == 1) {
            return struct(body, depth);
        }
        return new MatValue.Other(
                "class " + type + (header.complex() ? ", complex" : "") + " of shape " + header.dims.reversed());
    }

    private MatValue numbers(Header header, Part part) {
        SampleType type = TYPES.get(part.type);
        long room = part.bytes.remaining();
        if (type == null || count(header) != room / type.bytes()) {
            throw damaged("values of " + header.name, count(header) + " numbers", room + " bytes of type " + part.type);
        }
        byte[] bytes = new byte[part.bytes.remaining()];
        part.bytes.get(bytes);
        return new MatValue.Numbers(
                new StoredArray(type, header.dims, part.bytes.order(), MemorySource.wrap(file, bytes), 0));
    }

    private MatValue struct(ByteBuffer body, int depth) {
        if (depth == MAX_DEPTH) {
            throw damaged("structure", "at most " + MAX_DEPTH + " levels", "more");
        }
        ByteBuffer lengths = part(body, "length of field names").bytes;
        int length = lengths.remaining() >= 4 ? lengths.getInt() : 0;
        ByteBuffer names = part(body, "field names").bytes;
        if (length < 1 || names.remaining() % length != 0) {
            throw damaged("field names", "names of equal length", names.remaining() + " bytes of names of " + length);
        }
        Map<String, MatValue> fields = new LinkedHashMap<>();
        while (names.hasRemaining()) {
            String name = ascii(names.slice(names.position(), length));
            names.position(names.position() + length);
            Part field = part(body, "field " + name);
            if (field.type != MATRIX) {
                throw damaged("field " + name, "a matrix", "type " + field.type);
            }
            if (field.bytes.hasRemaining()) {
                fields.put(name, value(header(field.bytes), field.bytes, depth + 1));
            }
        }
        return new MatValue.Struct(fields);
    }

    /** The next element: 8 bytes of type and length, or both in 4 bytes with up to 4 bytes of values behind. */
    private Part part(ByteBuffer in, String what) {
        if (in.remaining() < 8) {
            throw damaged(what, "an element", in.remaining() + " bytes to the end");
        }
        int first = in.getInt();
        boolean small = first >>> 16 != 0;
        int type = small ? first & 0xFFFF : first;
        long length = small ? first >>> 16 : Integer.toUnsignedLong(in.getInt());
        if (length > (small ? 4 : in.remaining())) {
            throw damaged(what, length + " bytes", in.remaining() + " bytes to the end");
        }
        ByteBuffer bytes = in.slice(in.position(), (int) length).order(in.order());
        long padded = small ? 4 : (length + 7) / 8 * 8;
        in.position((int) Math.min(in.limit(), in.position() + padded));
        return new Part(type, bytes);
    }

    private long count(Header header) {
        try {
            return header.count();
        } catch (ArithmeticException e) {
            throw new FusFormatException(
                    file, where("dimensions"), "too large: " + header.dims.reversed() + "; the file may be damaged", e);
        }
    }

    private static String ascii(ByteBuffer bytes) {
        String text = StandardCharsets.US_ASCII.decode(bytes.slice()).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private String where(String what) {
        return "element at byte " + at + ", " + what;
    }

    private FusFormatException damaged(String what, String expected, String got) {
        return new FusFormatException(
                file, where(what), "expected " + expected + ", got " + got + "; the file may be damaged: save it anew");
    }
}
