package org.fus.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark counts right; its rates are not asserted. */
@Timeout(180)
class LiveBenchTest {
    /** A chain that takes next to nothing. */
    private record SmallWork() implements LiveChainBench.Work {
        @Override
        public ChannelFormat format(double frameRateHz) {
            Probe probe = Probe.linear("small", 8, 0.1e-3, 15e6).build();
            // far below what any machine does, so that the first try holds
            double hz = Math.min(frameRateHz, 200);
            return new ChannelFormat(
                    probe,
                    TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 2 * hz),
                    SampleAxis.common(60e6, 5.5e-6, 2, 64));
        }

        @Override
        public ProcessingRecipe recipe() {
            return ProcessingRecipe.of(PixelGrid.xz(-0.3e-3, 0.3e-3, 4, 4.4e-3, 4.7e-3, 4), Product.POWER)
                    .withClutter(new Clutter.Svd(2));
        }

        @Override
        public int ensemble() {
            return 8;
        }

        @Override
        public int framesPerBlock() {
            return 4;
        }
    }

    @Test
    void chain_reportsRateLatencyGapsAndDrops() {
        LiveBenchRow row = new LiveChainBench(new SmallWork(), 0.001).run();
        assertThat(row.figures())
                .containsKeys("framesPerS", "latencyP50Ms", "latencyP99Ms", "gaps", "skipped", "tries");
        if (row.met()) {
            assertThat(row.figures()).containsEntry("gaps", 0L).containsEntry("skipped", 0L);
            assertThat((long) row.figures().get("maps")).isPositive();
        }
        assertThat((double) row.figures().get("latencyP99Ms"))
                .isGreaterThanOrEqualTo((double) row.figures().get("latencyP50Ms"))
                .isPositive();
        assertThat(row.lines()).anyMatch(l -> l.contains("frames per second"));
    }

    @Test
    void throughput_slowly_losesNothing() {
        // 5 blocks of 37 MB in two seconds
        LiveBenchRow memory = new ThroughputBench(2, 93e6).toNullStore();
        assertThat(memory.figures()).containsEntry("blocks", 5L).containsEntry("blocksLost", 0L);
        assertThat((long) memory.figures().get("bytes")).isEqualTo(5L * 16 * 128 * 832 * 11 * 2);
    }

    @Test
    void blockFiles_keepTheirWindow(@TempDir Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        BlockFilesDisk rolling = new BlockFilesDisk(Disk.local(), 25);
        BlockFilesDisk none = new BlockFilesDisk(Disk.local(), 0);
        for (int i = 0; i < 4; i++) {
            for (BlockFilesDisk disk : new BlockFilesDisk[] {rolling, none}) {
                Path temporary = data.resolve(".c." + i + ".0.tmp");
                try (DiskFile file = disk.create(temporary)) {
                    file.write(0, ByteBuffer.allocate(10));
                    file.force();
                }
                disk.move(temporary, data.resolve("c." + i + ".0"));
                disk.forceDirectory(data);
            }
        }
        assertThat(data).isDirectoryContaining("glob:**c.3.0").isDirectoryContaining("glob:**c.2.0");
        try (var files = Files.list(data)) {
            assertThat(files.count()).isEqualTo(2);
        }
        assertThat(rolling.writtenBytes()).isEqualTo(40);
        assertThat(none.writtenBytes()).isEqualTo(40);
        Path other = folder.resolve("zarr.json");
        try (DiskFile file = none.create(other)) {
            file.write(0, ByteBuffer.allocate(3));
        }
        assertThat(other).hasSize(3);
    }
}
