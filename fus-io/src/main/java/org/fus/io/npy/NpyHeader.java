package org.fus.io.npy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;

/**
 * The header of an array file.
 *
 * @param type type of the values
 * @param order their byte order
 * @param fortran whether the first axis varies fastest
 * @param shape lengths of the axes
 * @param dataOffset first byte of the values
 */
record NpyHeader(SampleType type, ByteOrder order, boolean fortran, List<Long> shape, long dataOffset) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Real headers have about a hundred bytes. */
    private static final long MAX_TEXT_BYTES = 1 << 20;

    /** NumPy starts the values at a multiple of this. */
    private static final int ALIGNMENT = 64;

    static NpyHeader read(ByteSource source) {
        Cursor in = new Cursor(source, source.size());
        byte[] magic = new byte[MAGIC.length];
        in.take(MAGIC.length, "magic").get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new FusFormatException(source.name(), "byte 0, magic", "expected \\x93NUMPY; this is no .npy file");
        }
        int major = in.u8("version");
        in.u8("minor version");
        if (major < 1 || major > 3) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    "byte 6, version",
                    ".npy version " + major + " is not supported (expected 1 to 3); save it anew");
        }
        long length = major == 1 ? in.u16("header length") : in.u32("header length");
        if (length > MAX_TEXT_BYTES) {
            throw in.failure("header", length + " bytes, expected at most " + MAX_TEXT_BYTES);
        }
        byte[] bytes = new byte[(int) length];
        in.take(length, "header").get(bytes);
        String text = new String(bytes, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        NpyHeaderText fields = NpyHeaderText.parse(source.name(), text);
        return of(source, fields, in.position());
    }

    /** The bytes of a version 1.0 header for little-endian values in row-major order. */
    static byte[] write(SampleType type, List<Long> shape) {
        StringBuilder dims = new StringBuilder("(");
        shape.forEach(n -> dims.append(n).append(", "));
        if (shape.size() > 1) {
            dims.setLength(dims.length() - 2);
        } else if (shape.size() == 1) {
            dims.setLength(dims.length() - 1);
        }
        String text = "{'descr': '" + (type.partBytes() == 1 ? '|' : '<') + type.code()
                + "', 'fortran_order': False, 'shape': " + dims + "), }";
        int prefix = MAGIC.length + 4;
        int total = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] out = new byte[total];
        Arrays.fill(out, (byte) ' ');
        System.arraycopy(MAGIC, 0, out, 0, MAGIC.length);
        out[MAGIC.length] = 1;
        out[MAGIC.length + 1] = 0;
        out[MAGIC.length + 2] = (byte) (total - prefix);
        out[MAGIC.length + 3] = (byte) ((total - prefix) >> 8);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, out, prefix, ascii.length);
        out[total - 1] = '\n';
        return out;
    }

    /** Bytes of all values. */
    long dataBytes() {
        return shape.stream().reduce((long) type.bytes(), (a, b) -> a * b);
    }

    private static NpyHeader of(ByteSource source, NpyHeaderText fields, long dataOffset) {
        String descr = fields.descr();
        char first = descr.isEmpty() ? '?' : descr.charAt(0);
        String code = descr.isEmpty() ? "" : descr.substring(1);
        Optional<SampleType> type = Arrays.stream(SampleType.values())
                .filter(t -> t.code().equals(code))
                .findFirst();
        if (type.isEmpty() || "<>|=".indexOf(first) < 0) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    "header, descr",
                    "values of type '" + descr
                            + "' are not supported (expected plain numbers such as '<f4', '<i2', '<c8'); convert them"
                            + " with astype");
        }
        long bytes = type.get().bytes();
        long room = source.size() - dataOffset;
        for (long n : fields.shape()) {
            // A product of factors that each pass this cannot overflow: it never exceeds the size of the file.
            if (n > 0 && bytes > room / n && !fields.shape().contains(0L)) {
                throw new FusFormatException(
                        source.name(),
                        "header, shape " + fields.shape(),
                        "the file is too short (expected " + type.get().label() + " values, got " + room
                                + " bytes after the header); it may be truncated: copy it again");
            }
            bytes = fields.shape().contains(0L) ? 0 : bytes * n;
        }
        ByteOrder order = first == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(type.get(), order, fields.fortran(), fields.shape(), dataOffset);
    }
}
