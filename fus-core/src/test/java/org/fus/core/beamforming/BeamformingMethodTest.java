package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeamformingMethodTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "das",
                "fk",
                "cf",
                "gcf:1",
                "gcf:3",
                "pcf:1.0",
                "pcf:0.5",
                "slsc:0.2",
                "dmas",
                "fdmas",
                "capon:0.5:0.01:fb",
                "capon:0.25:0.1:f"
            })
    void parse_fullText_givesTheTextAgain(String text) {
        assertThat(BeamformingMethod.parse(text, Compounding.COHERENT).text()).isEqualTo(text);
    }

    @Test
    void parse_nameAlone_hasDefaults() {
        assertThat(adaptive("gcf")).isEqualTo(GeneralizedCoherenceFactor.DEFAULT);
        assertThat(adaptive("pcf")).isEqualTo(PhaseCoherenceFactor.DEFAULT);
        assertThat(adaptive("slsc")).isEqualTo(ShortLagSpatialCoherence.DEFAULT);
        assertThat(adaptive("capon")).isEqualTo(Capon.DEFAULT);
        assertThat(adaptive("capon:0.3")).isEqualTo(new Capon(0.3, 0.01, true));
        assertThat(BeamformingMethod.parse("das", Compounding.INCOHERENT))
                .isEqualTo(new BeamformingMethod.Adaptive(new PlainSum(), Compounding.INCOHERENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mvdr",
                "cf:1",
                "gcf:x",
                "gcf:1.5",
                "gcf:-1",
                "gcf:1:2",
                "pcf:NaN",
                "slsc:2",
                "capon:0.9",
                "capon:0.5:0.01:no",
                "das:1",
                "fk:4"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> BeamformingMethod.parse(text, Compounding.COHERENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_unknownName_listsTheNames() {
        assertThatThrownBy(() -> BeamformingMethod.parse("mvdr", Compounding.COHERENT))
                .hasMessageContaining("mvdr")
                .hasMessageContaining("capon[:SUB_ARRAY:LOADING]");
        assertThatThrownBy(() -> BeamformingMethod.parse("fk", Compounding.INCOHERENT))
                .hasMessageContaining("coherently");
    }

    private static PixelMethod adaptive(String text) {
        return ((BeamformingMethod.Adaptive) BeamformingMethod.parse(text, Compounding.COHERENT)).method();
    }
}
