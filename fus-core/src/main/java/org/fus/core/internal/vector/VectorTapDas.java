package org.fus.core.internal.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.DasKernel;
import org.fus.core.internal.kernel.DasScratch;
import org.fus.core.internal.kernel.DasTables;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.kernel.TapTable;
import org.fus.core.internal.layout.FramePanels;

/**
 * Delay-and-sum with any interpolation, pixel by pixel: first a list of all samples that the pixel takes with their
 * weights, then, {@code 2 * LANES} frames at a time, plain loads of contiguous frames into four accumulators.
 */
final class VectorTapDas implements DasKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int WIDTH = FramePanels.FULL_WIDTH;

    private final TapTable table;
    private final DasKernel narrow;

    VectorTapDas(TapTable table) {
        this.table = table;
        this.narrow = ScalarKernels.INSTANCE.das(table);
    }

    @Override
    public int taps() {
        return table.taps();
    }

    @Override
    public void accumulate(
            DasTables plan,
            int transmit,
            int firstTile,
            int lastTile,
            float[] channels,
            float[] image,
            int width,
            DasScratch scratch) {
        if (width != WIDTH) {
            narrow.accumulate(plan, transmit, firstTile, lastTile, channels, image, width, scratch);
            return;
        }
        int lastPixel = Math.min(lastTile * DasTables.TILE, plan.pixels());
        for (int p = firstTile * DasTables.TILE; p < lastPixel; p++) {
            int count = collect(plan, transmit, p, scratch);
            float c = plan.txRe()[transmit][p];
            float s = plan.txIm()[transmit][p];
            int at = FramePanels.BASE + 2 * WIDTH * p;
            for (int g = 0; g < WIDTH; g += 2 * LANES) {
                sum(channels, scratch, count, g, c, s, image, at + g);
            }
        }
    }

    /** Lists the samples of one pixel: where they stand, and their weights with the phase of the receive delay. */
    private int collect(DasTables plan, int transmit, int p, DasScratch scratch) {
        int tile = p / DasTables.TILE;
        float tx = plan.txDelay()[transmit][p];
        int trace = transmit * plan.channels() + plan.firstElement()[tile];
        float[] weights = scratch.taps();
        int n = 0;
        for (int e = plan.start()[tile]; e < plan.start()[tile + 1]; e++, trace++) {
            int i = DasTables.TILE * e + p % DasTables.TILE;
            float delay = tx + plan.rxDelay()[i];
            int k = table.whole(delay, plan.samples());
            if (k >= 0) {
                table.weightsAt(delay + table.shift() - k, weights);
                int cell = trace * plan.stride() + k + table.firstTap();
                for (int tap = Math.max(0, -table.firstTap() - k); tap < table.taps(); tap++) {
                    scratch.offset()[n] = FramePanels.BASE + 2 * WIDTH * (cell + tap);
                    scratch.re()[n] = weights[tap] * plan.rxRe()[i];
                    scratch.im()[n++] = weights[tap] * plan.rxIm()[i];
                }
            }
        }
        return n;
    }

    private static void sum(
            float[] data, DasScratch taken, int count, int group, float c, float s, float[] image, int at) {
        FloatVector re0 = FloatVector.zero(F);
        FloatVector re1 = re0;
        FloatVector im0 = re0;
        FloatVector im1 = re0;
        int[] offset = taken.offset();
        float[] wRe = taken.re();
        float[] wIm = taken.im();
        for (int i = 0; i < count; i++) {
            int o = offset[i] + group;
            FloatVector wr = FloatVector.broadcast(F, wRe[i]);
            FloatVector wi = FloatVector.broadcast(F, wIm[i]);
            FloatVector a = FloatVector.fromArray(F, data, o);
            FloatVector b = FloatVector.fromArray(F, data, o + WIDTH);
            re0 = wr.fma(a, re0).sub(wi.mul(b));
            im0 = wi.fma(a, wr.fma(b, im0));
            a = FloatVector.fromArray(F, data, o + LANES);
            b = FloatVector.fromArray(F, data, o + WIDTH + LANES);
            re1 = wr.fma(a, re1).sub(wi.mul(b));
            im1 = wi.fma(a, wr.fma(b, im1));
        }
        turn(re0, im0, c, s, image, at);
        turn(re1, im1, c, s, image, at + LANES);
    }

    private static void turn(FloatVector re, FloatVector im, float c, float s, float[] image, int at) {
        FloatVector.fromArray(F, image, at).add(re.mul(c)).sub(im.mul(s)).intoArray(image, at);
        int o = at + WIDTH;
        FloatVector.fromArray(F, image, o).add(im.mul(c)).add(re.mul(s)).intoArray(image, o);
    }
}
