package org.fus.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchFftTest {
    @Test
    void forward_everyRecord_isThatOfOneRecordAlone() {
        int n = 360;
        float[] data = random(7 + BatchFft.SAMPLE_FLOATS * n);
        double[][] expected = new double[BatchFft.RECORDS][];
        for (int r = 0; r < BatchFft.RECORDS; r++) {
            expected[r] = record(data, 7, n, r);
            Fft.ofLength(n).forward(expected[r], 0);
        }
        BatchFft fft = BatchFft.ofLength(n);

        fft.forward(data, 7, fft.newWork());

        double max = 0;
        double error = 0;
        for (int r = 0; r < BatchFft.RECORDS; r++) {
            double[] got = record(data, 7, n, r);
            for (int i = 0; i < 2 * n; i++) {
                max = Math.max(max, Math.abs(expected[r][i]));
                error = Math.max(error, Math.abs(got[i] - expected[r][i]));
            }
        }
        assertThat(error / max).isLessThan(1e-6); // float32 roundings of 6e-8, once per pass
    }

    @Test
    void inverse_afterForward_isTheBatchTimesTheLength() {
        int n = 1024;
        float[] data = random(BatchFft.SAMPLE_FLOATS * n);
        float[] before = data.clone();
        BatchFft fft = BatchFft.ofLength(n);
        BatchFft.Work work = fft.newWork();

        fft.forward(data, 0, work);
        fft.inverseUnscaled(data, 0, work);

        double error = 0;
        for (int i = 0; i < data.length; i++) {
            error = Math.max(error, Math.abs(data[i] / n - before[i]));
        }
        assertThat(error).isLessThan(2e-6); // values up to 1, two transforms
    }

    @Test
    void wrongUse_isRefused() {
        assertThatThrownBy(() -> BatchFft.ofLength(14)).hasMessageContaining("length 14");
        assertThatThrownBy(() -> BatchFft.ofLength(0)).hasMessageContaining("0 samples");
        BatchFft fft = BatchFft.ofLength(8);
        assertThatThrownBy(() -> fft.forward(new float[512], 1, fft.newWork()))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() ->
                        fft.forward(new float[512], 0, BatchFft.ofLength(4).newWork()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 samples");
    }

    private static double[] record(float[] data, int at, int n, int r) {
        double[] pairs = new double[2 * n];
        for (int s = 0; s < n; s++) {
            pairs[2 * s] = data[at + BatchFft.SAMPLE_FLOATS * s + r];
            pairs[2 * s + 1] = data[at + BatchFft.SAMPLE_FLOATS * s + BatchFft.RECORDS + r];
        }
        return pairs;
    }

    private static float[] random(int n) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextDouble(-1, 1);
        }
        return x;
    }
}
