package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.kernel.ScalarKernels;

/** Elementwise loops, a vector of lanes at a time. */
final class VectorCells implements CellKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    @Override
    public void multiply(
            float[] x, int xAt, int width, float[] re, float[] im, int from, int count, float[] y, int yAt) {
        if (width % LANES != 0) {
            ScalarKernels.INSTANCE.cells().multiply(x, xAt, width, re, im, from, count, y, yAt);
            return;
        }
        for (int i = 0; i < count; i++) {
            FloatVector c = FloatVector.broadcast(F, re[from + i]);
            FloatVector s = FloatVector.broadcast(F, im[from + i]);
            for (int f = 2 * width * i; f < 2 * width * i + width; f += LANES) {
                FloatVector a = FloatVector.fromArray(F, x, xAt + f);
                FloatVector b = FloatVector.fromArray(F, x, xAt + width + f);
                c.mul(a).sub(s.mul(b)).intoArray(y, yAt + f);
                c.mul(b).add(s.mul(a)).intoArray(y, yAt + width + f);
            }
        }
    }

    @Override
    public void multiplyAdd(
            float[] x, int xAt, int width, float[] re, float[] im, int from, int count, float[] y, int yAt) {
        if (width % LANES != 0) {
            ScalarKernels.INSTANCE.cells().multiplyAdd(x, xAt, width, re, im, from, count, y, yAt);
            return;
        }
        for (int i = 0; i < count; i++) {
            FloatVector c = FloatVector.broadcast(F, re[from + i]);
            FloatVector s = FloatVector.broadcast(F, im[from + i]);
            for (int f = 2 * width * i; f < 2 * width * i + width; f += LANES) {
                FloatVector a = FloatVector.fromArray(F, x, xAt + f);
                FloatVector b = FloatVector.fromArray(F, x, xAt + width + f);
                FloatVector.fromArray(F, y, yAt + f).add(c.mul(a).sub(s.mul(b))).intoArray(y, yAt + f);
                FloatVector.fromArray(F, y, yAt + width + f)
                        .add(c.mul(b).add(s.mul(a)))
                        .intoArray(y, yAt + width + f);
            }
        }
    }

    @Override
    public void interpolate(
            float[] x, int xAt, int width, int[] cell, float[] a, float[] b, int count, float[] y, int yAt) {
        if (width % LANES != 0) {
            ScalarKernels.INSTANCE.cells().interpolate(x, xAt, width, cell, a, b, count, y, yAt);
            return;
        }
        int size = 2 * width;
        for (int i = 0; i < count; i++) {
            FloatVector u = FloatVector.broadcast(F, a[i]);
            FloatVector v = FloatVector.broadcast(F, b[i]);
            int o = xAt + size * cell[i];
            for (int f = 0; f < size; f += LANES) {
                u.mul(FloatVector.fromArray(F, x, o + f))
                        .add(v.mul(FloatVector.fromArray(F, x, o + size + f)))
                        .intoArray(y, yAt + size * i + f);
            }
        }
    }
}
