package org.fus.examples.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.WriteOptions;

/** Chunks of HDF5 in a {@code .scan} version 1, against the HDF5 library itself. */
final class HdfSuite implements BenchSuite {
    private static final String FORMAT = "Iconeus scan v1 (HDF5)";
    private static final List<String> FILES = List.of("chunks.scan", "gzip.scan");

    private final FileFolder folder = new FileFolder();
    private final int times;
    private Yardstick yardstick;

    HdfSuite() {
        this(512);
    }

    HdfSuite(int times) {
        this.times = times;
    }

    @Override
    public String name() {
        return "HDF5 in chunks";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.of(YardstickProgram.HDF5);
    }

    /** The program puts the values into chunks, because the SDK writes HDF5 without. */
    @Override
    public List<BenchWork> prepare() throws YardstickUnavailableException {
        for (String file : FILES) {
            FusFiles.write(folder.file(file), Content.of(BenchSeries.of(times)), FORMAT, WriteOptions.DEFAULTS);
        }
        yardstick = NativeYardstick.start(
                YardstickProgram.HDF5,
                FILES.stream().map(f -> folder.file(f).toString()).toArray(String[]::new));
        return List.of(work("chunked HDF5", FILES.getFirst()), work("chunked HDF5, gzip", FILES.getLast()));
    }

    private BenchWork work(String name, String file) {
        Path path = folder.file(file);
        return new SeriesReadWork("reading " + name, file, new BenchWork.Target(1, 1), path, times);
    }

    @Override
    public Optional<Yardstick> start() {
        return Optional.of(yardstick);
    }

    @Override
    public void cleanUp() {
        folder.delete();
    }
}
