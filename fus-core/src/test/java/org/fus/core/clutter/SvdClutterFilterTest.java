package org.fus.core.clutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.doppler.PowerDoppler;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class SvdClutterFilterTest {
    private static final int FRAMES = 80;
    private static final int NZ = 32;
    private static final int NX = 40;

    @Test
    void apply_goldenLowCutoff_matchesInBothPrecisions() {
        assertGolden(SvdClutterFilter.removing(8), "svd_idx_low8");
    }

    @Test
    void apply_goldenBand_matchesInBothPrecisions() {
        assertGolden(SvdClutterFilter.of(new ComponentRule.ByIndex(8, 60)), "svd_idx_8_60");
    }

    @Test
    void energies_golden_matchEigenvalues() {
        double[] expected = Golden.set("signal/g09_svd_clutter").doubles("gram_eigenvalues");

        double[] energies = TemporalSvd.of(golden(), RunContext.inline()).energies();

        for (int k = 0; k < FRAMES; k++) {
            // double sums of exact products: relative to the largest, as for any backward-stable solver
            assertThat(energies[k]).isCloseTo(expected[k], within(1e-12 * expected[0]));
        }
    }

    @Test
    void powerDoppler_golden_matches() {
        double[] expected = Golden.set("signal/g10_power_doppler").doubles("pd_svd8");
        SvdClutterFilter filter = SvdClutterFilter.removing(8);

        DopplerFrame single = PowerDoppler.of(filter.apply(golden(), RunContext.inline()), RunContext.inline());
        DopplerFrame exact = PowerDoppler.of(
                filter.withPrecision(Precision.DOUBLE).apply(golden(), RunContext.inline()), RunContext.inline());

        double max = java.util.Arrays.stream(expected).max().orElseThrow();
        for (int p = 0; p < expected.length; p++) {
            // 1e-5 is the tolerance of the vectors for float32 ports, 1e-6 what a float64 port attains
            assertThat(single.at(p)).isCloseTo((float) expected[p], within((float) (1e-5 * max)));
            assertThat(exact.at(p)).isCloseTo((float) expected[p], within((float) (1e-6 * max)));
        }
    }

    @Property(tries = 20)
    void apply_twice_changesNothingMore(@ForAll @IntRange(min = 3, max = 70) int frames, @ForAll long seed) {
        SvdClutterFilter filter = SvdClutterFilter.removing(2).withPrecision(Precision.DOUBLE);
        IqEnsemble once = filter.apply(Ensembles.random(frames, 5, 21, seed), RunContext.inline());

        double[] energies = TemporalSvd.of(once, RunContext.inline()).energies();

        // removed directions are empty: what is left there is the rounding of float32 samples
        assertThat(energies[frames - 1] / energies[0]).isLessThan(1e-12);
        assertThat(energies[frames - 2] / energies[0]).isLessThan(1e-12);
    }

    @Test
    void apply_rankOneTissue_leavesBlood() {
        int frames = 64;
        float[][] tissue = new float[frames][2 * 60];
        float[][] both = new float[frames][2 * 60];
        for (int t = 0; t < frames; t++) {
            for (int p = 0; p < 60; p++) {
                double phase = 0.002 * t + p;
                tissue[t][2 * p] = (float) (1000 * Math.cos(phase));
                tissue[t][2 * p + 1] = (float) (1000 * Math.sin(phase));
                double blood = 1.1 * t + 3.7 * p;
                both[t][2 * p] = tissue[t][2 * p] + (p < 6 ? (float) Math.cos(blood) : 0);
                both[t][2 * p + 1] = tissue[t][2 * p + 1] + (p < 6 ? (float) Math.sin(blood) : 0);
            }
        }

        DopplerFrame power = PowerDoppler.of(
                SvdClutterFilter.removing(1).apply(Ensembles.of(both, 6, 10), RunContext.inline()),
                RunContext.inline());

        for (int p = 0; p < 60; p++) {
            // one of 64 degrees of freedom is gone, and 1000 : 1 in float32 leaves 1e-3 of the blood
            assertThat(power.at(p)).isCloseTo(p < 6 ? 1f : 0f, within(0.04f));
        }
    }

    @Test
    void apply_silence_staysSilent() {
        IqEnsemble zero = Ensembles.of(new float[20][2 * 12], 3, 4);

        IqEnsemble filtered = SvdClutterFilter.removing(3).apply(zero, RunContext.inline());

        assertThat(filtered.copyFrame(7)).containsOnly(0);
    }

    @Test
    void apply_cutoffNotBelowFrames_isRefusedWithNumbers() {
        IqEnsemble e = Ensembles.random(20, 3, 4, 1);

        assertThatThrownBy(() -> SvdClutterFilter.removing(20).apply(e, RunContext.inline()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 components")
                .hasMessageContaining("20 frames");
        assertThatThrownBy(() ->
                        SvdClutterFilter.of(new ComponentRule.ByIndex(3, 21)).apply(e, RunContext.inline()))
                .hasMessageContaining("up to 21");
        assertThatThrownBy(() -> new ComponentRule.ByIndex(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SvdClutterFilter.removing(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void apply_anyNumberOfThreads_givesIdenticalBits() {
        IqEnsemble e = Ensembles.random(70, 61, 37, 5);
        IqEnsemble one = SvdClutterFilter.removing(7).apply(e, RunContext.inline());

        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                IqEnsemble many = SvdClutterFilter.removing(7).apply(e, RunContext.of(pool, threads));
                for (int f = 0; f < 70; f++) {
                    assertThat(many.copyFrame(f)).isEqualTo(one.copyFrame(f));
                }
            }
        }
    }

    private static IqEnsemble golden() {
        float[] iq = Golden.set("signal/g09_svd_clutter").floats("iq");
        return Ensembles.of(Ensembles.split(iq, FRAMES), NZ, NX);
    }

    private static void assertGolden(SvdClutterFilter filter, String key) {
        float[] expected = Golden.set("signal/g09_svd_clutter").floats(key);
        IqEnsemble want = Ensembles.of(Ensembles.split(expected, FRAMES), NZ, NX);

        IqEnsemble single = filter.apply(golden(), RunContext.inline());
        IqEnsemble exact = filter.withPrecision(Precision.DOUBLE).apply(golden(), RunContext.inline());

        // clutter is 38 dB above the result: float32 products leave 1e-6 of it, double ones only the final rounding
        assertThat(Ensembles.relativeDifference(want, single)).isLessThan(1e-3);
        assertThat(Ensembles.relativeDifference(want, exact)).isLessThan(1e-6);
    }
}
