package org.fus.core.internal.kernel;

final class ScalarRows implements RowKernel {
    @Override
    public void addConjugate(
            double[] yRe, double[] yIm, double[] aRe, double[] aIm, double cRe, double cIm, int from, int to) {
        for (int j = from; j < to; j++) {
            yRe[j] += aRe[j] * cRe + aIm[j] * cIm;
            yIm[j] += aRe[j] * cIm - aIm[j] * cRe;
        }
    }

    @Override
    public void add(double[] yRe, double[] yIm, double[] aRe, double[] aIm, double cRe, double cIm, int to) {
        for (int j = 0; j < to; j++) {
            yRe[j] += aRe[j] * cRe - aIm[j] * cIm;
            yIm[j] += aRe[j] * cIm + aIm[j] * cRe;
        }
    }

    @Override
    public void subtractRankTwo(
            double[] yRe,
            double[] yIm,
            double[] vRe,
            double[] vIm,
            double[] pRe,
            double[] pIm,
            int i,
            int from,
            int to) {
        double a = vRe[i];
        double b = vIm[i];
        double c = pRe[i];
        double d = pIm[i];
        for (int j = from; j < to; j++) {
            yRe[j] -= a * pRe[j] + b * pIm[j] + c * vRe[j] + d * vIm[j];
            yIm[j] -= b * pRe[j] - a * pIm[j] + d * vRe[j] - c * vIm[j];
        }
    }

    @Override
    public void rotate(double[] a, double[] b, double c, double s, int to) {
        for (int j = 0; j < to; j++) {
            double t = b[j];
            b[j] = s * a[j] + c * t;
            a[j] = c * a[j] - s * t;
        }
    }
}
