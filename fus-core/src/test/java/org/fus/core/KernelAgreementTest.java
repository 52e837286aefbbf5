package org.fus.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.clutter.Precision;
import org.fus.core.clutter.SvdClutterFilter;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfArray;
import org.fus.core.doppler.ColorDoppler;
import org.fus.core.doppler.PowerDoppler;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.Probe;
import org.fus.core.run.Kernels;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.core.simulation.Medium;
import org.junit.jupiter.api.Test;

/**
 * The main road gives the same result with and without the Vector API. The build runs this class twice: first with the
 * vector kernels, which leaves its results in the build folder, then without {@code --add-modules
 * jdk.incubator.vector}, which compares.
 */
class KernelAgreementTest {
    private static final boolean SCALAR_RUN = Boolean.getBoolean("fus.scalarRun");
    private static final Path RESULTS = Path.of("target", "kernel-results");

    @Test
    void mainRoad_bothKernels_agree() throws IOException {
        assertThat(Kernels.describe()).startsWith(SCALAR_RUN ? "scalar" : "vector");
        assumeTrue(
                !SCALAR_RUN || Files.isDirectory(RESULTS),
                "no results of vector kernels to compare with: this run was narrowed to other tests");
        RunContext here = RunContext.inline();
        Probe probe = Probe.linear("small", 48, 0.11e-3, 15.625e6)
                .elevation(1.5e-3, 8e-3)
                .fractionalBandwidth(0.67)
                .build();
        TransmitSequence waves = TransmitSequence.planeWaves(-0.1, 0.1, 3, 15.625e6, 1500);
        ChannelFormat format = new ChannelFormat(probe, waves, SampleAxis.common(62.5e6, 4e-6, 3, 601));
        RfArray rf = ChannelSimulator.plan(
                        format,
                        new GaussianPulse(15.625e6, 0.67),
                        Medium.SOFT_TISSUE,
                        BrainSlice.DEFAULT.withVesselDepthM(6e-3).phantom(probe),
                        here)
                .analogue(0, 41, here);
        float[] traces = new float[3 * 601];
        for (int t = 0; t < 3; t++) {
            rf.copyTrace(37, t, 11, traces, t * 601);
        }
        // the simulator multiplies, then adds: its bits do not depend on the kernels
        compare("rf", traces, 0);

        ProcessingRecipe recipe = ProcessingRecipe.of(PixelGrid.xz(-2.4e-3, 2.4e-3, 43, 4e-3, 8e-3, 37), Product.POWER)
                .withDas(DasOptions.DEFAULTS)
                .withDemodulation(new Demodulation.Fir(2));
        IqEnsemble images = Pipeline.forRf(recipe, format).beamform(rf, here);
        float[][] frames = new float[images.frames()][];
        for (int f = 0; f < frames.length; f++) {
            frames[f] = images.copyFrame(f);
            compare("images-" + f, frames[f], 1e-5);
        }

        // A filter takes 40 dB of tissue away, and with it the common scale of input and result. Both runs filter the
        // frames of the vector run; float32 arithmetic is then judged by what goes in, double by what comes out.
        for (int f = 0; f < frames.length; f++) {
            frames[f] = SCALAR_RUN ? read("images-" + f) : frames[f];
        }
        IqEnsemble same = IqEnsemble.copyOf(images.grid(), images.timing(), frames, Provenance.none());
        SvdClutterFilter filter = SvdClutterFilter.removing(12);
        float[] residue = filter.apply(same, here).copyFrame(40);
        for (int i = 0; i < residue.length; i++) {
            residue[i] += frames[40][i];
        }
        compare("filtered-plus-input", residue, 1e-5);
        IqEnsemble exact = filter.withPrecision(Precision.DOUBLE).apply(same, here);
        compare("power", PowerDoppler.of(exact, here).toArray(), 1e-5);
        compare("velocity", ColorDoppler.DEFAULT.of(same, here).toArray(), 1e-5);
    }

    /** Keeps the values of the vector run; in the scalar run, compares, relative to the largest value. */
    private static void compare(String name, float[] values, double tolerance) throws IOException {
        Path file = RESULTS.resolve(name + ".f32");
        if (!SCALAR_RUN) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
            bytes.asFloatBuffer().put(values);
            Files.createDirectories(RESULTS);
            Files.write(file, bytes.array());
            return;
        }
        float[] vector = read(name);
        assertThat(vector).hasSameSizeAs(values);
        double max = 0;
        double difference = 0;
        for (int i = 0; i < values.length; i++) {
            max = Math.max(max, Math.abs(vector[i]));
            difference = Math.max(difference, Math.abs(vector[i] - values[i]));
        }
        assertThat(max).as(name).isPositive();
        assertThat(difference / max).as(name).isLessThanOrEqualTo(tolerance);
    }

    private static float[] read(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(RESULTS.resolve(name + ".f32")));
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
