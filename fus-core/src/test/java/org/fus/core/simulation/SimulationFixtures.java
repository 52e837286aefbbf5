package org.fus.core.simulation;

import java.util.SplittableRandom;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/** What the tests of this package share. */
final class SimulationFixtures {
    static final GaussianPulse PULSE = new GaussianPulse(15.625e6, 0.67);
    static final double FS = 62.5e6;

    private SimulationFixtures() {}

    static ChannelFormat format(Probe probe, int waves, double nearM, double farM) {
        TransmitSequence sequence =
                TransmitSequence.planeWaves(Math.toRadians(-10), Math.toRadians(10), waves, 15.625e6, 500.0 * waves);
        double start = 2 * nearM / 1540 - 0.2e-6;
        int samples = (int) Math.ceil((2.6 * (farM - nearM) + 2e-3) / 1540 * FS);
        return new ChannelFormat(probe, sequence, SampleAxis.common(FS, start, waves, samples));
    }

    static ChannelFormat icoPrime(int waves, double nearM, double farM) {
        return format(ProbeCatalogue.ICO_PRIME, waves, nearM, farM);
    }

    /** An IcoPrime with eight elements as far apart as its outermost, to look from all angles at little cost. */
    static Probe sparse() {
        return Probe.linear("sparse", 8, 1.9e-3, 15.625e6)
                .elementWidthM(0.10e-3)
                .elevation(1.5e-3, 8e-3)
                .build();
    }

    static Scatterers square(long seed, int n, double xM, double zM, double sideM) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        double[] a = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = xM + sideM * (random.nextDouble() - 0.5);
            y[i] = 0.2e-3 * (random.nextDouble() - 0.5);
            z[i] = zM + sideM * (random.nextDouble() - 0.5);
            a[i] = random.nextDouble() * 2 - 1;
        }
        return Scatterers.of(x, y, z, a);
    }

    static ChannelSimulator plan(ChannelFormat format, Medium medium, Phantom phantom) {
        return ChannelSimulator.plan(format, PULSE, medium, phantom, RunContext.inline());
    }

    static float[] trace(RfArray data, int frame, int transmit, int element) {
        float[] t = new float[data.format().sampleCount()];
        data.copyTrace(frame, transmit, element, t, 0);
        return t;
    }

    /** Energy of the difference over the energy of the second, decibels. */
    static double errorDb(float[] measured, double[] expected) {
        double error = 0;
        double energy = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow(measured[i] - expected[i], 2);
            energy += expected[i] * expected[i];
        }
        return 10 * Math.log10(error / energy);
    }
}
