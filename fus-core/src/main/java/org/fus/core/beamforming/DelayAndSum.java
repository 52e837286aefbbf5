package org.fus.core.beamforming;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.kernel.DasKernel;
import org.fus.core.internal.kernel.DasScratch;
import org.fus.core.internal.kernel.DasTables;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/**
 * Delay-and-sum with coherent compounding: for every pixel, the sum over transmits and active elements of
 *
 * <pre>w_e IQ_e(t) exp(j 2 pi f t),   t = t_transmit(x, z) + hypot(x - x_e, z) / c</pre>
 *
 * interpolated linearly on baseband, a plain sum without normalisation. An element is active when {@code |x - x_e| <= z /
 * (2 F)}. A sample outside the record contributes nothing. Delays, phases and aperture membership are decided in double
 * and kept in float32, so that images are within about 5e-5 of the maximum of a float64 computation.
 *
 * <p>The plan is immutable and may be applied by many threads at once. It needs 12 bytes per pixel and active element
 * and 12 per pixel and transmit; applying it costs one complex multiply-add with interpolation per pixel, active element,
 * transmit and frame, and allocates nothing but its result.
 *
 * @see <a href="https://doi.org/10.1109/TUFFC.2009.1067">Montaldo et al. 2009, coherent plane-wave compounding</a>
 * @see <a href="https://doi.org/10.1016/j.ultras.2020.106309">Perrot et al. 2021, delay-and-sum on RF and IQ</a>
 */
public final class DelayAndSum {
    /** Tiles of one task: a few milliseconds of work whose samples stay in the caches from transmit to transmit. */
    private static final int TILES_PER_TASK = 1024;

    private final ChannelFormat format;
    private final PixelGrid grid;
    private final DasOptions options;
    private final DasTables tables;
    private final DasKernel kernel;

    private DelayAndSum(ChannelFormat format, PixelGrid grid, DasOptions options, DasTables tables, DasKernel kernel) {
        this.format = format;
        this.grid = grid;
        this.options = options;
        this.tables = tables;
        this.kernel = kernel;
    }

    /**
     * Computes a plan for plane waves on a linear probe.
     *
     * @param format what the IQ samples mean: array, transmits, sample times
     * @param grid where to look, in front of the array
     * @param options F-number and window
     * @return the plan
     * @throws IllegalArgumentException when the grid reaches behind the array
     * @throws org.fus.core.error.FusUnsupportedException for other probes and transmits
     */
    public static DelayAndSum plan(ChannelFormat format, PixelGrid grid, DasOptions options) {
        return plan(format, grid, options, KernelProvider.active().das());
    }

    static DelayAndSum plan(ChannelFormat format, PixelGrid grid, DasOptions options, DasKernel kernel) {
        return new DelayAndSum(format, grid, options, DasGeometry.tables(format, grid, options), kernel);
    }

    /**
     * Where the images are.
     *
     * @return the grid
     */
    public PixelGrid grid() {
        return grid;
    }

    /**
     * Forms one image per frame.
     *
     * @param data samples of the plan's format
     * @param context where to run; progress stage {@code beamform}
     * @return the images
     * @throws IllegalArgumentException when the data do not match the plan
     */
    public IqEnsemble apply(IqData data, RunContext context) {
        requireMatch(data);
        FramePanels channels = data.panels();
        FramePanels image = FramePanels.allocate(data.frames(), grid.size());
        int tasksPerPanel = (tables.tiles() + TILES_PER_TASK - 1) / TILES_PER_TASK;
        context.forEach("beamform", tasksPerPanel * image.count(), task -> {
            int panel = task / tasksPerPanel;
            int first = task % tasksPerPanel * TILES_PER_TASK;
            int last = Math.min(first + TILES_PER_TASK, tables.tiles());
            DasScratch scratch = new DasScratch(format.channels());
            for (int t = 0; t < tables.transmits(); t++) {
                kernel.accumulate(
                        tables, t, first, last, channels.panel(panel), image.panel(panel), image.width(), scratch);
            }
        });
        IqEnsemble.Timing timing = new IqEnsemble.Timing(
                format.sequence().frameRateHz(),
                data.demodulationFrequencyHz(),
                format.sequence().soundSpeedMPerS());
        return IqEnsemble.ofPanels(grid, timing, image, Provenance.none().with("delay-and-sum", parameters()));
    }

    private Map<String, String> parameters() {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("probe", format.probe().name());
        p.put("transmits", Integer.toString(format.transmits()));
        p.put("fNumber", Double.toString(options.fNumber()));
        p.put("window", options.window().name().toLowerCase(Locale.ROOT));
        p.put("soundSpeedMPerS", Double.toString(format.sequence().soundSpeedMPerS()));
        return p;
    }

    private void requireMatch(IqData data) {
        ChannelFormat got = data.format();
        if (got.transmits() != format.transmits()
                || got.channels() != format.channels()
                || !got.samples().equals(format.samples())
                || !got.sequence().equals(format.sequence())) {
            throw new IllegalArgumentException("IQ data of " + describe(got) + " do not match the plan, made for "
                    + describe(format) + "; make a plan for this format");
        }
        if (data.demodulationFrequencyHz() != format.sequence().centerFrequencyHz()) {
            throw new IllegalArgumentException("IQ data demodulated at " + data.demodulationFrequencyHz()
                    + " Hz, the plan turns phases at " + format.sequence().centerFrequencyHz()
                    + " Hz; demodulate at the centre frequency of the sequence");
        }
    }

    private static String describe(ChannelFormat f) {
        return f.transmits() + " transmits x " + f.channels() + " channels x " + f.sampleCount() + " samples at "
                + f.samples().samplingFrequencyHz() + " Hz, PRF " + f.sequence().pulseRepetitionFrequencyHz() + " Hz";
    }
}
