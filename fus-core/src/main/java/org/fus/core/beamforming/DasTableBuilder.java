package org.fus.core.beamforming;

import org.fus.core.data.IqData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Vector3;
import org.fus.core.internal.kernel.DasTables;

/** Writes the geometry of a run of pixels in the form that kernels read: decided in double, kept in float. */
final class DasTableBuilder {
    /** Bytes per (pixel, channel) pair and per (pixel, transmit) pair: a delay and two parts of a weight. */
    static final int BYTES_PER_ENTRY = 3 * Float.BYTES;

    private final DasGeometry geometry;
    private final double rotationHz;

    /**
     * A builder.
     *
     * @param geometry travel times and weights
     * @param rotationHz frequency whose phase the samples lack, 0 for RF
     */
    DasTableBuilder(DasGeometry geometry, double rotationHz) {
        this.geometry = geometry;
        this.rotationHz = rotationHz;
    }

    /** Tables of all transmits of a group for the pixels from a first one on; those of other groups are null. */
    DasTables build(int group, int firstPixel, int pixels) {
        Hulls hulls = hulls(group, firstPixel, pixels);
        int[] start = hulls.start;
        float[] rxDelay = new float[DasTables.TILE * start[start.length - 1] + DasTables.SLACK];
        float[] rxRe = new float[rxDelay.length];
        float[] rxIm = new float[rxDelay.length];
        ReceiveChannels channels = geometry.channels(group);
        double samplesPerS = geometry.format().samples().samplingFrequencyHz();
        for (int p = 0; p < pixels; p++) {
            Vector3 point = geometry.grid().pointM(firstPixel + p);
            int tile = p / DasTables.TILE;
            for (int k = start[tile]; k < start[tile + 1]; k++) {
                int c = hulls.first[tile] + k - start[tile];
                double weight = channels.weight(c, point);
                if (!Double.isNaN(weight)) {
                    int i = DasTables.TILE * k + p % DasTables.TILE;
                    double timeS = channels.timeS(c, point);
                    double angle = angle(timeS);
                    rxDelay[i] = (float) (timeS * samplesPerS);
                    rxRe[i] = (float) (weight * Math.cos(angle));
                    rxIm[i] = (float) (weight * Math.sin(angle));
                }
            }
        }
        int transmits = geometry.format().transmits();
        float[][][] tx = new float[3][transmits][];
        double[] scale = new double[pixels];
        for (int p = 0; p < pixels; p++) {
            scale[p] = geometry.scale(geometry.grid().pointM(firstPixel + p));
        }
        for (int t = 0; t < transmits; t++) {
            if (geometry.groupOf(t) == group) {
                transmitTable(t, firstPixel, scale, tx);
            }
        }
        return new DasTables(
                pixels,
                geometry.format().sampleCount(),
                geometry.format().channels(),
                IqData.stride(geometry.format()),
                hulls.first,
                start,
                rxDelay,
                rxRe,
                rxIm,
                tx[0],
                tx[1],
                tx[2]);
    }

    private void transmitTable(int t, int firstPixel, double[] scales, float[][][] tx) {
        int pixels = scales.length;
        double samplesPerS = geometry.format().samples().samplingFrequencyHz();
        double startS = geometry.format().samples().startTimesS().get(t);
        float[] delay = new float[pixels];
        float[] re = new float[pixels];
        float[] im = new float[pixels];
        for (int p = 0; p < pixels; p++) {
            Vector3 point = geometry.grid().pointM(firstPixel + p);
            double scale = geometry.reaches(t, point) ? scales[p] : 0;
            double timeS = geometry.transmitS(t, point);
            double angle = angle(timeS);
            delay[p] = (float) ((timeS - startS) * samplesPerS);
            re[p] = (float) (scale * Math.cos(angle));
            im[p] = (float) (scale * Math.sin(angle));
        }
        tx[0][t] = delay;
        tx[1][t] = re;
        tx[2][t] = im;
    }

    /** Bytes of the tables of all pixels, without making them. */
    long bytes() {
        int pixels = geometry.grid().size();
        long entries = (long) pixels * geometry.format().transmits();
        for (int g = 0; g < geometry.groups(); g++) {
            long all = (long) pixels * geometry.channels(g).count();
            // Counting costs as much as planning; beyond this size the bound is told instead.
            entries += all > COUNTED_ENTRIES ? all : DasTables.TILE * pairs(g, 0, pixels);
        }
        return entries * BYTES_PER_ENTRY;
    }

    private static final long COUNTED_ENTRIES = 1L << 27;

    /** Figures per pixel of all tiles, by the hulls of their apertures. */
    private long pairs(int group, int firstPixel, int pixels) {
        int[] range = new int[2];
        long sum = 0;
        for (int p = 0; p < pixels; p += DasTables.TILE) {
            hull(group, firstPixel + p, Math.min(DasTables.TILE, pixels - p), range);
            sum += range[1] - range[0];
        }
        return sum;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Hulls(int[] first, int[] start) {}

    private Hulls hulls(int group, int firstPixel, int pixels) {
        int tiles = (pixels + DasTables.TILE - 1) / DasTables.TILE;
        int[] first = new int[tiles];
        int[] start = new int[tiles + 1];
        int[] range = new int[2];
        for (int tile = 0; tile < tiles; tile++) {
            int p = tile * DasTables.TILE;
            hull(group, firstPixel + p, Math.min(DasTables.TILE, pixels - p), range);
            first[tile] = range[0];
            start[tile + 1] = addExact(start[tile], range[1] - range[0]);
        }
        return new Hulls(first, start);
    }

    /** First active channel of some pixels, and behind the last one; an empty range when there is none. */
    private void hull(int group, int firstPixel, int pixels, int[] range) {
        ReceiveChannels channels = geometry.channels(group);
        int low = channels.count();
        int high = 0;
        for (int p = firstPixel; p < firstPixel + pixels; p++) {
            Vector3 point = geometry.grid().pointM(p);
            for (int c = 0; c < low; c++) {
                if (!Double.isNaN(channels.weight(c, point))) {
                    low = c;
                }
            }
            for (int c = channels.count() - 1; c >= high; c--) {
                if (!Double.isNaN(channels.weight(c, point))) {
                    high = c + 1;
                }
            }
        }
        range[0] = low < high ? low : 0;
        range[1] = low < high ? high : 0;
    }

    /** Range-reduced, so that the angle keeps its digits. */
    private double angle(double timeS) {
        double turns = rotationHz * timeS;
        return 2 * Math.PI * (turns - Math.floor(turns));
    }

    private static int addExact(int a, int b) {
        long sum = (long) a + b;
        if (sum > Integer.MAX_VALUE / DasTables.TILE - DasTables.SLACK) {
            throw new FusUnsupportedException("a table of more than " + Integer.MAX_VALUE
                    + " (pixel, element) pairs does not fit; lower the memory budget, so that it is made in pieces");
        }
        return (int) sum;
    }
}
