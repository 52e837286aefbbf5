package org.fus.core.internal.kernel;

/** The specification of the FIR kernel. */
final class ScalarFir implements FirKernel {
    @Override
    public void filter(
            float[] rows,
            int step,
            FirTaps taps,
            float[] turnRe,
            float[] turnIm,
            int count,
            float[] panel,
            int at,
            int width) {
        for (int m = 0; m < count; m++) {
            int o = at + 2 * width * m;
            for (int f = 0; f < width; f++) {
                int first = m * step * width + f;
                float re = sum(rows, first, width, taps.rowRe(), taps.tapRe());
                float im = sum(rows, first, width, taps.rowIm(), taps.tapIm());
                panel[o + f] = turnRe[m] * re - turnIm[m] * im;
                panel[o + width + f] = turnRe[m] * im + turnIm[m] * re;
            }
        }
    }

    private static float sum(float[] rows, int first, int width, int[] row, float[] tap) {
        float sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += tap[i] * rows[first + row[i] * width];
        }
        return sum;
    }
}
