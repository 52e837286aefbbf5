package org.fus.core.internal.kernel;

final class ScalarTranspose implements TransposeKernel {
    /** Samples of a frame at a time, so that the rows they go to stay in the first-level cache. */
    private static final int TILE = 64;

    @Override
    public void transpose(short[] traces, int frames, int samples, float[] rows, int at, float[] scratch) {
        for (int from = 0; from < samples; from += TILE) {
            int to = Math.min(samples, from + TILE);
            for (int f = 0; f < frames; f++) {
                for (int k = from, o = at + from * frames + f; k < to; k++, o += frames) {
                    rows[o] = traces[f * samples + k];
                }
            }
        }
    }

    @Override
    public void transpose(float[] traces, int frames, int samples, float[] rows, int at, float[] scratch) {
        for (int from = 0; from < samples; from += TILE) {
            int to = Math.min(samples, from + TILE);
            for (int f = 0; f < frames; f++) {
                for (int k = from, o = at + from * frames + f; k < to; k++, o += frames) {
                    rows[o] = traces[f * samples + k];
                }
            }
        }
    }
}
