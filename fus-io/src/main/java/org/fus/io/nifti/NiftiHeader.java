package org.fus.io.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.ByteSource;

/** A header of version 1 (348 bytes) or 2 (540 bytes), of either byte order, whose lengths have been checked. */
final class NiftiHeader {
    static final int BYTES_1 = 348;
    static final int BYTES_2 = 540;
    private static final byte[] MAGIC_1 = {'n', '+', '1', 0};
    private static final byte[] PAIR_1 = {'n', 'i', '1', 0};
    private static final byte[] MAGIC_2 = {'n', '+', '2', 0, '\r', '\n', 0x1A, '\n'};
    private static final int MAGIC_1_AT = 344;
    private static final int MAGIC_2_AT = 4;

    /** Space between header and voxels that is worth keeping; real extensions have some kilobytes. */
    private static final long MAX_EXTENSION_BYTES = 16 << 20;

    /** Fields that have no other home; they are kept by name and come back. */
    private static final List<NiftiField> OTHERS = List.of(
            NiftiField.DIM_INFO,
            NiftiField.INTENT_P1,
            NiftiField.INTENT_P2,
            NiftiField.INTENT_P3,
            NiftiField.INTENT_CODE,
            NiftiField.SLICE_START,
            NiftiField.SLICE_END,
            NiftiField.SLICE_CODE,
            NiftiField.SLICE_DURATION,
            NiftiField.CAL_MIN,
            NiftiField.CAL_MAX,
            NiftiField.TOFFSET);

    private static final List<NiftiField> TEXTS =
            List.of(NiftiField.DESCRIP, NiftiField.AUX_FILE, NiftiField.INTENT_NAME);

    private final String file;
    private final int version;
    private final ByteBuffer bytes;
    private final SampleType type;
    private final List<Long> dims;
    private final long voxelOffset;

    private NiftiHeader(String file, int version, ByteBuffer bytes, boolean packed, long room) {
        this.file = file;
        this.version = version;
        this.bytes = bytes;
        this.type = readType();
        this.dims = readDims();
        double offset = number(NiftiField.VOX_OFFSET);
        long least = (version == 1 ? BYTES_1 : BYTES_2) + 4L;
        if (!(offset >= least) || offset > room || offset != Math.rint(offset)) {
            throw failure(
                    NiftiField.VOX_OFFSET,
                    "expected a whole number from " + least + " to " + room + ", got " + offset
                            + "; the file may be damaged");
        }
        this.voxelOffset = (long) offset;
        long bytesNeeded = type.bytes();
        for (long n : dims) {
            // A product of factors that each pass this cannot overflow: it never exceeds the room.
            if (n > (room - voxelOffset) / bytesNeeded) {
                throw failure(
                        NiftiField.DIM,
                        "the file is too short (expected " + dims + " values of " + type.label() + ", got "
                                + (room - voxelOffset) + " bytes after byte " + voxelOffset
                                + (packed ? " at most, by the size of the packed file" : "")
                                + "); it may be truncated or damaged: copy it again");
            }
            bytesNeeded *= n;
        }
    }

    /** True when the first bytes are those of a header of either version and byte order. */
    static boolean recognises(byte[] head) {
        return version(head) != 0;
    }

    /**
     * Reads a header.
     *
     * @param source the file, unpacked
     * @param packed whether the size of the source is only the most that it can hold
     */
    static NiftiHeader read(ByteSource source, boolean packed) {
        byte[] head = new byte[BYTES_2];
        if (source.size() < BYTES_1 + 4) {
            throw new FusFormatException(
                    source.name(),
                    "header",
                    "the file is too short (expected " + BYTES_1 + " bytes, got " + source.size()
                            + "); it may be truncated: copy it again");
        }
        source.read(0, ByteBuffer.wrap(head, 0, BYTES_1));
        int version = version(head);
        if (version == 0) {
            throw new FusFormatException(
                    source.name(),
                    "byte 0, header",
                    "expected NIfTI-1 or NIfTI-2 (size of the header 348 or 540, magic n+1 or n+2)"
                            + (Arrays.equals(head, MAGIC_1_AT, MAGIC_1_AT + 4, PAIR_1, 0, 4)
                                    ? ", got a pair of .hdr and .img; convert it to one .nii file"
                                    : "; this is no NIfTI file, or it is damaged"));
        }
        if (version == 2) {
            if (source.size() < BYTES_2 + 4) {
                throw new FusFormatException(
                        source.name(),
                        "header",
                        "the file is too short (expected " + BYTES_2 + " bytes, got " + source.size()
                                + "); it may be truncated: copy it again");
            }
            source.read(0, ByteBuffer.wrap(head));
        }
        ByteBuffer bytes = ByteBuffer.wrap(head).order(order(head));
        return new NiftiHeader(source.name(), version, bytes, packed, source.size());
    }

    /** 1 or 2, or 0 for anything else. */
    private static int version(byte[] head) {
        if (head.length < BYTES_1) {
            return 0;
        }
        int little = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        int big = Integer.reverseBytes(little);
        if ((little == BYTES_1 || big == BYTES_1)
                && Arrays.equals(head, MAGIC_1_AT, MAGIC_1_AT + MAGIC_1.length, MAGIC_1, 0, MAGIC_1.length)) {
            return 1;
        }
        boolean second = (little == BYTES_2 || big == BYTES_2)
                && Arrays.equals(head, MAGIC_2_AT, MAGIC_2_AT + MAGIC_2.length, MAGIC_2, 0, MAGIC_2.length);
        return second ? 2 : 0;
    }

