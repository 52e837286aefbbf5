package org.fus.core.internal.linalg;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fus.core.error.FusException;

/**
 * Eigenvalues and eigenvectors of a complex Hermitian matrix in double: Householder reduction to a real tridiagonal
 * matrix, implicit QL iteration, back-transformation. About {@code 9 n^3} multiply-adds.
 *
 * @see "Golub and Van Loan, Matrix Computations, 4th ed., sections 8.3 and 5.1.14"
 */
public final class HermitianEigen {
    private static final int MAX_SWEEPS = 60;

    private final int n;
    private final double[][] re;
    private final double[][] im;
    /** Householder vectors, {@code H_k = I - tau_k v_k v_k^H}, zero up to index k. */
    private final double[][] vRe;

    private final double[][] vIm;
    private final double[] tau;
    private final double[] diagonal;
    private final double[] offDiagonal;
    /** Unit phases that make the tridiagonal matrix real. */
    private final double[] phaseRe;

    private final double[] phaseIm;

    private HermitianEigen(double[][] re, double[][] im) {
        n = re.length;
        this.re = copy(re);
        this.im = copy(im);
        vRe = new double[n][n];
        vIm = new double[n][n];
        tau = new double[n];
        diagonal = new double[n];
        offDiagonal = new double[n];
        phaseRe = new double[n];
        phaseIm = new double[n];
    }

    /**
     * The result.
     *
     * @param values eigenvalues, largest first
     * @param re real parts of the eigenvectors, {@code [k][i]}, vector {@code k} belongs to value {@code k}
     * @param im imaginary parts
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Result(double[] values, double[][] re, double[][] im) {}

    /**
     * Decomposes a matrix; only its lower triangle is read.
     *
     * @param re real part, n x n
     * @param im imaginary part, n x n
     * @return values and vectors
     */
    public static Result of(double[][] re, double[][] im) {
        HermitianEigen e = new HermitianEigen(re, im);
        e.reduce();
        double[][] z = e.iterate();
        return e.backTransform(z);
    }

    private void reduce() {
        double[] pRe = new double[n];
        double[] pIm = new double[n];
        phaseRe[0] = 1;
        for (int k = 0; k < n - 1; k++) {
            diagonal[k] = re[k][k];
            makeReflector(k);
            if (tau[k] != 0) {
                product(k, pRe, pIm);
                rankTwoUpdate(k, pRe, pIm);
            }
        }
        diagonal[n - 1] = re[n - 1][n - 1];
    }

    /** The reflector that clears column k below its subdiagonal; the phase of the subdiagonal goes into the basis. */
    private void makeReflector(int k) {
        double[] x = vRe[k];
        double[] y = vIm[k];
        double scale = 0;
        for (int i = k + 1; i < n; i++) {
            x[i] = re[i][k];
            y[i] = im[i][k];
            scale = Math.max(scale, Math.max(Math.abs(x[i]), Math.abs(y[i])));
        }
        double norm = 0;
        if (scale > 0) {
            double s = 0;
            for (int i = k + 1; i < n; i++) {
                s += x[i] / scale * (x[i] / scale) + y[i] / scale * (y[i] / scale);
            }
            norm = scale * Math.sqrt(s);
        }
        if (norm == 0) {
            phaseRe[k + 1] = phaseRe[k];
            phaseIm[k + 1] = phaseIm[k];
            return;
        }
        double head = Math.hypot(x[k + 1], y[k + 1]);
        double cos = head == 0 ? 1 : x[k + 1] / head;
        double sin = head == 0 ? 0 : y[k + 1] / head;
        x[k + 1] += cos * norm;
        y[k + 1] += sin * norm;
        tau[k] = 1 / (norm * (norm + head));
        offDiagonal[k] = norm;
        // the new subdiagonal is -norm (cos + j sin); its phase carries over to the next basis vector
        phaseRe[k + 1] = -(phaseRe[k] * cos - phaseIm[k] * sin);
        phaseIm[k + 1] = -(phaseRe[k] * sin + phaseIm[k] * cos);
    }

    /** {@code p = tau A v - (tau/2) (p^H v) v} of the trailing block, with A read from its lower triangle. */
    private void product(int k, double[] pRe, double[] pIm) {
        double[] x = vRe[k];
        double[] y = vIm[k];
        Arrays.fill(pRe, 0);
        Arrays.fill(pIm, 0);
        for (int i = k + 1; i < n; i++) {
            double[] a = re[i];
            double[] b = im[i];
            double sRe = a[i] * x[i];
            double sIm = a[i] * y[i];
            double xi = x[i];
            double yi = y[i];
            for (int j = k + 1; j < i; j++) {
                sRe += a[j] * x[j] - b[j] * y[j];
                sIm += a[j] * y[j] + b[j] * x[j];
                pRe[j] += a[j] * xi + b[j] * yi;
                pIm[j] += a[j] * yi - b[j] * xi;
            }
            pRe[i] += sRe;
            pIm[i] += sIm;
        }
        double q = 0;
        for (int i = k + 1; i < n; i++) {
            pRe[i] *= tau[k];
            pIm[i] *= tau[k];
            q += pRe[i] * x[i] + pIm[i] * y[i];
        }
        q *= tau[k] / 2;
        for (int i = k + 1; i < n; i++) {
            pRe[i] -= q * x[i];
            pIm[i] -= q * y[i];
        }
    }

