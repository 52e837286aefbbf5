package org.fus.core.internal.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.fus.core.internal.kernel.DasKernel;
import org.fus.core.internal.kernel.DasScratch;
import org.fus.core.internal.kernel.DasTables;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.internal.layout.FramePanels;

/**
 * Delay-and-sum of one frame, for the lowest latency of a live view. A panel of one frame is interleaved (re, im), so one
 * load of four floats takes both samples of an interpolation: re(k), im(k), re(k + 1), im(k + 1). They are multiplied with
 * (1 - f, 1 - f, f, f) and summed with the real and with the imaginary weight; what belongs together is added at the end.
 * Gathers would need four times the loads, and some processors take them apart.
 */
final class VectorFrameDas implements DasKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    /** Both samples of one element, whatever the processor prefers. */
    private static final VectorSpecies<Float> PAIR = FloatVector.SPECIES_128;

    private static final FloatVector SLOPE = FloatVector.fromArray(PAIR, new float[] {-1, -1, 1, 1}, 0);
    private static final FloatVector START = FloatVector.fromArray(PAIR, new float[] {1, 1, 0, 0}, 0);
    private static final int TILE = DasTables.TILE;
    private static final int PLACES = DasScratch.PLACES;

    private static final IntVector ELEMENT = IntVector.zero(I).addIndex(1).lanewise(VectorOperators.LSHR, 1);
    private static final VectorMask<Float> SECOND_PIXEL = VectorMask.fromLong(F, 0xAAAA_AAAA_AAAA_AAAAL);

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
        if (width != 1) {
            ScalarKernels.INSTANCE
                    .das()
                    .accumulate(plan, transmit, firstTile, lastTile, channels, image, width, scratch);
            return;
        }
        float[] txDelay = plan.txDelay()[transmit];
        float[] txRe = plan.txRe()[transmit];
        float[] txIm = plan.txIm()[transmit];
        float[] sum = scratch.sum();
        for (int tile = firstTile; tile < lastTile; tile++) {
            int p = TILE * tile;
            boolean whole = p + 1 < plan.pixels();
            FloatVector tx = FloatVector.broadcast(F, txDelay[p]).blend(whole ? txDelay[p + 1] : 0f, SECOND_PIXEL);
            Arrays.fill(sum, 0, 4 * PAIR.length(), 0);
            int first = TILE * plan.start()[tile];
            int last = TILE * plan.start()[tile + 1];
            for (int from = first; from < last; from += PLACES) {
                int count = Math.min(PLACES, last - from);
                int element = plan.firstElement()[tile] + (from - first) / TILE;
                int cell = (transmit * plan.channels() + element) * plan.stride();
                locate(plan, from, count, tx, cell, scratch.offset(), scratch.weights());
                add(channels, scratch.offset(), scratch.weights(), count, sum);
            }
            turn(sum, 0, txRe[p], txIm[p], image, FramePanels.BASE + 2 * p);
            if (whole) {
                turn(sum, 2 * PAIR.length(), txRe[p + 1], txIm[p + 1], image, FramePanels.BASE + 2 * (p + 1));
            }
        }
    }

    /** Where the samples stand; a delay outside the record points at the zeros behind the trace. */
    private static void locate(
            DasTables plan, int from, int count, FloatVector tx, int firstCell, int[] offset, float[] weights) {
        int samples = plan.samples();
        IntVector cell = ELEMENT.mul(plan.stride()).add(firstCell);
        int step = LANES / TILE * plan.stride();
        for (int i = 0; i < count; i += LANES) {
            FloatVector delay =
                    FloatVector.fromArray(F, plan.rxDelay(), from + i).add(tx);
            VectorMask<Integer> outside = delay.lt(0f)
                    .or(delay.compare(VectorOperators.GE, samples - 1f))
                    .cast(I);
            IntVector k = (IntVector) delay.convertShape(VectorOperators.F2I, I, 0);
            delay.sub((FloatVector) k.convertShape(VectorOperators.I2F, F, 0)).intoArray(weights, i);
            FloatVector.fromArray(F, plan.rxRe(), from + i).intoArray(weights, PLACES + i);
            FloatVector im = FloatVector.fromArray(F, plan.rxIm(), from + i);
            im.intoArray(weights, 2 * PLACES + i);
            k.blend(samples, outside)
                    .add(cell)
                    .lanewise(VectorOperators.LSHL, 1)
                    .add(FramePanels.BASE)
                    .intoArray(offset, i);
            cell = cell.add(step);
        }
    }

    /** Sums of both pixels: with real weights from 0 and 8 on, with imaginary ones from 4 and 12 on. */
    private static void add(float[] data, int[] offset, float[] weights, int count, float[] sum) {
        FloatVector re0 = FloatVector.fromArray(PAIR, sum, 0);
        FloatVector im0 = FloatVector.fromArray(PAIR, sum, 4);
        FloatVector re1 = FloatVector.fromArray(PAIR, sum, 8);
        FloatVector im1 = FloatVector.fromArray(PAIR, sum, 12);
        FloatVector re2 = FloatVector.zero(PAIR);
        FloatVector im2 = re2;
        FloatVector re3 = re2;
        FloatVector im3 = re2;
        int i = 0;
        for (; i < count - 3; i += 4) {
            FloatVector d = pair(data, offset[i], weights[i]);
            re0 = d.fma(FloatVector.broadcast(PAIR, weights[PLACES + i]), re0);
            im0 = d.fma(FloatVector.broadcast(PAIR, weights[2 * PLACES + i]), im0);
            d = pair(data, offset[i + 1], weights[i + 1]);
            re1 = d.fma(FloatVector.broadcast(PAIR, weights[PLACES + i + 1]), re1);
            im1 = d.fma(FloatVector.broadcast(PAIR, weights[2 * PLACES + i + 1]), im1);
            d = pair(data, offset[i + 2], weights[i + 2]);
            re2 = d.fma(FloatVector.broadcast(PAIR, weights[PLACES + i + 2]), re2);
            im2 = d.fma(FloatVector.broadcast(PAIR, weights[2 * PLACES + i + 2]), im2);
            d = pair(data, offset[i + 3], weights[i + 3]);
            re3 = d.fma(FloatVector.broadcast(PAIR, weights[PLACES + i + 3]), re3);
            im3 = d.fma(FloatVector.broadcast(PAIR, weights[2 * PLACES + i + 3]), im3);
        }
        if (i < count) { // one element is left
            FloatVector d = pair(data, offset[i], weights[i]);
            re0 = d.fma(FloatVector.broadcast(PAIR, weights[PLACES + i]), re0);
            im0 = d.fma(FloatVector.broadcast(PAIR, weights[2 * PLACES + i]), im0);
            d = pair(data, offset[i + 1], weights[i + 1]);
            re1 = d.fma(FloatVector.broadcast(PAIR, weights[PLACES + i + 1]), re1);
            im1 = d.fma(FloatVector.broadcast(PAIR, weights[2 * PLACES + i + 1]), im1);
        }
        re0.add(re2).intoArray(sum, 0);
        im0.add(im2).intoArray(sum, 4);
        re1.add(re3).intoArray(sum, 8);
        im1.add(im3).intoArray(sum, 12);
    }

    private static FloatVector pair(float[] data, int at, float fraction) {
        return FloatVector.fromArray(PAIR, data, at)
                .mul(FloatVector.broadcast(PAIR, fraction).fma(SLOPE, START));
    }

    private static void turn(float[] sum, int from, float c, float s, float[] image, int at) {
        float re = sum[from] + sum[from + 2] - sum[from + 5] - sum[from + 7];
        float im = sum[from + 1] + sum[from + 3] + sum[from + 4] + sum[from + 6];
        image[at] += c * re - s * im;
        image[at + 1] += c * im + s * re;
    }
}
