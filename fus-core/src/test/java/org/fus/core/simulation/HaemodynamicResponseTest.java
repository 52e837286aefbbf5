package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HaemodynamicResponseTest {
    @Test
    void response_toAShortStimulus_peaksWhereTheGammaFunctionDoes() {
        HaemodynamicResponse h = HaemodynamicResponse.RODENT;
        double best = 0;
        double bestAt = 0;
        for (double t = 0; t < 10; t += 0.01) {
            double v = h.at(t + 0.005, 0.01); // a stimulus of 10 ms, centred
            if (v > best) {
                best = v;
                bestAt = t;
            }
        }
        // delay + (shape - 1) scale, to the step of the search
        assertThat(bestAt).isCloseTo(2, within(0.02));
        assertThat(h.meanLatencyS()).isEqualTo(2.5);
    }

    @Test
    void response_beforeTheDelayIsZero_andUnderALongStimulusOne() {
        HaemodynamicResponse h = new HaemodynamicResponse(0.3, 3, 0.2);
        assertThat(h.at(-1, 5)).isZero();
        assertThat(h.at(0.3, 5)).isZero();
        assertThat(h.at(50, 100)).isCloseTo(1, within(1e-12)); // exp(-250)
        assertThat(h.at(200, 100)).isCloseTo(0, within(1e-12));
    }

    /** What follows another stimulus at once adds to it: the response is linear. */
    @Property(tries = 200)
    void response_ofTwoStimuliInARow_isTheirSum(
            @ForAll @DoubleRange(min = -5, max = 30) double t,
            @ForAll @DoubleRange(min = 0, max = 10) double first,
            @ForAll @DoubleRange(min = 0, max = 10) double second,
            @ForAll @IntRange(min = 1, max = 20) int shape) {
        HaemodynamicResponse h = new HaemodynamicResponse(0.4, shape, 0.3);
        assertThat(h.at(t, first) + h.at(t - first, second)).isCloseTo(h.at(t, first + second), within(1e-12));
    }

    @Test
    void figures_outOfRange_areNamed() {
        assertThatThrownBy(() -> new HaemodynamicResponse(-1, 4, 0.5)).hasMessageContaining("-1.0 s");
        assertThatThrownBy(() -> new HaemodynamicResponse(0, 21, 0.5)).hasMessageContaining("21 stages");
        assertThatThrownBy(() -> new HaemodynamicResponse(0, 4, Double.NaN)).hasMessageContaining("NaN");
    }
}
