package org.fus.core.internal.vector;

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
 * Delay-and-sum of a tile of two pixels and {@code 2 * LANES} frames at a time. First the sample index and the
 * interpolation fraction of every element and pixel, a vector of them at once; then, element by element, plain loads of
 * contiguous frames into eight accumulators. Two pixels share the cache lines of their samples. A tile of four would
 * share more, but its loop body is beyond what the compiler keeps in registers.
 */
final class VectorDas implements DasKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    private static final int TILE = DasTables.TILE;

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
            int from = TILE * plan.start()[tile];
            int count = TILE * plan.start()[tile + 1] - from;
            int p = TILE * tile;
            boolean whole = p + 1 < plan.pixels();
            FloatVector tx = FloatVector.broadcast(F, txDelay[p]).blend(whole ? txDelay[p + 1] : 0f, SECOND_PIXEL);
            int cell = (transmit * plan.channels() + plan.firstElement()[tile]) * plan.stride();
            locate(plan, from, count, tx, cell, scratch.offset(), scratch.fraction());
            for (int g = 0; g < WIDTH; g += 2 * LANES) {
                sum(channels, scratch.offset(), g, scratch.fraction(), plan.rxRe(), plan.rxIm(), from, count, sum);
                int at = FramePanels.BASE + 2 * WIDTH * p + g;
                turn(sum, FramePanels.BASE, txRe[p], txIm[p], image, at);
                if (whole) {
                    turn(sum, FramePanels.BASE + 4 * LANES, txRe[p + 1], txIm[p + 1], image, at + 2 * WIDTH);
                }
            }
        }
    }

    /** Where the samples of the elements stand; a delay outside the record points at the zeros behind the trace. */
    private static void locate(
            DasTables plan, int from, int count, FloatVector tx, int firstCell, int[] offset, float[] fraction) {
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
            delay.sub((FloatVector) k.convertShape(VectorOperators.I2F, F, 0)).intoArray(fraction, i);
            k.blend(samples, outside)
                    .add(cell)
                    .lanewise(VectorOperators.LSHL, CELL_SHIFT)
                    .add(FramePanels.BASE)
                    .intoArray(offset, i);
            cell = cell.add(step);
        }
    }

    /** Interpolates, weighs and sums the elements of both pixels for {@code 2 * LANES} frames. */
    private static void sum(
            float[] data,
            int[] offset,
            int group,
            float[] fraction,
            float[] rxRe,
            float[] rxIm,
            int from,
            int count,
            float[] sum) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector re0 = zero;
        FloatVector re1 = zero;
        FloatVector im0 = zero;
        FloatVector im1 = zero;
        FloatVector otherRe0 = zero;
        FloatVector otherRe1 = zero;
        FloatVector otherIm0 = zero;
        FloatVector otherIm1 = zero;
        for (int i = 0; i < count; i += TILE) {
            int o = offset[i] + group;
            int n = o + 2 * WIDTH;
            FloatVector f = FloatVector.broadcast(F, fraction[i]);
            FloatVector wRe = FloatVector.broadcast(F, rxRe[from + i]);
            FloatVector wIm = FloatVector.broadcast(F, rxIm[from + i]);
            FloatVector a = FloatVector.fromArray(F, data, o);
            FloatVector b = FloatVector.fromArray(F, data, o + WIDTH);
            a = f.fma(FloatVector.fromArray(F, data, n).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH).sub(b), b);
            re0 = wRe.fma(a, re0).sub(wIm.mul(b));
            im0 = wIm.fma(a, wRe.fma(b, im0));
            a = FloatVector.fromArray(F, data, o + LANES);
            b = FloatVector.fromArray(F, data, o + WIDTH + LANES);
            a = f.fma(FloatVector.fromArray(F, data, n + LANES).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH + LANES).sub(b), b);
            re1 = wRe.fma(a, re1).sub(wIm.mul(b));
            im1 = wIm.fma(a, wRe.fma(b, im1));

            o = offset[i + 1] + group;
            n = o + 2 * WIDTH;
            f = FloatVector.broadcast(F, fraction[i + 1]);
            wRe = FloatVector.broadcast(F, rxRe[from + i + 1]);
            wIm = FloatVector.broadcast(F, rxIm[from + i + 1]);
            a = FloatVector.fromArray(F, data, o);
            b = FloatVector.fromArray(F, data, o + WIDTH);
            a = f.fma(FloatVector.fromArray(F, data, n).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH).sub(b), b);
            otherRe0 = wRe.fma(a, otherRe0).sub(wIm.mul(b));
            otherIm0 = wIm.fma(a, wRe.fma(b, otherIm0));
            a = FloatVector.fromArray(F, data, o + LANES);
            b = FloatVector.fromArray(F, data, o + WIDTH + LANES);
            a = f.fma(FloatVector.fromArray(F, data, n + LANES).sub(a), a);
            b = f.fma(FloatVector.fromArray(F, data, n + WIDTH + LANES).sub(b), b);
            otherRe1 = wRe.fma(a, otherRe1).sub(wIm.mul(b));
            otherIm1 = wIm.fma(a, wRe.fma(b, otherIm1));
        }
        int at = FramePanels.BASE;
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
