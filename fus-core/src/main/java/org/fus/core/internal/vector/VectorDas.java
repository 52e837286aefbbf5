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
 * Delay-and-sum of a tile of two pixels and {@code 2 * LANES} frames at a time. First the sample index, the interpolation
 * fraction and the weight of every element and pixel, a vector of them at once; then, element by element, plain loads of
 * contiguous frames into eight accumulators. Two pixels share the cache lines of their samples. A tile of four would
 * share more, but its loop body is beyond what the compiler keeps in registers.
 */
final class VectorDas implements DasKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int TILE = DasTables.TILE;
    private static final int PLACES = DasScratch.PLACES;

    /** Full panels only: a constant distance between parts lets the compiler check a cell's bounds once, not per load. */
    private static final int WIDTH = FramePanels.FULL_WIDTH;

    private static final int CELL_SHIFT = Integer.numberOfTrailingZeros(2 * WIDTH);

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
        if (width != WIDTH) {
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
            for (int g = 0; g < WIDTH; g += 2 * LANES) {
                Arrays.fill(sum, FramePanels.BASE, FramePanels.BASE + 8 * LANES, 0);
                int first = TILE * plan.start()[tile];
                int last = TILE * plan.start()[tile + 1];
                for (int from = first; from < last; from += PLACES) {
                    int count = Math.min(PLACES, last - from);
                    int element = plan.firstElement()[tile] + (from - first) / TILE;
                    int cell = (transmit * plan.channels() + element) * plan.stride();
                    locate(plan, from, count, tx, cell, g, scratch.offset(), scratch.weights());
                    sum(channels, scratch.offset(), scratch.weights(), count, sum);
                }
                int at = FramePanels.BASE + 2 * WIDTH * p + g;
                turn(sum, FramePanels.BASE, txRe[p], txIm[p], image, at);
                if (whole) {
                    turn(sum, FramePanels.BASE + 4 * LANES, txRe[p + 1], txIm[p + 1], image, at + 2 * WIDTH);
                }
            }
        }
    }

    /**
     * Where the samples of the elements stand and how they are weighed; a delay outside the record points at the zeros
     * behind the trace.
     */
    private static void locate(
            DasTables plan,
            int from,
            int count,
            FloatVector tx,
            int firstCell,
            int group,
            int[] offset,
            float[] weights) {
        int samples = plan.samples();
        float[] rxDelay = plan.rxDelay();
        IntVector cell = ELEMENT.mul(plan.stride()).add(firstCell);
        int step = LANES / TILE * plan.stride();
        for (int i = 0; i < count; i += LANES) {
            FloatVector delay = FloatVector.fromArray(F, rxDelay, from + i).add(tx);
            VectorMask<Integer> outside = delay.lt(0f)
                    .or(delay.compare(VectorOperators.GE, samples - 1f))
                    .cast(I);
            IntVector k = (IntVector) delay.convertShape(VectorOperators.F2I, I, 0);
            delay.sub((FloatVector) k.convertShape(VectorOperators.I2F, F, 0)).intoArray(weights, i);
            FloatVector.fromArray(F, plan.rxRe(), from + i).intoArray(weights, PLACES + i);
            FloatVector im = FloatVector.fromArray(F, plan.rxIm(), from + i);
            im.intoArray(weights, 2 * PLACES + i);
            im.neg().intoArray(weights, 3 * PLACES + i);
            k.blend(samples, outside)
                    .add(cell)
                    .lanewise(VectorOperators.LSHL, CELL_SHIFT)
                    .add(FramePanels.BASE + group)
                    .intoArray(offset, i);
            cell = cell.add(step);
        }
    }

    /**
     * Interpolates, weighs and sums elements of both pixels for {@code 2 * LANES} frames. Three arrays are all that the loop
     * reads: with one more, the compiler keeps their addresses in vector registers and fetches them back for every load.
     */
    private static void sum(float[] data, int[] offset, float[] weights, int count, float[] sum) {
        int at = FramePanels.BASE;
        FloatVector re0 = FloatVector.fromArray(F, sum, at);
        FloatVector re1 = FloatVector.fromArray(F, sum, at + LANES);
        FloatVector im0 = FloatVector.fromArray(F, sum, at + 2 * LANES);
        FloatVector im1 = FloatVector.fromArray(F, sum, at + 3 * LANES);
        FloatVector otherRe0 = FloatVector.fromArray(F, sum, at + 4 * LANES);
        FloatVector otherRe1 = FloatVector.fromArray(F, sum, at + 5 * LANES);
        FloatVector otherIm0 = FloatVector.fromArray(F, sum, at + 6 * LANES);
        FloatVector otherIm1 = FloatVector.fromArray(F, sum, at + 7 * LANES);
        for (int i = 0; i < count; i += TILE) {
            int o = offset[i];
            int n = o + 2 * WIDTH;
            FloatVector f = FloatVector.broadcast(F, weights[i]);
            FloatVector wRe = FloatVector.broadcast(F, weights[PLACES + i]);
            FloatVector wIm = FloatVector.broadcast(F, weights[2 * PLACES + i]);
            FloatVector minus = FloatVector.broadcast(F, weights[3 * PLACES + i]);
            FloatVector a = FloatVector.fromArray(F, data, o);
            FloatVector b = FloatVector.fromArray(F, data, o + WIDTH);
            a = f.fma(FloatVector.fromArray(F, data, n).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH).sub(b), b);
            re0 = minus.fma(b, wRe.fma(a, re0));
            im0 = wIm.fma(a, wRe.fma(b, im0));
            a = FloatVector.fromArray(F, data, o + LANES);
            b = FloatVector.fromArray(F, data, o + WIDTH + LANES);
            a = f.fma(FloatVector.fromArray(F, data, n + LANES).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH + LANES).sub(b), b);
            re1 = minus.fma(b, wRe.fma(a, re1));
            im1 = wIm.fma(a, wRe.fma(b, im1));

            o = offset[i + 1];
            n = o + 2 * WIDTH;
            f = FloatVector.broadcast(F, weights[i + 1]);
            wRe = FloatVector.broadcast(F, weights[PLACES + i + 1]);
            wIm = FloatVector.broadcast(F, weights[2 * PLACES + i + 1]);
            minus = FloatVector.broadcast(F, weights[3 * PLACES + i + 1]);
            a = FloatVector.fromArray(F, data, o);
            b = FloatVector.fromArray(F, data, o + WIDTH);
            a = f.fma(FloatVector.fromArray(F, data, n).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH).sub(b), b);
            otherRe0 = minus.fma(b, wRe.fma(a, otherRe0));
            otherIm0 = wIm.fma(a, wRe.fma(b, otherIm0));
            a = FloatVector.fromArray(F, data, o + LANES);
            b = FloatVector.fromArray(F, data, o + WIDTH + LANES);
            a = f.fma(FloatVector.fromArray(F, data, n + LANES).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH + LANES).sub(b), b);
            otherRe1 = minus.fma(b, wRe.fma(a, otherRe1));
            otherIm1 = wIm.fma(a, wRe.fma(b, otherIm1));
        }
        re0.intoArray(sum, at);
        re1.intoArray(sum, at + LANES);
        im0.intoArray(sum, at + 2 * LANES);
        im1.intoArray(sum, at + 3 * LANES);
        otherRe0.intoArray(sum, at + 4 * LANES);
        otherRe1.intoArray(sum, at + 5 * LANES);
        otherIm0.intoArray(sum, at + 6 * LANES);
        otherIm1.intoArray(sum, at + 7 * LANES);
    }

    /** Turns the sums of one pixel by its transmit phase and adds them to the image. */
    private static void turn(float[] sum, int from, float c, float s, float[] image, int at) {
        for (int v = 0; v < 2 * LANES; v += LANES) {
            FloatVector re = FloatVector.fromArray(F, sum, from + v);
            FloatVector im = FloatVector.fromArray(F, sum, from + 2 * LANES + v);
            int o = at + v;
            FloatVector.fromArray(F, image, o).add(re.mul(c)).sub(im.mul(s)).intoArray(image, o);
            o += WIDTH;
            FloatVector.fromArray(F, image, o).add(im.mul(c)).add(re.mul(s)).intoArray(image, o);
        }
    }
}
