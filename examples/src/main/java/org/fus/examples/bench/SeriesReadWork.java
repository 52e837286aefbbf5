package org.fus.examples.bench;

import java.nio.file.Path;
import java.util.List;
import org.fus.core.data.FusSeries;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;

/** A file is opened and all its volumes are read. */
class SeriesReadWork implements BenchWork {
    private final String name;
    private final String variant;
    private final Target target;
    private final Path file;
    private final int times;
    private FusSeries opened;
    private double[] values;

    SeriesReadWork(String name, String variant, Target target, Path file, int times) {
        this.name = name;
        this.variant = variant;
        this.target = target;
        this.file = file;
        this.times = times;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> variants() {
        return List.of(variant);
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
        return (outputBytes() >> 20) + " MiB";
    }

    @Override
    public void run() {
        open();
        readOpened();
    }

    final void open() {
        opened = ((Content.Series) FusFiles.open(file)).series();
    }

    final void readOpened() {
        values = null;
        values = opened.read(0, 0, 0, times);
    }

    @Override
    public double checksum() {
        return BenchSeries.checksum(values);
    }

    @Override
    public long outputBytes() {
        return (long) times * BenchSeries.PIXELS * Double.BYTES;
    }
}
