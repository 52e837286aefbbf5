package org.fus.io.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.Compounding;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.FNumber;
import org.fus.core.beamforming.Interpolation;
import org.fus.core.beamforming.Normalization;
import org.fus.core.beamforming.ReceiveWindow;
import org.fus.core.beamforming.TimeCorrections;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.sequence.TransmitModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeJsonTest {
    private static final PixelGrid GRID = PixelGrid.xz(-0.0063, 0.0064, 128, 0.001, 0.0123, 97);
    private static final ProcessingRecipe USUAL = ProcessingRecipe.of(GRID, Product.POWER);

    static Stream<ProcessingRecipe> recipes() {
        DasOptions odd = new DasOptions(
                new FNumber.Directivity(0.5),
                ReceiveWindow.tukey(0.1 + 0.2),
                1e-4 / 3,
                Math.PI / 7,
                Interpolation.LANCZOS5,
                Normalization.WEIGHTS,
                TransmitModel.FIRST_ARRIVAL,
                new TimeCorrections(1e-7 / 3, -2e-7, new TimeCorrections.Lens(5e-4, 1000)),
                1540.1,
                12345678901L);
        return Stream.of(
                USUAL,
                USUAL.withDas(odd),
                USUAL.withDas(DasOptions.DEFAULTS.withFNumber(new FNumber.Fixed(1.1, 0.7))),
                USUAL.withMethod(BeamformingMethod.parse("gcf:2", Compounding.INCOHERENT)),
                USUAL.withMethod(BeamformingMethod.parse("fk", Compounding.COHERENT)),
                USUAL.withMethod(BeamformingMethod.parse("das", Compounding.INCOHERENT)),
                USUAL.withDemodulation(new Demodulation.Fir(4)),
                USUAL.withClutter(Clutter.parse("butterworth:33.3:4")),
                USUAL.withClutter(Clutter.parse("svd-local:16x16:similarity")),
                USUAL.withProduct(Product.COLOR),
                USUAL.withProduct(Product.parse("band:-20:-2.5")));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void whatIsRead_equalsWhatWasWritten(ProcessingRecipe recipe) {
        String text = RecipeJson.write(recipe);
        assertThat(RecipeJson.read("recipe", text)).isEqualTo(recipe);
        assertThat(RecipeJson.write(RecipeJson.read("recipe", text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fus-recipe/1|fus-recipe/9|schema",
                "\"svd:40\"|\"magic\"|clutter",
                "\"svd:40\"|40|clutter",
                "\"power\"|\"colour\"|product",
                "\"das\" : {|\"das\" : 1, \"x\" : {|das",
                "\"nx\" : 128|\"nx\" : -1|grid",
                "\"nx\" : 128|\"nx\" : 1e99|nx",
                "\"zero-phase\"|\"fir:0\"|demodulation",
                "\"coherent\"|\"odd\"|compounding",
                "\"memoryBudgetBytes\" : |\"memoryBudgetBytes\" : \"x\", \"y\" : |memoryBudgetBytes",
                "\"x0M\" : -0.0063|\"x0M\" : null|x0M",
                "\"fNumberLateral\" : 1.0|\"fNumberLateral\" : -1.0|das",
                "{|[|/"
            })
    void whatIsWrong_isNamed(String right, String wrong, String name) {
        String text = RecipeJson.write(USUAL);
        assertThat(text).contains(right);
        assertThatThrownBy(() ->
                        RecipeJson.read("my recipe", text.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("my recipe: " + name);
    }

    @Test
    void hugeText_isRefused() {
        assertThatThrownBy(() -> RecipeJson.read("x", " ".repeat(2 << 20)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("at most");
    }
}
