package org.fus.core.beamforming;

import java.util.Arrays;

/**
 * The methods once more, as plainly as their papers define them, in double and on arrays {@code [element][re, im]}: what
 * the engine is compared with. Written from the definitions, not from the engine.
 */
final class PlainMethods {
    private PlainMethods() {}

    static double[] sum(double[][] s) {
        double[] t = new double[2];
        for (double[] v : s) {
            t[0] += v[0];
            t[1] += v[1];
        }
        return t;
    }

    static double coherenceFactor(double[][] s) {
        double[] t = sum(s);
        return (t[0] * t[0] + t[1] * t[1]) / (s.length * energy(s));
    }

    /** By the whole transform across the aperture, frequencies folded to -N/2 .. N/2. */
    static double generalizedCoherenceFactor(double[][] s, int cutoff) {
        int n = s.length;
        double low = 0;
        double all = 0;
        for (int k = 0; k < n; k++) {
            double re = 0;
            double im = 0;
            for (int e = 0; e < n; e++) {
                double a = -2 * Math.PI * k * e / n;
                re += s[e][0] * Math.cos(a) - s[e][1] * Math.sin(a);
                im += s[e][0] * Math.sin(a) + s[e][1] * Math.cos(a);
            }
            double power = re * re + im * im;
            all += power;
            if (Math.min(k, n - k) <= cutoff) {
                low += power;
            }
        }
        return low / all;
    }

    static double phaseCoherenceFactor(double[][] s, double strength) {
        double[] p = Arrays.stream(s).mapToDouble(v -> Math.atan2(v[1], v[0])).toArray();
        double[] q =
                Arrays.stream(p).map(v -> v < 0 ? v + Math.PI : v - Math.PI).toArray();
        double sigma = Math.min(deviation(p), deviation(q));
        return Math.max(0, 1 - strength * sigma / (Math.PI / Math.sqrt(3)));
    }

    static double shortLagSpatialCoherence(double[][] s, int lags) {
        double total = 0;
        for (int m = 1; m <= lags; m++) {
            double mean = 0;
            for (int e = 0; e + m < s.length; e++) {
                double[] a = s[e];
                double[] b = s[e + m];
                mean += (a[0] * b[0] + a[1] * b[1]) / Math.hypot(a[0], a[1]) / Math.hypot(b[0], b[1]) / (s.length - m);
            }
            total += mean;
        }
        return total;
    }

    /** Pair by pair: the part at twice the frequency and, unless filtered, the part at zero. */
    static double[] delayMultiplyAndSum(double[][] s, boolean filtered) {
        double[] y = new double[2];
        for (int i = 0; i < s.length; i++) {
            for (int j = i + 1; j < s.length; j++) {
                double magnitude = Math.sqrt(Math.hypot(s[i][0], s[i][1]) * Math.hypot(s[j][0], s[j][1]));
                double a = Math.atan2(s[i][1], s[i][0]);
                double b = Math.atan2(s[j][1], s[j][0]);
                y[0] += magnitude * (Math.cos(a + b) + (filtered ? 0 : Math.cos(a - b)));
                y[1] += magnitude * Math.sin(a + b);
            }
        }
        return y;
    }

    /** Covariance by its definition, the inverse by Gauss and Jordan. */
    static double[] capon(double[][] s, int length, double loading, boolean forwardBackward) {
        int arrays = s.length - length + 1;
        double[][][] r = new double[length][length][2];
        for (int l = 0; l < arrays; l++) {
            for (int i = 0; i < length; i++) {
                for (int j = 0; j < length; j++) {
                    addProduct(r[i][j], s[l + i], s[l + j], 1.0 / arrays);
                }
            }
        }
        if (forwardBackward) {
            double[][][] both = new double[length][length][2];
            for (int i = 0; i < length; i++) {
                for (int j = 0; j < length; j++) {
                    double[] mirrored = r[length - 1 - i][length - 1 - j];
                    both[i][j][0] = (r[i][j][0] + mirrored[0]) / 2;
                    both[i][j][1] = (r[i][j][1] - mirrored[1]) / 2;
                }
            }
            r = both;
        }
        double trace = 0;
        for (int i = 0; i < length; i++) {
            trace += r[i][i][0];
        }
        for (int i = 0; i < length; i++) {
            r[i][i][0] += loading * trace / length;
        }
        double[][] w = solveForOnes(r);
        double[] norm = sum(w);
        double[] y = new double[2];
        for (int l = 0; l < arrays; l++) {
            for (int i = 0; i < length; i++) {
                double[] turned = {w[i][0] / norm[0], w[i][1] / norm[0]};
                addProduct(y, s[l + i], turned, (double) s.length / arrays);
            }
        }
        return y;
    }

    private static double[][] solveForOnes(double[][][] r) {
        int n = r.length;
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++) {
            x[i] = new double[] {1, 0};
        }
        for (int p = 0; p < n; p++) {
            double[] pivot = r[p][p].clone();
            double size = pivot[0] * pivot[0] + pivot[1] * pivot[1];
            double[] inverse = {pivot[0] / size, -pivot[1] / size};
            for (int i = 0; i < n; i++) {
                if (i == p) {
                    continue;
                }
                double[] factor = times(r[i][p], inverse);
                for (int j = 0; j < n; j++) {
                    double[] t = times(factor, r[p][j]);
                    r[i][j][0] -= t[0];
                    r[i][j][1] -= t[1];
                }
                double[] t = times(factor, x[p]);
                x[i][0] -= t[0];
                x[i][1] -= t[1];
            }
        }
        for (int p = 0; p < n; p++) {
            double size = r[p][p][0] * r[p][p][0] + r[p][p][1] * r[p][p][1];
            x[p] = times(x[p], new double[] {r[p][p][0] / size, -r[p][p][1] / size});
        }
        return x;
    }

    private static double[] times(double[] a, double[] b) {
        return new double[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]};
    }

    /** Adds a conj(b) times a scale. */
    private static void addProduct(double[] to, double[] a, double[] b, double scale) {
        to[0] += scale * (a[0] * b[0] + a[1] * b[1]);
        to[1] += scale * (a[1] * b[0] - a[0] * b[1]);
    }

    private static double energy(double[][] s) {
        return Arrays.stream(s).mapToDouble(v -> v[0] * v[0] + v[1] * v[1]).sum();
    }

    private static double deviation(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }
}
