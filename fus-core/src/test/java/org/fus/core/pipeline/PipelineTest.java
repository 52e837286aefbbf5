package org.fus.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.SplittableRandom;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.Compounding;
import org.fus.core.beamforming.DelayAndSum;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfArray;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.AllocatedBytes;
import org.fus.core.testing.Ensembles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
    private static final ChannelFormat FORMAT = new ChannelFormat(
            Probe.linear("small", 12, 1e-4, 15e6).build(),
            TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000),
            SampleAxis.common(60e6, 0, 2, 150));
    private static final ProcessingRecipe RECIPE = ProcessingRecipe.of(
                    PixelGrid.xz(-5e-4, 5e-4, 7, 4e-4, 1.2e-3, 9), Product.POWER)
            .withDemodulation(new Demodulation.Fir(2))
            .withClutter(new Clutter.Svd(3));

    @Test
    void beamform_inStepsOf32Frames_equalsAllAtOnce() {
        RfArray rf = randomRf(71);
        IqEnsemble steps = Pipeline.forRf(RECIPE, FORMAT).beamform(rf, RunContext.inline());

        IqData iq = RECIPE.demodulation().demodulator().demodulate(rf, RunContext.inline());
        IqEnsemble once =
                DelayAndSum.plan(iq.format(), RECIPE.grid(), RECIPE.das()).apply(iq, RunContext.inline());

        assertThat(steps.frames()).isEqualTo(71);
        for (int f = 0; f < 71; f++) {
            assertThat(steps.copyFrame(f)).isEqualTo(once.copyFrame(f));
        }
    }

    /** IQ of a block is 1.3 MB here; it must not be made anew for each block, nor leak into the next. */
    @Test
    @Tag(AllocatedBytes.TAG)
    void beamform_blockAfterBlock_usesItsMemoryAgain() {
        RfArray rf = randomRf(71);
        Pipeline pipeline = Pipeline.forRf(RECIPE, FORMAT);
        IqEnsemble first = pipeline.beamform(rf, RunContext.inline());
        pipeline.beamform(randomRf(40), RunContext.inline());
        pipeline.beamform(RfArray.wrap(FORMAT, new float[71][2 * 12 * 150]), RunContext.inline());

        IqEnsemble again = pipeline.beamform(rf, RunContext.inline());

        for (int f = 0; f < 71; f++) {
            assertThat(again.copyFrame(f)).isEqualTo(first.copyFrame(f));
        }
        assertThat(AllocatedBytes.least(() -> pipeline.beamform(rf, RunContext.inline()), 150_000))
                .as("images are 48 kB")
                .isLessThanOrEqualTo(150_000);
    }

    @Test
    void process_rfAndItsIq_giveOneMapWithItsProvenance() {
        RfArray rf = randomRf(40);
        IqData iq = RECIPE.demodulation().demodulator().demodulate(rf, RunContext.inline());

        DopplerFrame fromRf = Pipeline.forData(RECIPE, rf).process(rf, RunContext.inline());
        DopplerFrame fromIq = Pipeline.forData(RECIPE, iq).process(iq, RunContext.inline());

        assertThat(fromRf.toArray()).isEqualTo(fromIq.toArray());
        assertThat(fromRf.provenance().steps())
                .extracting(s -> s.name())
                .containsExactly("delay-and-sum", "SVD clutter filter", "power Doppler");
        assertThat(fromRf.provenance().steps().get(1).parameters()).containsEntry("removedFirst", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"das", "cf", "slsc", "fdmas", "capon", "fk"})
    void beamform_anyMethod_isThatOfItsPlan(String text) {
        BeamformingMethod method = BeamformingMethod.parse(text, Compounding.COHERENT);
        ProcessingRecipe recipe = RECIPE.withMethod(method);
        RfArray rf = randomRf(3);
        IqData iq = recipe.demodulation().demodulator().demodulate(rf, RunContext.inline());

        IqEnsemble images = Pipeline.forRf(recipe, FORMAT).beamform(rf, RunContext.inline());

        IqEnsemble direct =
                method.plan(iq.format(), recipe.grid(), recipe.das()).apply(iq, RunContext.inline());
        assertThat(images.copyFrame(2)).isEqualTo(direct.copyFrame(2));
        assertThat(images.provenance()).isEqualTo(direct.provenance());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "svd:40",
                "svd:8:60",
                "svd-energy:1500.5",
                "svd-energy:2.0:300.0",
                "svd-cumulative:1000.0",
                "svd-auto:similarity",
                "svd-auto:turning-point",
                "svd-auto:similarity+noise",
                "svd-local:40x30:12",
                "svd-local:40x30:similarity",
                "butterworth:40:4",
                "fir:35.5:21",
                "poly:3",
                "dct:5"
            })
    void clutter_text_roundTrips(String text) {
        Clutter clutter = Clutter.parse(text);

        assertThat(clutter.text()).isEqualTo(text);
        assertThat(Clutter.parse(clutter.text().toUpperCase(Locale.ROOT))).isEqualTo(clutter);
        assertThat(clutter.filter()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "svd:forty, whole number",
        "svd:-1, 0 or more",
        "svd, svd:N",
        "svd:8:6, larger",
        "svd-energy, HIGHEST",
        "svd-energy:1e999, finite number",
        "svd-auto:best, turning-point",
        "svd-local:40:12, NZxNX",
        "svd-local:40x0:12, at least 1",
        "svd-local:40x40:, similarity",
        "butterworth, HZ",
        "butterworth:0, positive",
        "butterworth:40:99, expected 1 to 20",
        "fir, fir:HZ:TAPS",
        "fir:40:20, odd",
        "poly:-1, 0 or more",
        "dct:0, at least 1",
        "none:3, none",
        "wavelet, is not known; use none"
    })
    void clutter_otherText_isRefusedWithWhatWouldDo(String text, String why) {
        assertThatThrownBy(() -> Clutter.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "power",
                "color",
                "bmode",
                "signed",
                "variance",
                "directional",
                "directional:towards",
                "directional:away",
                "band:-5:-1.5"
            })
    void product_text_roundTripsAndMakesItsMap(String text) {
        Product product = Product.parse(text);

        assertThat(product.text()).isEqualTo(text);
        assertThat(Product.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(product);
        IqEnsemble e = Ensembles.random(20, 4, 5, 3);
        DopplerFrame map = product.of(e, new Clutter.Svd(2).filter(), RunContext.inline());
        assertThat(map.grid().size()).isEqualTo(20);
        assertThat(product.of(new Clutter.Svd(2).filter().apply(e, RunContext.inline()), RunContext.inline())
                        .toArray())
                .containsExactly(map.toArray(), within(2e-6f));
    }

    @ParameterizedTest
    @CsvSource({
        "doppler, is not known; use power",
        "power:3, expected power",
        "band:3, LOW:HIGH",
        "band:a:b, a number",
        "band:3:1, above the start",
        "directional:left, directional:towards"
    })
    void product_otherText_isRefused(String text, String why) {
        assertThatThrownBy(() -> Product.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void products_haveTheFieldsDefaultFilters() {
        assertThat(Product.POWER.defaultClutter()).isEqualTo(new Clutter.Svd(40));
        assertThat(Product.COLOR.defaultClutter()).isEqualTo(new Clutter.None());
        assertThat(Product.BMODE.defaultClutter()).isEqualTo(new Clutter.None());
        assertThat(Product.COLOR.leastFrames()).isEqualTo(2);
    }

    private static RfArray randomRf(int frames) {
        SplittableRandom random = new SplittableRandom(8);
        float[][] samples = new float[frames][2 * 12 * 150];
        for (float[] frame : samples) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-1000, 1000);
            }
        }
        return RfArray.wrap(FORMAT, samples);
    }
}
