package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.kernel.EchoKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ScalarKernels;

/** The kernels of this process against the scalar ones: the same bits. Without the Vector API they are the same. */
class VectorEchoTest {
    private final EchoKernel active = KernelProvider.active().echo();
    private final EchoKernel scalar = ScalarKernels.INSTANCE.echo();

    @Property(tries = 100)
    void addRows_anyPlaces_sameBitsAsScalar(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int sixteens, @ForAll @IntRange(max = 40) int n) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = 16 * sixteens;
        float[] table = floats(random, 20 * length);
        float[] a = floats(random, 200 + length);
        float[] b = a.clone();
        int[] at = random.ints(n, 0, 200).toArray();
        int[] row = random.ints(n, 0, 20).map(i -> i * length).toArray();
        float[] amplitude = floats(random, n);
        active.addRows(a, table, length, at, row, amplitude, n);
        scalar.addRows(b, table, length, at, row, amplitude, n);
        assertThat(a).isEqualTo(b);
    }

    @Property(tries = 100)
    void addInterpolated_anyLength_sameBitsAsScalar(
            @ForAll long seed, @ForAll @IntRange(max = 120) int count, @ForAll @IntRange(max = 7) int shift) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] even = floats(random, 140);
        float[] odd = floats(random, 140);
        float[] taps = floats(random, 12);
        float[] a = floats(random, 130);
        float[] b = a.clone();
        active.addInterpolated(a, shift, count, even, shift, odd, shift + 1, taps);
        scalar.addInterpolated(b, shift, count, even, shift, odd, shift + 1, taps);
        assertThat(a).isEqualTo(b);
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return v;
    }
}
