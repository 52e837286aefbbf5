package org.fus.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.testing.Ensembles;

/** The scalar kernels are the specification: the vector kernels agree with them, and they with the plain formula. */
class LinearKernelsTest {
    @Property(tries = 40)
    void gram_bothKernels_giveThePlainSums(
            @ForAll @IntRange(min = 1, max = 70) int frames,
            @ForAll @IntRange(min = 1, max = 300) int pixels,
            @ForAll long seed) {
        FramePanels x = Ensembles.random(frames, 1, pixels, seed).panels();
        int[] some = IntStream.range(0, pixels).filter(p -> p % 3 != 1).toArray();

        for (KernelSet kernels : new KernelSet[] {ScalarKernels.INSTANCE, KernelProvider.active()}) {
            for (boolean fast : new boolean[] {false, true}) {
                GramAccumulator accumulator = new GramAccumulator(frames, fast);
                accumulator.add(x, some, 0, some.length, 0, kernels.gram());
                double[][] re = new double[frames][frames];
                double[][] im = new double[frames][frames];
                accumulator.sums().hermitian(re, im);
                // samples of size 1: double sums round at 1e-16 each, float sums of up to 128 at 6e-8 each
                double tolerance = some.length * (fast ? 2e-6 : 1e-14);
                for (int i = 0; i < frames; i++) {
                    for (int j = 0; j <= i; j++) {
                        double sumRe = 0;
                        double sumIm = 0;
                        for (int p : some) {
                            sumRe += (double) x.re(i, p) * x.re(j, p) + (double) x.im(i, p) * x.im(j, p);
                            sumIm += (double) x.im(i, p) * x.re(j, p) - (double) x.re(i, p) * x.im(j, p);
                        }
                        assertThat(re[i][j]).isCloseTo(sumRe, within(tolerance));
                        assertThat(im[i][j]).isCloseTo(sumIm, within(tolerance));
                    }
                }
            }
        }
    }

    @Property(tries = 40)
    void projection_vectorAndScalar_agreeAtOddSizes(
            @ForAll @IntRange(min = 1, max = 70) int frames,
            @ForAll @IntRange(min = 1, max = 67) int pixels,
            @ForAll @IntRange(min = 0, max = 35) int components,
            @ForAll long seed) {
        FramePanels x = Ensembles.random(frames, 1, pixels, seed).panels();
        SplittableRandom random = new SplittableRandom(seed);
        double[][] re = new double[components][];
        double[][] im = new double[components][];
        for (int k = 0; k < components; k++) {
            re[k] = random.doubles(frames, -1, 1)
                    .map(v -> v / Math.sqrt(frames))
                    .toArray();
            im[k] = random.doubles(frames, -1, 1)
                    .map(v -> v / Math.sqrt(frames))
                    .toArray();
        }
        TemporalBasis basis = new TemporalBasis(x, re, im);
        ProjectionKernel scalar = ScalarKernels.INSTANCE.projection();
        ProjectionKernel vector = KernelProvider.active().projection();
        float[] work = new float[ProjectionKernel.scratchLength(basis)];
        // float32 sums over frames and components of values of size 1
        float tolerance = 1e-5f * (1 + components);

        FramePanels a = FramePanels.allocate(frames, pixels);
        FramePanels b = FramePanels.allocate(frames, pixels);
        scalar.subtract(x, 0, pixels, basis, 0, a, 0, work);
        vector.subtract(x, 0, pixels, basis, 0, b, 0, work);
        for (int t = 0; t < frames; t++) {
            for (int p = 0; p < pixels; p++) {
                assertThat(b.re(t, p)).isCloseTo(a.re(t, p), within(tolerance));
                assertThat(b.im(t, p)).isCloseTo(a.im(t, p), within(tolerance));
            }
        }

        float[] expected = new float[pixels];
        float[] energy = new float[pixels];
        scalar.remainderEnergy(x, 0, pixels, basis, expected, work);
        vector.remainderEnergy(x, 0, pixels, basis, energy, work);
        assertClose(energy, expected, tolerance * frames);
        for (int p = 0; p < pixels; p++) {
            double sum = 0;
            for (int t = 0; t < frames; t++) {
                sum += a.re(t, p) * a.re(t, p) + a.im(t, p) * a.im(t, p);
            }
            assertThat(expected[p]).isCloseTo((float) sum, within(tolerance * frames));
        }

        scalar.componentEnergy(x, 0, pixels, basis, expected, work);
        vector.componentEnergy(x, 0, pixels, basis, energy, work);
        assertClose(energy, expected, tolerance * frames);

        float[] magnitudes = new float[pixels * basis.componentsPadded()];
        float[] wanted = new float[magnitudes.length];
        scalar.magnitudes(x, 0, pixels, basis, wanted, work);
        vector.magnitudes(x, 0, pixels, basis, magnitudes, work);
        assertClose(magnitudes, wanted, tolerance);
    }

