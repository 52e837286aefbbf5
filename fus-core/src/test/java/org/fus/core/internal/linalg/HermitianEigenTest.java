package org.fus.core.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HermitianEigenTest {
    /** Backward error of a stable reduction is a modest multiple of n times 1.1e-16. */
    private static final double RESIDUAL = 1e-13;

    @Property(tries = 60)
    void of_randomMatrix_hasSmallResidualAndOrthonormalVectors(
            @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                re[i][j] = random.nextDouble(-1, 1);
                im[i][j] = i == j ? 0 : random.nextDouble(-1, 1);
                re[j][i] = re[i][j];
                im[j][i] = -im[i][j];
            }
        }

        assertDecomposition(re, im);
    }

    @Test
    void of_rankOneMatrixOfHugeRange_isExactAtTheTop() {
        int n = 200;
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double phase = 0.3 * (i - j);
                re[i][j] = 1e12 * Math.cos(phase) + (i == j ? 1 : 0);
                im[i][j] = 1e12 * Math.sin(phase);
            }
        }

        Decomposed eigen = assertDecomposition(re, im);
        // the rounding of n entries of this size
        assertThat(eigen.values()[0]).isCloseTo(n * 1e12 + 1, within(n * Math.ulp(n * 1e12)));
    }

    @Test
    void of_matrixWithLargeNullSpace_converges() {
        int n = 120;
        SplittableRandom random = new SplittableRandom(4);
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int p = 0; p < 30; p++) {
            double[] x = random.doubles(2L * n, -1, 1).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    re[i][j] += x[i] * x[j] + x[n + i] * x[n + j];
                    im[i][j] += x[n + i] * x[j] - x[i] * x[n + j];
                }
            }
        }

        Decomposed eigen = assertDecomposition(re, im);
        assertThat(eigen.values()[29]).isGreaterThan(1);
        assertThat(eigen.values()[30]).isCloseTo(0, within(1e-12 * eigen.values()[0]));
    }

    @Test
    void of_diagonalMatrix_sortsItsEntries() {
        double[][] re = {{1, 0, 0}, {0, 5, 0}, {0, 0, 3}};

        Decomposed eigen = decompose(re, new double[3][3]);

        assertThat(eigen.values()).containsExactly(5, 3, 1);
    }

    @Test
    void of_zeroMatrix_hasZeroValuesAndUnitVectors() {
        assertDecomposition(new double[5][5], new double[5][5]);
    }

    @Test
    void of_repeatedEigenvalues_keepsVectorsOrthonormal() {
        int n = 12;
        double[][] re = new double[n][n];
        for (int i = 0; i < n; i++) {
            re[i][i] = i < 6 ? 2 : 7;
        }

        assertDecomposition(re, new double[n][n]);
    }

    /** Values, largest first, and vectors {@code [k][i]}. */
    @SuppressWarnings("ArrayRecordComponent") // read by the assertions, never compared
    private record Decomposed(double[] values, double[][] re, double[][] im) {}

    private static Decomposed decompose(double[][] re, double[][] im) {
        int n = re.length;
        HermitianEigen eigen = new HermitianEigen(n);
        // twice: the work space of one matrix must not reach the next
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(re[i], 0, eigen.re()[i], 0, i + 1);
                System.arraycopy(im[i], 0, eigen.im()[i], 0, i + 1);
            }
            eigen.decompose();
        }
        double[][] vRe = new double[n][n];
        double[][] vIm = new double[n][n];
        eigen.vectors(0, n / 2, vRe, vIm);
        double[][] rest = new double[n][n];
        double[][] restIm = new double[n][n];
        eigen.vectors(n / 2, n, rest, restIm);
        System.arraycopy(rest, 0, vRe, n / 2, n - n / 2);
        System.arraycopy(restIm, 0, vIm, n / 2, n - n / 2);
        return new Decomposed(eigen.values().clone(), vRe, vIm);
    }

    private static Decomposed assertDecomposition(double[][] re, double[][] im) {
        int n = re.length;
        Decomposed eigen = decompose(re, im);
        double norm = 1e-300;
        for (double v : eigen.values()) {
            norm = Math.max(norm, Math.abs(v));
        }
        for (int k = 0; k < n; k++) {
            double[] x = eigen.re()[k];
            double[] y = eigen.im()[k];
            for (int i = 0; i < n; i++) {
                double sRe = -eigen.values()[k] * x[i];
                double sIm = -eigen.values()[k] * y[i];
                for (int j = 0; j < n; j++) {
                    sRe += re[i][j] * x[j] - im[i][j] * y[j];
                    sIm += re[i][j] * y[j] + im[i][j] * x[j];
                }
                assertThat(Math.hypot(sRe, sIm) / norm).as("residual").isLessThan(n * RESIDUAL);
            }
            for (int l = 0; l <= k; l++) {
                double sRe = 0;
                double sIm = 0;
                for (int i = 0; i < n; i++) {
                    sRe += x[i] * eigen.re()[l][i] + y[i] * eigen.im()[l][i];
                    sIm += y[i] * eigen.re()[l][i] - x[i] * eigen.im()[l][i];
                }
                assertThat(Math.hypot(sRe - (k == l ? 1 : 0), sIm))
                        .as("orthonormality")
                        .isLessThan(1e-13);
            }
            if (k > 0) {
                assertThat(eigen.values()[k]).isLessThanOrEqualTo(eigen.values()[k - 1]);
            }
        }
        return eigen;
    }
}
