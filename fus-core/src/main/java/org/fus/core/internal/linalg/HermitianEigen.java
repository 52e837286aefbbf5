package org.fus.core.internal.linalg;

import java.util.Arrays;
import org.fus.core.error.FusException;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.RowKernel;

/**
 * Eigenvalues and eigenvectors of complex Hermitian matrices of one size, in double: Householder reduction to a real
 * tridiagonal matrix, implicit QL iteration, back-transformation of the vectors that are asked for. About {@code 4 n^3}
 * real multiply-adds for the values and {@code 4 n^2} more for each vector. Keeps its work space; one thread at a time.
 *
 * @see "Golub and Van Loan, Matrix Computations, 4th ed., sections 8.3 and 5.1.14"
 */
public final class HermitianEigen {
    private static final int MAX_SWEEPS = 60;

    private final RowKernel rows;
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
    private final double[] pRe;
    private final double[] pIm;
    /** Eigenvectors of the tridiagonal matrix, as rows. */
    private final double[][] z;

    private final double[] values;
    private final int[] order;
    /** Vectors under back-transformation, {@code [i][k]}. */
    private final double[][] wRe;

    private final double[][] wIm;

    /** Work space for n x n matrices. */
    public HermitianEigen(int n) {
        this(n, KernelProvider.active().rows());
    }

    HermitianEigen(int n, RowKernel rows) {
        int row = RowKernel.padded(n);
        this.n = n;
        this.rows = rows;
        re = new double[n][row];
        im = new double[n][row];
        vRe = new double[n][row];
        vIm = new double[n][row];
        tau = new double[n];
        diagonal = new double[n];
        offDiagonal = new double[n];
        phaseRe = new double[n];
        phaseIm = new double[n];
        pRe = new double[row];
        pIm = new double[row];
        z = new double[n][row];
        values = new double[n];
        order = new int[n];
        wRe = new double[n][row];
        wIm = new double[n][row];
    }

    /**
     * The real part of the matrix, to be filled before {@link #decompose}: {@code [i][j]}, of which the lower triangle is
     * read. The decomposition destroys it.
     */
    public double[][] re() {
        return re;
    }

    /** The imaginary part of the matrix. */
    public double[][] im() {
        return im;
    }

    /** Decomposes the matrix that stands in {@link #re} and {@link #im}. */
    public void decompose() {
        Arrays.fill(tau, 0);
        Arrays.fill(offDiagonal, 0);
        Arrays.fill(phaseRe, 0);
        Arrays.fill(phaseIm, 0);
        int exponent = mirrorAndScale();
        reduce();
        iterate();
        sort(exponent);
    }

