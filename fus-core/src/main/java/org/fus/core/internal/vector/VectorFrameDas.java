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
 * load of four floats takes both samples of an interpolation: re(k), im(k), re(k + 1), im(k + 1). Four such places, of two
 * elements and two pixels, are transposed, so that their weights are vectors too. Gathers would need four times the loads,
 * and some processors take them apart.
 */
final class VectorFrameDas implements DasKernel {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    /** Both samples of one place, whatever the processor prefers. */
    private static final VectorSpecies<Float> PLACE = FloatVector.SPECIES_128;

    /** Lanes 0, 0', 1, 1' of two vectors, and 2, 2', 3, 3'. */
    private static final FloatVector LOW = FloatVector.fromArray(PLACE, new float[] {0, 4, 1, 5}, 0);

    private static final FloatVector HIGH = FloatVector.fromArray(PLACE, new float[] {2, 6, 3, 7}, 0);
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
        int zeros = FramePanels.BASE + 2 * plan.samples();
        for (int tile = firstTile; tile < lastTile; tile++) {
            int p = TILE * tile;
            boolean whole = p + 1 < plan.pixels();
            FloatVector tx = FloatVector.broadcast(F, txDelay[p]).blend(whole ? txDelay[p + 1] : 0f, SECOND_PIXEL);
            Arrays.fill(sum, 0, 12, 0);
            int first = TILE * plan.start()[tile];
            int last = TILE * plan.start()[tile + 1];
            for (int from = first; from < last; from += PLACES) {
                int count = Math.min(PLACES, last - from);
                int element = plan.firstElement()[tile] + (from - first) / TILE;
                int cell = (transmit * plan.channels() + element) * plan.stride();
                locate(plan, from, count, tx, cell, scratch.offset(), scratch.weights());
                // places up to whole groups of eight read the zeros behind the first trace
                Arrays.fill(scratch.offset(), count, Math.ceilDiv(count, 8) * 8, zeros);
                add(channels, scratch.offset(), scratch.weights(), plan.rxRe(), plan.rxIm(), from, count, sum);
            }
            turn(sum, 0, txRe[p], txIm[p], image, FramePanels.BASE + 2 * p);
            if (whole) {
                turn(sum, 1, txRe[p + 1], txIm[p + 1], image, FramePanels.BASE + 2 * (p + 1));
            }
        }
    }

    /** Where the samples stand; a delay outside the record points at the zeros behind the trace. */
    private static void locate(
            DasTables plan, int from, int count, FloatVector tx, int firstCell, int[] offset, float[] fraction) {
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
            delay.sub((FloatVector) k.convertShape(VectorOperators.I2F, F, 0)).intoArray(fraction, i);
            k.blend(samples, outside)
                    .add(cell)
                    .lanewise(VectorOperators.LSHL, 1)
                    .add(FramePanels.BASE)
                    .intoArray(offset, i);
            cell = cell.add(step);
        }
    }

    /** Sums over four lanes, pixels alternating: real parts, what is taken from them, from 8 on imaginary parts. */
    private static void add(
            float[] data,
            int[] offset,
            float[] fraction,
            float[] rxRe,
            float[] rxIm,
            int from,
            int count,
            float[] sum) {
        FloatVector real0 = FloatVector.fromArray(PLACE, sum, 0);
        FloatVector less0 = FloatVector.fromArray(PLACE, sum, 4);
        FloatVector imaginary0 = FloatVector.fromArray(PLACE, sum, 8);
        FloatVector real1 = FloatVector.zero(PLACE);
        FloatVector less1 = real1;
        FloatVector imaginary1 = real1;
        for (int i = 0; i < count; i += 8) {
            FloatVector a = FloatVector.fromArray(PLACE, data, offset[i]);
            FloatVector b = FloatVector.fromArray(PLACE, data, offset[i + 1]);
            FloatVector c = FloatVector.fromArray(PLACE, data, offset[i + 2]);
            FloatVector d = FloatVector.fromArray(PLACE, data, offset[i + 3]);
            FloatVector now = LOW.selectFrom(a, c);
            FloatVector next = HIGH.selectFrom(a, c);
            c = LOW.selectFrom(b, d);
            d = HIGH.selectFrom(b, d);
            a = LOW.selectFrom(now, c);
            b = HIGH.selectFrom(now, c);
            c = LOW.selectFrom(next, d);
            d = HIGH.selectFrom(next, d);
            FloatVector f = FloatVector.fromArray(PLACE, fraction, i);
            FloatVector re = FloatVector.fromArray(PLACE, rxRe, from + i);
            FloatVector im = FloatVector.fromArray(PLACE, rxIm, from + i);
            a = f.fma(c.sub(a), a);
            b = f.fma(d.sub(b), b);
            real0 = re.fma(a, real0);
            less0 = im.fma(b, less0);
            imaginary0 = im.fma(a, re.fma(b, imaginary0));

            a = FloatVector.fromArray(PLACE, data, offset[i + 4]);
            b = FloatVector.fromArray(PLACE, data, offset[i + 5]);
            c = FloatVector.fromArray(PLACE, data, offset[i + 6]);
            d = FloatVector.fromArray(PLACE, data, offset[i + 7]);
            now = LOW.selectFrom(a, c);
            next = HIGH.selectFrom(a, c);
            c = LOW.selectFrom(b, d);
            d = HIGH.selectFrom(b, d);
            a = LOW.selectFrom(now, c);
            b = HIGH.selectFrom(now, c);
            c = LOW.selectFrom(next, d);
            d = HIGH.selectFrom(next, d);
            f = FloatVector.fromArray(PLACE, fraction, i + 4);
            re = FloatVector.fromArray(PLACE, rxRe, from + i + 4);
            im = FloatVector.fromArray(PLACE, rxIm, from + i + 4);
            a = f.fma(c.sub(a), a);
            b = f.fma(d.sub(b), b);
            real1 = re.fma(a, real1);
            less1 = im.fma(b, less1);
            imaginary1 = im.fma(a, re.fma(b, imaginary1));
        }
        real0.add(real1).intoArray(sum, 0);
        less0.add(less1).intoArray(sum, 4);
        imaginary0.add(imaginary1).intoArray(sum, 8);
    }

    private static void turn(float[] sum, int pixel, float c, float s, float[] image, int at) {
        float re = sum[pixel] + sum[pixel + 2] - (sum[pixel + 4] + sum[pixel + 6]);
        float im = sum[pixel + 8] + sum[pixel + 10];
        image[at] += c * re - s * im;
        image[at + 1] += c * im + s * re;
    }
}
