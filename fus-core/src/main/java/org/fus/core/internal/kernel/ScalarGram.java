package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

final class ScalarGram implements GramKernel {
    @Override
    public void pack(FramePanels x, int[] pixels, int from, int to, double[] packed) {
        int part = GramKernel.strips(x.frames()) * STRIP_LENGTH;
        for (int t = 0; t < GramKernel.strips(x.frames()) * STRIP; t++) {
            int o = t / STRIP * STRIP_LENGTH + t % STRIP;
            for (int i = from; i < to; i++, o += STRIP) {
                double re = t < x.frames() ? x.re(t, pixels[i]) : 0;
                double im = t < x.frames() ? x.im(t, pixels[i]) : 0;
                packed[o] = re + im;
                packed[part + o] = re - im;
                packed[2 * part + o] = im;
            }
        }
    }

    @Override
    public void pack(FramePanels x, int[] pixels, int from, int to, float[] packed) {
        int part = GramKernel.strips(x.frames()) * STRIP_LENGTH;
        for (int t = 0; t < GramKernel.strips(x.frames()) * STRIP; t++) {
            int o = t / STRIP * STRIP_LENGTH + t % STRIP;
            for (int i = from; i < to; i++, o += STRIP) {
                float re = t < x.frames() ? x.re(t, pixels[i]) : 0;
                float im = t < x.frames() ? x.im(t, pixels[i]) : 0;
                packed[o] = re + im;
                packed[part + o] = re - im;
                packed[2 * part + o] = im;
            }
        }
    }

    @Override
    public void multiply(double[] packed, int a, int b, int strips, int count, double[] c, int at, int row) {
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < strips * STRIP; j++) {
                int column = b + j / STRIP * STRIP_LENGTH + j % STRIP;
                double sum = 0;
                for (int p = 0; p < count * STRIP; p += STRIP) {
                    sum += packed[a + i + p] * packed[column + p];
                }
                c[at + i * row + j] += sum;
            }
        }
    }

    @Override
    public void multiply(float[] packed, int a, int b, int strips, int count, double[] c, int at, int row) {
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < strips * STRIP; j++) {
                int column = b + j / STRIP * STRIP_LENGTH + j % STRIP;
                float sum = 0;
                for (int p = 0; p < count * STRIP; p += STRIP) {
                    sum += packed[a + i + p] * packed[column + p];
                }
                c[at + i * row + j] += sum;
            }
        }
    }
}
