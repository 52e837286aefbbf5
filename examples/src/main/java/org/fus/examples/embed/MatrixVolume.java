package org.fus.examples.embed;

import java.util.List;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.DelayAndSum;
import org.fus.core.beamforming.MemoryEstimate;
import org.fus.core.beamforming.Normalization;
import org.fus.core.beamforming.ReceiveWindow;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;

/** A volume from a matrix probe: tilted plane waves in both directions, one point that echoes. */
public final class MatrixVolume {
    private static final double FREQUENCY_HZ = 7.81e6;
    private static final double C = TransmitSequence.SOFT_TISSUE_M_PER_S;
    private static final int SAMPLES = 320;

    private MatrixVolume() {}

    /**
     * Beamforms the echoes of a point.
     *
     * @param pointM where it is, about 10 mm deep
     * @return a volume of 17 x 17 x 17 pixels around it, one frame
     */
    public static IqEnsemble of(Vector3 pointM) {
        Probe probe = ProbeCatalogue.MATRIX1024_8;
        List<Transmit> waves = List.of(new Transmit.PlaneWave(0.1, 0), new Transmit.PlaneWave(0, 0.1));
        ChannelFormat format = new ChannelFormat(
                probe,
                new TransmitSequence(waves, FREQUENCY_HZ, 2000, C),
                SampleAxis.common(4 * FREQUENCY_HZ, 10e-6, waves.size(), SAMPLES));
        Vector3 half = new Vector3(0.8e-3, 0.8e-3, 0.8e-3);
        PixelGrid grid = PixelGrid.box(pointM.minus(half), pointM.plus(half), 17, 17, 17);
        DasOptions options = new DasOptions(1.5, ReceiveWindow.tukey(0.5))
                .withNormalization(Normalization.WEIGHTS)
                .withMemoryBudgetBytes(64L << 20);
        MemoryEstimate memory = DelayAndSum.estimate(format, grid, options);
        if (memory.totalBytes(2, 1) > Runtime.getRuntime().maxMemory()) {
            throw new IllegalStateException("the volume needs " + memory.totalBytes(2, 1) + " bytes");
        }
        DelayAndSum plan = DelayAndSum.plan(format, grid, options);
        return plan.apply(echoes(format, pointM), RunContext.inline());
    }

    /** A Gaussian pulse on every channel, at the time that the way over the point takes. */
    private static IqData echoes(ChannelFormat format, Vector3 pointM) {
        float[] iq = new float[2 * format.transmits() * format.channels() * SAMPLES];
        for (int t = 0; t < format.transmits(); t++) {
            Vector3 direction =
                    ((Transmit.PlaneWave) format.sequence().transmits().get(t)).direction();
            double first = Double.POSITIVE_INFINITY;
            for (int e = 0; e < format.channels(); e++) {
                first = Math.min(first, direction.dot(format.probe().element(e).centerM()));
            }
            for (int e = 0; e < format.channels(); e++) {
                double back = pointM.minus(format.probe().element(e).centerM()).length();
                double arrivalS = (direction.dot(pointM) - first + back) / C;
                double phase = 2 * Math.PI * FREQUENCY_HZ * arrivalS;
                for (int s = 0; s < SAMPLES; s++) {
                    double x = (format.samples().timeS(t, s) - arrivalS) * FREQUENCY_HZ;
                    int i = 2 * ((t * format.channels() + e) * SAMPLES + s);
                    iq[i] = (float) (Math.exp(-x * x / 4) * Math.cos(phase));
                    iq[i + 1] = (float) (-Math.exp(-x * x / 4) * Math.sin(phase));
                }
            }
        }
        return IqData.copyOf(format, FREQUENCY_HZ, new float[][] {iq});
    }
}