    /** {@code A -= v p^H + p v^H} on the lower triangle of the trailing block. */
    private void rankTwoUpdate(int k, double[] pRe, double[] pIm) {
        double[] x = vRe[k];
        double[] y = vIm[k];
        for (int i = k + 1; i < n; i++) {
            double[] a = re[i];
            double[] b = im[i];
            double xi = x[i];
            double yi = y[i];
            double pi = pRe[i];
            double qi = pIm[i];
            for (int j = k + 1; j <= i; j++) {
                a[j] -= xi * pRe[j] + yi * pIm[j] + pi * x[j] + qi * y[j];
                b[j] -= yi * pRe[j] - xi * pIm[j] + qi * x[j] - pi * y[j];
            }
        }
    }

    /** Implicit QL with Wilkinson's shift; returns the eigenvectors of the tridiagonal matrix as rows. */
    private double[][] iterate() {
        double[][] z = new double[n][n];
        for (int i = 0; i < n; i++) {
            z[i][i] = 1;
        }
        double[] d = diagonal;
        double[] e = offDiagonal;
        double negligible = negligible();
        for (int l = 0; l < n; l++) {
            int sweeps = 0;
            int m = splitAfter(l, negligible);
            while (m != l) {
                if (sweeps++ == MAX_SWEEPS) {
                    throw new FusException("eigenvalue " + l + " of " + n + " did not converge in " + MAX_SWEEPS
                            + " sweeps; check the data for values that are not finite");
                }
                sweep(z, d, e, l, m);
                m = splitAfter(l, negligible);
            }
        }
        return z;
    }

    /** The end of the block that starts at l: where the off-diagonal is lost in the rounding of the whole matrix. */
    private int splitAfter(int l, double negligible) {
        int m = l;
        while (m < n - 1 && Math.abs(offDiagonal[m]) > negligible) {
            m++;
        }
        return m;
    }

    /** Relative to the norm, not to the neighbours: in a null space the neighbours are rounding errors themselves. */
    private double negligible() {
        double norm = 0;
        for (int i = 0; i < n; i++) {
            norm = Math.max(norm, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]));
        }
        return Math.ulp(1.0) * norm;
    }

    private static void sweep(double[][] z, double[] d, double[] e, int l, int m) {
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        g = d[m] - d[l] + e[l] / (g + Math.copySign(Math.hypot(g, 1), g));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            double r = Math.hypot(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            double t = (d[i] - g) * s + 2 * c * b;
            p = s * t;
            d[i + 1] = g + p;
            g = c * t - b;
            rotate(z[i], z[i + 1], c, s);
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static void rotate(double[] a, double[] b, double c, double s) {
        for (int j = 0; j < a.length; j++) {
            double t = b[j];
            b[j] = s * a[j] + c * t;
            a[j] = c * a[j] - s * t;
        }
    }

    private Result backTransform(double[][] z) {
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(diagonal[b], diagonal[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[n];
        double[][] outRe = new double[n][n];
        double[][] outIm = new double[n][n];
        for (int k = 0; k < n; k++) {
            values[k] = diagonal[order[k]];
            for (int i = 0; i < n; i++) {
                outRe[k][i] = phaseRe[i] * z[order[k]][i];
                outIm[k][i] = phaseIm[i] * z[order[k]][i];
            }
            for (int h = n - 2; h >= 0; h--) {
                if (tau[h] != 0) {
                    reflect(h, outRe[k], outIm[k]);
                }
            }
        }
        return new Result(values, outRe, outIm);
    }

    private void reflect(int k, double[] a, double[] b) {
        double[] x = vRe[k];
        double[] y = vIm[k];
        double sRe = 0;
        double sIm = 0;
        for (int i = k + 1; i < n; i++) {
            sRe += x[i] * a[i] + y[i] * b[i];
            sIm += x[i] * b[i] - y[i] * a[i];
        }
        sRe *= tau[k];
        sIm *= tau[k];
        for (int i = k + 1; i < n; i++) {
            a[i] -= sRe * x[i] - sIm * y[i];
            b[i] -= sRe * y[i] + sIm * x[i];
        }
    }

    private static double[][] copy(double[][] a) {
        double[][] c = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            c[i] = a[i].clone();
        }
        return c;
    }
}
