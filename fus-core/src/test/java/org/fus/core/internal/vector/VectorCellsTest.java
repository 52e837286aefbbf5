package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ScalarKernels;

/** The elementwise loops of this process against the scalar ones: the same operations, so the same bits. */
class VectorCellsTest {
    private final CellKernel active = KernelProvider.active().cells();
    private final CellKernel scalar = ScalarKernels.INSTANCE.cells();

    @Property(tries = 100)
    void everyLoop_anySize_givesTheBitsOfScalar(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int widthBits,
            @ForAll @IntRange(max = 20) int count,
            @ForAll @IntRange(max = 30) int at) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = 1 << widthBits;
        float[] x = floats(random, at + 2 * width * (count + 1));
        float[] y = floats(random, at + 2 * width * count + 5);
        float[] re = floats(random, count + 3);
        float[] im = floats(random, count + 3);
        int[] cell = random.ints(count, 0, Math.max(1, count)).toArray();

        float[] a = y.clone();
        float[] b = y.clone();
        active.multiply(x, at, width, re, im, 3, count, a, at);
        scalar.multiply(x, at, width, re, im, 3, count, b, at);
        assertThat(a).isEqualTo(b);

        active.multiplyAdd(x, at, width, re, im, 2, count, a, at);
        scalar.multiplyAdd(x, at, width, re, im, 2, count, b, at);
        assertThat(a).isEqualTo(b);

        active.interpolate(x, at, width, cell, re, im, count, a, at);
        scalar.interpolate(x, at, width, cell, re, im, count, b, at);
        assertThat(a).isEqualTo(b);
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) random.nextDouble(-1, 1);
        }
        return v;
    }
}
