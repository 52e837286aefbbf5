package org.fus.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {
    /** Relative to the norm: a few roundings of 1.1e-16 per pass, and there are at most about 20 of them. */
    private static final double ROUNDING = 1e-14;

    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 16, 17, 19, 30, 34, 49, 64, 97, 121, 128, 169, 210, 289, 1000, 1021
            })
    void forward_anyLength_isTheSumOfItsDefinition(int n) {
        double[] x = random(n, n);
        double[] expected = new double[2 * n];
        for (int k = 0; k < n; k++) {
            for (int s = 0; s < n; s++) {
                double angle = -2 * Math.PI * ((long) s * k % n) / n;
                expected[2 * k] += x[2 * s] * Math.cos(angle) - x[2 * s + 1] * Math.sin(angle);
                expected[2 * k + 1] += x[2 * s] * Math.sin(angle) + x[2 * s + 1] * Math.cos(angle);
            }
        }

        Fft.ofLength(n).forward(x, 0);

        // The plain sum itself rounds n times.
        assertThat(distance(x, expected)).isLessThan(10 * ROUNDING * norm(expected));
    }

    @Property(tries = 150)
    void inverse_afterForward_isTheRecord(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int n) {
        double[] x = random(n, seed);
        double[] y = x.clone();
        Fft fft = Fft.ofLength(n);

        fft.forward(y, 0);
        fft.inverse(y, 0);

        assertThat(distance(x, y)).isLessThan(ROUNDING * norm(x));
    }

    @Property(tries = 150)
    void forward_keepsEnergy(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int n) {
        double[] x = random(n, seed);
        double before = norm(x);

        Fft.ofLength(n).forward(x, 0);

        assertThat(Math.abs(norm(x) / Math.sqrt(n) - before)).isLessThan(ROUNDING * before);
    }

    @Property(tries = 150)
    void forward_ofAShiftedRecord_turnsPhases(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int n, @ForAll @IntRange(max = 5000) int shift) {
        double[] x = random(n, seed);
        double[] shifted = new double[2 * n];
        for (int s = 0; s < n; s++) {
            shifted[2 * ((s + shift) % n)] = x[2 * s];
            shifted[2 * ((s + shift) % n) + 1] = x[2 * s + 1];
        }
        Fft fft = Fft.ofLength(n);

        fft.forward(x, 0);
        fft.forward(shifted, 0);

        double[] turned = new double[2 * n];
        for (int k = 0; k < n; k++) {
            double angle = -2 * Math.PI * ((long) k * shift % n) / n;
            turned[2 * k] = x[2 * k] * Math.cos(angle) - x[2 * k + 1] * Math.sin(angle);
            turned[2 * k + 1] = x[2 * k] * Math.sin(angle) + x[2 * k + 1] * Math.cos(angle);
        }
        assertThat(distance(shifted, turned)).isLessThan(ROUNDING * norm(turned));
    }

    @Test
    void forward_atAnOffset_leavesTheRestAlone() {
        double[] x = random(40, 1);
        double[] y = x.clone();

        Fft.ofLength(11).forward(y, 7);

        assertThat(java.util.Arrays.copyOf(y, 7)).isEqualTo(java.util.Arrays.copyOf(x, 7));
        assertThat(java.util.Arrays.copyOfRange(y, 29, 80)).isEqualTo(java.util.Arrays.copyOfRange(x, 29, 80));
        assertThat(y[8]).isNotEqualTo(x[8]);
    }

    @Test
    void fastLength_isTheNextEvenProductOfSmallPrimes() {
        assertThat(Fft.fastLength(1)).isEqualTo(2);
        assertThat(Fft.fastLength(96)).isEqualTo(96);
        assertThat(Fft.fastLength(97)).isEqualTo(100);
        assertThat(Fft.fastLength(1021)).isEqualTo(1024);
    }

    @Test
    void wrongLengthOrPlace_isRefused() {
        assertThatThrownBy(() -> Fft.ofLength(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 samples");
        assertThatThrownBy(() -> Fft.ofLength(8).forward(new double[16], 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Fft.ofLength(8).inverse(new double[15], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static double[] random(int n, long seed) {
        return new SplittableRandom(seed).doubles(2L * n, -1, 1).toArray();
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
