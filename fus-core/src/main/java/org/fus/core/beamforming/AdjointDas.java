package org.fus.core.beamforming;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.DasTables;
import org.fus.core.internal.kernel.TapTable;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/** Spreads images back over the samples that they were summed from, with the conjugate weights. */
final class AdjointDas {
    /** Pixels whose tables stand at a time. */
    private static final int PIXELS_PER_BLOCK = 512;

    private final DasGeometry geometry;
    private final DasTableBuilder builder;
    private final TapTable taps;

    AdjointDas(DasGeometry geometry, DasTableBuilder builder, TapTable taps) {
        this.geometry = geometry;
        this.builder = builder;
        this.taps = taps;
    }

    IqData channels(IqEnsemble images, RunContext context) {
        ChannelFormat format = geometry.format();
        FramePanels image = images.panels();
        FramePanels channels = FramePanels.allocateLike(
                image, images.frames(), format.transmits() * format.channels() * IqData.stride(format));
        int pixels = geometry.grid().size();
        for (int first = 0; first < pixels; first += PIXELS_PER_BLOCK) {
            int from = first;
            DasTables[] tables = new DasTables[geometry.groups()];
            for (int g = 0; g < tables.length; g++) {
                tables[g] = builder.build(g, first, Math.min(PIXELS_PER_BLOCK, pixels - first));
            }
            // a task owns the traces of one transmit in one panel
            context.forEach("adjoint", format.transmits() * image.count(), task -> {
                int t = task % format.transmits();
                int panel = task / format.transmits();
                spread(tables[geometry.groupOf(t)], t, from, image.panel(panel), channels.panel(panel), image.width());
            });
        }
        return IqData.ofPanels(format, format.sequence().centerFrequencyHz(), channels);
    }

    private void spread(DasTables plan, int t, int firstPixel, float[] image, float[] channels, int width) {
        float[] turned = new float[2 * width];
        float[] weights = new float[TapTable.MAX_TAPS];
        for (int p = 0; p < plan.pixels(); p++) {
            int from = FramePanels.BASE + 2 * width * (firstPixel + p);
            conjugateTurn(image, from, plan.txRe()[t][p], plan.txIm()[t][p], turned, width);
            int tile = p / DasTables.TILE;
            int trace = t * plan.channels() + plan.firstElement()[tile];
            for (int e = plan.start()[tile]; e < plan.start()[tile + 1]; e++, trace++) {
                int i = DasTables.TILE * e + p % DasTables.TILE;
                float delay = plan.txDelay()[t][p] + plan.rxDelay()[i];
                int k = taps.whole(delay, plan.samples());
                if (k >= 0) {
                    taps.weightsAt(delay + taps.shift() - k, weights);
                    for (int tap = Math.max(0, -taps.firstTap() - k); tap < taps.taps(); tap++) {
                        int cell = trace * plan.stride() + k + taps.firstTap() + tap;
                        float w = weights[tap];
                        add(
                                turned,
                                w * plan.rxRe()[i],
                                w * plan.rxIm()[i],
                                channels,
                                FramePanels.BASE + 2 * width * cell,
                                width);
                    }
                }
            }
        }
    }

    private static void conjugateTurn(float[] image, int at, float c, float s, float[] turned, int width) {
        for (int f = 0; f < width; f++) {
            float re = image[at + f];
            float im = image[at + width + f];
            turned[f] = c * re + s * im;
            turned[width + f] = c * im - s * re;
        }
    }

    private static void add(float[] turned, float c, float s, float[] channels, int at, int width) {
        for (int f = 0; f < width; f++) {
            channels[at + f] += c * turned[f] + s * turned[width + f];
            channels[at + width + f] += c * turned[width + f] - s * turned[f];
        }
    }
}
