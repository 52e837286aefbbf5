package org.fus.core.beamforming;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.kernel.DasTables;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;

/** Turns probe, sequence and grid into the tables that kernels read. Everything is decided in double. */
final class DasGeometry {
    private final ChannelFormat format;
    private final PixelGrid grid;
    private final DasOptions options;
    private final Probe probe;
    private final double soundSpeedMPerS;
    private final double frequencyHz;
    private final double samplesPerSecond;

    private DasGeometry(ChannelFormat format, PixelGrid grid, DasOptions options) {
        this.format = format;
        this.grid = grid;
        this.options = options;
        this.probe = format.probe();
        this.soundSpeedMPerS = format.sequence().soundSpeedMPerS();
        this.frequencyHz = format.sequence().centerFrequencyHz();
        this.samplesPerSecond = format.samples().samplingFrequencyHz();
    }

    static DasTables tables(ChannelFormat format, PixelGrid grid, DasOptions options) {
        if (format.probe().type() != Probe.Type.LINEAR) {
            throw new FusUnsupportedException(
                    "delay-and-sum on a " + format.probe().type() + " probe is not supported; linear probes are");
        }
        if (!format.channelMap().isIdentity(format.probe().elements())) {
            throw new FusUnsupportedException(
                    "delay-and-sum of multiplexed channels is not supported; channel i must belong to element i");
        }
        if (grid.z0M() < 0) {
            throw new IllegalArgumentException(
                    "grid starts at depth " + grid.z0M() + " m, behind the array; start at 0 or deeper");
        }
        if (grid.ny() != 1) {
            throw new FusUnsupportedException(
                    "a linear probe images one plane, the grid has " + grid.ny() + " slices; use ny = 1");
        }
        return new DasGeometry(format, grid, options).build();
    }

    private DasTables build() {
        int pixels = grid.size();
        int tiles = (pixels + DasTables.TILE - 1) / DasTables.TILE;
        int[] first = new int[tiles];
        int[] start = new int[tiles + 1];
        for (int tile = 0; tile < tiles; tile++) {
            int lo = probe.elements();
            int hi = 0;
            for (int p = tile * DasTables.TILE; p < Math.min((tile + 1) * DasTables.TILE, pixels); p++) {
                for (int e = 0; e < probe.elements(); e++) {
                    if (active(p, e)) {
                        lo = Math.min(lo, e);
                        hi = Math.max(hi, e + 1);
                    }
                }
            }
            first[tile] = lo < hi ? lo : 0;
            start[tile + 1] = addExact(start[tile], Math.max(0, hi - lo));
        }
        float[] rxDelay = new float[DasTables.TILE * start[tiles] + DasTables.SLACK];
        float[] rxRe = new float[rxDelay.length];
        float[] rxIm = new float[rxDelay.length];
        for (int p = 0; p < pixels; p++) {
            int tile = p / DasTables.TILE;
            for (int k = start[tile]; k < start[tile + 1]; k++) {
                int e = first[tile] + k - start[tile];
                int i = DasTables.TILE * k + p % DasTables.TILE;
                double timeS = Math.hypot(lateral(p, e), depth(p)) / soundSpeedMPerS;
                double turns = fraction(frequencyHz * timeS);
                double weight = active(p, e) ? weight(p, e) : 0;
                rxDelay[i] = (float) (timeS * samplesPerSecond);
                rxRe[i] = (float) (weight * Math.cos(2 * Math.PI * turns));
                rxIm[i] = (float) (weight * Math.sin(2 * Math.PI * turns));
            }
        }
        int transmits = format.transmits();
        float[][] txDelay = new float[transmits][pixels];
        float[][] txRe = new float[transmits][pixels];
        float[][] txIm = new float[transmits][pixels];
        for (int t = 0; t < transmits; t++) {
            transmitTable(t, txDelay[t], txRe[t], txIm[t]);
        }
        return new DasTables(
                pixels,
                format.sampleCount(),
                format.channels(),
                IqData.stride(format),
                first,
                start,
                rxDelay,
                rxRe,
                rxIm,
                txDelay,
                txRe,
                txIm);
    }

    private void transmitTable(int transmit, float[] delay, float[] re, float[] im) {
        if (!(format.sequence().transmits().get(transmit) instanceof Transmit.PlaneWave wave)) {
            throw new FusUnsupportedException("delay-and-sum of "
                    + format.sequence().transmits().get(transmit) + " is not supported; plane waves are");
        }
        double offsetS = TransmitDelays.originOffsetS(wave, probe, soundSpeedMPerS);
        double startS = format.samples().startTimesS().get(transmit);
        double sin = Math.sin(wave.tiltRad());
        double cos = Math.cos(wave.tiltRad());
        for (int p = 0; p < delay.length; p++) {
            double timeS = (grid.xM(p % grid.nx()) * sin + depth(p) * cos) / soundSpeedMPerS + offsetS;
            double turns = fraction(frequencyHz * timeS);
            delay[p] = (float) ((timeS - startS) * samplesPerSecond);
            re[p] = (float) Math.cos(2 * Math.PI * turns);
            im[p] = (float) Math.sin(2 * Math.PI * turns);
        }
    }

    private double lateral(int pixel, int element) {
        return grid.xM(pixel % grid.nx()) - probe.elementXM(element);
    }

    private double depth(int pixel) {
        return grid.zM(pixel / grid.nx());
    }

    private boolean active(int pixel, int element) {
        return options.fNumber() == 0 || Math.abs(lateral(pixel, element)) <= depth(pixel) / (2 * options.fNumber());
    }

    private double weight(int pixel, int element) {
        double z = depth(pixel);
        double u = options.fNumber() == 0 || z == 0 ? 0 : Math.abs(lateral(pixel, element)) * options.fNumber() / z;
        return options.window().weight(u);
    }

    private static double fraction(double turns) {
        return turns - Math.floor(turns);
    }

    private static int addExact(int a, int b) {
        long sum = (long) a + b;
        if (sum > Integer.MAX_VALUE / DasTables.TILE - DasTables.SLACK) {
            throw new FusUnsupportedException("a plan of more than " + Integer.MAX_VALUE
                    + " (pixel, element) pairs does not fit; use a smaller grid or a larger F-number");
        }
        return (int) sum;
    }
}
