package org.fus.core.testing;

/**
 * Singular value decomposition by one-sided Jacobi rotations in double: a second way, without a Gram matrix, to the
 * temporal singular vectors. After Hestenes (1958); pairs of rows are turned until all are orthogonal.
 */
public final class JacobiSvd {
    private static final double ORTHOGONAL = 1e-15;
    private static final int MAX_SWEEPS = 40;

    private JacobiSvd() {}

    /**
     * Removes the strongest components of {@code [frame][re pixels | im pixels]}.
     *
     * @return the rest, in the same layout
     */
    public static double[][] removeStrongest(double[][] s, int removed) {
        int n = s.length;
        int pixels = s[0].length / 2;
        double[][] rows = new double[n][];
        // u[k] holds the combination of frames that row k has become: rows = u s, u unitary
        double[][] u = new double[n][2 * n];
        for (int k = 0; k < n; k++) {
            rows[k] = s[k].clone();
            u[k][k] = 1;
        }
        double[] squares = new double[n];
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            for (int k = 0; k < n; k++) {
                squares[k] = dot(rows[k], rows[k], pixels)[0];
            }
            boolean turned = false;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    turned |= turn(rows, u, squares, i, j, pixels);
                }
            }
            if (!turned) {
                return subtract(s, rows, u, removed, pixels);
            }
        }
        throw new AssertionError("no convergence in " + MAX_SWEEPS + " sweeps");
    }

    private static boolean turn(double[][] rows, double[][] u, double[] squares, int i, int j, int pixels) {
        double[] g = dot(rows[i], rows[j], pixels);
        double size = Math.hypot(g[0], g[1]);
        if (size <= ORTHOGONAL * Math.sqrt(squares[i] * squares[j])) {
            return false;
        }
        double zeta = (squares[j] - squares[i]) / (2 * size);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double c = 1 / Math.hypot(1, t);
        double sine = c * t;
        double phaseRe = g[0] / size;
        double phaseIm = g[1] / size;
        rotate(rows[i], rows[j], c, sine, phaseRe, phaseIm, pixels);
        rotate(u[i], u[j], c, sine, phaseRe, phaseIm, rows.length);
        squares[i] -= t * size;
        squares[j] += t * size;
        return true;
    }

    /** {@code a' = c a - s e b, b' = s conj(e) a + c b} with the unit phase e of {@code a b^H}. */
    private static void rotate(double[] a, double[] b, double c, double s, double eRe, double eIm, int n) {
        for (int p = 0; p < n; p++) {
            double aRe = a[p];
            double aIm = a[n + p];
            double bRe = b[p];
            double bIm = b[n + p];
            a[p] = c * aRe - s * (eRe * bRe - eIm * bIm);
            a[n + p] = c * aIm - s * (eRe * bIm + eIm * bRe);
            b[p] = s * (eRe * aRe + eIm * aIm) + c * bRe;
            b[n + p] = s * (eRe * aIm - eIm * aRe) + c * bIm;
        }
    }

    /** {@code a b^H}. */
    private static double[] dot(double[] a, double[] b, int n) {
        double re = 0;
        double im = 0;
        for (int p = 0; p < n; p++) {
            re += a[p] * b[p] + a[n + p] * b[n + p];
            im += a[n + p] * b[p] - a[p] * b[n + p];
        }
        return new double[] {re, im};
    }

    private static double[][] subtract(double[][] s, double[][] rows, double[][] u, int removed, int pixels) {
        int n = s.length;
        Integer[] order = new Integer[n];
        double[] squares = new double[n];
        for (int k = 0; k < n; k++) {
            order[k] = k;
            squares[k] = dot(rows[k], rows[k], pixels)[0];
        }
        java.util.Arrays.sort(order, (a, b) -> Double.compare(squares[b], squares[a]));
        double[][] rest = new double[n][];
        for (int t = 0; t < n; t++) {
            rest[t] = s[t].clone();
            for (int r = 0; r < removed; r++) {
                int k = order[r];
                // s = u^H rows
                double vRe = u[k][t];
                double vIm = -u[k][n + t];
                for (int p = 0; p < pixels; p++) {
                    rest[t][p] -= vRe * rows[k][p] - vIm * rows[k][pixels + p];
                    rest[t][pixels + p] -= vRe * rows[k][pixels + p] + vIm * rows[k][p];
                }
            }
        }
        return rest;
    }
}