    private static ByteOrder order(byte[] head) {
        return head[0] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    int version() {
        return version;
    }

    ByteOrder order() {
        return bytes.order();
    }

    SampleType type() {
        return type;
    }

    /** Lengths of the axes, the first one varies fastest; as many as the file has. */
    List<Long> dims() {
        return dims;
    }

    /** Length of an axis from 0, 1 for one that the file does not have. */
    long dim(int axis) {
        return axis < dims.size() ? dims.get(axis) : 1;
    }

    long voxelOffset() {
        return voxelOffset;
    }

    double number(NiftiField field) {
        return number(field, 0);
    }

    double number(NiftiField field, int index) {
        return field.get(bytes, version, index);
    }

    /** A finite number. */
    double finite(NiftiField field, int index) {
        double v = number(field, index);
        if (!Double.isFinite(v)) {
            throw failure(field, "expected a finite number, got " + v + "; the file may be damaged");
        }
        return v;
    }

    /** Whether values are to be scaled: slope 0, or no number, says no. */
    boolean scaled() {
        double slope = number(NiftiField.SCL_SLOPE);
        double inter = number(NiftiField.SCL_INTER);
        return slope != 0 && Double.isFinite(slope) && Double.isFinite(inter) && (slope != 1 || inter != 0);
    }

    /** Metres per unit of length; 0 when the file does not tell. */
    double metresPerUnit() {
        return switch ((int) number(NiftiField.XYZT_UNITS) & 7) {
            case 1 -> 1;
            case 2 -> 1e-3;
            case 3 -> 1e-6;
            default -> 0;
        };
    }

    /** Seconds per unit of time; 0 when the file does not tell. */
    double secondsPerUnit() {
        return switch ((int) number(NiftiField.XYZT_UNITS) & 0x38) {
            case 8 -> 1;
            case 16 -> 1e-3;
            case 24 -> 1e-6;
            default -> 0;
        };
    }

    /** Fields that have no other home, when they say something. */
    Map<String, Object> others() {
        Map<String, Object> out = new LinkedHashMap<>();
        for (NiftiField field : OTHERS) {
            double v = number(field);
            if (v != 0 && Double.isFinite(v)) {
                out.put(name(field), v);
            }
        }
        for (NiftiField field : TEXTS) {
            String text = field.text(bytes, version);
            if (!text.isEmpty()) {
                out.put(name(field), text);
            }
        }
        return out;
    }

    /** Puts what {@link #others} gave into a header that is being made. */
    static void putOthers(ByteBuffer header, int version, Map<?, ?> others) {
        OTHERS.forEach(field -> {
            if (others.get(name(field)) instanceof Number n) {
                field.put(header, version, 0, n.doubleValue());
            }
        });
        TEXTS.forEach(field -> {
            if (others.get(name(field)) instanceof String text) {
                field.putText(header, version, text);
            }
        });
    }

    /** A header that is being made: sizes and magic are set, everything else is 0. */
    static ByteBuffer empty(int version) {
        ByteBuffer b = ByteBuffer.allocate(version == 1 ? BYTES_1 : BYTES_2).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0, b.capacity());
        b.put(version == 1 ? MAGIC_1_AT : MAGIC_2_AT, version == 1 ? MAGIC_1 : MAGIC_2);
        return b;
    }

    /** The extensions between header and voxels as (code, text or bytes). */
    List<NiftiExtension> extensions(ByteSource source) {
        long at = version == 1 ? BYTES_1 : BYTES_2;
        ByteBuffer flag = ByteBuffer.allocate(4);
        source.read(at, flag);
        List<NiftiExtension> out = new ArrayList<>();
        if (flag.get(0) == 0 || voxelOffset - at > MAX_EXTENSION_BYTES) {
            return out;
        }
        at += 4;
        while (voxelOffset - at >= 8) {
            ByteBuffer head = ByteBuffer.allocate(8).order(order());
            source.read(at, head);
            int size = head.getInt(0);
            if (size < 8 || size > voxelOffset - at) {
                throw new FusFormatException(
                        file,
                        "byte " + at + ", extension",
                        "expected a size from 8 to " + (voxelOffset - at) + ", got " + size
                                + "; the file may be damaged");
            }
            byte[] data = new byte[size - 8];
            source.read(at + 8, ByteBuffer.wrap(data));
            out.add(NiftiExtension.of(head.getInt(4), data));
            at += size;
        }
        return out;
    }

    FusFormatException failure(NiftiField field, String problem) {
        return new FusFormatException(file, "byte " + field.at(version, 0) + ", " + name(field), problem);
    }

    private static String name(NiftiField field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private SampleType readType() {
        int code = (int) number(NiftiField.DATATYPE);
        SampleType known = NiftiTypes.of(code)
                .orElseThrow(() -> new FusUnsupportedFormatException(
                        file,
                        "byte " + NiftiField.DATATYPE.at(version, 0) + ", datatype",
                        "code " + code + " is not supported (expected real or complex numbers of 8 to 128"
                                + " bits); convert the image to float32"));
        double bits = number(NiftiField.BITPIX);
        if (bits != 8 * known.bytes()) {
            throw failure(
                    NiftiField.BITPIX,
                    "expected " + 8 * known.bytes() + " for " + known.label() + ", got " + bits
                            + "; the file may be damaged");
        }
        return known;
    }

    private List<Long> readDims() {
        double axes = number(NiftiField.DIM, 0);
        if (!(axes >= 1 && axes <= 7)) {
            throw failure(NiftiField.DIM, "expected 1 to 7 axes, got " + axes + "; the file may be damaged");
        }
        List<Long> out = new ArrayList<>();
        for (int i = 1; i <= axes; i++) {
            double n = number(NiftiField.DIM, i);
            if (!(n >= 1)) {
                throw failure(
                        NiftiField.DIM,
                        "axis " + i + " has the length " + n + ", expected at least 1; the file may be damaged");
            }
            out.add((long) n);
        }
        return out;
    }
}
