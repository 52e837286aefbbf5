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

class IirFilterTest {
    /** Coefficients of the peer come from another route through poles: 1e-12 leaves room for its rounding. */
    private static final double ROUNDING = 1e-12;

    @Test
    void butterworthLowPass_goldenCutoffs_matchesCoefficients() {
        Golden golden = Golden.set("signal/g04_rf2iq");

        IirFilter standard = IirFilter.butterworthLowPass(5, 0.5);
        assertThat(standard.b()).containsExactly(golden.doubles("butter_b"), within(ROUNDING));
        assertThat(standard.a()).containsExactly(golden.doubles("butter_a"), within(ROUNDING));

        IirFilter narrow = IirFilter.butterworthLowPass(5, 0.77 / 4);
        assertThat(narrow.b()).containsExactly(golden.doubles("butterB_b"), within(ROUNDING));
        assertThat(narrow.a()).containsExactly(golden.doubles("butterB_a"), within(ROUNDING));
    }

    /** The definition: |H|^2 = 1 / (1 + (tan(pi f / 2) / tan(pi cutoff / 2))^(2 order)), f over Nyquist. */
    @Property(tries = 200)
    void butterworthLowPass_anyOrder_hasTheMagnitudeOfItsDefinition(
            @ForAll @IntRange(min = 1, max = 6) int order,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double cutoff,
            @ForAll @DoubleRange(min = 0, max = 0.99) double f) {
        IirFilter filter = IirFilter.butterworthLowPass(order, cutoff);
        double ratio = Math.tan(Math.PI * f / 2) / Math.tan(Math.PI * cutoff / 2);

        double power = power(filter.b(), f) / power(filter.a(), f);

        assertThat(power).isCloseTo(1 / (1 + Math.pow(ratio, 2 * order)), within(1e-7));
    }

    @Test
    void filterBothWays_straightLine_comesOutUnchanged() {
        double[] line = new double[60];
        for (int i = 0; i < line.length; i++) {
            line[i] = 3 - 0.25 * i;
        }

        double[] out = IirFilter.butterworthLowPass(5, 0.5).filterBothWays(line);

        // The odd extension continues a line; what is left of the transient at the far end after 18 samples.
        assertThat(out).containsExactly(line, within(1e-3));
    }

    @Test
    void filterBothWays_impulse_isSymmetric() {
        double[] impulse = new double[201];
        impulse[100] = 1;

        double[] out = IirFilter.butterworthLowPass(5, 0.4).filterBothWays(impulse);

        for (int k = 1; k <= 60; k++) {
            assertThat(out[100 + k]).isCloseTo(out[100 - k], within(1e-12));
        }
        assertThat(out[100]).isGreaterThan(0.3);
    }

    @Test
    void filterBothWays_eighteenSamples_saysHowManyAreNeeded() {
        IirFilter filter = IirFilter.butterworthLowPass(5, 0.5);

        assertThat(filter.filterBothWays(new double[19])).hasSize(19);
        assertThatThrownBy(() -> filter.filterBothWays(new double[18]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("18 samples")
                .hasMessageContaining("more than 18");
    }

    @Test
    void butterworthLowPass_cutoffAtNyquist_isRefused() {
        assertThatThrownBy(() -> IirFilter.butterworthLowPass(5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IirFilter.butterworthLowPass(0, 0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double power(double[] c, double f) {
        double re = 0;
        double im = 0;
        for (int k = 0; k < c.length; k++) {
            re += c[k] * Math.cos(Math.PI * f * k);
            im -= c[k] * Math.sin(Math.PI * f * k);
        }
        return re * re + im * im;
    }
}
