package org.fus.core.clutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;
import org.fus.core.testing.ClutteredBlood;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class ComponentRuleTest {
    private static final int FRAMES = 80;
    private static final int NZ = 32;
    private static final int NX = 40;
    private static final RunContext HERE = RunContext.inline();

    @Test
    void byEnergy_golden_matches() {
        // the threshold that the set names
        assertGolden(SvdClutterFilter.of(new ComponentRule.ByEnergy(0, 1675.207850964567)), "svd_energy_high");
    }

    @Test
    void byCumulativeEnergy_golden_matches() {
        // the threshold that the set names
        assertGolden(SvdClutterFilter.of(new ComponentRule.ByCumulativeEnergy(0, 37817.964239469264)), "svd_cumenergy");
    }

    @Test
    void masked_golden_matches() {
        int[] mask = Golden.set("signal/g09_svd_clutter").ints("mask");
        boolean[] inside = new boolean[mask.length];
        for (int p = 0; p < mask.length; p++) {
            inside[p] = mask[p] != 0;
        }

        assertGolden(SvdClutterFilter.removing(6).withMask(PixelMask.of(inside)), "svd_idx_low6_masked");
    }

    @Test
    void rules_onPlainNumbers_keepWhatTheySay() {
        double[] energies = {100, 50, 10, 4, 3, 2, 1, 0.5};

        assertThat(select(new ComponentRule.ByEnergy(1, 50), energies)).containsExactly(1, 7);
        assertThat(select(new ComponentRule.ByEnergy(0, 5), energies)).containsExactly(3, 8);
        // sums from the weakest: 0.5 1.5 3.5 6.5 10.5 20.5 70.5 170.5
        assertThat(select(new ComponentRule.ByCumulativeEnergy(1, 20.5), energies))
                .containsExactly(2, 7);
        assertThat(select(ComponentRule.removing(2).and(new ComponentRule.ByEnergy(2, 1e9)), energies))
                .containsExactly(2, 6);
    }

    @Test
    void spatialSimilarity_tissueWithOnePattern_isFoundAndReported() {
        // tissue in the left half moves in 6 ways, blood on the right in many; Gaussian noise everywhere
        java.util.SplittableRandom random = new java.util.SplittableRandom(3);
        int frames = 60;
        float[][] data = new float[frames][2 * 40 * 40];
        for (int p = 0; p < 1600; p++) {
            boolean left = p % 40 < 20;
            double[] phase = random.doubles(6, 0, 2 * Math.PI).toArray();
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < 2; c++) {
                    double quarter = c * Math.PI / 2;
                    double value = 0.1 * random.nextGaussian();
                    if (left) {
                        for (int k = 0; k < 6; k++) {
                            value += 30 * Math.cos(0.01 * (k - 3) * t * (k + 1) + phase[k] - quarter);
                        }
                    } else {
                        value += random.nextGaussian();
                    }
                    data[t][2 * p + c] = (float) value;
                }
            }
        }
        IqEnsemble e = Ensembles.of(data, 40, 40);

        Map<String, String> found = parameters(new ComponentRule.SpatialSimilarity(false), e);

        assertThat(Integer.parseInt(found.get("removedFirst"))).isBetween(5, 7);
        assertThat(Double.parseDouble(found.get("similarityCorrelation"))).isGreaterThan(0.5);
    }

    @Test
    void turningPoint_steepThenFlat_liesAtTheCorner() {
        // 20 components of tissue fall by 3 dB each, 80 of blood by 0.1 dB each
        double[] energies = new double[100];
        for (int k = 0; k < 100; k++) {
            energies[k] = Math.pow(10, -0.3 * Math.min(k, 20) - 0.01 * Math.max(0, k - 20));
        }

        assertThat(select(new ComponentRule.TurningPoint(), energies)).containsExactly(20, 100);
    }

    @Test
    void turningPoint_tissueAboveBlood_removesTheTissueAndReports() {
        IqEnsemble e = ClutteredBlood.of(100, 40, 40, 60, 8);

        Map<String, String> found = parameters(new ComponentRule.TurningPoint(), e);

        double[] energies = TemporalSvd.of(e, HERE).energies();
        int low = Integer.parseInt(found.get("removedFirst"));
        // the first component kept is blood: 60 dB below the tissue, within 10 dB of the middle of the spectrum
        assertThat(energies[low] / energies[0]).isLessThan(1e-6);
        assertThat(energies[low] / energies[50]).isLessThan(10);
        assertThat(found).containsKey("turningPointBelowChordDb");
    }

    @Test
    void noiseFloor_fewSignalsInWhiteNoise_endsAtTheSignals() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(11);
        int frames = 50;
        float[][] data = new float[frames][2 * 60 * 60];
        for (int p = 0; p < 3600; p++) {
            double[] phase = random.doubles(5, 0, 2 * Math.PI).toArray();
            for (int t = 0; t < frames; t++) {
                for (int c = 0; c < 2; c++) {
                    double value = random.nextGaussian();
                    for (int k = 0; k < 5; k++) {
                        value += 2 * Math.cos(2 * Math.PI * (k + 3) * t / frames + phase[k] - c * Math.PI / 2);
                    }
                    data[t][2 * p + c] = (float) value;
                }
            }
        }

        Map<String, String> found = parameters(new ComponentRule.NoiseFloor(1), Ensembles.of(data, 60, 60));

        assertThat(found).containsEntry("removedFirst", "0").containsEntry("keptUpTo", "5");
        // noise of variance 2 per complex sample, summed over the pixels
        assertThat(Double.parseDouble(found.get("noiseEnergyPerComponent")) / 3600)
                .isCloseTo(2, within(0.05));
    }

    @Test
    void rules_thatDoNotFit_areRefused() {
        assertThatThrownBy(() -> new ComponentRule.ByEnergy(3, 2)).hasMessageContaining("larger");
        assertThatThrownBy(() -> new ComponentRule.ByCumulativeEnergy(-1, 2)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new ComponentRule.NoiseFloor(0)).hasMessageContaining("more than 0");
        assertThatThrownBy(() ->
                        SvdClutterFilter.of(new ComponentRule.TurningPoint()).apply(Ensembles.random(5, 3, 3, 1), HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 8 frames");
        assertThatThrownBy(() -> PixelMask.of(new boolean[4])).hasMessageContaining("none");
        assertThatThrownBy(() -> SvdClutterFilter.removing(1)
                        .withMask(PixelMask.of(new boolean[] {true}))
                        .apply(Ensembles.random(5, 3, 3, 1), HERE))
                .hasMessageContaining("9 pixels");
    }

    @Test
    void rule_thatKeepsNothing_warns() {
        IqEnsemble filtered =
                SvdClutterFilter.of(new ComponentRule.ByEnergy(0, 1e-30)).apply(Ensembles.random(10, 5, 5, 1), HERE);

        assertThat(filtered.provenance().warnings()).singleElement().asString().contains("kept none of 10");
    }

    private static int[] select(ComponentRule rule, double[] energies) {
        Selection s = ComponentSelector.select(rule, energies, 1000, () -> {
            throw new AssertionError("not needed");
        });
        return new int[] {s.low(), s.high()};
    }

    private static Map<String, String> parameters(ComponentRule rule, IqEnsemble e) {
        return SvdClutterFilter.of(rule)
                .power(e, HERE)
                .provenance()
                .steps()
                .getFirst()
                .parameters();
    }

    private static void assertGolden(SvdClutterFilter filter, String key) {
        Golden g09 = Golden.set("signal/g09_svd_clutter");
        IqEnsemble input = Ensembles.of(Ensembles.split(g09.floats("iq"), FRAMES), NZ, NX);
        IqEnsemble want = Ensembles.of(Ensembles.split(g09.floats(key), FRAMES), NZ, NX);

        // clutter is 38 dB above the result: float32 products leave 1e-6 of it, double ones only the final rounding
        assertThat(Ensembles.relativeDifference(want, filter.apply(input, HERE)))
                .isLessThan(1e-3);
        assertThat(Ensembles.relativeDifference(
                        want, filter.withPrecision(Precision.DOUBLE).apply(input, HERE)))
                .isLessThan(1e-6);
    }
}