    @Property(tries = 20)
    void projection_laterPanelsOnly_equalsThatPartOfAll(
            @ForAll @IntRange(min = 9, max = 100) int frames, @ForAll @IntRange(min = 8, max = 40) int pixels) {
        FramePanels x = Ensembles.random(frames, 1, pixels, 4).panels();
        double[] cosine =
                IntStream.range(0, frames).mapToDouble(t -> Math.cos(0.2 * t)).toArray();
        TemporalBasis basis = new TemporalBasis(x, new double[][] {cosine}, new double[][] {new double[frames]});
        float[] work = new float[ProjectionKernel.scratchLength(basis)];
        int firstPanel = x.count() - 1;
        int first = firstPanel * x.width();

        for (KernelSet kernels : new KernelSet[] {ScalarKernels.INSTANCE, KernelProvider.active()}) {
            FramePanels all = FramePanels.allocate(frames, pixels);
            kernels.projection().subtract(x, 0, pixels, basis, 0, all, 0, work);
            FramePanels part = FramePanels.allocateLike(x, frames - first, pixels + 3);
            kernels.projection().subtract(x, 0, pixels, basis, firstPanel, part, 3, work);
            for (int t = first; t < frames; t++) {
                for (int p = 0; p < pixels; p++) {
                    assertThat(part.re(t - first, p + 3)).isEqualTo(all.re(t, p));
                    assertThat(part.im(t - first, p + 3)).isEqualTo(all.im(t, p));
                }
            }
        }
    }

    @Property(tries = 30)
    void rows_vectorAndScalar_agree(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        RowKernel scalar = ScalarKernels.INSTANCE.rows();
        RowKernel vector = KernelProvider.active().rows();
        double[][] a = random(n, seed);
        double[][] b = random(n, seed);
        int from = n / 3;

        scalar.addConjugate(a[0], a[1], a[2], a[3], 0.3, -0.7, 0, n);
        vector.addConjugate(b[0], b[1], b[2], b[3], 0.3, -0.7, 0, n);
        scalar.add(a[0], a[1], a[4], a[5], -0.4, 0.2, n);
        vector.add(b[0], b[1], b[4], b[5], -0.4, 0.2, n);
        scalar.subtractRankTwo(a[0], a[1], a[2], a[3], a[4], a[5], from, 0, n);
        vector.subtractRankTwo(b[0], b[1], b[2], b[3], b[4], b[5], from, 0, n);
        scalar.rotate(a[2], a[4], 0.6, 0.8, n);
        vector.rotate(b[2], b[4], 0.6, 0.8, n);

        for (int r = 0; r < a.length; r++) {
            // a fused multiply-add rounds once where the scalar code rounds twice
            assertThat(Arrays.copyOf(b[r], n)).containsExactly(Arrays.copyOf(a[r], n), within(1e-14));
        }
    }

    private static double[][] random(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[6][RowKernel.padded(n)];
        for (double[] row : rows) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextDouble(-1, 1);
            }
        }
        return rows;
    }

    private static void assertClose(float[] got, float[] expected, float tolerance) {
        assertThat(got).containsExactly(expected, within(tolerance));
    }
}
