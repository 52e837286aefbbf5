package org.fus.core.doppler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class ColorDopplerTest {
    @Test
    void of_goldenLagOne_matches() {
        assertGolden(1, "vel_M1_lag1");
    }

    @Test
    void of_goldenLagTwo_matches() {
        assertGolden(2, "vel_M1_lag2");
    }

    @Property
    void of_steadyPhaseSlope_givesItsVelocityTowardsTheProbe(
            @ForAll @DoubleRange(min = -0.99, max = 0.99) double nyquists,
            @ForAll @IntRange(min = 2, max = 40) int frames) {
        double stepRad = Math.PI * nyquists;
        float[][] data = new float[frames][2];
        for (int t = 0; t < frames; t++) {
            data[t][0] = (float) Math.cos(stepRad * t);
            data[t][1] = (float) Math.sin(stepRad * t);
        }
        IqEnsemble e = Ensembles.of(data, 1, 1);

        DopplerFrame v = ColorDoppler.DEFAULT.of(e, RunContext.inline());

        double nyquistMPerS = ColorDoppler.DEFAULT.nyquistMPerS(e.timing());
        assertThat(nyquistMPerS).isCloseTo(12.32e-3, within(1e-5));
        assertThat(v.at(0)).isCloseTo((float) (nyquists * nyquistMPerS), within(1e-8f));
    }

    @Test
    void of_tooFewFrames_isRefused() {
        assertThatThrownBy(() -> new ColorDoppler(2).of(Ensembles.random(2, 1, 1, 1), RunContext.inline()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 frames");
        assertThatThrownBy(() -> new ColorDoppler(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertGolden(int lag, String key) {
        int nz = 24;
        int nx = 20;
        int frames = 32;
        Golden g12 = Golden.set("signal/g12_iq2doppler");
        float[] iq = g12.floats("iq");
        double[] expected = g12.doubles(key);
        float[][] data = new float[frames][2 * nz * nx];
        for (int p = 0; p < nz * nx; p++) {
            for (int t = 0; t < frames; t++) {
                data[t][2 * p] = iq[2 * (p * frames + t)];
                data[t][2 * p + 1] = iq[2 * (p * frames + t) + 1];
            }
        }
        PixelGrid grid = new PixelGrid(0, 0, 1e-3, 1e-4, 4e-4, 1e-4, nx, 1, nz);
        IqEnsemble e = IqEnsemble.copyOf(grid, new IqEnsemble.Timing(4000, 7.6e6, 1540), data, Provenance.none());

        DopplerFrame v = new ColorDoppler(lag).of(e, RunContext.inline());

        double max = 0;
        for (double x : expected) {
            max = Math.max(max, Math.abs(x));
        }
        for (int p = 0; p < expected.length; p++) {
            // the tolerance that the vectors name; the sums are double, the result is rounded to float32
            assertThat(v.at(p)).isCloseTo((float) expected[p], within((float) (1e-6 * max)));
        }
    }
}
