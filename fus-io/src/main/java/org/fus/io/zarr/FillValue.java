package org.fus.io.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.fus.io.content.SampleType;

/** The value of chunks that are not stored, kept as its bits. Immutable. */
public final class FillValue {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private final byte[] littleEndian;

    private FillValue(byte[] littleEndian) {
        this.littleEndian = littleEndian;
    }

    /**
     * Zero, or false.
     *
     * @param type of the values
     * @return the default
     */
    public static FillValue zero(SampleType type) {
        return new FillValue(new byte[type.bytes()]);
    }

    /**
     * A value given by its bytes.
     *
     * @param littleEndian as many bytes as the type has; copied
     * @return the value
     */
    public static FillValue ofBytes(byte... littleEndian) {
        return new FillValue(littleEndian.clone());
    }

    /**
     * The bytes of the value.
     *
     * @return little-endian, a copy
     */
    public byte[] bytes() {
        return littleEndian.clone();
    }

    /** An array of chunk bytes that holds nothing but this value. */
    byte[] repeated(int count) {
        byte[] out = new byte[Math.multiplyExact(count, littleEndian.length)];
        if (isZero()) {
            return out;
        }
        for (int i = 0; i < out.length; i += littleEndian.length) {
            System.arraycopy(littleEndian, 0, out, i, littleEndian.length);
        }
        return out;
    }

    private boolean isZero() {
        for (byte b : littleEndian) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads the value out of metadata. */
    static FillValue read(SampleType type, JsonNode node) {
        ByteBuffer out = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (type.parts() == 1) {
            put(type, node, out);
        } else if (node.isArray() && node.size() == type.parts()) {
            node.forEach(part -> put(type, part, out));
        } else {
            throw wrong("a pair of numbers", node);
        }
        return new FillValue(out.array());
    }

    /** The value as it stands in metadata; a NaN other than the usual one as its bits. */
    JsonNode toJson(SampleType type) {
        ByteBuffer in = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
        if (type.parts() == 1) {
            return take(type, in);
        }
        ArrayNode pair = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < type.parts(); i++) {
            pair.add(take(type, in));
        }
        return pair;
    }

    private static void put(SampleType type, JsonNode node, ByteBuffer out) {
        switch (type) {
            case BOOL -> {
                if (!node.isBoolean()) {
                    throw wrong("true or false", node);
                }
                out.put((byte) (node.booleanValue() ? 1 : 0));
            }
            case INT8, INT16, INT32, INT64 -> putWhole(type, node, out, true);
            case UINT8, UINT16, UINT32, UINT64 -> putWhole(type, node, out, false);
            case FLOAT16, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128 -> putReal(type, node, out);
        }
    }

    private static void putWhole(SampleType type, JsonNode node, ByteBuffer out, boolean signed) {
        int bits = 8 * type.partBytes();
        BigInteger value = node.isIntegralNumber() ? node.bigIntegerValue() : null;
        boolean fits =
                value != null && (signed ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits);
        if (!fits) {
            throw wrong("a whole number that fits " + type.label(), node);
        }
        putBits(type.partBytes(), value.longValue(), out);
    }

    private static void putReal(SampleType type, JsonNode node, ByteBuffer out) {
        int bytes = type.partBytes();
        if (node.isTextual() && node.textValue().startsWith("0x")) {
            String digits = node.textValue().substring(2);
            if (digits.length() != 2 * bytes || !digits.chars().allMatch(HexFormat::isHexDigit)) {
                throw wrong("0x and " + 2 * bytes + " hexadecimal digits", node);
            }
            putBits(bytes, Long.parseUnsignedLong(digits, 16), out);
            return;
        }
        double value;
        if (node.isNumber()) {
            value = node.doubleValue();
        } else {
            value = switch (node.asText("")) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw wrong("a number, NaN, Infinity, -Infinity or 0x and hexadecimal digits", node);
            };
        }
        switch (bytes) {
            case 2 -> out.putShort(Float.floatToFloat16((float) value));
            case 4 -> out.putFloat((float) value);
            default -> out.putDouble(value);
        }
    }

    private static void putBits(int bytes, long bits, ByteBuffer out) {
        for (int i = 0; i < bytes; i++) {
            out.put((byte) (bits >>> (8 * i)));
        }
    }

    private static JsonNode take(SampleType type, ByteBuffer in) {
        return switch (type) {
            case BOOL -> BooleanNode.valueOf(in.get() != 0);
            case INT8 -> LongNode.valueOf(in.get());
            case INT16 -> LongNode.valueOf(in.getShort());
            case INT32 -> LongNode.valueOf(in.getInt());
            case INT64 -> LongNode.valueOf(in.getLong());
            case UINT8 -> LongNode.valueOf(Byte.toUnsignedLong(in.get()));
            case UINT16 -> LongNode.valueOf(Short.toUnsignedLong(in.getShort()));
            case UINT32 -> LongNode.valueOf(Integer.toUnsignedLong(in.getInt()));
            case UINT64 -> {
                BigInteger v = BigInteger.valueOf(in.getLong());
                yield BigIntegerNode.valueOf(v.signum() < 0 ? v.add(TWO_64) : v);
            }
            case FLOAT16 -> {
                short bits = in.getShort();
                yield real(Float.float16ToFloat(bits), bits & 0xFFFFL, 0x7E00L, 2);
            }
            case FLOAT32, COMPLEX64 -> {
                int bits = in.getInt();
                yield real(Float.intBitsToFloat(bits), bits & 0xFFFF_FFFFL, 0x7FC0_0000L, 4);
            }
            case FLOAT64, COMPLEX128 -> {
                long bits = in.getLong();
                yield real(Double.longBitsToDouble(bits), bits, 0x7FF8_0000_0000_0000L, 8);
            }
        };
    }

    private static JsonNode real(double value, long bits, long usualNan, int bytes) {
        if (Double.isNaN(value) && bits != usualNan) {
            return TextNode.valueOf("0x" + HexFormat.of().toHexDigits(bits, 2 * bytes));
        }
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : TextNode.valueOf(Double.toString(value));
    }

    private static IllegalArgumentException wrong(String expected, JsonNode got) {
        return new IllegalArgumentException("fill_value: expected " + expected + ", got " + ZarrJson.shorten(got));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FillValue f && Arrays.equals(littleEndian, f.littleEndian);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(littleEndian);
    }

    @Override
    public String toString() {
        return "FillValue[" + HexFormat.of().formatHex(littleEndian) + ", little-endian]";
    }
}
