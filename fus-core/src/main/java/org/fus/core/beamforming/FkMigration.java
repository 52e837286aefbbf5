package org.fus.core.beamforming;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.KernelSet;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/**
 * Stolt f-k migration of tilted plane waves on a straight row of elements, with coherent compounding. The spectrum of the
 * data over time and elements is mapped onto that of the image, {@code f = v sqrt(kx^2 + (2 f_z / (beta c))^2)}, linearly
 * interpolated and weighted by {@code f_z / f}; evanescent waves are dropped. The image is then evaluated by chirp
 * z-transforms at exactly the pixels of the grid, which need not fit samples or elements.
 *
 * <p>Uses the whole array for every pixel: there is neither F-number nor window. The phase of
 * a pixel is that of RF at depth and turns with motion as in {@link DelayAndSum}; between the two stands a constant angle
 * of about an eighth of a turn, that of a wave in two dimensions. The compound is the plain sum of the waves. float32;
 * within about 1e-5 of the maximum of a float64 computation. Spectrum and work space are kept from call to call.
 *
 * <p>Costs, per frame and wave, a transform over time and elements and, for each lateral frequency, two transforms of
 * about the padded record: {@code O(S log S)} for {@code S} padded samples, whatever the number of pixels.
 *
 * @see <a href="https://doi.org/10.1109/TUFFC.2013.2771">Garcia et al. 2013, Stolt's f-k migration for plane wave
 *     ultrasound imaging</a>
 * @see <a href="https://doi.org/10.1190/1.1440826">Stolt 1978, migration by Fourier transform</a>
 */
public final class FkMigration implements Beamformer {
    private final FkGeometry geometry;
    private final FkOptions options;
    private final FkTransforms transforms;
    private final KernelSet kernels;
    private final WorkPool<FkBlock> pool = new WorkPool<>();

    private FkMigration(FkGeometry geometry, FkOptions options, KernelSet kernels) {
        this.geometry = geometry;
        this.options = options;
        this.transforms = new FkTransforms(geometry);
        this.kernels = kernels;
    }

    /**
     * Prepares a migration of plane waves on a linear probe.
     *
     * @param format what the IQ samples mean: array, transmits, sample times
     * @param grid where to look: one slice in front of the array, not deeper than the record
     * @param options paddings
     * @return the plan
     * @throws IllegalArgumentException when the grid reaches behind or far beyond the array, or deeper than the record
     * @throws org.fus.core.error.FusUnsupportedException for other probes, transmits and grids
     */
    public static FkMigration plan(ChannelFormat format, PixelGrid grid, FkOptions options) {
        return plan(format, grid, options, KernelProvider.active());
    }

    static FkMigration plan(ChannelFormat format, PixelGrid grid, FkOptions options, KernelSet kernels) {
        return new FkMigration(new FkGeometry(format, grid, options), options, kernels);
    }

    @Override
    public PixelGrid grid() {
        return geometry.grid;
    }

    @Override
    public IqEnsemble apply(ChannelData channelData, RunContext context) {
        IqData data = PlanMatch.requireIq(channelData, geometry.format);
        FramePanels image = FramePanels.allocateLike(data.panels(), data.frames(), geometry.grid.size());
        int width = FkBlock.width(geometry, image.width());
        int perPanel = image.width() / width;
        FkBlock block = pool.take(b -> b.width() == width, () -> new FkBlock(geometry, transforms, kernels, width));
        block.runIn(context.withProgress((s, d, t) -> {}));
        int steps = perPanel * image.count() * geometry.waves.size();
        int done = 0;
        context.report("beamform", 0, steps);
        for (int panel = 0; panel < image.count(); panel++) {
            for (int lane = 0; lane < Math.min(image.width(), image.framesIn(panel)); lane += width) {
                block.clear();
                for (int wave = 0; wave < geometry.waves.size(); wave++) {
                    block.add(data.panels(), panel, lane, wave);
                    context.report("beamform", ++done, steps);
                }
                block.store(image, panel, lane);
            }
        }
        pool.giveBack(block);
        context.report("beamform", steps, steps);
        IqEnsemble.Timing timing = new IqEnsemble.Timing(
                geometry.format.sequence().frameRateHz(),
                data.demodulationFrequencyHz(),
                geometry.format.sequence().soundSpeedMPerS());
        return IqEnsemble.ofPanels(
                geometry.grid,
                timing,
                image,
                NotFinite.report(image, Provenance.none().with("f-k migration", parameters())));
    }

    @Override
    public MemoryEstimate memory() {
        int width = FkBlock.width(geometry, FramePanels.FULL_WIDTH);
        return new MemoryEstimate(
                transforms.bytes() + FkBlock.sharedBytes(geometry, width),
                FkWork.bytes(geometry, transforms, width),
                2L * Float.BYTES * geometry.grid.size());
    }

    private Map<String, String> parameters() {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("probe", geometry.format.probe().name());
        p.put("transmits", Integer.toString(geometry.waves.size()));
        p.put("timePadding", Double.toString(options.timePadding()));
        p.put("lateralPadding", Double.toString(options.lateralPadding()));
        p.put("soundSpeedMPerS", Double.toString(geometry.soundSpeedMPerS));
        return p;
    }
}
