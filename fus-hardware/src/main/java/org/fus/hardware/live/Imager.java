package org.fus.hardware.live;

import org.fus.core.clutter.ClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.run.RunContext;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.UploadedProgram;

/** The two halves of a recipe for what the blocks of a device hold. */
interface Imager {
    /** The images of a block; they do not need the block any more. */
    IqEnsemble images(DeviceBlock block, RunContext context);

    /** The map of an ensemble. */
    DopplerFrame map(IqEnsemble ensemble, RunContext context);

    static Imager of(ProcessingRecipe recipe, UploadedProgram program) {
        return switch (program.content()) {
            case BlockContent.Rf rf -> new OfSamples(Pipeline.forRf(recipe, rf.format()));
            case BlockContent.Iq iq -> {
                if (!iq.grid().equals(recipe.grid())) {
                    throw new IllegalArgumentException("the device makes images on " + iq.grid()
                            + ", but the recipe is for " + recipe.grid() + "; use the grid of the device");
                }
                yield new OfImages(recipe, recipe.clutter().filter());
            }
        };
    }

    /** Raw samples go through the whole recipe. */
    record OfSamples(Pipeline pipeline) implements Imager {
        @Override
        public IqEnsemble images(DeviceBlock block, RunContext context) {
            return pipeline.beamform(block.rf(), context);
        }

        @Override
        public DopplerFrame map(IqEnsemble ensemble, RunContext context) {
            return pipeline.doppler(ensemble, context);
        }
    }

    /** Images that the device beamformed go through what comes after that. */
    record OfImages(ProcessingRecipe recipe, ClutterFilter filter) implements Imager {
        @Override
        public IqEnsemble images(DeviceBlock block, RunContext context) {
            return block.iq();
        }

        @Override
        public DopplerFrame map(IqEnsemble ensemble, RunContext context) {
            return recipe.product().of(ensemble, filter, context);
        }
    }
}
