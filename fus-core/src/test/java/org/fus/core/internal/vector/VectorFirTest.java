package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.kernel.FirKernel;
import org.fus.core.internal.kernel.FirTaps;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ScalarKernels;

/** The FIR kernel of this process against the scalar one. */
class VectorFirTest {
    private final FirKernel active = KernelProvider.active().fir();
    private final FirKernel scalar = ScalarKernels.INSTANCE.fir();

    @Property(tries = 200)
    void filter_anySizes_agreesWithScalar(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int widthBits,
            @ForAll @IntRange(min = 1, max = 37) int count,
            @ForAll @IntRange(min = 1, max = 5) int step,
            @ForAll @IntRange(min = 1, max = 41) int taps) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = 1 << widthBits;
        double[] re = random.doubles(taps, -1, 1).toArray();
        double[] im = random.doubles(taps, -1, 1).toArray();
        re[random.nextInt(taps)] = 0;
        im[random.nextInt(taps)] = 0;
        FirTaps filter = new FirTaps(re, im);
        float[] rows = floats(random, ((count - 1) * step + taps) * width);
        float[] turnRe = floats(random, count);
        float[] turnIm = floats(random, count);
        int at = random.nextInt(20);
        float[] a = floats(random, at + 2 * width * count + 7);
        float[] b = a.clone();

        active.filter(rows, step, filter, turnRe, turnIm, count, a, at, width);
        scalar.filter(rows, step, filter, turnRe, turnIm, count, b, at, width);

        float max = 1;
        for (float v : b) {
            max = Math.max(max, Math.abs(v));
        }
        for (int i = 0; i < a.length; i++) {
            assertThat(Math.abs(a[i] - b[i]) / max).isLessThan(1e-5f); // one rounding per tap
        }
        assertThat(java.util.Arrays.copyOf(a, at)).isEqualTo(java.util.Arrays.copyOf(b, at));
        int end = at + 2 * width * count;
        assertThat(java.util.Arrays.copyOfRange(a, end, a.length))
                .isEqualTo(java.util.Arrays.copyOfRange(b, end, b.length));
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return v;
    }
}
