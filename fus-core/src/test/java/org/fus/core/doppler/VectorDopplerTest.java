package org.fus.core.doppler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.junit.jupiter.api.Test;

class VectorDopplerTest {
    private static final RunContext HERE = RunContext.inline();
    private static final double[] ANGLES = {-0.26, -0.13, 0, 0.13, 0.26};

    @Property(tries = 50)
    void of_phasesOfAKnownVector_giveTheVector(
            @ForAll @DoubleRange(min = -6, max = 6) double xMmPerS,
            @ForAll @DoubleRange(min = -6, max = 6) double zMmPerS) {
        double vx = xMmPerS * 1e-3;
        double vz = zMmPerS * 1e-3;
        VectorDoppler.Result r = VectorDoppler.of(looks(vx, vz, 0), ColorDoppler.DEFAULT, HERE);

        // float32 phases of a noiseless tone, divided by the sine of the angles
        assertThat((double) r.xMPerS().at(0)).isCloseTo(vx, within(1e-6));
        assertThat((double) r.zMPerS().at(0)).isCloseTo(vz, within(1e-7));
        assertThat(r.xErrorMPerS().at(0)).isLessThan(1e-6f);
        assertThat(r.xMPerS().quantity()).isEqualTo(DopplerFrame.Quantity.LATERAL_VELOCITY);
    }

    @Test
    void errors_noisyLooks_coverTheDeviations() {
        VectorDoppler.Result r = VectorDoppler.of(looks(3e-3, -2e-3, 0.3), ColorDoppler.DEFAULT, HERE);

        int pixels = r.xMPerS().grid().size();
        double squares = 0;
        double claimed = 0;
        for (int p = 0; p < pixels; p++) {
            squares += Math.pow(r.xMPerS().at(p) - 3e-3, 2) / pixels;
            claimed += Math.pow(r.xErrorMPerS().at(p), 2) / pixels;
        }
        // both are means over 200 pixels of squares with a relative spread of about 1
        assertThat(claimed / squares).isBetween(0.6, 1.6);
        assertThat(Math.sqrt(squares)).isBetween(1e-5, 1e-3);
    }

    @Test
    void of_looksThatDoNotFit_isRefused() {
        List<VectorDoppler.Look> looks = looks(1e-3, 1e-3, 0);
        assertThatThrownBy(() -> VectorDoppler.of(looks.subList(0, 1), ColorDoppler.DEFAULT, HERE))
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> VectorDoppler.of(List.of(looks.get(0), looks.get(0)), ColorDoppler.DEFAULT, HERE))
                .hasMessageContaining("one direction");
        VectorDoppler.Look other = new VectorDoppler.Look(Ensembles.random(30, 2, 2, 1), 0.1, 0);
        assertThatThrownBy(() -> VectorDoppler.of(List.of(looks.get(0), other), ColorDoppler.DEFAULT, HERE))
                .hasMessageContaining("different grids");
        assertThatThrownBy(() -> new VectorDoppler.Look(Ensembles.random(3, 1, 1, 1), 2, 0))
                .hasMessageContaining("between");
        // two looks agree on everything and cannot know their error
        assertThat(VectorDoppler.of(looks.subList(0, 2), ColorDoppler.DEFAULT, HERE)
                        .xErrorMPerS()
                        .at(0))
                .isNaN();
    }

    /** The echo of a scatterer whose path changes by (t + r) . u for a displacement u, on 200 pixels. */
    private static List<VectorDoppler.Look> looks(double vx, double vzTowards, double noise) {
        SplittableRandom random = new SplittableRandom(4);
        IqEnsemble.Timing timing = Ensembles.TIMING;
        List<VectorDoppler.Look> looks = new ArrayList<>();
        for (double angle : ANGLES) {
            double path = (Math.sin(angle) + Math.sin(0)) * vx - (Math.cos(angle) + 1) * vzTowards;
            double step =
                    -2 * Math.PI * timing.centerFrequencyHz() * path / timing.soundSpeedMPerS() / timing.frameRateHz();
            float[][] data = new float[60][400];
            for (int t = 0; t < 60; t++) {
                for (int p = 0; p < 200; p++) {
                    data[t][2 * p] = (float) (Math.cos(step * t) + noise * random.nextGaussian());
                    data[t][2 * p + 1] = (float) (Math.sin(step * t) + noise * random.nextGaussian());
                }
            }
            looks.add(new VectorDoppler.Look(Ensembles.of(data, 10, 20), angle, 0));
        }
        return looks;
    }
}
