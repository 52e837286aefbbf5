package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** The bytes of an image's samples. Immutable. */
public final class IgtlPixels {
    private final byte[] bytes;
    private final ByteOrder order;

    private IgtlPixels(byte[] bytes, ByteOrder order) {
        this.bytes = bytes;
        this.order = Objects.requireNonNull(order, "order");
    }

    /**
     * Takes bytes without a copy; the caller must not change them afterwards.
     *
     * @param bytes the samples
     * @param order of the bytes of a sample
     * @return the samples
     */
    public static IgtlPixels wrap(byte[] bytes, ByteOrder order) {
        return new IgtlPixels(bytes, order);
    }

    /**
     * Samples of float32.
     *
     * @param values in the order of the image; copied
     * @return the samples
     */
    public static IgtlPixels ofFloats(float[] values) {
        ByteBuffer b = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        b.asFloatBuffer().put(values);
        return new IgtlPixels(b.array(), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The number of bytes.
     *
     * @return bytes, not samples
     */
    public int length() {
        return bytes.length;
    }

    /**
     * Order of the bytes of a sample.
     *
     * @return the order
     */
    public ByteOrder order() {
        return order;
    }

    /**
     * The bytes.
     *
     * @return a read-only view in the order of the samples
     */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(order);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof IgtlPixels p && order.equals(p.order) && Arrays.equals(bytes, p.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "IgtlPixels[" + bytes.length + " bytes, " + order + "]";
    }
}
