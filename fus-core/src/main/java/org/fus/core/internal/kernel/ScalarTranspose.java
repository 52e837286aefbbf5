package org.fus.core.internal.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

final class ScalarTranspose implements TransposeKernel {
    /** Samples of a frame at a time, so that the rows they go to stay in the first-level cache. */
    private static final int TILE = 64;

    @Override
    public void transpose(
            MemorySegment traces,
            long first,
            long stride,
            int frames,
            int samples,
            float[] rows,
            int at,
            int width,
            float[] scratch) {
        for (int from = 0; from < samples; from += TILE) {
            int to = Math.min(samples, from + TILE);
            for (int f = 0; f < frames; f++) {
                long trace = first + f * stride;
                for (int k = from, o = at + from * width + f; k < to; k++, o += width) {
                    rows[o] = traces.get(ValueLayout.JAVA_SHORT_UNALIGNED, trace + (long) Short.BYTES * k);
                }
            }
        }
    }

    @Override
    public void transpose(
            float[] traces,
            int first,
            int stride,
            int frames,
            int samples,
            float[] rows,
            int at,
            int width,
            float[] scratch) {
        for (int from = 0; from < samples; from += TILE) {
            int to = Math.min(samples, from + TILE);
            for (int f = 0; f < frames; f++) {
                for (int k = from, o = at + from * width + f; k < to; k++, o += width) {
                    rows[o] = traces[first + f * stride + k];
                }
            }
        }
    }
}
