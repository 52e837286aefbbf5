package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Adds pixels to {@link GramSums}, chunk by chunk, tile by tile. Holds the packed chunk; one thread at a time. */
public final class GramAccumulator {
    private final GramSums sums;
    private final double[] packed;
    private final float[] packedFast;

    /**
     * For ensembles of a number of frames.
     *
     * @param fast whether products are summed in float32 within a chunk
     */
    public GramAccumulator(int frames, boolean fast) {
        sums = new GramSums(frames);
        packed = fast ? null : new double[GramKernel.packedLength(frames)];
        packedFast = fast ? new float[GramKernel.packedLength(frames)] : null;
    }

    public GramSums sums() {
        return sums;
    }

    /**
     * Adds pixels {@code pixels[from]} to {@code pixels[to - 1]} to the pairs in which a frame from {@code firstFrame} on
     * takes part; other pairs get partial sums of no meaning.
     */
    public void add(FramePanels x, int[] pixels, int from, int to, int firstFrame, GramKernel kernel) {
        for (int p0 = from; p0 < to; p0 += GramKernel.CHUNK) {
            int p1 = Math.min(p0 + GramKernel.CHUNK, to);
            if (packed != null) {
                kernel.pack(x, pixels, p0, p1, packed);
            } else {
                kernel.pack(x, pixels, p0, p1, packedFast);
            }
            multiply(p1 - p0, firstFrame, kernel);
        }
    }

    private void multiply(int count, int firstFrame, GramKernel kernel) {
        int strips = GramKernel.strips(sums.frames());
        int part = strips * GramKernel.STRIP_LENGTH;
        int row = sums.row();
        int lastRow = sums.frames();
        int firstNew = firstFrame / GramKernel.STRIP;
        for (int s = 0; s < strips; ) {
            // two strips of floats share the broadcasts of the rows; two of doubles would not fit the first-level cache
            int width = packed == null ? Math.min(2, strips - s) : 1;
            boolean old = s + width <= firstNew;
            for (int i = old ? firstFrame & -GramKernel.ROWS : 0; i < lastRow; i += GramKernel.ROWS) {
                int a = i / GramKernel.STRIP * GramKernel.STRIP_LENGTH + i % GramKernel.STRIP;
                int b = s * GramKernel.STRIP_LENGTH;
                int at = i * row + s * GramKernel.STRIP;
                tile(kernel, a, part + b, width, count, sums.product(), at, row);
                // the symmetric product needs its upper triangle only
                if (i < (s + width) * GramKernel.STRIP) {
                    tile(kernel, 2 * part + a, 2 * part + b, width, count, sums.squares(), at, row);
                }
            }
            s += width;
        }
    }

    private void tile(GramKernel kernel, int a, int b, int strips, int count, double[] c, int at, int row) {
        if (packed != null) {
            kernel.multiply(packed, a, b, strips, count, c, at, row);
        } else {
            kernel.multiply(packedFast, a, b, strips, count, c, at, row);
        }
    }
}
