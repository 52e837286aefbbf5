package org.fus.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.beamforming.Beamformer;
import org.fus.core.clutter.ClutterFilter;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;
import org.fus.core.signal.Demodulator;

/**
 * Runs a recipe on block after block of one format. What depends on geometry alone is computed once. Immutable; may be
 * used by many threads at once.
 */
public final class Pipeline {
    /** RF frames that are demodulated at a time: whole panels of the engine, so that their images are shared, not copied. */
    private static final int FRAMES_PER_STEP = 32;

    /** A rest of this many frames goes with the last step: narrow panels of its own would have to be copied. */
    private static final int SMALL_REST = 8;

    private final ProcessingRecipe recipe;
    private final Demodulator demodulator;
    private final Beamformer beamformer;

    /** One for all blocks, because it keeps its work space. */
    private final ClutterFilter clutter;

    /** IQ of one step, which nobody needs once it is beamformed. */
    private final WorkPool<FramePanels> steps = new WorkPool<>();

    /** The same for the last steps of recordings, which are longer or shorter. */
    private final WorkPool<FramePanels> lastSteps = new WorkPool<>();

    private Pipeline(ProcessingRecipe recipe, Demodulator demodulator, Beamformer beamformer) {
        this.recipe = recipe;
        this.demodulator = demodulator;
        this.beamformer = beamformer;
        this.clutter = recipe.clutter().filter();
    }

    /**
     * Prepares a recipe for RF of one format.
     *
     * @param recipe the chain
     * @param format what the RF samples mean
     * @return the pipeline
     * @throws IllegalArgumentException when recipe and format do not fit
     */
    public static Pipeline forRf(ProcessingRecipe recipe, ChannelFormat format) {
        Demodulator demodulator = recipe.demodulation().demodulator();
        Beamformer beamformer = recipe.method().plan(demodulator.outputFormat(format), recipe.grid(), recipe.das());
        return new Pipeline(recipe, demodulator, beamformer);
    }

    /**
     * Prepares a recipe for the format of some channel data.
     *
     * @param recipe the chain
     * @param data RF or IQ
     * @return the pipeline
     * @throws IllegalArgumentException when recipe and format do not fit
     */
    public static Pipeline forData(ProcessingRecipe recipe, ChannelData data) {
        return switch (data) {
            case RfData rf -> forRf(recipe, rf.format());
            case IqData iq ->
                new Pipeline(
                        recipe,
                        recipe.demodulation().demodulator(),
                        recipe.method().plan(iq.format(), recipe.grid(), recipe.das()));
        };
    }

    /**
     * The chain.
     *
     * @return the recipe
     */
    public ProcessingRecipe recipe() {
        return recipe;
    }

    /**
     * Demodulates, when needed, and beamforms. RF goes through in steps of 32 frames, so that the IQ of a long record
     * never stands in memory at once.
     *
     * @param data RF or IQ of the format that this pipeline was prepared for
     * @param context where to run
     * @return one image per frame
     */
    public IqEnsemble beamform(ChannelData data, RunContext context) {
        return switch (data) {
            case IqData iq -> beamformer.apply(iq, context);
            case RfData rf -> {
                List<IqEnsemble> parts = new ArrayList<>();
                int first = 0;
                while (first < rf.frames()) {
                    int rest = rf.frames() - first;
                    int count = rest > FRAMES_PER_STEP + SMALL_REST ? FRAMES_PER_STEP : rest;
                    RfData step = rf.slice(first, count);
                    parts.add(beamformStep(step, context));
                    first += count;
                }
                yield IqEnsemble.concatenate(parts);
            }
        };
    }

    private IqEnsemble beamformStep(RfData step, RunContext context) {
        ChannelFormat format = demodulator.outputFormat(step.format());
        int cells = format.transmits() * format.channels() * IqData.stride(format);
        WorkPool<FramePanels> pool = step.frames() == FRAMES_PER_STEP ? steps : lastSteps;
        FramePanels panels = pool.take(
                idle -> idle.frames() == step.frames() && idle.cells() == cells,
                () -> IqData.allocatePanels(format, step.frames()));
        IqEnsemble images = beamformer.apply(demodulator.demodulate(step, panels, context), context);
        pool.giveBack(panels);
        return images;
    }

    /**
     * Filters an ensemble and makes a map of it.
     *
     * @param ensemble one block of beamformed frames
     * @param clutter the filter
     * @param product the map
     * @param context where to run
     * @return the map
     */
    public static DopplerFrame doppler(IqEnsemble ensemble, Clutter clutter, Product product, RunContext context) {
        return product.of(ensemble, clutter.filter(), context);
    }

    /**
     * Filters an ensemble and makes the map of the recipe.
     *
     * @param ensemble one block of beamformed frames
     * @param context where to run
     * @return the map
     */
    public DopplerFrame doppler(IqEnsemble ensemble, RunContext context) {
        return recipe.product().of(ensemble, clutter, context);
    }

    /**
     * The whole chain.
     *
     * @param data one block of channel data of the format that this pipeline was prepared for
     * @param context where to run
     * @return the map
     */
    public DopplerFrame process(ChannelData data, RunContext context) {
        return doppler(beamform(data, context), context);
    }
}
