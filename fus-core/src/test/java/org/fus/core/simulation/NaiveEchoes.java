package org.fus.core.simulation;

import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.Transmit;

/** The channel model written down once more, in double precision, one scatterer and sample at a time. */
final class NaiveEchoes {
    private NaiveEchoes() {}

    /** Echoes of scatterers moved by (dx, dz) on one channel of a linear probe after a plane wave. */
    static double[] trace(
            ChannelFormat format,
            GaussianPulse pulse,
            Medium medium,
            Scatterers scatterers,
            double dxM,
            double dzM,
            int transmit,
            int element) {
        Probe probe = format.probe();
        double c = medium.soundSpeedMPerS();
        double f0 = format.sequence().centerFrequencyHz();
        double tilt = ((Transmit.PlaneWave) format.sequence().transmits().get(transmit)).tiltRad();
        double offset = Math.abs(Math.sin(tilt)) * (probe.elements() - 1) / 2 * probe.pitchM() / c;
        double widthM = 0.886 * c / f0 * probe.elevationFocusM() / probe.elevationApertureM();
        double[] trace = new double[format.sampleCount()];
        for (int k = 0; k < scatterers.size(); k++) {
            double x = scatterers.xM(k) + dxM;
            double z = scatterers.zM(k) + dzM;
            double r = Math.hypot(x - probe.elementXM(element), z);
            double out = x * Math.sin(tilt) + z * Math.cos(tilt);
            double sinTheta = (x - probe.elementXM(element)) / r;
            double u = Math.PI * probe.elementWidthM() * sinTheta * f0 / c;
            double directivity = z / r * (u == 0 ? 1 : Math.sin(u) / u);
            double lossDb = medium.attenuationDbPerMPerHz() * f0 * (out + r);
            double elevation = Math.pow(2, -4 * scatterers.yM(k) * scatterers.yM(k) / (widthM * widthM));
            double amplitude = scatterers.amplitude(k)
                    * elevation
                    * directivity
                    * Math.pow(10, -lossDb / 20)
                    / Math.sqrt(r / 1e-3);
            double tau = offset + (out + r) / c;
            for (int i = 0; i < trace.length; i++) {
                trace[i] += amplitude * pulse.at(format.samples().timeS(transmit, i) - tau);
            }
        }
        return trace;
    }
}
