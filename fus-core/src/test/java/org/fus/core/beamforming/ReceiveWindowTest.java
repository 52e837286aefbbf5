package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden vectors g16: windows of scipy, apertures of USTB and mach. */
class ReceiveWindowTest {
    /** Both sides are closed forms in float64. */
    private static final double EXACT = 1e-12;

    @ParameterizedTest
    @CsvSource({
        "ustb_hanning, hann",
        "ustb_hamming, hamming-equiripple",
        "ustb_tukey25, tukey:0.25",
        "ustb_tukey50, tukey:0.5",
        "ustb_tukey75, tukey:0.75"
    })
    void weight_matchesUstb(String key, String window) {
        Golden g16 = Golden.set("signal/g16_tapers");
        double[] ratio = g16.doubles("ratio");
        assertMatches(ReceiveWindow.parse(window), ratio, 1, g16.doubles(key));
    }

    @ParameterizedTest
    @CsvSource({"mach_tukey25, tukey:0.25", "mach_tukey50, tukey:0.5", "mach_tukey100, tukey:1"})
    void weight_matchesMach(String key, String window) {
        Golden g16 = Golden.set("signal/g16_tapers");
        assertMatches(ReceiveWindow.parse(window), g16.doubles("mach_rnorm"), 0.5, g16.doubles(key));
    }

    @ParameterizedTest
    @CsvSource({
        "hann, hann",
        "hamming, hamming",
        "blackman, blackman",
        "bartlett, triangle",
        "tukey25, tukey:0.25",
        "tukey50, tukey:0.5",
        "tukey75, tukey:0.75"
    })
    void weight_sampledAcrossTheAperture_matchesScipy(String key, String window) {
        Golden g16 = Golden.set("signal/g16_tapers");
        for (int n : new int[] {16, 65}) {
            double[] u = new double[n];
            for (int i = 0; i < n; i++) {
                u[i] = Math.abs(i - (n - 1) / 2.0) / (n - 1);
            }
            assertMatches(ReceiveWindow.parse(window), u, 1, g16.doubles(key + "_" + n));
        }
    }

    private static void assertMatches(ReceiveWindow window, double[] at, double scale, double[] expected) {
        assertThat(at).hasSameSizeAs(expected);
        for (int i = 0; i < at.length; i++) {
            assertThat(window.weight(scale * at[i]))
                    .as("%s at %s", window, at[i])
                    .isCloseTo(expected[i], within(EXACT));
        }
    }

    @Test
    void tukey_atItsEnds_isBoxcarAndHann() {
        for (double u = 0; u <= 0.5; u += 0.05) {
            assertThat(ReceiveWindow.tukey(0).weight(u)).isEqualTo(1);
            assertThat(ReceiveWindow.tukey(1).weight(u)).isCloseTo(ReceiveWindow.HANN.weight(u), within(EXACT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kaiser", "tukey", "tukey:2", "tukey:x", "hann:1", ""})
    void parse_unknownWindow_isRefusedWithAllNames(String name) {
        assertThatThrownBy(() -> ReceiveWindow.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tukey:A");
    }

    @Test
    void name_isWhatParseUnderstands() {
        for (String name : new String[] {"boxcar", "hann", "hamming-equiripple", "tukey:0.3"}) {
            assertThat(ReceiveWindow.parse(name).name()).isEqualTo(name);
        }
    }
}