    /** Fills the upper triangle and divides by a power of two, so that squares neither overflow nor vanish. */
    private int mirrorAndScale() {
        double max = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                max = Math.max(max, Math.max(Math.abs(re[i][j]), Math.abs(im[i][j])));
            }
        }
        int exponent = max > 0 && max <= Double.MAX_VALUE ? Math.getExponent(max) : 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                re[i][j] = Math.scalb(re[i][j], -exponent);
                im[i][j] = Math.scalb(im[i][j], -exponent);
                re[j][i] = re[i][j];
                im[j][i] = -im[i][j];
            }
            re[i][i] = Math.scalb(re[i][i], -exponent);
            im[i][i] = 0;
        }
        return exponent;
    }

    /** The eigenvalues, largest first; valid until the next matrix. */
    public double[] values() {
        return values;
    }

    /**
     * Writes eigenvectors of values {@code from} to {@code to - 1}.
     *
     * @param outRe receives {@code [k - from][i]}
     * @param outIm imaginary parts
     */
    public void vectors(int from, int to, double[][] outRe, double[][] outIm) {
        int count = to - from;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < count; k++) {
                double value = z[order[from + k]][i];
                wRe[i][k] = phaseRe[i] * value;
                wIm[i][k] = phaseIm[i] * value;
            }
        }
        for (int h = n - 2; h >= 0; h--) {
            if (tau[h] != 0) {
                reflect(h, count);
            }
        }
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i++) {
                outRe[k][i] = wRe[i][k];
                outIm[k][i] = wIm[i][k];
            }
        }
    }

    private void reflect(int h, int count) {
        double[] x = vRe[h];
        double[] y = vIm[h];
        Arrays.fill(pRe, 0);
        Arrays.fill(pIm, 0);
        for (int i = h + 1; i < n; i++) {
            rows.add(pRe, pIm, wRe[i], wIm[i], x[i], -y[i], count);
        }
        for (int i = h + 1; i < n; i++) {
            rows.add(wRe[i], wIm[i], pRe, pIm, -tau[h] * x[i], -tau[h] * y[i], count);
        }
    }

    private void reduce() {
        phaseRe[0] = 1;
        for (int k = 0; k < n - 1; k++) {
            diagonal[k] = re[k][k];
            makeReflector(k);
            if (tau[k] != 0) {
                product(k);
                for (int i = k + 1; i < n; i++) {
                    rows.subtractRankTwo(re[i], im[i], vRe[k], vIm[k], pRe, pIm, i, k + 1, n);
                }
            }
        }
        diagonal[n - 1] = re[n - 1][n - 1];
    }

    /** The reflector that clears column k below its subdiagonal; the phase of the subdiagonal goes into the basis. */
    private void makeReflector(int k) {
        double[] x = vRe[k];
        double[] y = vIm[k];
        Arrays.fill(x, 0);
        Arrays.fill(y, 0);
        double squares = 0;
        for (int i = k + 1; i < n; i++) {
            // row k is the conjugated column k, and lies side by side
            x[i] = re[k][i];
            y[i] = -im[k][i];
            squares += x[i] * x[i] + y[i] * y[i];
        }
        double norm = Math.sqrt(squares);
        if (norm == 0) {
            phaseRe[k + 1] = phaseRe[k];
            phaseIm[k + 1] = phaseIm[k];
            return;
        }
        double head = Math.sqrt(x[k + 1] * x[k + 1] + y[k + 1] * y[k + 1]);
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

    /** {@code p = tau A v - (tau/2) (p^H v) v} of the trailing block. */
    private void product(int k) {
        double[] x = vRe[k];
        double[] y = vIm[k];
        Arrays.fill(pRe, 0);
        Arrays.fill(pIm, 0);
        for (int j = k + 1; j < n; j++) {
            // column j of a Hermitian matrix is its conjugated row j
            rows.addConjugate(pRe, pIm, re[j], im[j], x[j], y[j], k + 1, n);
        }
        Arrays.fill(pRe, 0, k + 1, 0);
        Arrays.fill(pIm, 0, k + 1, 0);
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

    /** Implicit QL with Wilkinson's shift. */
    private void iterate() {
        for (int i = 0; i < n; i++) {
            Arrays.fill(z[i], 0);
            z[i][i] = 1;
        }
        double negligible = negligible();
        for (int l = 0; l < n; l++) {
            int sweeps = 0;
            int m = splitAfter(l, negligible);
            while (m != l) {
                if (sweeps++ == MAX_SWEEPS) {
                    throw new FusException("eigenvalue " + l + " of " + n + " did not converge in " + MAX_SWEEPS
                            + " sweeps; check the data for values that are not finite");
                }
                sweep(l, m);
                m = splitAfter(l, negligible);
            }
        }
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

    private void sweep(int l, int m) {
        double[] d = diagonal;
        double[] e = offDiagonal;
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        g = d[m] - d[l] + e[l] / (g + Math.copySign(Math.sqrt(g * g + 1), g));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            double r = Math.sqrt(f * f + g * g);
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
            rows.rotate(z[i], z[i + 1], c, s, n);
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    /** By insertion, so that equal values keep their order. */
    private void sort(int exponent) {
        for (int i = 0; i < n; i++) {
            int at = i;
            while (at > 0 && diagonal[order[at - 1]] < diagonal[i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        for (int k = 0; k < n; k++) {
            values[k] = Math.scalb(diagonal[order[k]], exponent);
        }
    }
}
