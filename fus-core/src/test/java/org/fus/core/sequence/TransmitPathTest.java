package org.fus.core.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.junit.jupiter.api.Test;

class TransmitPathTest {
    private static final double C = 1540;
    private static final Probe LINEAR = ProbeCatalogue.L11_5V;

    @Property
    void focusedWave_unifiedModel_hasNoJump(
            @ForAll @DoubleRange(min = -15, max = 15) double xMm,
            @ForAll @DoubleRange(min = 1, max = 60) double zMm,
            @ForAll @DoubleRange(min = -1, max = 1) double dx,
            @ForAll @DoubleRange(min = -1, max = 1) double dz) {
        TransmitPath path = path(new Transmit.FocusedWave(3e-3, 25e-3), LINEAR, TransmitModel.UNIFIED);
        double x = xMm * 1e-3;
        double z = zMm * 1e-3;
        double step = 1e-6;

        double here = path.timeS(new Vector3(x, 0, z));
        double there = path.timeS(new Vector3(x + step * dx, 0, z + step * dz));

        // outside the cone the apparent speed along the axis is c cos(half angle): at most 1.3 times slower here
        assertThat(Math.abs(there - here)).isLessThan(1.3 * step * Math.hypot(dx, dz) / C + 1e-15);
    }

    @Test
    void focusedWave_atItsFocus_arrivesFromAllElementsAtOnce() {
        Transmit wave = new Transmit.FocusedWave(-2e-3, 20e-3);
        double[] delays = TransmitDelays.delaysS(wave, LINEAR, C);

        for (TransmitModel model : TransmitModel.values()) {
            double arrival = path(wave, LINEAR, model).timeS(new Vector3(-2e-3, 0, 20e-3));
            for (int e = 0; e < delays.length; e++) {
                double own = delays[e] + Math.hypot(LINEAR.elementXM(e) + 2e-3, 20e-3) / C;
                // the splines of the first-arrival model meet the law to a few parts in 1e7 of its 13 us
                assertThat(arrival).isCloseTo(own, within(model == TransmitModel.FIRST_ARRIVAL ? 1e-10 : 1e-17));
            }
        }
    }

    @Test
    void focusedWave_virtualSource_reachesItsConeOnly() {
        TransmitPath path = path(new Transmit.FocusedWave(0, 20e-3), LINEAR, TransmitModel.VIRTUAL_SOURCE);
        double halfWidth = LINEAR.elementXM(LINEAR.elements() - 1);

        assertThat(path.reaches(new Vector3(0.49 * halfWidth, 0, 10e-3))).isTrue();
        assertThat(path.reaches(new Vector3(0.51 * halfWidth, 0, 10e-3))).isFalse();
        assertThat(path.reaches(new Vector3(0.49 * halfWidth, 0, 30e-3))).isTrue();
        assertThat(path.reaches(new Vector3(0.1e-3, 0, 20e-3))).isTrue();
        assertThat(path.reaches(new Vector3(1e-3, 0, 20e-3))).isFalse();
    }

    @Property
    void planeWave_withinItsAperture_isTheFirstArrival(
            @ForAll @DoubleRange(min = -0.3, max = 0.3) double tilt,
            @ForAll @DoubleRange(min = 5, max = 20) double zMm) {
        double z = zMm * 1e-3;
        Transmit wave = new Transmit.PlaneWave(tilt);

        double analytic = path(wave, LINEAR, TransmitModel.UNIFIED).timeS(new Vector3(0, 0, z));
        double first = path(wave, LINEAR, TransmitModel.FIRST_ARRIVAL).timeS(new Vector3(0, 0, z));

        // the nearest of the refined elements is up to pitch / 8 beside the ray: (37 um)^2 / (2 z c) = 0.1 ns
        assertThat(first).isBetween(analytic - 1e-15, analytic + 0.15e-9);
    }

    @Property
    void anotherSoundSpeed_planeWave_keepsTheDelaysOfTheElements(
            @ForAll @DoubleRange(min = -0.4, max = 0.4) double tilt,
            @ForAll @DoubleRange(min = 1400, max = 1650) double speed) {
        Transmit wave = new Transmit.PlaneWave(tilt);
        double[] delays = TransmitDelays.delaysS(wave, LINEAR, C);
        TransmitPath path = TransmitPath.of(wave, LINEAR, TransmitModel.UNIFIED, sequence(wave), speed);

        for (int e = 0; e < delays.length; e += 9) {
            assertThat(path.timeS(LINEAR.element(e).centerM())).isCloseTo(delays[e], within(1e-18));
        }
        // and travels at the speed of the medium
        double back = path.timeS(path.directionAtArray().times(10e-3)) - path.timeS(Vector3.ZERO);
        assertThat(back).isCloseTo(10e-3 / speed, within(1e-17));
    }

