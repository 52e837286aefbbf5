package org.fus.core.sequence;

/** Cubic spline through values at 0, 1, 2, ... with not-a-knot ends. */
final class CubicSpline {
    private CubicSpline() {}

    /** The spline at {@code count} evenly spaced places from the first value to the last, both included. */
    static double[] resample(double[] y, int count) {
        double[] m = secondDerivatives(y);
        double[] out = new double[count];
        for (int j = 0; j < count; j++) {
            double at = count == 1 ? 0 : j * (y.length - 1.0) / (count - 1);
            int i = Math.clamp((int) at, 0, Math.max(0, y.length - 2));
            if (y.length == 1) {
                out[j] = y[0];
            } else {
                double b = at - i;
                double a = 1 - b;
                out[j] = a * y[i] + b * y[i + 1] + ((a * a * a - a) * m[i] + (b * b * b - b) * m[i + 1]) / 6;
            }
        }
        return out;
    }

    /** Not-a-knot on even knots says that the second derivatives next to the ends are known at once. */
    private static double[] secondDerivatives(double[] y) {
        int n = y.length;
        double[] m = new double[n];
        if (n < 3) {
            return m;
        }
        m[1] = bend(y, 1);
        m[n - 2] = bend(y, n - 2);
        if (n > 4) {
            eliminate(y, m);
        }
        m[0] = n == 3 ? m[1] : 2 * m[1] - m[2];
        m[n - 1] = n == 3 ? m[1] : 2 * m[n - 2] - m[n - 3];
        return m;
    }

    /** Solves m[i-1] + 4 m[i] + m[i+1] = 6 bend(i) for the rest. */
    private static void eliminate(double[] y, double[] m) {
        int n = y.length;
        double[] upper = new double[n];
        double last = m[n - 2];
        for (int i = 2; i <= n - 3; i++) {
            double right = 6 * bend(y, i) - m[i - 1] - (i == n - 3 ? last : 0);
            double pivot = 4 - (i == 2 ? 0 : upper[i - 1]);
            upper[i] = 1 / pivot;
            m[i] = right / pivot;
        }
        for (int i = n - 4; i >= 2; i--) {
            m[i] -= upper[i] * m[i + 1];
        }
    }

    private static double bend(double[] y, int i) {
        return y[i - 1] - 2 * y[i] + y[i + 1];
    }
}
