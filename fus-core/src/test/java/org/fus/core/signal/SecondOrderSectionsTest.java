package org.fus.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class SecondOrderSectionsTest {
    @Test
    void highPass_goldenCoefficients_matchUpToTheSpreadOfTheGain() {
        double[] expected = Golden.set("signal/g10_power_doppler").doubles("butter_sos");

        double[][] sos = SecondOrderSections.butterworthHighPass(4, 40 / 250.0).coefficients();

        double gain = 1;
        double expectedGain = 1;
        for (int s = 0; s < 2; s++) {
            gain *= sos[s][0];
            expectedGain *= expected[6 * s];
            for (int k = 0; k < 3; k++) {
                assertThat(sos[s][k] / sos[s][0]).isCloseTo(expected[6 * s + k] / expected[6 * s], within(1e-12));
                assertThat(sos[s][3 + k]).isCloseTo(expected[6 * s + 3 + k], within(1e-12));
            }
        }
        assertThat(gain).isCloseTo(expectedGain, within(1e-12));
    }

    @Property
    void response_isHalfPowerAtTheCutoffAndRightAtTheEnds(
            @ForAll @IntRange(min = 1, max = 20) int order,
            @ForAll @DoubleRange(min = 0.02, max = 0.95) double cutoff) {
        SecondOrderSections high = SecondOrderSections.butterworthHighPass(order, cutoff);
        SecondOrderSections low = SecondOrderSections.butterworthLowPass(order, cutoff);

        // rounding of up to ten sections near a pole
        assertThat(power(high, cutoff)).isCloseTo(0.5, within(1e-8));
        assertThat(power(low, cutoff)).isCloseTo(0.5, within(1e-8));
        assertThat(power(high, 1)).isCloseTo(1, within(1e-8));
        assertThat(power(low, 0)).isCloseTo(1, within(1e-8));
        assertThat(power(high, 0)).isCloseTo(0, within(1e-20));
        for (double f = 0.05; f < 1; f += 0.1) {
            assertThat(power(high, f) + power(low, f)).isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void filter_settledOnAConstant_staysSettled() {
        double[] signal = new double[50];
        java.util.Arrays.fill(signal, 7);
        SecondOrderSections low = SecondOrderSections.butterworthLowPass(5, 0.2);
        double[] state = new double[low.stateLength() + 3];
        low.settle(7, state, 3);

        low.filter(signal, 0, 50, state, 3);

        for (double v : signal) {
            assertThat(v).isCloseTo(7, within(1e-12));
        }
    }

    @Test
    void filterBothWays_likeTheSinglePolynomial_givesTheSame() {
        double[] signal = new java.util.SplittableRandom(5).doubles(120, -1, 1).toArray();
        double[] expected = IirFilter.butterworthLowPass(4, 0.3).filterBothWays(signal);
        SecondOrderSections low = SecondOrderSections.butterworthLowPass(4, 0.3);

        // the paddings agree for an even order: 3 times 5 coefficients
        assertThat(low.padding()).isEqualTo(15);
        low.filterBothWays(signal, new double[signal.length + 2 * low.padding()]);

        for (int n = 0; n < signal.length; n++) {
            assertThat(signal[n]).isCloseTo(expected[n], within(1e-10));
        }
    }

    @Test
    void arguments_outOfRange_areRefused() {
        assertThatThrownBy(() -> SecondOrderSections.butterworthHighPass(0, 0.5))
                .hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> SecondOrderSections.butterworthHighPass(2, 1)).hasMessageContaining("both excluded");
        assertThatThrownBy(() -> SecondOrderSections.butterworthLowPass(3, 0.5).requireLength(12))
                .hasMessageContaining("more than 12");
    }

    /** Squared magnitude of the response at a fraction of the Nyquist frequency. */
    private static double power(SecondOrderSections filter, double f) {
        double power = 1;
        for (double[] s : filter.coefficients()) {
            double c1 = Math.cos(Math.PI * f);
            double s1 = Math.sin(Math.PI * f);
            double c2 = Math.cos(2 * Math.PI * f);
            double s2 = Math.sin(2 * Math.PI * f);
            power *= Math.pow(s[0] + s[1] * c1 + s[2] * c2, 2) + Math.pow(s[1] * s1 + s[2] * s2, 2);
            power /= Math.pow(1 + s[4] * c1 + s[5] * c2, 2) + Math.pow(s[4] * s1 + s[5] * s2, 2);
        }
        return power;
    }
}
