package org.fus.core.internal.kernel;

/** The simulator's inner loops in plain Java. */
final class ScalarEcho implements EchoKernel {
    @Override
    public void addRows(float[] trace, float[] table, int length, int[] at, int[] row, float[] amplitude, int count) {
        for (int i = 0; i < count; i++) {
            int t = at[i];
            int r = row[i];
            float a = amplitude[i];
            for (int j = 0; j < length; j++) {
                trace[t + j] += a * table[r + j];
            }
        }
    }

    @Override
    public void addInterpolated(
            float[] trace, int at, int count, float[] a, int aAt, float[] b, int bAt, float[] taps) {
        for (int k = 0; 2 * k < taps.length; k++) {
            float u = taps[2 * k];
            float v = taps[2 * k + 1];
            for (int i = 0; i < count; i++) {
                trace[at + i] = trace[at + i] + u * a[aAt + i + k] + v * b[bAt + i + k];
            }
        }
    }
}
