package org.fus.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.scan.StreamingScan;

/** Recording and reading, against the least that Java must do for it. */
final class FileSuite implements BenchSuite {
    private static final int BLOCKS = 4;
    private static final int TIMES = 1024;

    /** 4 GiB of volumes. */
    private static final int LARGE_TIMES = 1 << 15;

    private final FileFolder folder = new FileFolder();
    private final int blocks;
    private final int times;
    private final List<PlainJava.Compared> compared = new ArrayList<>();

    FileSuite() {
        this(BLOCKS, TIMES);
    }

    FileSuite(int blocks, int times) {
        this.blocks = blocks;
        this.times = times;
    }

    @Override
    public String name() {
        return "files";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.empty();
    }

    @Override
    public List<BenchWork> prepare() {
        Path scan = folder.file("bench.scan");
        FusFiles.write(scan, Content.of(BenchSeries.of(times)));
        compared.addAll(List.of(new RecordingWork(folder, blocks), new ScanReadWork(scan, times)));
        List<BenchWork> works = new ArrayList<>(compared);
        works.add(new FirstFrameWork(".scan v2", large(), 0, BenchSeries.values(0, 1)[0]));
        return works;
    }

    @Override
    public Optional<Yardstick> start() {
        return Optional.of(new PlainJava(compared));
    }

    @Override
    public void cleanUp() {
        folder.delete();
    }

    /** A scan of 4 GiB that takes next to nothing on the disk: all but its first volume are holes. */
    private Path large() {
        Path large = folder.file("large.scan");
        StreamingScan.Plan plan =
                new StreamingScan.Plan(BenchSeries.shape(LARGE_TIMES), BenchSeries.geometry(), 0.4, Map.of());
        Path growing = folder.file("growing.scan");
        try (StreamingScan scan = StreamingScan.start(growing, plan)) {
            scan.append(0.4, BenchSeries.values(0, 1));
            // The scan as it stands while it grows; without its journal all planned volumes count.
            Files.createLink(large, growing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return large;
    }
}
