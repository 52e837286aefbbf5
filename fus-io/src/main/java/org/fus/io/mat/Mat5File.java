package org.fus.io.mat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;
import org.fus.io.source.InflatedSource;

/**
 * A file of version 5, 6 or 7 ("MAT-File Format", The MathWorks): elements one after the other, each a variable, plain or as
 * a zlib stream of its own. Opening reads the head of each; compressed values are inflated as they are read.
 */
final class Mat5File implements MatFile {
    private static final int HEADER_BYTES = 128;
    private static final int TAG_BYTES = 8;
    private static final int COMPRESSED = 15;

    /** Far above what a recording has; each variable costs a look into its head. */
    private static final int MAX_VARIABLES = 65_536;

    private final ByteSource source;
    private final Map<String, Mat5Matrix> variables = new LinkedHashMap<>();

    private Mat5File(ByteSource source) {
        this.source = source;
    }

    static Mat5File open(ByteSource source) {
        Mat5File file = new Mat5File(source);
        Cursor in = new Cursor(source, source.size());
        in.skip(HEADER_BYTES - 2, "header");
        int mark = in.u16("byte order");
        // 'MI' as a number: read as little-endian it is 'IM' in a little-endian file.
        if (mark != 0x4D49 && mark != 0x494D) {
            throw new FusFormatException(
                    source.name(), "byte 126, byte order", "expected IM or MI; the file may be damaged: save it anew");
        }
        ByteOrder order = mark == 0x4D49 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        while (in.remaining() > 0) {
            if (file.variables.size() == MAX_VARIABLES) {
                throw in.failure("element", "more than " + MAX_VARIABLES + " variables; save those that matter anew");
            }
            file.variable(in, order);
        }
        return file;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String version() {
        return "5";
    }

    @Override
    public List<String> names() {
        return List.copyOf(variables.keySet());
    }

    @Override
    public MatValue value(String variable) {
        Mat5Matrix matrix = variables.get(variable);
        return matrix == null ? null : matrix.value();
    }

    private void variable(Cursor in, ByteOrder order) {
        long at = in.position();
        ByteBuffer tag = in.take(TAG_BYTES, "element").order(order);
        int type = tag.getInt();
        long bytes = Integer.toUnsignedLong(tag.getInt());
        long body = in.position();
        in.skip(bytes, "element");
        Mat5Matrix matrix = switch (type) {
            case Mat5Matrix.MATRIX -> Mat5Matrix.read(at, order, () -> source, body, body + bytes);
            case COMPRESSED -> compressed(at, order, body, bytes);
            default ->
                throw new FusFormatException(
                        source.name(),
                        "byte " + at + ", element",
                        "expected type 14 (matrix) or 15 (compressed), got " + type
                                + "; the file may be damaged: save it anew");
        };
        // MATLAB puts data of objects into variables without a name.
        if (!matrix.name().isEmpty()) {
            variables.putIfAbsent(matrix.name(), matrix);
        }
    }

    private Mat5Matrix compressed(long at, ByteOrder order, long body, long bytes) {
        long limit = InflatedSource.limit(bytes);
        ByteSource head = InflatedSource.of(source, body, bytes, Math.min(limit, TAG_BYTES));
        ByteBuffer tag = new Cursor(head, head.size())
                .take(TAG_BYTES, "compressed element at byte " + at)
                .order(order);
        int type = tag.getInt();
        long size = TAG_BYTES + Integer.toUnsignedLong(tag.getInt());
        if (type != Mat5Matrix.MATRIX || size > limit) {
            throw new FusFormatException(
                    source.name(),
                    "byte " + at + ", compressed element",
                    "expected a matrix (type 14) of at most " + limit + " bytes, got type " + type + " of " + size
                            + " bytes; the file may be damaged: save it anew");
        }
        Supplier<ByteSource> inflated = () -> InflatedSource.of(source, body, bytes, size);
        return Mat5Matrix.read(at, order, inflated, TAG_BYTES, size);
    }
}
