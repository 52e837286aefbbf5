package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.CancelToken;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;

class FkMigrationTest {
    private static final double FREQUENCY_HZ = 15e6;
    private static final double PITCH_M = 0.1e-3;
    private static final PixelGrid GRID = PixelGrid.xz(-1.5e-3, 1.5e-3, 61, 3e-3, 7e-3, 101);

    @Test
    void apply_tiltedWavesLateStart_pointLandsWhereItWasPut() {
        double x = 0.4e-3;
        double z = 5.08e-3;
        ChannelFormat format = format(96, 3, 200, 3e-6);

        float[] image = FkMigration.plan(format, GRID, FkOptions.DEFAULTS)
                .apply(PlaneWaveEchoes.data(format, new double[] {x, z}), RunContext.inline())
                .copyFrame(0);

        int brightest = 0;
        for (int p = 0; p < GRID.size(); p++) {
            if (magnitude(image, p) > magnitude(image, brightest)) {
                brightest = p;
            }
        }
        // 50 and 40 um between pixels; the pulse is 100 um long and the beam about as wide
        assertThat(GRID.xM(brightest % GRID.nx())).isBetween(x - 0.6e-4, x + 0.6e-4);
        assertThat(GRID.zM(brightest / GRID.nx())).isBetween(z - 0.5e-4, z + 0.5e-4);
    }

    /** What Doppler lives on: by how much the phase of a pixel turns when a scatterer moves. */
    @Test
    void apply_phaseOfAMovingPoint_turnsAsInDelayAndSum() {
        ChannelFormat format = format(96, 3, 200, 3e-6);
        PixelGrid point = PixelGrid.xz(0.3e-3, 0.5e-3, 3, 4.98e-3, 5.18e-3, 3);
        IqData data = IqData.copyOf(format, FREQUENCY_HZ, new float[][] {
            PlaneWaveEchoes.of(format, new double[] {0.4e-3, 5.08e-3}),
            PlaneWaveEchoes.of(format, new double[] {0.4e-3, 5.085e-3})
        });

        double fk = turned(FkMigration.plan(format, point, FkOptions.DEFAULTS).apply(data, RunContext.inline()), 4);
        double das = turned(DelayAndSum.plan(format, point, DasOptions.DEFAULTS).apply(data, RunContext.inline()), 4);

        // 5 um deeper: about -2 (2 pi) 5 um / 103 um; the two weigh receive angles differently
        assertThat(das).isBetween(-0.65, -0.5);
        assertThat(fk).isBetween(das - 0.06, das + 0.06);
    }

    private static double turned(IqEnsemble images, int pixel) {
        float[] a = images.copyFrame(0);
        float[] b = images.copyFrame(1);
        int i = 2 * pixel;
        return Math.IEEEremainder(Math.atan2(b[i + 1], b[i]) - Math.atan2(a[i + 1], a[i]), 2 * Math.PI);
    }

    @Test
    void apply_anyNumberOfThreads_givesIdenticalBits() {
        ChannelFormat format = format(24, 2, 100, 3e-6);
        IqData data = random(format, 41);
        PixelGrid grid = PixelGrid.xz(-0.5e-3, 0.5e-3, 7, 3e-3, 5e-3, 9);
        FkMigration plan = FkMigration.plan(format, grid, FkOptions.DEFAULTS);
        IqEnsemble one = plan.apply(data, RunContext.inline());

        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                IqEnsemble many = plan.apply(data, RunContext.of(pool, threads));
                for (int f = 0; f < 41; f++) {
                    assertThat(many.copyFrame(f)).isEqualTo(one.copyFrame(f));
                }
            }
        }
    }

    @Test
    void apply_compound_isTheSumOfItsWaves() {
        ChannelFormat format = format(24, 2, 100, 3e-6);
        IqData data = random(format, 1);
        PixelGrid grid = PixelGrid.xz(-0.5e-3, 0.5e-3, 7, 3e-3, 5e-3, 9);
        float[] all = FkMigration.plan(format, grid, FkOptions.DEFAULTS)
                .apply(data, RunContext.inline())
                .copyFrame(0);

        float[] samples = data.copyFrame(0);
        float[] sum = new float[all.length];
        for (int w = 0; w < 2; w++) {
            float[] wave = java.util.Arrays.copyOfRange(samples, w * samples.length / 2, (w + 1) * samples.length / 2);
            float[] image = FkMigration.plan(format.only(w), grid, FkOptions.DEFAULTS)
                    .apply(IqData.copyOf(format.only(w), FREQUENCY_HZ, new float[][] {wave}), RunContext.inline())
                    .copyFrame(0);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += image[i];
            }
        }
        float max = 0;
        float error = 0;
        for (int i = 0; i < sum.length; i++) {
            max = Math.max(max, Math.abs(all[i]));
            error = Math.max(error, Math.abs(all[i] - sum[i]));
        }
        assertThat(error / max).isLessThan(1e-5f); // transforms of another length, in float32
    }

    @Test
    void apply_cancelled_stops() {
        ChannelFormat format = format(24, 2, 100, 3e-6);
        CancelToken token = new CancelToken();
        token.cancel();
        FkMigration plan =
                FkMigration.plan(format, PixelGrid.xz(-0.5e-3, 0.5e-3, 7, 3e-3, 5e-3, 9), FkOptions.DEFAULTS);

        assertThatThrownBy(
                        () -> plan.apply(random(format, 1), RunContext.inline().withCancel(token)))
                .isInstanceOf(FusCancelledException.class);
    }

    @Test
    void plan_whatItCannotDo_isRefusedByName() {
        ChannelFormat convex = new ChannelFormat(
                ProbeCatalogue.C5_2V,
                new TransmitSequence(List.of(new Transmit.DivergingWave(0, -0.01)), 3.57e6, 1000, 1540),
                SampleAxis.common(14e6, 0, 1, 1000));
        assertThatThrownBy(() -> FkMigration.plan(convex, GRID, FkOptions.DEFAULTS))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("CONVEX")
                .hasMessageContaining("DivergingWave");

        ChannelFormat format = format(24, 1, 100, 0);
        assertThatThrownBy(() ->
                        FkMigration.plan(format, PixelGrid.xz(-9e-3, 9e-3, 5, -1e-3, 90e-3, 5), FkOptions.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("beyond the array")
                .hasMessageContaining("behind the array")
                .hasMessageContaining("the record at");
        assertThatThrownBy(() -> new FkOptions(0.5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FkOptions(4, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ChannelFormat format(int elements, int waves, int samples, double startS) {
        return new ChannelFormat(
                Probe.linear("test", elements, PITCH_M, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-0.12, 0.15, waves, FREQUENCY_HZ, 5000),
                SampleAxis.common(1.5 * FREQUENCY_HZ, startS, waves, samples));
    }

    private static IqData random(ChannelFormat format, int frames) {
        SplittableRandom random = new SplittableRandom(frames);
        float[][] samples = new float[frames][2 * format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : samples) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextDouble(-100, 100);
            }
        }
        return IqData.copyOf(format, FREQUENCY_HZ, samples);
    }

    private static double magnitude(float[] image, int pixel) {
        return Math.hypot(image[2 * pixel], image[2 * pixel + 1]);
    }
}
