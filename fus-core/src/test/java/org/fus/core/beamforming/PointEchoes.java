package org.fus.core.beamforming;

import java.util.SplittableRandom;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.Vector3;

/** Channel data of one point by formulas that the test gives, and what images of it show. */
final class PointEchoes {
    private PointEchoes() {}

    /** Seconds from time zero to the arrival at the point, and from the point to an element. */
    interface Paths {
        double outS(int transmit);

        double backS(int transmit, int channel);
    }

    /** IQ of a Gaussian pulse of a standard deviation, centred on its arrival: {@code envelope(t - tau) exp(-j 2 pi f tau)}. */
    static float[] iq(ChannelFormat format, double sigmaS, Paths paths) {
        double f = format.sequence().centerFrequencyHz();
        int n = format.sampleCount();
        float[] iq = new float[2 * format.transmits() * format.channels() * n];
        for (int t = 0; t < format.transmits(); t++) {
            for (int c = 0; c < format.channels(); c++) {
                double tau = paths.outS(t) + paths.backS(t, c);
                for (int s = 0; s < n; s++) {
                    double x = (format.samples().timeS(t, s) - tau) / sigmaS;
                    double envelope = Math.exp(-x * x / 2);
                    int i = 2 * ((t * format.channels() + c) * n + s);
                    iq[i] = (float) (envelope * Math.cos(2 * Math.PI * f * tau));
                    iq[i + 1] = (float) (-envelope * Math.sin(2 * Math.PI * f * tau));
                }
            }
        }
        return iq;
    }

    static IqData data(ChannelFormat format, float[]... frames) {
        return IqData.copyOf(format, format.sequence().centerFrequencyHz(), frames);
    }

    static IqData random(ChannelFormat format, int frames, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] samples = new float[frames][2 * format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : samples) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-1, 1);
            }
        }
        return data(format, samples);
    }

    static double[] magnitude(IqEnsemble image, int frame) {
        float[] iq = image.copyFrame(frame);
        double[] out = new double[iq.length / 2];
        for (int p = 0; p < out.length; p++) {
            out[p] = Math.hypot(iq[2 * p], iq[2 * p + 1]);
        }
        return out;
    }

    static int brightest(double[] values) {
        int best = 0;
        for (int p = 0; p < values.length; p++) {
            best = values[p] > values[best] ? p : best;
        }
        return best;
    }

    static Vector3 brightestPoint(IqEnsemble image) {
        return image.grid().pointM(brightest(magnitude(image, 0)));
    }
}
