package org.fus.core.beamforming;

import org.fus.core.internal.kernel.DasKernel;
import org.fus.core.internal.kernel.DasScratch;
import org.fus.core.internal.kernel.DasTables;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/** How the tables of a plan come to the kernel: kept from the start, or made in pieces each time. Same bits either way. */
sealed interface DasTiles {
    /** Adds all transmits to an image. */
    void form(FramePanels channels, FramePanels image, RunContext context);

    /** What this holds and needs. */
    MemoryEstimate memory();

    /** Keeps the tables when they fit the budget. */
    static DasTiles of(DasGeometry geometry, double rotationHz, DasKernel kernel) {
        DasTableBuilder builder = new DasTableBuilder(geometry, rotationHz);
        long bytes = builder.bytes();
        return bytes <= geometry.options().memoryBudgetBytes()
                ? new Stored(geometry, tables(builder, geometry), bytes, kernel, new WorkPool<>())
                : new Streamed(geometry, builder, kernel, new WorkPool<>());
    }

    /** What {@link #of} would hold and need. */
    static MemoryEstimate estimate(DasGeometry geometry, double rotationHz, DasKernel kernel) {
        long bytes = new DasTableBuilder(geometry, rotationHz).bytes();
        return bytes <= geometry.options().memoryBudgetBytes()
                ? Stored.memory(geometry, bytes, kernel)
                : Streamed.memory(geometry, kernel);
    }

    private static DasTables[] tables(DasTableBuilder builder, DasGeometry geometry) {
        DasTables[] tables = new DasTables[geometry.groups()];
        for (int g = 0; g < tables.length; g++) {
            tables[g] = builder.build(g, 0, geometry.grid().size());
        }
        return tables;
    }

    private static DasScratch take(WorkPool<DasScratch> pool, DasGeometry geometry, DasKernel kernel) {
        return pool.take(any -> true, () -> new DasScratch(geometry.format().channels(), kernel.taps()));
    }

    private static long scratchBytes(DasGeometry geometry, DasKernel kernel) {
        return DasScratch.bytes(geometry.format().channels(), kernel.taps());
    }

    private static long frameBytes(DasGeometry geometry) {
        return 2L * Float.BYTES * geometry.grid().size();
    }

    /** Tables of the whole grid. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(DasGeometry geometry, DasTables[] tables, long bytes, DasKernel kernel, WorkPool<DasScratch> pool)
            implements DasTiles {
        /** Tiles of one task: a few milliseconds of work whose samples stay in the caches from transmit to transmit. */
        private static final int TILES_PER_TASK = 1024;

        @Override
        public void form(FramePanels channels, FramePanels image, RunContext context) {
            int tiles = tables[0].tiles();
            int tasksPerPanel = (tiles + TILES_PER_TASK - 1) / TILES_PER_TASK;
            context.forEach("beamform", tasksPerPanel * image.count(), task -> {
                int panel = task / tasksPerPanel;
                int first = task % tasksPerPanel * TILES_PER_TASK;
                int last = Math.min(first + TILES_PER_TASK, tiles);
                DasScratch scratch = take(pool, geometry, kernel);
                for (int t = 0; t < geometry.format().transmits(); t++) {
                    kernel.accumulate(
                            tables[geometry.groupOf(t)],
                            t,
                            first,
                            last,
                            channels.panel(panel),
                            image.panel(panel),
                            image.width(),
                            scratch);
                }
                pool.giveBack(scratch);
            });
        }

        @Override
        public MemoryEstimate memory() {
            return memory(geometry, bytes, kernel);
        }

        static MemoryEstimate memory(DasGeometry geometry, long bytes, DasKernel kernel) {
            return new MemoryEstimate(bytes, scratchBytes(geometry, kernel), frameBytes(geometry));
        }
    }

    /** Tables of a few pixels at a time, made by the task that uses them, once for all panels. */
    record Streamed(DasGeometry geometry, DasTableBuilder builder, DasKernel kernel, WorkPool<DasScratch> pool)
            implements DasTiles {
        /** Tables of one task: made in a few milliseconds, and they stay in the cache while they are used. */
        private static final long BLOCK_BYTES = 1L << 20;

        private static final long SMALLEST_BLOCK_BYTES = 1L << 16;

        /** Blocks that may stand at the same time within the budget. */
        private static final int BLOCKS_AT_A_TIME = 16;

        @Override
        public void form(FramePanels channels, FramePanels image, RunContext context) {
            int pixels = geometry.grid().size();
            int perBlock = blockPixels(geometry);
            context.forEach("beamform", (pixels + perBlock - 1) / perBlock, block -> {
                int first = block * perBlock;
                formBlock(first, Math.min(perBlock, pixels - first), channels, image);
            });
        }

        private void formBlock(int first, int count, FramePanels channels, FramePanels image) {
            int width = image.width();
            DasTables[] tables = new DasTables[geometry.groups()];
            for (int g = 0; g < tables.length; g++) {
                tables[g] = builder.build(g, first, count);
            }
            DasScratch scratch = take(pool, geometry, kernel);
            float[] block = new float[FramePanels.BASE + 2 * width * count];
            for (int panel = 0; panel < image.count(); panel++) {
                java.util.Arrays.fill(block, 0);
                for (int t = 0; t < geometry.format().transmits(); t++) {
                    DasTables of = tables[geometry.groupOf(t)];
                    kernel.accumulate(of, t, 0, of.tiles(), channels.panel(panel), block, width, scratch);
                }
                System.arraycopy(block, FramePanels.BASE, image.panel(panel), image.offset(first), 2 * width * count);
            }
            pool.giveBack(scratch);
        }

        /** A whole number of tiles, so that the cut does not show in the result. */
        private static int blockPixels(DasGeometry geometry) {
            long budget = Math.clamp(
                    geometry.options().memoryBudgetBytes() / BLOCKS_AT_A_TIME, SMALLEST_BLOCK_BYTES, BLOCK_BYTES);
            long tiles = budget / bytesPerPixel(geometry) / DasTables.TILE;
            return DasTables.TILE * Math.clamp(tiles, 1, Integer.MAX_VALUE / 4);
        }

        private static long bytesPerPixel(DasGeometry geometry) {
            return (long) DasTableBuilder.BYTES_PER_ENTRY
                            * (geometry.format().channels() * geometry.groups()
                                    + geometry.format().transmits())
                    + 2L * Float.BYTES * FramePanels.FULL_WIDTH;
        }

        @Override
        public MemoryEstimate memory() {
            return memory(geometry, kernel);
        }

        static MemoryEstimate memory(DasGeometry geometry, DasKernel kernel) {
            long block = blockPixels(geometry) * bytesPerPixel(geometry);
            return new MemoryEstimate(0, block + scratchBytes(geometry, kernel), frameBytes(geometry));
        }
    }
}
