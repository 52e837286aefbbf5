package org.fus.examples.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.DelayAndSum;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/** The first frame of {@link DasWorkload} alone, as a live view takes it, against the fastest C++ of any shape. */
final class DasFrameWorkload implements BenchWork {
    private final IqData data = IqData.copyOf(DasWorkload.format(), DasWorkload.FREQUENCY_HZ, DasWorkload.samples(1));
    private final DelayAndSum plan =
            DelayAndSum.planFrameByFrame(DasWorkload.format(), DasWorkload.grid(), DasOptions.DEFAULTS);
    private IqEnsemble image;

    @Override
    public String name() {
        return "DAS single frame";
    }

    @Override
    public List<String> variants() {
        return List.of("frame128", "frame512");
    }

    @Override
    public Target target() {
        return new Target(0.75, 0.9);
    }

    @Override
    public int unitsPerCall() {
        return 1;
    }

    @Override
    public String unit() {
        return "frame";
    }

    @Override
    public OptionalDouble slowYardstickMs() {
        return OptionalDouble.of(29); // of the first hand-tuned C++ version on an AVX-512 Xeon of 2023
    }

    @Override
    public void run() {
        image = plan.apply(data, RunContext.inline());
    }

    @Override
    public long outputBytes() {
        return 2L * Float.BYTES * plan.grid().size();
    }

    /** Of every 97th value, in the order {@code [pixel][re, im]}. */
    @Override
    public double checksum() {
        float[] pixels = image.copyFrame(0);
        double sum = 0;
        for (int i = 0; i < pixels.length; i += 97) {
            sum += Math.abs(pixels[i]);
        }
        return sum;
    }
}
