package org.fus.examples.bench;

import java.util.List;
import org.fus.core.clutter.Precision;
import org.fus.core.clutter.SvdClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.run.RunContext;

/** An ensemble to power Doppler by the removal of 40 singular components. */
final class SvdWork implements BenchWork {
    private static final int REMOVED = 40;

    private final String name;
    private final List<String> variants;
    private final Target target;
    private final double tolerance;
    private final SvdInput input;
    private final SvdClutterFilter filter;
    private DopplerFrame power;

    private SvdWork(
            String name, List<String> variants, Target target, double tolerance, SvdInput input, Precision precision) {
        this.name = name;
        this.variants = variants;
        this.target = target;
        this.tolerance = tolerance;
        this.input = input;
        this.filter = SvdClutterFilter.removing(REMOVED).withPrecision(precision);
    }

    /** Tissue 60 dB above blood: both sides keep sums in double and differ by float32 projections, 1e-4. */
    static SvdWork accurate(SvdInput input) {
        return new SvdWork(
                "SVD filter to power Doppler, accurate, 128 x 256 x 200",
                List.of("zherk-removed", "zherk-kept"),
                new Target(1.0, 1.2),
                1e-3,
                input,
                Precision.ACCURATE);
    }

    /**
     * Tissue 30 dB above blood. Against a decomposition in double of this very input, the checksum of the float32 sums of
     * cherk over all pixels is 1.4e-2 too high (8e-2 of the maximum at worst); the sums per 128 pixels here are 2e-4 too
     * low (8e-3 at worst). The bound is twice the error of cherk.
     */
    static SvdWork fast(SvdInput input) {
        return new SvdWork(
                "SVD filter to power Doppler, fast, 128 x 256 x 200",
                List.of("cherk-removed", "cherk-kept"),
                new Target(0.95, 1.1),
                3e-2,
                input,
                Precision.FAST);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> variants() {
        return variants;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public int unitsPerCall() {
        return 1;
    }

    @Override
    public String unit() {
        return "ensemble";
    }

    @Override
    public void run() {
        power = filter.power(input.ensemble(), RunContext.inline());
    }

    @Override
    public double checksum() {
        double sum = 0;
        for (int p = 0; p < SvdInput.PIXELS; p += 97) {
            sum += Math.abs((double) power.at(p));
        }
        return sum;
    }

    @Override
    public double tolerance() {
        return tolerance;
    }

    @Override
    public long outputBytes() {
        return (long) Float.BYTES * SvdInput.PIXELS;
    }

    /** The eigensolver takes some fifty matrices to reach its speed. */
    @Override
    public int warmUpCalls() {
        return 20;
    }
}
