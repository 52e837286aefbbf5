package org.fus.core.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class TransmitDelaysTest {
    private static final double C = 1540;

    /** The tolerance that the vectors name, relative to their maximum; both sides compute in float64. */
    private static final double TOLERANCE = 1e-9;

    @Test
    void delays_planeWaves_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] tilt = g01.doubles("plane_tilt");

        assertLaws(g01.doubles("plane_delays"), ProbeCatalogue.L11_5V, i -> new Transmit.PlaneWave(tilt[i]));
    }

    @Test
    void delays_focusedWaves_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] xz = g01.doubles("focus_xz");

        assertLaws(
                g01.doubles("focus_delays"),
                ProbeCatalogue.L11_5V,
                i -> new Transmit.FocusedWave(xz[2 * i], xz[2 * i + 1]));
    }

    @Test
    void delays_divergingWaves_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] xz = g01.doubles("virtual_xz");

        assertLaws(
                g01.doubles("virtual_delays"),
                ProbeCatalogue.L11_5V,
                i -> new Transmit.DivergingWave(xz[2 * i], xz[2 * i + 1]));
    }

    @Test
    void delays_sectors_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] sector = g01.doubles("circ_tilt_width");
        Probe probe = ProbeCatalogue.P4_2V;
        double apertureM = (probe.elements() - 1) * probe.pitchM();

        assertLaws(
                g01.doubles("circ_delays"),
                probe,
                i -> Transmit.DivergingWave.sector(sector[2 * i], sector[2 * i + 1], apertureM));
    }

    @Test
    void delays_convexPlaneWaves_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] tilt = g01.doubles("convex_tilt");

        assertLaws(g01.doubles("convex_plane_delays"), ProbeCatalogue.C5_2V, i -> new Transmit.PlaneWave(tilt[i]));
    }

    @Test
    void delays_convexFocusedWaves_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] xz = g01.doubles("convex_focus_xz");

        assertLaws(
                g01.doubles("convex_focus_delays"),
                ProbeCatalogue.C5_2V,
                i -> new Transmit.FocusedWave(xz[2 * i], xz[2 * i + 1]));
    }

    @Test
    void convexElements_matchGolden() {
        Golden g01 = Golden.set("signal/g01_txdelay");
        double[] x = g01.doubles("convex_xe");
        double[] z = g01.doubles("convex_ze");
        double[] normal = g01.doubles("convex_normal");

        for (int e = 0; e < x.length; e++) {
            assertThat(ProbeCatalogue.C5_2V.elementXM(e)).isCloseTo(x[e], within(TOLERANCE * 0.03));
            assertThat(ProbeCatalogue.C5_2V.elementZM(e)).isCloseTo(z[e], within(TOLERANCE * 0.01));
            assertThat(ProbeCatalogue.C5_2V.elementNormalRad(e)).isCloseTo(normal[e], within(TOLERANCE));
        }
    }

    @Property
    void originOffset_planeWaveOnLinearProbe_isHalfTheApertureTimesTheSine(
            @ForAll @DoubleRange(min = -1.2, max = 1.2) double tiltRad) {
        Probe probe = ProbeCatalogue.ICO_PRIME;

        double offsetS = TransmitDelays.originOffsetS(new Transmit.PlaneWave(tiltRad), probe, C);

        double expectedS = Math.abs(Math.sin(tiltRad)) * (probe.elements() - 1) / 2 * probe.pitchM() / C;
        assertThat(offsetS).isCloseTo(expectedS, within(1e-18));
    }

    private static void assertLaws(double[] golden, Probe probe, IntFunction<Transmit> wave) {
        int n = probe.elements();
        double max = 0;
        for (double d : golden) {
            max = Math.max(max, d);
        }
        for (int w = 0; w < golden.length / n; w++) {
            double[] delays = TransmitDelays.delaysS(wave.apply(w), probe, C);
            for (int e = 0; e < n; e++) {
                assertThat(delays[e]).isCloseTo(golden[w * n + e], within(TOLERANCE * max));
            }
        }
    }
}
