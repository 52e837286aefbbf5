package org.fus.core.internal.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.RowKernel;

final class VectorRows implements RowKernel {
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = D.length();

    @Override
    public void addConjugate(
            double[] yRe, double[] yIm, double[] aRe, double[] aIm, double cRe, double cIm, int from, int to) {
        DoubleVector u = DoubleVector.broadcast(D, cRe);
        DoubleVector v = DoubleVector.broadcast(D, cIm);
        DoubleVector minus = u.neg();
        for (int j = from & -BLOCK; j < to; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(D, aRe, j);
            DoubleVector b = DoubleVector.fromArray(D, aIm, j);
            b.fma(v, a.fma(u, DoubleVector.fromArray(D, yRe, j))).intoArray(yRe, j);
            b.fma(minus, a.fma(v, DoubleVector.fromArray(D, yIm, j))).intoArray(yIm, j);
        }
    }

    @Override
    public void add(double[] yRe, double[] yIm, double[] aRe, double[] aIm, double cRe, double cIm, int to) {
        DoubleVector u = DoubleVector.broadcast(D, cRe);
        DoubleVector v = DoubleVector.broadcast(D, cIm);
        DoubleVector minus = v.neg();
        for (int j = 0; j < to; j += LANES) {
            DoubleVector a = DoubleVector.fromArray(D, aRe, j);
            DoubleVector b = DoubleVector.fromArray(D, aIm, j);
            b.fma(minus, a.fma(u, DoubleVector.fromArray(D, yRe, j))).intoArray(yRe, j);
            b.fma(u, a.fma(v, DoubleVector.fromArray(D, yIm, j))).intoArray(yIm, j);
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
        DoubleVector a = DoubleVector.broadcast(D, -vRe[i]);
        DoubleVector b = DoubleVector.broadcast(D, -vIm[i]);
        DoubleVector c = DoubleVector.broadcast(D, -pRe[i]);
        DoubleVector d = DoubleVector.broadcast(D, -pIm[i]);
        DoubleVector plusA = a.neg();
        DoubleVector plusC = c.neg();
        for (int j = from & -BLOCK; j < to; j += LANES) {
            DoubleVector v = DoubleVector.fromArray(D, vRe, j);
            DoubleVector w = DoubleVector.fromArray(D, vIm, j);
            DoubleVector p = DoubleVector.fromArray(D, pRe, j);
            DoubleVector q = DoubleVector.fromArray(D, pIm, j);
            DoubleVector re = q.fma(b, p.fma(a, DoubleVector.fromArray(D, yRe, j)));
            w.fma(d, v.fma(c, re)).intoArray(yRe, j);
            DoubleVector im = q.fma(plusA, p.fma(b, DoubleVector.fromArray(D, yIm, j)));
            w.fma(plusC, v.fma(d, im)).intoArray(yIm, j);
        }
    }

    @Override
    public void rotate(double[] a, double[] b, double c, double s, int to) {
        DoubleVector cos = DoubleVector.broadcast(D, c);
        DoubleVector sin = DoubleVector.broadcast(D, s);
        for (int j = 0; j < to; j += LANES) {
            DoubleVector x = DoubleVector.fromArray(D, a, j);
            DoubleVector y = DoubleVector.fromArray(D, b, j);
            x.mul(sin).add(y.mul(cos)).intoArray(b, j);
            x.mul(cos).sub(y.mul(sin)).intoArray(a, j);
        }
    }
}
