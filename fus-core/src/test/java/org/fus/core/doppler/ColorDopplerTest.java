package org.fus.core.doppler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.clutter.Precision;
import org.fus.core.clutter.SvdClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.Golden;
import org.fus.core.testing.WallFilterInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorDopplerTest {
    private static final RunContext HERE = RunContext.inline();

    @ParameterizedTest
    @CsvSource({"1, 1, 1, M1_lag1", "2, 1, 1, M1_lag2", "1, 3, 3, M3_lag1", "1, 3, 5, M35_lag1", "3, 5, 5, M5_lag3"})
    void velocityAndVariance_goldenKernels_match(int lag, int nz, int nx, String key) {
        Golden g12 = Golden.set("signal/g12_iq2doppler");
        IqEnsemble e = WallFilterInput.ensemble(g12.floats("iq"));
        ColorDoppler color = new ColorDoppler(lag, new SpatialKernel(nz, nx), 1);

        double[] velocity = g12.doubles("vel_" + key);
        double[] variance = g12.doubles("var_" + key);

        // the peer computed in double, like this path
        assertClose(color.velocityMPerS(e, HERE), velocity, 1e-9);
        assertClose(color.varianceM2PerS2(e, HERE), variance, 1e-9);
        // the maps are float32
        assertClose(widen(color.of(e, HERE)), velocity, 1e-6);
        assertClose(widen(color.variance(e, HERE)), variance, 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, vel", "2, 1, vel_lag2", "1, 3, vel_median3"})
    void velocity_goldenAfterClutterFilter_matches(int lag, int median, String key) {
        double[] expected = Golden.set("signal/g11_axial_velocity").doubles(key);
        IqEnsemble e = Ensembles.of(
                Ensembles.split(Golden.set("signal/g09_svd_clutter").floats("iq"), 80), 32, 40);
        IqEnsemble filtered =
                SvdClutterFilter.removing(8).withPrecision(Precision.DOUBLE).apply(e, HERE);

        DopplerFrame v = new ColorDoppler(lag, SpatialKernel.NONE, median).of(filtered, HERE);

        // the filtered frames are float32; where the autocorrelation is small, its phase feels that
        assertClose(widen(v), expected, 1e-5);
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

        DopplerFrame v = ColorDoppler.DEFAULT.of(e, HERE);

        double nyquistMPerS = ColorDoppler.DEFAULT.nyquistMPerS(e.timing());
        assertThat(nyquistMPerS).isCloseTo(12.32e-3, within(1e-5));
        assertThat(v.at(0)).isCloseTo((float) (nyquists * nyquistMPerS), within(1e-8f));
    }

    @Test
    void of_samplesNotFinite_warnsAndKeepsTheOtherPixels() {
        FramePanels panels = FramePanels.allocate(10, 6);
        for (int t = 0; t < 10; t++) {
            for (int p = 0; p < 6; p++) {
                panels.set(t, p, 1, 0);
            }
        }
        panels.set(4, 2, Float.NaN, 0);
        IqEnsemble clean = Ensembles.random(10, 2, 3, 1);
        IqEnsemble e = IqEnsemble.ofPanels(clean.grid(), clean.timing(), panels, Provenance.none());

        DopplerFrame v = ColorDoppler.DEFAULT.of(e, HERE);

        assertThat(v.at(2)).isNaN();
        assertThat(v.at(1)).isZero();
        assertThat(v.provenance().warnings()).singleElement().asString().contains("1 of 6 pixels");
    }

    @Test
    void of_impossibleArguments_isRefused() {
        assertThatThrownBy(() -> new ColorDoppler(2).of(Ensembles.random(2, 1, 1, 1), HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 frames");
        assertThatThrownBy(() -> new ColorDoppler(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpatialKernel(2, 3)).hasMessageContaining("odd");
        assertThatThrownBy(() -> new ColorDoppler(1, SpatialKernel.NONE, 4)).hasMessageContaining("odd");
    }

    private static double[] widen(DopplerFrame map) {
        float[] values = map.toArray();
        double[] wide = new double[values.length];
        for (int p = 0; p < wide.length; p++) {
            wide[p] = values[p];
        }
        return wide;
    }

    private static void assertClose(double[] got, double[] expected, double tolerance) {
        double max = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(got).containsExactly(expected, within(tolerance * max));
    }
}
