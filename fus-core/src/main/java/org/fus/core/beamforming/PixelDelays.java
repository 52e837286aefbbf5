package org.fus.core.beamforming;

import org.fus.core.data.IqData;
import org.fus.core.geometry.Vector3;

/**
 * Delays, phases and weights of one pixel, in the form that the loops over samples read. Decided in double, without
 * tables, so that memory does not grow with the grid. Work space of one task.
 */
final class PixelDelays {
    private final DasGeometry geometry;
    private final double frequencyHz;
    private final int[] channel;
    private final double[] receiveS;
    private final double[] receiveRe;
    private final double[] receiveIm;

    /** Per active channel: apodization. */
    final double[] weight;
    /** Per active channel of the transmit: the cell before the echo, weights of it and the next, phase of the delay. */
    final int[] cell;

    final float[] before;
    final float[] after;
    final float[] re;
    final float[] im;

    int active;

    PixelDelays(DasGeometry geometry, int channels) {
        this.geometry = geometry;
        this.frequencyHz = geometry.format().sequence().centerFrequencyHz();
        this.channel = new int[channels];
        this.receiveS = new double[channels];
        this.receiveRe = new double[channels];
        this.receiveIm = new double[channels];
        this.weight = new double[channels];
        this.cell = new int[channels];
        this.before = new float[channels];
        this.after = new float[channels];
        this.re = new float[channels];
        this.im = new float[channels];
    }

    static long bytes(int channels) {
        return channels * (5L * Double.BYTES + 6L * Float.BYTES);
    }

    /** Turns to a pixel and to the channels of a group of transmits. */
    void receive(Vector3 point, int group) {
        ReceiveChannels channels = geometry.channels(group);
        active = 0;
        for (int c = 0; c < channel.length; c++) {
            double w = channels.weight(c, point);
            if (!Double.isNaN(w)) {
                double timeS = channels.timeS(c, point);
                double angle = angle(timeS);
                channel[active] = c;
                receiveS[active] = timeS;
                receiveRe[active] = Math.cos(angle);
                receiveIm[active] = Math.sin(angle);
                weight[active] = w;
                active++;
            }
        }
    }

    private double angle(double timeS) {
        double turns = frequencyHz * timeS;
        return 2 * Math.PI * (turns - Math.floor(turns));
    }

    /** Turns to a transmit of the pixel. A sample outside the record counts as zero. */
    void transmit(Vector3 point, int transmit) {
        double outS = geometry.transmitS(transmit, point);
        double angle = angle(outS);
        double outRe = Math.cos(angle);
        double outIm = Math.sin(angle);
        double startS = geometry.format().samples().startTimesS().get(transmit);
        double samplesPerS = geometry.format().samples().samplingFrequencyHz();
        int last = geometry.format().sampleCount() - 1;
        int stride = IqData.stride(geometry.format());
        int trace = transmit * geometry.format().channels();
        for (int i = 0; i < active; i++) {
            double delay = (outS + receiveS[i] - startS) * samplesPerS;
            boolean inside = delay >= 0 && delay < last;
            int k = inside ? (int) delay : 0;
            cell[i] = (trace + channel[i]) * stride + k;
            before[i] = inside ? (float) (1 - (delay - k)) : 0;
            after[i] = inside ? (float) (delay - k) : 0;
            re[i] = (float) (outRe * receiveRe[i] - outIm * receiveIm[i]);
            im[i] = (float) (outRe * receiveIm[i] + outIm * receiveRe[i]);
        }
    }
}
