package org.fus.core.beamforming;

import org.fus.core.data.IqData;
import org.fus.core.geometry.Vector3;
import org.fus.core.internal.kernel.TapTable;
import org.fus.core.internal.layout.FramePanels;

/**
 * The samples that the pixels of a tile take from each channel, delayed and phase-rotated but not yet summed: what
 * adaptive methods start from. The geometry of the tile is computed once and serves all frames and transmits.
 *
 * <p>Layout of all arrays: {@code [pixel of the tile][channel]}. The sum over transmits of the sum over channels of weight
 * times sample times {@link #scale} is the pixel of {@link DelayAndSum}. Not thread-safe: one per thread.
 */
final class AlignedSamples {
    private final DasGeometry geometry;
    private final TapTable taps;
    private final int channels;
    private final float[] tapWeights = new float[TapTable.MAX_TAPS];
    private final int most;

    private int pixels;
    /** {@code [group]}: receive delay in samples, and its phase. */
    private final double[][] delay;

    private final float[][] cos;
    private final float[][] sin;
    private final float[][] weight;
    private final double[][] transmitDelay;
    private final float[][] transmitCos;
    private final float[][] transmitSin;
    private final boolean[][] reached;
    private final float[] scale;

    /**
     * Room for a tile.
     *
     * @param geometry travel times and weights
     * @param mostPixels largest number of pixels of a tile
     */
    AlignedSamples(DasGeometry geometry, int mostPixels) {
        this.geometry = geometry;
        this.taps = DelayAndSum.tapTable(geometry.options().interpolation());
        this.channels = geometry.format().channels();
        this.most = mostPixels;
        int entries = Math.multiplyExact(mostPixels, channels);
        int transmits = geometry.format().transmits();
        this.delay = new double[geometry.groups()][entries];
        this.cos = new float[geometry.groups()][entries];
        this.sin = new float[geometry.groups()][entries];
        this.weight = new float[geometry.groups()][entries];
        this.transmitDelay = new double[transmits][mostPixels];
        this.transmitCos = new float[transmits][mostPixels];
        this.transmitSin = new float[transmits][mostPixels];
        this.reached = new boolean[transmits][mostPixels];
        this.scale = new float[mostPixels];
    }

    /** Bytes of such a room. */
    static long bytes(DasGeometry geometry, int mostPixels) {
        long perPixel = (Double.BYTES + 3L * Float.BYTES) * geometry.format().channels() * geometry.groups()
                + (Double.BYTES + 2L * Float.BYTES + 1) * geometry.format().transmits()
                + Float.BYTES;
        return perPixel * mostPixels;
    }

    /** Computes the geometry of a run of pixels. */
    void moveTo(int firstPixel, int count) {
        java.util.Objects.checkFromIndexSize(0, count, most);
        pixels = count;
        double samplesPerS = geometry.format().samples().samplingFrequencyHz();
        for (int p = 0; p < count; p++) {
            Vector3 point = geometry.grid().pointM(firstPixel + p);
            scale[p] = (float) geometry.scale(point);
            for (int g = 0; g < delay.length; g++) {
                ReceiveChannels receive = geometry.channels(g);
                for (int c = 0; c < channels; c++) {
                    int i = p * channels + c;
                    double w = receive.weight(c, point);
                    weight[g][i] = Double.isNaN(w) ? 0 : (float) w;
                    double timeS = Double.isNaN(w) ? 0 : receive.timeS(c, point);
                    double angle = angle(timeS);
                    delay[g][i] = Double.isNaN(w) ? Double.NaN : timeS * samplesPerS;
                    cos[g][i] = (float) Math.cos(angle);
                    sin[g][i] = (float) Math.sin(angle);
                }
            }
            for (int t = 0; t < transmitDelay.length; t++) {
                double timeS = geometry.transmitS(t, point);
                double startS = geometry.format().samples().startTimesS().get(t);
                double angle = angle(timeS);
                reached[t][p] = geometry.reaches(t, point);
                transmitDelay[t][p] = (timeS - startS) * samplesPerS;
                transmitCos[t][p] = (float) Math.cos(angle);
                transmitSin[t][p] = (float) Math.sin(angle);
            }
        }
    }

    private double angle(double timeS) {
        double turns = geometry.format().sequence().centerFrequencyHz() * timeS;
        return 2 * Math.PI * (turns - Math.floor(turns));
    }

    /** Pixels of the current tile. */
    int pixels() {
        return pixels;
    }

    /** Whether a channel is part of the aperture of a pixel in a transmit. A window may weigh it 0 all the same. */
    boolean isActive(int transmit, int pixel, int channel) {
        return reached[transmit][pixel] && !Double.isNaN(delay[geometry.groupOf(transmit)][pixel * channels + channel]);
    }

    /** Apodization of a channel; 0 when it is not part of the aperture. */
    float weight(int transmit, int pixel, int channel) {
        return weight[geometry.groupOf(transmit)][pixel * channels + channel];
    }

    /** What the sum of a pixel is multiplied with, as the normalisation says. */
    float scale(int pixel) {
        return scale[pixel];
    }

    /**
     * Takes the samples of one transmit and frame.
     *
     * @param data samples of the geometry's format
     * @param frame from 0
     * @param transmit from 0
     * @param re receives the real parts, without weights; 0 for a channel that is not active or whose delay lies outside
     *     the record
     * @param im receives the imaginary parts
     */
    void load(IqData data, int frame, int transmit, float[] re, float[] im) {
        FramePanels panels = data.panels();
        float[] samples = panels.panel(frame / panels.width());
        int lane = frame % panels.width();
        int step = 2 * panels.width();
        int g = geometry.groupOf(transmit);
        int count = geometry.format().sampleCount();
        int stride = IqData.stride(geometry.format());
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                int i = p * channels + c;
                re[i] = 0;
                im[i] = 0;
                float at = (float) (transmitDelay[transmit][p] + delay[g][i]);
                int k = reached[transmit][p] ? taps.whole(at, count) : -1;
                if (k >= 0) {
                    taps.weightsAt(at + taps.shift() - k, tapWeights);
                    float a = 0;
                    float b = 0;
                    int cell = (transmit * channels + c) * stride + k + taps.firstTap();
                    for (int tap = Math.max(0, -taps.firstTap() - k); tap < taps.taps(); tap++) {
                        int o = FramePanels.BASE + step * (cell + tap) + lane;
                        a += tapWeights[tap] * samples[o];
                        b += tapWeights[tap] * samples[o + panels.width()];
                    }
                    float turnCos = cos[g][i] * transmitCos[transmit][p] - sin[g][i] * transmitSin[transmit][p];
                    float turnSin = sin[g][i] * transmitCos[transmit][p] + cos[g][i] * transmitSin[transmit][p];
                    re[i] = turnCos * a - turnSin * b;
                    im[i] = turnCos * b + turnSin * a;
                }
            }
        }
    }
}
