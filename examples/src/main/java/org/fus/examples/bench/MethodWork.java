package org.fus.examples.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.fus.core.beamforming.Beamformer;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.Compounding;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/**
 * A method on 128 elements, 11 plane waves, 512 IQ samples, 64 x 64 pixels, F#1, 32 frames. Its yardstick is the time in
 * which 500 frames per second bring them; no method but delay-and-sum is asked to keep up.
 */
final class MethodWork implements BenchWork {
    private static final int FRAMES = 32;
    private static final double FRAME_RATE_HZ = 500;
    private static final int ANGLES = 11;
    private static final int SAMPLES = 512;
    private static final int ELEMENTS = 128;
    private static final double FREQUENCY_HZ = 15e6;

    private final String method;
    private final IqData data;
    private final Beamformer plan;
    private IqEnsemble images;

    private MethodWork(String method, IqData data, Beamformer plan) {
        this.method = method;
        this.data = data;
        this.plan = plan;
    }

    static IqData data() {
        double steepest = Math.toRadians(10);
        ChannelFormat format = new ChannelFormat(
                Probe.linear("benchmark", ELEMENTS, 1e-4, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-steepest, steepest, ANGLES, FREQUENCY_HZ, FRAME_RATE_HZ * ANGLES),
                SampleAxis.common(FREQUENCY_HZ, 0, ANGLES, SAMPLES));
        int perFrame = 2 * ANGLES * ELEMENTS * SAMPLES;
        float[][] frames = new float[FRAMES][perFrame];
        for (int f = 0; f < FRAMES; f++) {
            for (int i = 0; i < perFrame; i++) {
                frames[f][i] = HashedSamples.at(f * perFrame + i);
            }
        }
        return IqData.copyOf(format, FREQUENCY_HZ, frames);
    }

    static MethodWork of(String method, IqData data) {
        PixelGrid grid = new PixelGrid(-3.15e-3, 0, 2.0003e-3, 1e-4, PixelGrid.DEFAULT_SLICE_M, 1e-4, 64, 1, 64);
        return new MethodWork(
                method,
                data,
                BeamformingMethod.parse(method, Compounding.COHERENT).plan(data.format(), grid, DasOptions.DEFAULTS));
    }

    @Override
    public String name() {
        return "beamform " + method + ", 64 x 64";
    }

    @Override
    public List<String> variants() {
        return List.of();
    }

    @Override
    public Target target() {
        return new Target(0, 1);
    }

    @Override
    public int unitsPerCall() {
        return FRAMES;
    }

    @Override
    public String unit() {
        return "frame";
    }

    @Override
    public void run() {
        images = plan.apply(data, RunContext.inline());
    }

    @Override
    public double checksum() {
        float[] frame = images.copyFrame(0);
        double sum = 0;
        for (float v : frame) {
            sum += Math.abs((double) v);
        }
        return sum;
    }

    @Override
    public long outputBytes() {
        return 2L * Float.BYTES * FRAMES * plan.grid().size();
    }

    /** A call of the slowest takes seconds. */
    @Override
    public int warmUpCalls() {
        return 1;
    }

    @Override
    public OptionalDouble realTimeMs() {
        return OptionalDouble.of(1e3 * FRAMES / FRAME_RATE_HZ);
    }
}
