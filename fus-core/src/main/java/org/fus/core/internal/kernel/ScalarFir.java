package org.fus.core.internal.kernel;

import java.util.Arrays;

/** The specification of the FIR kernel. */
final class ScalarFir implements FirKernel {
    @Override
    public void filter(float[] rows, FirTaps taps, int count, float[] panel, int at, int width) {
        for (int m = 0; m < count; m++) {
            int first = m * taps.step() * width;
            int o = at + 2 * width * m;
            sum(rows, first, taps.step() * width, taps.re(), panel, o, width);
            sum(rows, first, taps.step() * width, taps.im(), panel, o + width, width);
        }
    }

    private static void sum(float[] rows, int first, int step, FirTaps.Part part, float[] panel, int at, int width) {
        Arrays.fill(panel, at, at + width, 0);
        int i = 0;
        for (int run = 0; run < part.end().length; run++) {
            for (int o = first + part.firstRow()[run] * width; i < part.end()[run]; i++, o += step) {
                float tap = part.tap()[i];
                for (int f = 0; f < width; f++) {
                    panel[at + f] = Math.fma(tap, rows[o + f], panel[at + f]);
                }
            }
        }
    }

    @Override
    public void turn(float[] panel, int at, int width, float[] turnRe, float[] turnIm) {
        for (int m = 0; m < turnRe.length; m++) {
            int o = at + 2 * width * m;
            for (int f = 0; f < width; f++) {
                float re = panel[o + f];
                float im = panel[o + width + f];
                panel[o + f] = turnRe[m] * re - turnIm[m] * im;
                panel[o + width + f] = turnRe[m] * im + turnIm[m] * re;
            }
        }
    }
}