    @Test
    void anotherSoundSpeed_divergingAndFocused_keepTheDelaysToThirdOrder() {
        Probe small = Probe.linear("small", 16, 0.1e-3, 5e6).build();
        double speed = 1480;
        for (Transmit wave :
                List.of(new Transmit.DivergingWave(1e-3, -10e-3), new Transmit.FocusedWave(-2e-3, 15e-3))) {
            double[] delays = TransmitDelays.delaysS(wave, small, C);
            TransmitPath path = TransmitPath.of(wave, small, TransmitModel.UNIFIED, sequence(wave), speed);
            for (int e = 0; e < delays.length; e++) {
                // beyond second order: (0.75 mm)^3 / (10 mm)^2 / c, times the 4 % by which the speeds differ
                assertThat(path.timeS(small.element(e).centerM())).isCloseTo(delays[e], within(0.1e-9));
            }
        }
    }

    @Test
    void beyondTheCriticalAngle_isRefused() {
        Transmit wave = new Transmit.PlaneWave(1.4);

        assertThatThrownBy(() -> TransmitPath.of(wave, LINEAR, TransmitModel.UNIFIED, sequence(wave), 1700))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smaller tilt");
    }

    @Test
    void singleElementAndItsDelayLaw_agree() {
        double[] only = new double[LINEAR.elements()];
        java.util.Arrays.fill(only, Double.NaN);
        only[40] = 0;
        Transmit law = new Transmit.ElementDelays(DoubleStream.of(only).boxed().toList());
        Vector3 point = new Vector3(4e-3, 0, 12e-3);

        double single = path(new Transmit.SingleElement(40), LINEAR, TransmitModel.UNIFIED)
                .timeS(point);

        assertThat(path(law, LINEAR, TransmitModel.UNIFIED).timeS(point)).isCloseTo(single, within(1e-17));
        assertThat(single).isCloseTo(Math.hypot(4e-3 - LINEAR.elementXM(40), 12e-3) / C, within(1e-17));
    }

    @Test
    void aperture_setsTimeZeroByTheElementsThatFire() {
        TransmitAperture right = TransmitAperture.range(64, 64, 128);
        double[] delays = TransmitDelays.delaysS(new Transmit.PlaneWave(0.1, 0, right), LINEAR, C);

        assertThat(delays[63]).isNaN();
        assertThat(delays[64]).isZero();
        assertThat(delays[127]).isCloseTo(63 * LINEAR.pitchM() * Math.sin(0.1) / C, within(1e-18));
    }

    @Test
    void columnsOfARowColumnProbe_makeWavesThatDoNotVaryAlongThem() {
        Probe rca = ProbeCatalogue.RC15GV;
        TransmitAperture columns = TransmitAperture.range(0, 80, 160);
        for (Transmit wave :
                List.of(new Transmit.PlaneWave(0.1, 0, columns), new Transmit.DivergingWave(0, 0, -5e-3, columns))) {
            TransmitPath path = path(wave, rca, TransmitModel.UNIFIED);
            assertThat(path.timeS(new Vector3(1e-3, 3e-3, 8e-3)))
                    .isCloseTo(path.timeS(new Vector3(1e-3, 0, 8e-3)), within(1e-18));
        }
    }

    @Property
    void matrix_planeWaveInElevation_travelsThatWay(
            @ForAll @DoubleRange(min = -0.3, max = 0.3) double tilt,
            @ForAll @DoubleRange(min = -0.3, max = 0.3) double elevation) {
        Probe matrix = ProbeCatalogue.MATRIX1024_8;
        Transmit.PlaneWave wave = new Transmit.PlaneWave(tilt, elevation);
        double[] delays = TransmitDelays.delaysS(wave, matrix, C);
        TransmitPath path = path(wave, matrix, TransmitModel.UNIFIED);

        for (int e = 0; e < delays.length; e += 101) {
            assertThat(path.timeS(matrix.element(e).centerM())).isCloseTo(delays[e], within(1e-18));
        }
        assertThat(path.timeS(wave.direction().times(5e-3)) - path.timeS(Vector3.ZERO))
                .isCloseTo(5e-3 / C, within(1e-17));
    }

    @Test
    void cubicSpline_reproducesCubics() {
        double[] y = new double[9];
        for (int i = 0; i < y.length; i++) {
            y[i] = cubic(i);
        }
        for (int n = 4; n <= y.length; n++) {
            double[] fine = CubicSpline.resample(java.util.Arrays.copyOf(y, n), 4 * n);
            for (int j = 0; j < fine.length; j++) {
                assertThat(fine[j]).isCloseTo(cubic(j * (n - 1.0) / (4 * n - 1)), within(1e-11));
            }
        }
    }

    private static double cubic(double t) {
        return 1 - 2 * t + 0.5 * t * t - 0.25 * t * t * t;
    }

    private static TransmitPath path(Transmit wave, Probe probe, TransmitModel model) {
        return TransmitPath.of(wave, probe, model, sequence(wave), C);
    }

    private static TransmitSequence sequence(Transmit wave) {
        return new TransmitSequence(List.of(wave), 7.6e6, 1000, C);
    }
}
