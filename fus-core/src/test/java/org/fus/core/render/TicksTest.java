package org.fus.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TicksTest {
    @Test
    void of_millimetres_givesRoundNumbers() {
        Ticks ticks = Ticks.of(-6.4, 6.4, 9);
        assertThat(ticks.values()).containsExactly(-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0);
        assertThat(ticks.label(-2)).isEqualTo("−2");
        assertThat(ticks.label(-0.0)).isEqualTo("0");
    }

    @Test
    void of_smallSpan_labelsWithEnoughDigits() {
        Ticks ticks = Ticks.of(0.1, 0.35, 5);
        assertThat(ticks.values().stream().map(ticks::label))
                .containsExactly("0.10", "0.15", "0.20", "0.25", "0.30", "0.35");
    }

    @Test
    void of_axisBetweenCoarseTicks_stillHasOne() {
        // Two steps of 2.01 round up to 5, and no multiple of 5 lies between 0.5 and 4.52.
        assertThat(Ticks.of(0.5, 4.52, 2).values()).containsExactly(2.0, 4.0);
    }

    @Property(tries = 200)
    void of_anyAxis_staysWithinItAndBelowTheLimit(
            @ForAll @DoubleRange(min = -1e3, max = 1e3) double low,
            @ForAll @DoubleRange(min = 0.01, max = 1e3) double span,
            @ForAll @IntRange(min = 2, max = 12) int most) {
        Ticks ticks = Ticks.of(low, low + span, most);
        assertThat(ticks.values())
                .hasSizeBetween(1, most + 1)
                .isSorted()
                .allSatisfy(v -> assertThat(v).isBetween(low - 1e-6 * span, low + span + 1e-6 * span));
        assertThat(ticks.values().stream().map(ticks::label)).doesNotHaveDuplicates();
    }
}
