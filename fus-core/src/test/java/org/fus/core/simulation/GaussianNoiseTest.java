package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
    @Test
    void add_manySamples_hasTheMomentsOfANormalDistribution() {
        int n = 1_000_003; // not a multiple of four: the tail is drawn too
        float[] v = new float[n];
        GaussianNoise.add(v, 0, n, 2, new SplittableRandom(1));
        double mean = 0;
        double square = 0;
        double fourth = 0;
        int within1 = 0;
        for (float x : v) {
            double u = x / 2.0;
            mean += u / n;
            square += u * u / n;
            fourth += u * u * u * u / n;
            within1 += Math.abs(u) < 1 ? 1 : 0;
        }
        // four standard errors: 1, sqrt(2), sqrt(96) and 0.47 over sqrt(n)
        assertThat(mean).isCloseTo(0, within(4e-3));
        assertThat(square).isCloseTo(1, within(6e-3));
        assertThat(fourth).isCloseTo(3, within(40e-3));
        assertThat(within1 / (double) n).isCloseTo(0.682689, within(2e-3));
    }

    @Test
    void add_neighbours_areUncorrelated() {
        int n = 200_000;
        float[] v = new float[n];
        GaussianNoise.add(v, 0, n, 1, new SplittableRandom(7));
        for (int lag = 1; lag <= 8; lag++) {
            double sum = 0;
            for (int i = 0; i + lag < n; i++) {
                sum += v[i] * v[i + lag];
            }
            assertThat(sum / n).as("lag " + lag).isCloseTo(0, within(4 / Math.sqrt(n)));
        }
    }

    @Test
    void add_leavesOtherCellsAlone() {
        float[] v = new float[20];
        GaussianNoise.add(v, 3, 9, 1, new SplittableRandom(1));
        for (int i = 0; i < 20; i++) {
            assertThat(v[i] != 0).as("cell " + i).isEqualTo(i >= 3 && i < 12);
        }
    }
}
