package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.KernelSet;
import org.fus.core.internal.kernel.ScalarKernels;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.signal.Fft;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

/**
 * Golden vectors g13: migration of real RF, padded fourfold. The same spectrum reaches this engine as IQ: the positive
 * frequencies of the padded record, moved down by the centre frequency, which is a whole number of bins.
 */
class FkMigrationGoldenTest {
    /** The transforms are in float32; the vectors ask for 1e-4 of the maximum. */
    private static final double TOLERANCE = 1e-5;

    private static final int ELEMENTS = 64;
    private static final int SAMPLES = 1024;
    private static final int PADDED = 4 * SAMPLES;
    private static final int WAVES = 5;
    private static final double FREQUENCY_HZ = 7.6e6;
    private static final double SAMPLING_HZ = 30.4e6;
    private static final double PITCH_M = 0.3e-3;

    @Test
    void apply_eachWave_matchesGoldenWave() {
        float[] expected = Golden.set("signal/g13_fkmig").floats("mig_wave");
        int perWave = SAMPLES * ELEMENTS;

        for (int wave = 0; wave < WAVES; wave++) {
            float[] image = migrate(wave, wave + 1, KernelProvider.active(), 1);

            double[] want = new double[perWave];
            for (int i = 0; i < perWave; i++) {
                want[i] = expected[wave * perWave + i];
            }
            assertThat(error(image, want, 1)).as("wave %d", wave).isLessThan(TOLERANCE);
        }
    }

    @Test
    void apply_allWaves_matchesGoldenMeanTimesFive() {
        double[] expected = Golden.set("signal/g13_fkmig").doubles("mig_compound");

        assertThat(error(migrate(0, WAVES, KernelProvider.active(), 9), expected, WAVES))
                .isLessThan(TOLERANCE);
    }

    @Test
    void apply_scalarKernels_matchGoldenWave() {
        float[] expected = Golden.set("signal/g13_fkmig").floats("mig_wave");
        double[] want = new double[SAMPLES * ELEMENTS];
        for (int i = 0; i < want.length; i++) {
            want[i] = expected[want.length + i];
        }

        assertThat(error(migrate(1, 2, ScalarKernels.INSTANCE, 1), want, 1)).isLessThan(TOLERANCE);
    }

    /** The published ezfkmig is a simpler variant: the vectors' own figure of likeness is 0.986. */
    @Test
    void apply_straightWave_resemblesPublishedMigration() {
        double[] other = Golden.set("signal/g13_fkmig").doubles("ez_wave2");
        float[] image = migrate(2, 3, KernelProvider.active(), 1);

        double max = DoubleStream.of(other).map(Math::abs).max().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < other.length; i++) {
            double b = other[i] / max;
            ab += image[2 * i] * b;
            aa += (double) image[2 * i] * image[2 * i];
            bb += b * b;
        }
        assertThat(ab / Math.sqrt(aa * bb)).isGreaterThan(0.985).isLessThan(0.987);
    }

    private static float[] migrate(int firstWave, int lastWave, KernelSet kernels, int frames) {
        int waves = lastWave - firstWave;
        double[] tilts = Golden.set("signal/g13_fkmig").doubles("tilt");
        List<Transmit> transmits = DoubleStream.of(java.util.Arrays.copyOfRange(tilts, firstWave, lastWave))
                .<Transmit>mapToObj(Transmit.PlaneWave::new)
                .toList();
        ChannelFormat format = new ChannelFormat(
                Probe.linear("L11-5v (64)", ELEMENTS, PITCH_M, FREQUENCY_HZ).build(),
                new TransmitSequence(transmits, FREQUENCY_HZ, 5000, 1540),
                SampleAxis.common(SAMPLING_HZ, 0, waves, PADDED));
        double dz = 1540 / (2 * SAMPLING_HZ);
        PixelGrid grid = new PixelGrid(
                -(ELEMENTS - 1) / 2.0 * PITCH_M, 0, 0, PITCH_M, PixelGrid.DEFAULT_SLICE_M, dz, ELEMENTS, 1, SAMPLES);
        float[] iq = baseband(Golden.set("signal/g03_rf_plane5").floats("rf"), firstWave, lastWave);
        float[][] all = new float[frames][iq.length];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < iq.length; i++) {
                all[f][i] = f == frames / 2 ? iq[i] : f * iq[i];
            }
        }
        return FkMigration.plan(format, grid, new FkOptions(1, 1.5), kernels)
                .apply(IqData.copyOf(format, FREQUENCY_HZ, all), RunContext.inline())
                .copyFrame(frames / 2);
    }

    private static float[] baseband(float[] rf, int firstWave, int lastWave) {
        float[] iq = new float[2 * (lastWave - firstWave) * ELEMENTS * PADDED];
        Fft fft = Fft.ofLength(PADDED);
        int shift = (int) Math.round(FREQUENCY_HZ / SAMPLING_HZ * PADDED);
        for (int trace = 0; trace < (lastWave - firstWave) * ELEMENTS; trace++) {
            double[] x = new double[2 * PADDED];
            for (int s = 0; s < SAMPLES; s++) {
                x[2 * s] = rf[(firstWave * ELEMENTS + trace) * SAMPLES + s];
            }
            fft.forward(x, 0);
            double[] y = new double[2 * PADDED];
            for (int k = 1; k < PADDED / 2; k++) {
                int to = 2 * ((k - shift + PADDED) % PADDED);
                y[to] = 2 * x[2 * k];
                y[to + 1] = 2 * x[2 * k + 1];
            }
            fft.inverse(y, 0);
            for (int i = 0; i < 2 * PADDED; i++) {
                iq[2 * PADDED * trace + i] = (float) y[i];
            }
        }
        return iq;
    }

    private static double error(float[] image, double[] expected, double scale) {
        assertThat(image).hasSize(2 * expected.length);
        double max = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            max = Math.max(max, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(image[2 * i] / scale - expected[i]));
        }
        return error / max;
    }
}
