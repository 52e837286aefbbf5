package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        FirTaps filter = new FirTaps(re, im, step);
        float[] rows = floats(random, ((count - 1) * step + taps) * width);
        float[] turnRe = floats(random, count);
        float[] turnIm = floats(random, count);
        int at = random.nextInt(20);
        float[] a = floats(random, at + 2 * width * count + 7);
        float[] b = a.clone();

        active.filter(rows, filter, count, a, at, width);
        scalar.filter(rows, filter, count, b, at, width);

        assertThat(a).isEqualTo(b); // the same products in the same order, so that narrow panels have the same bits

        active.turn(a, at, width, turnRe, turnIm);
        scalar.turn(b, at, width, turnRe, turnIm);

        assertThat(a).isEqualTo(b);
        int m = random.nextInt(count);
        int f = random.nextInt(width);
        double sumRe = 0;
        double sumIm = 0;
        for (int i = 0; i < taps; i++) {
            sumRe += re[i] * rows[(m * step + i) * width + f];
            sumIm += im[i] * rows[(m * step + i) * width + f];
        }
        double expected = turnRe[m] * sumRe - turnIm[m] * sumIm;
        assertThat(a[at + 2 * width * m + f]).isCloseTo((float) expected, within(taps * 1e-6f)); // a rounding per tap
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return v;
    }
}
