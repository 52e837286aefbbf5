package org.fus.core.beamforming;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;

/** Baseband echoes of single points, by definition: a Gaussian pulse of 60 ns at the time of flight. */
final class PlaneWaveEchoes {
    private PlaneWaveEchoes() {}

    /** One frame of the echoes of points {@code {x, z}}. */
    static float[] of(ChannelFormat format, double[]... points) {
        double c = format.sequence().soundSpeedMPerS();
        double frequencyHz = format.sequence().centerFrequencyHz();
        float[] iq = new float[2 * format.transmits() * format.channels() * format.sampleCount()];
        int i = 0;
        for (int t = 0; t < format.transmits(); t++) {
            Transmit.PlaneWave wave =
                    (Transmit.PlaneWave) format.sequence().transmits().get(t);
            double offset = TransmitDelays.originOffsetS(wave, format.probe(), c);
            for (int e = 0; e < format.channels(); e++) {
                for (int s = 0; s < format.sampleCount(); s++, i += 2) {
                    for (double[] p : points) {
                        double out = (p[0] * Math.sin(wave.tiltRad()) + p[1] * Math.cos(wave.tiltRad())) / c + offset;
                        double arrival = out + Math.hypot(p[0] - format.probe().elementXM(e), p[1]) / c;
                        double u = (format.samples().timeS(t, s) - arrival) / 60e-9;
                        double envelope = Math.exp(-0.5 * u * u);
                        double phase = -2 * Math.PI * frequencyHz * arrival;
                        iq[i] += (float) (envelope * Math.cos(phase));
                        iq[i + 1] += (float) (envelope * Math.sin(phase));
                    }
                }
            }
        }
        return iq;
    }

    static IqData data(ChannelFormat format, double[]... points) {
        return IqData.copyOf(format, format.sequence().centerFrequencyHz(), new float[][] {of(format, points)});
    }
}
