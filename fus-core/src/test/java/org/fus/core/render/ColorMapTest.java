package org.fus.core.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColorMapTest {
    @Test
    void hot_lightness_isAStraightLine() {
        for (int i = 0; i < ColorMap.SIZE; i++) {
            // 8 bits hold few steps next to black, where lightness is the cube root of light.
            double tolerance = i < 16 ? 0.035 : 0.01;
            assertThat(OkLab.lightness(ColorMap.HOT.argb(i))).isCloseTo(i / 255.0, within(tolerance));
        }
        assertThat(ColorMap.HOT.argb(0)).isEqualTo(0xff000000);
        assertThat(ColorMap.HOT.argb(255)).isEqualTo(0xffffffff);
    }

    @Test
    void velocity_lightness_isSymmetricAndRisesFromTheCentre() {
        for (int i = 0; i < ColorMap.SIZE / 2; i++) {
            double negative = OkLab.lightness(ColorMap.VELOCITY.argb(127 - i));
            double positive = OkLab.lightness(ColorMap.VELOCITY.argb(128 + i));
            assertThat(negative).isCloseTo(positive, within(0.02));
            assertThat(positive).isCloseTo(0.15 + 0.77 * (i + 0.5) / 127.5, within(0.02));
        }
    }

    @Test
    void at_outsideTheScale_isTheNearerEnd() {
        assertThat(ColorMap.GRAY.at(-3)).isEqualTo(ColorMap.GRAY.argb(0));
        assertThat(ColorMap.GRAY.at(0.5)).isEqualTo(ColorMap.GRAY.argb(128));
        assertThat(ColorMap.GRAY.at(Double.POSITIVE_INFINITY)).isEqualTo(ColorMap.GRAY.argb(255));
    }

    @Test
    void of_wrongNumberOfColours_isRefused() {
        assertThatThrownBy(() -> ColorMap.of("short", new int[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
    }
}
