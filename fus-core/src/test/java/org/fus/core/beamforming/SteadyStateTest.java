package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.AllocatedBytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In live use blocks come for hours: what is allocated per block is paid in pauses, and one bad frame must not spread. */
class SteadyStateTest {
    private static final double F = 15e6;
    private static final int FRAMES = 64;
    private static final int VECTORS_PER_PIXEL = 12;
    private static final int VECTOR_BYTES = 40;
    private static final ChannelFormat FORMAT = new ChannelFormat(
            Probe.linear("linear", 24, 0.1e-3, F).build(),
            TransmitSequence.planeWaves(-0.1, 0.1, 2, F, 5000),
            SampleAxis.common(2 * F, 0.8e-6, 2, 160));
    private static final PixelGrid GRID =
            new PixelGrid(-0.8e-3, 0, 2e-3, 0.05e-3, PixelGrid.DEFAULT_SLICE_M, 0.05e-3, 32, 1, 32);

    @ParameterizedTest
    @ValueSource(strings = {"cf", "gcf:1", "pcf", "slsc", "dmas", "fdmas", "capon", "fk"})
    @Tag(AllocatedBytes.TAG)
    void apply_blockAfterBlock_allocatesTheImagesAlone(String method) {
        Beamformer plan = BeamformingMethod.parse(method, Compounding.COHERENT).plan(FORMAT, GRID, DasOptions.DEFAULTS);
        IqData data = PointEchoes.random(FORMAT, FRAMES, 3);
        long images = 2L * Float.BYTES * GRID.size() * FRAMES;

        // objects of the call itself: provenance, lambdas, crews of the loops; and the vectors that the geometry of a
        // pixel makes, which the compiler removes or not as its profile of other plans has it: none per frame or
        // element
        long most = images + 96 * 1024 + (long) VECTORS_PER_PIXEL * VECTOR_BYTES * GRID.size();
        assertThat(AllocatedBytes.least(() -> plan.apply(data, RunContext.inline()), most))
                .isBetween(images, most);
    }

    /** Vectors that escape to the heap would be megabytes, work space of the tasks tens of kilobytes. */
    @ParameterizedTest
    @EnumSource(Interpolation.class)
    @Tag(AllocatedBytes.TAG)
    void delayAndSum_blockAfterBlock_allocatesTheImagesAlone(Interpolation interpolation) {
        DasOptions options = DasOptions.DEFAULTS.withInterpolation(interpolation);
        DelayAndSum plan = DelayAndSum.plan(FORMAT, GRID, options);
        IqData data = PointEchoes.random(FORMAT, FRAMES, 3);
        long images = 2L * Float.BYTES * GRID.size() * FRAMES;

        // objects of the call itself: provenance, lambdas
        long most = images + 8 * 1024;
        assertThat(AllocatedBytes.least(() -> plan.apply(data, RunContext.inline()), most))
                .isBetween(images, most);
    }

    @Test
    @Tag(AllocatedBytes.TAG)
    void frameByFrame_frameAfterFrame_allocatesTheImageAlone() {
        DelayAndSum plan = DelayAndSum.planFrameByFrame(FORMAT, GRID, DasOptions.DEFAULTS);
        IqData data = PointEchoes.random(FORMAT, 1, 3);
        long image = 2L * Float.BYTES * GRID.size();

        long most = image + 8 * 1024;
        assertThat(AllocatedBytes.least(() -> plan.apply(data, RunContext.inline()), most))
                .isBetween(image, most);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cf", "gcf:1", "pcf", "slsc", "dmas", "fdmas", "capon", "fk"})
    void apply_frameThatIsNotFinite_isNamedAndStaysAlone(String method) {
        Beamformer plan = BeamformingMethod.parse(method, Compounding.COHERENT).plan(FORMAT, GRID, DasOptions.DEFAULTS);
        IqData clean = PointEchoes.random(FORMAT, 7, 4);
        FramePanels spoilt = FramePanels.allocate(7, clean.panels().cells());
        for (int f = 0; f < 7; f++) {
            float[] frame = new float[2 * clean.panels().cells()];
            clean.panels().copyFrame(f, frame);
            if (f == 5) {
                Arrays.fill(frame, Float.NaN);
            }
            spoilt.setFrame(f, frame);
        }

        IqEnsemble images = plan.apply(IqData.ofPanels(FORMAT, F, spoilt), RunContext.inline());

        assertThat(images.provenance().warnings()).singleElement().asString().contains("frames [5]");
        IqEnsemble expected = plan.apply(clean, RunContext.inline());
        assertThat(expected.provenance().warnings()).isEmpty();
        assertThat(images.copyFrame(4)).isEqualTo(expected.copyFrame(4));
        assertThat(images.copyFrame(6)).isEqualTo(expected.copyFrame(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"das", "cf", "gcf:1", "pcf", "slsc", "dmas", "fdmas", "capon", "fk"})
    void apply_tailThatSharesWidePanels_isThatOfTheWhole(String method) {
        Beamformer plan = BeamformingMethod.parse(method, Compounding.COHERENT).plan(FORMAT, GRID, DasOptions.DEFAULTS);
        IqData all = PointEchoes.random(FORMAT, 37, 6);
        IqData tail = IqData.ofPanels(FORMAT, F, all.panels().slice(32, 5));

        IqEnsemble expected = plan.apply(all, RunContext.inline());
        IqEnsemble images = plan.apply(tail, RunContext.inline());

        for (int f = 0; f < 5; f++) {
            assertThat(images.copyFrame(f)).isEqualTo(expected.copyFrame(32 + f));
        }
    }
}
