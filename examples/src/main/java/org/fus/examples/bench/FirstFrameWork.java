package org.fus.examples.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusException;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;

/** A large file is opened and one volume is read. What it is compared with is the time that a person takes as at once. */
final class FirstFrameWork implements BenchWork {
    private static final double AT_ONCE_MS = 100;

    private final String format;
    private final Path file;
    private final int time;
    private final double first;
    private double[] values;

    /** The volume at {@code time} starts with the value {@code first}. */
    FirstFrameWork(String format, Path file, int time, double first) {
        this.format = format;
        this.file = file;
        this.time = time;
        this.first = first;
    }

    @Override
    public String name() {
        return "one frame of a 4 GiB " + format;
    }

    @Override
    public List<String> variants() {
        return List.of();
    }

    @Override
    public Target target() {
        return new Target(1, 1);
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
    public void run() {
        FusSeries series = ((Content.Series) FusFiles.open(file)).series();
        values = series.read(0, 0, time, 1);
        if (values[0] != first) {
            throw new FusException(file + ": volume " + time + " starts with " + values[0] + ", expected " + first);
        }
    }

    @Override
    public double checksum() {
        return BenchSeries.checksum(values);
    }

    @Override
    public long outputBytes() {
        return (long) BenchSeries.PIXELS * Double.BYTES;
    }

    @Override
    public OptionalDouble realTimeMs() {
        return OptionalDouble.of(AT_ONCE_MS);
    }

    @Override
    public String realTime() {
        return "at once";
    }
}
