package org.fus.core.internal.kernel;

import org.fus.core.internal.fft.ComplexFft;

/** Lane by lane in double precision, rounded once at the end. */
final class ScalarFft implements FftKernel {
    @Override
    public void transform(
            FftTables tables, boolean inverse, float[] data, int at, int width, int stride, FftScratch scratch) {
        ComplexFft fft = tables.exact();
        double[] record = scratch.record();
        int step = 2 * width * stride;
        int first = fft.workLength();
        for (int lane = at; lane < at + width; lane++) {
            for (int s = 0; s < fft.length(); s++) {
                record[first + 2 * s] = data[lane + step * s];
                record[first + 2 * s + 1] = data[lane + step * s + width];
            }
            if (inverse) {
                fft.backward(record, first, record);
            } else {
                fft.forward(record, first, record);
            }
            for (int s = 0; s < fft.length(); s++) {
                data[lane + step * s] = (float) record[first + 2 * s];
                data[lane + step * s + width] = (float) record[first + 2 * s + 1];
            }
        }
    }
}
