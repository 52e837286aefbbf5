package org.fus.core.doppler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.DelayAndSum;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Velocity of simulated flow without clutter, from echoes on channels: a cloud of scatterers moves along z through the
 * image, a plane wave at normal incidence, one IQ sample per period at the exact phase of each path. The truth is
 * {@code v (1 + mean cos theta) / 2}, because the receive path changes by the cosine of its angle only.
 */
class FlowVelocityTest {
    private static final double FREQUENCY_HZ = 15e6;
    private static final double SOUND_SPEED_M_PER_S = 1540;
    private static final double FRAME_RATE_HZ = 2000;
    private static final int ELEMENTS = 128;
    private static final int FRAMES = 32;
    private static final int SAMPLES = 192;
    private static final double START_S = 6e-6;
    private static final double PITCH_M = 1e-4;

    @ParameterizedTest
    @ValueSource(doubles = {-0.9, -0.6, -0.25, 0.1, 0.4, 0.75, 0.9})
    void colour_flowAlongTheBeam_isTheVelocityTimesTheMeanObliquity(double nyquists) {
        double nyquist = SOUND_SPEED_M_PER_S * FRAME_RATE_HZ / (4 * FREQUENCY_HZ);
        double v = nyquists * nyquist;
        IqData data = echoes(v);
        for (double fNumber : new double[] {1, 2, 3}) {
            PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 17, 6.2e-3, 7.8e-3, 17);
            IqEnsemble e = DelayAndSum.plan(data.format(), grid, DasOptions.DEFAULTS.withFNumber(fNumber))
                    .apply(data, RunContext.inline());
            DopplerFrame map = new ColorDoppler(1, new SpatialKernel(17, 17), 1).of(e, RunContext.inline());

            // the aperture of F-number F at depth z takes receive angles up to atan(1 / (2 F))
            double edge = 1 / (2 * fNumber);
            double meanCos =
                    Math.log(edge + Math.hypot(1, edge)) / edge; // the mean of cos(atan(u)) is asinh(edge) / edge
            double expected = v * (1 + meanCos) / 2;
            double measured = map.at(grid.index(8, 0, 8));
            assertThat(Math.abs(measured - expected))
                    .as("F# %s: measured %s, expected %s", fNumber, measured, expected)
                    .isLessThan((fNumber < 2 ? 0.03 : 0.02) * Math.abs(v));
        }
    }

    private static IqData echoes(double vTowards) {
        ChannelFormat format = new ChannelFormat(
                Probe.linear("flow", ELEMENTS, PITCH_M, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(0, 0, 1, FREQUENCY_HZ, FRAME_RATE_HZ),
                SampleAxis.common(FREQUENCY_HZ, START_S, 1, SAMPLES));
        SplittableRandom random = new SplittableRandom(17);
        float[][] frames = new float[FRAMES][2 * ELEMENTS * SAMPLES];
        for (int s = 0; s < 400; s++) {
            double x = random.nextDouble(-2e-3, 2e-3);
            double z = random.nextDouble(5e-3, 9e-3);
            double amplitude = random.nextGaussian();
            for (int f = 0; f < FRAMES; f++) {
                addEcho(frames[f], x, z - vTowards * (f - FRAMES / 2.0) / FRAME_RATE_HZ, amplitude);
            }
        }
        return IqData.copyOf(format, FREQUENCY_HZ, frames);
    }

    private static void addEcho(float[] frame, double x, double z, double amplitude) {
        for (int e = 0; e < ELEMENTS; e++) {
            double tau = (z + Math.hypot(x - (e - (ELEMENTS - 1) / 2.0) * PITCH_M, z)) / SOUND_SPEED_M_PER_S;
            double turns = FREQUENCY_HZ * tau;
            double phase = -2 * Math.PI * (turns - Math.floor(turns));
            double centre = (tau - START_S) * FREQUENCY_HZ;
            // a Gaussian pulse of about two periods: wide enough for linear interpolation, short enough for 0.2 mm
            for (int k = Math.max(0, (int) centre - 6); k < Math.min(SAMPLES, (int) centre + 8); k++) {
                double envelope = amplitude * Math.exp(-Math.pow((k - centre) / 2, 2));
                frame[2 * (e * SAMPLES + k)] += (float) (envelope * Math.cos(phase));
                frame[2 * (e * SAMPLES + k) + 1] += (float) (envelope * Math.sin(phase));
            }
        }
    }
}
