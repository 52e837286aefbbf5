package org.fus.core.internal.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.fft.SmoothLengths;
import org.fus.core.internal.kernel.FftKernel;
import org.fus.core.internal.kernel.FftScratch;
import org.fus.core.internal.kernel.FftTables;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.testing.AllocatedBytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The transform of this process against the scalar one, which works in double. */
class VectorFftTest {
    private final FftKernel active = KernelProvider.active().fft();
    private final FftKernel scalar = ScalarKernels.INSTANCE.fft();

    @Property(tries = 300)
    void transform_anySmoothLength_agreesWithScalar(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 1300) int about,
            @ForAll @IntRange(max = 5) int widthBits,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll boolean inverse) {
        int n = about;
        while (!SmoothLengths.isSmooth(n)) {
            n--;
        }
        requireAgreement(n, 1 << widthBits, stride, inverse, seed);
    }

    @Test
    void transform_longPowersOfTwo_agreeWithScalar() {
        for (int n = 2048; n <= 16384; n *= 2) {
            requireAgreement(n, 32, 1, n == 4096, n);
        }
    }

    private void requireAgreement(int n, int width, int stride, boolean inverse, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FftTables tables = FftTables.of(n);
        FftScratch scratch = new FftScratch(tables, width);
        float[] a = new float[FramePanels.BASE + 2 * width * stride * n + 7];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextDouble(-1, 1);
        }
        float[] before = a.clone();
        float[] b = a.clone();

        active.transform(tables, inverse, a, FramePanels.BASE, width, stride, scratch);
        scalar.transform(tables, inverse, b, FramePanels.BASE, width, stride, scratch);

        double max = 0;
        double error = 0;
        for (int i = 0; i < a.length; i++) {
            int within = i - FramePanels.BASE;
            boolean value = within >= 0 && within < 2 * width * stride * n && within / (2 * width) % stride == 0;
            if (value) {
                max = Math.max(max, Math.abs(b[i]));
                error = Math.max(error, Math.abs(a[i] - b[i]));
            } else {
                assertThat(a[i]).isEqualTo(before[i]);
            }
        }
        // 6e-8 per pass of float32, and there are at most 6 passes.
        assertThat(error).as("n %d, width %d, stride %d", n, width, stride).isLessThanOrEqualTo(6e-7 * max);
    }

    @Test
    @Tag(AllocatedBytes.TAG)
    void transform_scratchMadeOnce_allocatesNothing() {
        FftTables tables = FftTables.of(1440);
        FftScratch scratch = new FftScratch(tables, 32);
        float[] data = new float[FramePanels.BASE + 2 * 32 * 1440];

        // A vector that is boxed would cost 100 bytes and more in each of the thousands of butterflies of a call.
        long least = AllocatedBytes.least(
                () -> active.transform(tables, false, data, FramePanels.BASE, 32, 1, scratch), 100);

        assertThat(least).isLessThanOrEqualTo(100);
    }
}
