package org.fus.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void clutter_text_roundTripsAndRefusesTheRest() {
        assertThat(Clutter.parse("svd:40")).isEqualTo(new Clutter.Svd(40));
        assertThat(Clutter.parse("none")).isEqualTo(new Clutter.None());
        assertThat(Clutter.parse(new Clutter.Svd(7).text())).isEqualTo(new Clutter.Svd(7));
        assertThatThrownBy(() -> Clutter.parse("svd:forty")).hasMessageContaining("whole number");
        assertThatThrownBy(() -> Clutter.parse("svd:-1")).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> Clutter.parse("fir")).hasMessageContaining("use none or svd:N");
    }

    @Test
    void products_haveTheFieldsDefaultFilters() {
        assertThat(Product.POWER.defaultClutter()).isEqualTo(new Clutter.Svd(40));
        assertThat(Product.COLOR.defaultClutter()).isEqualTo(new Clutter.None());
        assertThat(Product.BMODE.defaultClutter()).isEqualTo(new Clutter.None());
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
