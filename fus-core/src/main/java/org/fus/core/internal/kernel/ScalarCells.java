package org.fus.core.internal.kernel;

/** The specification of the elementwise loops. */
final class ScalarCells implements CellKernel {
    @Override
    public void multiply(
            float[] x, int xAt, int width, float[] re, float[] im, int from, int count, float[] y, int yAt) {
        for (int i = 0; i < count; i++) {
            int o = xAt + 2 * width * i;
            int p = yAt + 2 * width * i;
            float c = re[from + i];
            float s = im[from + i];
            for (int f = 0; f < width; f++) {
                float a = x[o + f];
                float b = x[o + width + f];
                y[p + f] = c * a - s * b;
                y[p + width + f] = c * b + s * a;
            }
        }
    }

    @Override
    public void multiplyAdd(
            float[] x, int xAt, int width, float[] re, float[] im, int from, int count, float[] y, int yAt) {
        for (int i = 0; i < count; i++) {
            int o = xAt + 2 * width * i;
            int p = yAt + 2 * width * i;
            float c = re[from + i];
            float s = im[from + i];
            for (int f = 0; f < width; f++) {
                float a = x[o + f];
                float b = x[o + width + f];
                y[p + f] += c * a - s * b;
                y[p + width + f] += c * b + s * a;
            }
        }
    }

    @Override
    public void interpolate(
            float[] x, int xAt, int width, int[] cell, float[] a, float[] b, int count, float[] y, int yAt) {
        int size = 2 * width;
        for (int i = 0; i < count; i++) {
            int o = xAt + size * cell[i];
            for (int f = 0; f < size; f++) {
                y[yAt + size * i + f] = a[i] * x[o + f] + b[i] * x[o + size + f];
            }
        }
    }
}
