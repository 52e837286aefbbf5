package org.fus.core.beamforming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A 32 x 32 matrix probe and a volume of 64 x 64 x 128 pixels in a heap of 2 GiB. It takes a minute or more, so it runs
 * only with {@code -Dfus.volumeTest=true}.
 */
class VolumeMemoryTest {
    @Test
    @EnabledIfSystemProperty(named = "fus.volumeTest", matches = "true")
    void matrixVolume_fitsTwoGibibytes() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        VolumeMemoryTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(out);

        assertThat(child.waitFor()).as(out).isZero();
        assertThat(out).contains("point found");
    }

    /** The child: fails with an OutOfMemoryError when the plan does not keep its promise. */
    public static void main(String[] args) {
        Probe probe = ProbeCatalogue.MATRIX1024_8;
        Vector3 point = new Vector3(1.2e-3, -2.0e-3, 14e-3);
        ChannelFormat format = new ChannelFormat(
                probe,
                new TransmitSequence(List.of(new Transmit.PlaneWave(0)), 7.81e6, 1000, 1540),
                SampleAxis.common(31.24e6, 8e-6, 1, 800));
        PixelGrid grid =
                PixelGrid.box(new Vector3(-4.8e-3, -4.8e-3, 8e-3), new Vector3(4.65e-3, 4.65e-3, 20.7e-3), 64, 64, 128);
        float[] iq = PointEchoes.iq(format, 0.2e-6, new PointEchoes.Paths() {
            @Override
            public double outS(int t) {
                return point.z() / 1540;
            }

            @Override
            public double backS(int t, int c) {
                return point.minus(probe.element(c).centerM()).length() / 1540;
            }
        });
        MemoryEstimate estimate = DelayAndSum.estimate(format, grid, DasOptions.DEFAULTS);
        long start = System.nanoTime();
        DelayAndSum plan = DelayAndSum.plan(format, grid, DasOptions.DEFAULTS);
        IqEnsemble image = plan.apply(PointEchoes.data(format, iq), RunContext.inline());
        double seconds = (System.nanoTime() - start) * 1e-9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(u -> u.getUsed())
                .sum();
        System.out.printf(
                "estimate: %d bytes of plan, %d per thread, %d per frame; %.1f s, peak of the heap %d MiB of %d%n",
                estimate.planBytes(),
                estimate.bytesPerThread(),
                estimate.bytesPerFrame(),
                seconds,
                peak >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        if (PointEchoes.brightestPoint(image).minus(point).length() < 0.15e-3) {
            System.out.println("point found");
        }
    }
}
