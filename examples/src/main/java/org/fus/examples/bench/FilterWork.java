package org.fus.examples.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.fus.core.clutter.ClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;

/** 200 frames of 128 x 256 pixels to a map; the yardstick is the time in which 500 frames per second bring them. */
final class FilterWork implements BenchWork {
    private final String name;
    private final IqEnsemble ensemble;
    private final ClutterFilter filter;
    private final Product product;
    private DopplerFrame map;

    FilterWork(String name, IqEnsemble ensemble, ClutterFilter filter, Product product) {
        this.name = name;
        this.ensemble = ensemble;
        this.filter = filter;
        this.product = product;
    }

    @Override
    public String name() {
        return name;
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
        return 1;
    }

    @Override
    public String unit() {
        return "ensemble";
    }

    @Override
    public void run() {
        map = product.of(ensemble, filter, RunContext.inline());
    }

    @Override
    public double checksum() {
        double sum = 0;
        for (int p = 0; p < SvdInput.PIXELS; p++) {
            sum += Math.abs((double) map.at(p));
        }
        return sum;
    }

    @Override
    public long outputBytes() {
        return (long) Float.BYTES * SvdInput.PIXELS;
    }

    @Override
    public int warmUpCalls() {
        return 1;
    }

    @Override
    public OptionalDouble realTimeMs() {
        return OptionalDouble.of(1e3 * SvdInput.FRAMES / SvdInput.FRAME_RATE_HZ);
    }
}
