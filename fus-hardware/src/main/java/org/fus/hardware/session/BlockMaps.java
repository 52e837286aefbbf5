package org.fus.hardware.session;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.program.AcquisitionPlan;

/** Power Doppler of the blocks of one program, raw samples or images. */
final class BlockMaps {
    private final PixelGrid grid;
    private final Clutter clutter;
    private final Pipeline pipeline; // null for images

    BlockMaps(UploadedProgram program, AcquisitionPlan plan, Clutter clutter) {
        this.clutter = clutter;
        switch (program.content()) {
            case BlockContent.Iq iq -> {
                grid = iq.grid().cartesian();
                pipeline = null;
            }
            case BlockContent.Rf rf -> {
                grid = usualGrid(plan);
                pipeline =
                        Pipeline.forRf(ProcessingRecipe.of(grid, Product.POWER).withClutter(clutter), rf.format());
            }
        }
    }

    /** A column per element, a row per wavelength, over the depth of the plan. */
    private static PixelGrid usualGrid(AcquisitionPlan plan) {
        double halfM = (plan.probe().elements() - 1) * plan.probe().pitchM() / 2;
        double wavelengthM = plan.firing().soundSpeedMPerS() / plan.firing().centerFrequencyHz();
        double depthM = plan.receiving().farM() - plan.receiving().nearM();
        int rows = Math.max(2, (int) Math.round(depthM / wavelengthM) + 1);
        return PixelGrid.xz(
                -halfM,
                halfM,
                Math.max(2, plan.probe().elements()),
                plan.receiving().nearM(),
                plan.receiving().farM(),
                rows);
    }

    PixelGrid grid() {
        return grid;
    }

    /** Whether the map can be made of a copy, so that the memory of the block can be given back at once. */
    boolean copies() {
        return pipeline == null;
    }

    DopplerFrame of(IqEnsemble images) {
        return Pipeline.doppler(images, clutter, Product.POWER, RunContext.inline());
    }

    DopplerFrame of(DeviceBlock block) {
        return pipeline.process(block.rf(), RunContext.inline());
    }
}
