package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.EchoKernel;

/** The simulator's inner loops on vectors. No fused multiply-add: the bits are those of the scalar loops. */
final class VectorEcho implements EchoKernel {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void addRows(float[] trace, float[] table, int length, int[] at, int[] row, float[] amplitude, int count) {
        for (int i = 0; i < count; i++) {
            int t = at[i];
            int r = row[i];
            FloatVector a = FloatVector.broadcast(SPECIES, amplitude[i]);
            for (int j = 0; j < length; j += LANES) {
                FloatVector echo = FloatVector.fromArray(SPECIES, table, r + j).mul(a);
                FloatVector.fromArray(SPECIES, trace, t + j).add(echo).intoArray(trace, t + j);
            }
        }
    }

    @Override
    public void addInterpolated(
            float[] trace, int at, int count, float[] a, int aAt, float[] b, int bAt, float[] taps) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, trace, at + i);
            for (int k = 0; 2 * k < taps.length; k++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, a, aAt + i + k).mul(taps[2 * k]));
                sum = sum.add(FloatVector.fromArray(SPECIES, b, bAt + i + k).mul(taps[2 * k + 1]));
            }
            sum.intoArray(trace, at + i);
        }
        for (; i < count; i++) {
            float sum = trace[at + i];
            for (int k = 0; 2 * k < taps.length; k++) {
                sum = sum + taps[2 * k] * a[aAt + i + k] + taps[2 * k + 1] * b[bAt + i + k];
            }
            trace[at + i] = sum;
        }
    }
}
