package org.fus.examples.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.DelayAndSum;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/**
 * The work of the delay-and-sum yardstick: 128 elements, 11 plane waves, 128 x 256 pixels, boxcar F#1, IQ at one sample
 * per period, 32 frames, the same hashed samples as in C++. The grid begins 0.3 um off, so that no element lies exactly
 * on the edge of an aperture.
 */
final class DasWorkload implements BenchWork {
    private static final int FRAMES = 32;

    private static final int ELEMENTS = 128;
    private static final int ANGLES = 11;
    private static final int SAMPLES = 1024;
    static final double FREQUENCY_HZ = 15e6;
    private static final double PITCH_M = 1e-4;

    private final IqData data;
    private final DelayAndSum plan;
    private IqEnsemble image;

    private DasWorkload(IqData data, DelayAndSum plan) {
        this.data = data;
        this.plan = plan;
    }

    static DasWorkload create() {
        return new DasWorkload(
                IqData.copyOf(format(), FREQUENCY_HZ, samples(FRAMES)),
                DelayAndSum.plan(format(), grid(), DasOptions.DEFAULTS));
    }

    static ChannelFormat format() {
        double steepest = Math.toRadians(10);
        return new ChannelFormat(
                Probe.linear("benchmark", ELEMENTS, PITCH_M, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-steepest, steepest, ANGLES, FREQUENCY_HZ, 5500),
                SampleAxis.common(FREQUENCY_HZ, 0, ANGLES, SAMPLES));
    }

    static PixelGrid grid() {
        return new PixelGrid(-63.5e-4, 0, 2.0003e-3, 1e-4, PixelGrid.DEFAULT_SLICE_M, 1e-4, 128, 1, 256);
    }

    static float[][] samples(int count) {
        int perFrame = 2 * ANGLES * ELEMENTS * SAMPLES;
        float[][] frames = new float[count][perFrame];
        for (int f = 0; f < count; f++) {
            for (int i = 0; i < perFrame; i++) {
                frames[f][i] = HashedSamples.at(f * perFrame + i);
            }
        }
        return frames;
    }

    @Override
    public String name() {
        return "DAS batch, IQ float32";
    }

    @Override
    public List<String> variants() {
        return List.of("tile4");
    }

    @Override
    public Target target() {
        return new Target(0.95, 1);
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
    public OptionalDouble slowYardstickMs() {
        return OptionalDouble.of(6.6); // of the first hand-tuned C++ version on an AVX-512 Xeon of 2023
    }

    @Override
    public void run() {
        image = plan.apply(data, RunContext.inline());
    }

    @Override
    public long outputBytes() {
        return 2L * Float.BYTES * FRAMES * plan.grid().size();
    }

    /** Of every 97th value, in the order {@code [pixel][re x 32 | im x 32]}. */
    @Override
    public double checksum() {
        float[][] frames = new float[FRAMES][];
        for (int f = 0; f < FRAMES; f++) {
            frames[f] = image.copyFrame(f);
        }
        double sum = 0;
        int cell = 2 * FRAMES;
        for (int i = 0; i < image.grid().size() * cell; i += 97) {
            int within = i % cell;
            sum += Math.abs(frames[within % FRAMES][2 * (i / cell) + within / FRAMES]);
        }
        return sum;
    }
}
