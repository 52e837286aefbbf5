package org.fus.io.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusStorageException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.info.Extension;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Disk;
import org.fus.io.source.DiskFile;
import org.fus.io.source.Existing;
import org.fus.io.source.PathSource;

/**
 * Adds blocks to {@code NAME.raw} and {@code NAME.hraw} while they are recorded. A block is forced to disk before the header
 * that counts it takes the place of the old one, so a file that was cut at any moment opens with all blocks that were
 * acknowledged. Not thread-safe.
 */
public final class RawIqAppender implements AutoCloseable {
    private final Path values;
    private final Path headerPath;
    private final PixelGrid grid;
    private final IqEnsemble.Timing timing;
    private final int framesPerBlock;
    private final DiskFile file;
    private final long offset;
    private IqHeader header;
    private int blocks;

    private RawIqAppender(
            Path values,
            IqHeader header,
            PixelGrid grid,
            IqEnsemble.Timing timing,
            int framesPerBlock,
            int blocks,
            DiskFile file) {
        this.values = values;
        this.headerPath = RawIqWriter.other(values, RawIqFormat.HEADER);
        this.header = header;
        this.grid = grid;
        this.timing = timing;
        this.framesPerBlock = framesPerBlock;
        this.blocks = blocks;
        this.file = file;
        this.offset = header.isLegacy() ? RawIqFormat.LEGACY_BYTES : 0;
    }

    /**
     * Starts a recording; names that exist are refused. The header appears with the first block.
     *
     * @param raw the file of the values, {@code NAME.raw}
     * @param grid where the pixels are
     * @param timing frame rate, frequency, speed of sound
     * @param framesPerBlock frames of each block, at least 1
     * @param metadata what else the header shall say, such as {@code anglesDeg}, {@code prfHz}, {@code acquisitionMode}
     * @return an appender without a block
     * @throws FusStorageException when a name exists or cannot be written
     */
    public static RawIqAppender create(
            Path raw, PixelGrid grid, IqEnsemble.Timing timing, int framesPerBlock, Map<String, Object> metadata) {
        if (framesPerBlock < 1) {
            throw new IllegalArgumentException("framesPerBlock " + framesPerBlock + ", expected at least 1");
        }
        Path values = RawIqWriter.other(raw, RawIqFormat.VALUES);
        AtomicFile.require(values, Existing.REFUSE);
        AtomicFile.require(RawIqWriter.other(raw, RawIqFormat.HEADER), Existing.REFUSE);
        IqHeader plain = IqHeader.of(grid, timing, framesPerBlock, 1, metadata);
        Map<String, Object> difference =
                Exact.difference(plain, metadata, new RawIq(null, 0, grid, timing, framesPerBlock, 1, noProvenance()));
        try {
            return new RawIqAppender(
                    values,
                    plain.withExtension(Extension.json(difference)),
                    grid,
                    timing,
                    framesPerBlock,
                    0,
                    Disk.local().create(values));
        } catch (IOException e) {
            throw failure(values, e);
        }
    }

    /**
     * Goes on with a recording behind its last complete block.
     *
     * @param raw the file of the values or of the header
     * @return an appender with the blocks that the header counts
     * @throws org.fus.core.error.FusFormatException when the header is damaged
     * @throws FusStorageException when a file cannot be opened
     */
    public static RawIqAppender open(Path raw) {
        Path values = RawIqWriter.other(raw, RawIqFormat.VALUES);
        PathSource source = PathSource.of(RawIqWriter.other(raw, RawIqFormat.HEADER));
        IqHeader header = IqHeader.read(Hdf.open(source));
        RawIq recording = RawIqFormat.recording(PathSource.of(values), source.name(), header);
        try {
            return new RawIqAppender(
                    values,
                    header,
                    recording.grid(),
                    recording.timing(),
                    recording.framesPerBlock(),
                    recording.frames() / recording.framesPerBlock(),
                    Disk.local().open(values));
        } catch (IOException e) {
            throw failure(values, e);
        }
    }

    /**
     * Adds a block.
     *
     * @param block frames on the grid of the file, as many as each block has
     * @return the number of blocks that are durable now, this one included
     * @throws IllegalArgumentException when the block does not fit the file
     * @throws FusStorageException when it cannot be written; the file then has the blocks of before
     */
    public int append(IqEnsemble block) {
        if (block.frames() != framesPerBlock
                || !block.grid().equals(grid)
                || !block.timing().equals(timing)) {
            throw new IllegalArgumentException("a block of " + block + " does not fit the file (expected "
                    + framesPerBlock + " frames of " + grid + ", " + timing + ")");
        }
        long frameBytes = 2L * Float.BYTES * grid.size();
        long at = offset + frameBytes * framesPerBlock * blocks;
        try {
            for (int f = 0; f < framesPerBlock; f++) {
                file.write(at + f * frameBytes, ByteBuffer.wrap(RawIq.depthFastest(grid, block.copyFrame(f))));
            }
            file.force();
        } catch (IOException e) {
            throw failure(values, e);
        }
        header = header.withBlocks(blocks + 1);
        AtomicFile.write(headerPath, Existing.REPLACE, header.tree()::writeTo);
        return ++blocks;
    }

    /**
     * The number of durable blocks.
     *
     * @return at least 0
     */
    public int blocks() {
        return blocks;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failure(values, e);
        }
    }

    private static org.fus.core.data.Provenance noProvenance() {
        return org.fus.core.data.Provenance.none();
    }

    private static FusStorageException failure(Path file, IOException e) {
        return new FusStorageException(file.toString(), "write", String.valueOf(e.getMessage()), false, e);
    }
}
