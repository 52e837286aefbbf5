package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/**
 * The inner loops of the Gram matrix: real matrix products over strips of frames. {@link GramSums} says which three real
 * products make one complex one; {@link GramAccumulator} walks over pixels and strips.
 *
 * <p>A packed chunk is {@code [part][strip][pixel of CHUNK][frame of STRIP]}, the parts being {@code re + im},
 * {@code re - im} and {@code im}. Frames that do not exist are zero.
 */
public interface GramKernel {
    /** Frames side by side. */
    int STRIP = 16;

    /** Rows of one tile of the product. */
    int ROWS = 8;

    /** Values behind a packed chunk, where a kernel may keep the sums of a tile. */
    int TILE = ROWS * 2 * STRIP;

    /** Pixels of a packed chunk: two strips stay in the first-level cache, all of them in the second. */
    int CHUNK = 128;

    /** Values between one strip of a packed chunk and the next. */
    int STRIP_LENGTH = CHUNK * STRIP;

    /** Packs pixels {@code pixels[from]} to {@code pixels[to - 1]}, at most {@link #CHUNK}; exact in double. */
    void pack(FramePanels x, int[] pixels, int from, int to, double[] packed);

    /** The same in float32; sums and differences round. */
    void pack(FramePanels x, int[] pixels, int from, int to, float[] packed);

    /**
     * {@code c[at + i * row + j] += sum over p < count of packed[a + p * STRIP + i] * packed[b(j) + p * STRIP + j % STRIP]}
     * for {@link #ROWS} rows i and {@code strips * STRIP} columns j, where b(j) is the strip of j.
     *
     * @param a index of the first of eight rows, in a strip
     * @param b index of the first column strip
     */
    void multiply(double[] packed, int a, int b, int strips, int count, double[] c, int at, int row);

    /** The same with sums over the chunk in float32, then added in double. */
    void multiply(float[] packed, int a, int b, int strips, int count, double[] c, int at, int row);

    /** Strips that hold a number of frames. */
    static int strips(int frames) {
        return (frames + STRIP - 1) / STRIP;
    }

    /** Values of a packed chunk, with {@link #TILE} behind it. */
    static int packedLength(int frames) {
        return Math.addExact(Math.multiplyExact(3 * STRIP_LENGTH, strips(frames)), TILE);
    }
}
