package org.fus.io.record;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.Disk;
import org.fus.io.source.StorageFailures;
import org.fus.io.zarr.ChunkKeys;
import org.fus.io.zarr.FolderStore;

/**
 * Records blocks into a Zarr store. {@link #append} returns when the block is durable: its bytes were forced to the disk
 * under a temporary name, the file was given its name, and the folder was forced. A crash at any moment, also of the power,
 * leaves every block that was acknowledged, and a store that opens.
 *
 * <p>A failed {@code append} leaves nothing of its block; after the cause is gone (space was freed) the same block may be
 * appended again. Blocks are appended by one thread at a time; the calls are synchronised.
 */
public final class RecordingWriter implements AutoCloseable {
    /** Space that is kept for the end of the recording and for others. */
    private static final long RESERVE_BYTES = 16 << 20;

    private final Path folder;
    private final Disk disk;
    private final RecordingPlan plan;
    private final List<RecordedBlock> blocks = new ArrayList<>();
    private int frames;
    private boolean closed;

    private RecordingWriter(Path folder, Disk disk, RecordingPlan plan) {
        this.folder = folder;
        this.disk = disk;
        this.plan = plan;
    }

    /**
     * Starts a recording: makes the store with its metadata, durable, under its name at once.
     *
     * @param folder where it goes, such as {@code rat1.zarr}; must not exist, its parent must
     * @param plan what is going to be recorded
     * @return the writer
     * @throws FusStorageException when something of that name exists, the folder cannot be written, or the disk has not
     *     the room that the plan needs; nothing is then left
     */
    public static RecordingWriter start(Path folder, RecordingPlan plan) {
        return start(
                folder,
                plan,
                Disk.uncached(Thread.ofPlatform().daemon().name("fus-recording").factory()));
    }

    /**
     * Starts a recording through a disk.
     *
     * @param folder where it goes
     * @param plan what is going to be recorded
     * @param disk takes the changes; {@link Disk#uncached} with threads of the host, {@link Disk#local} for none
     * @return the writer
     * @throws FusStorageException as {@link #start(Path, RecordingPlan)}
     */
    public static RecordingWriter start(Path folder, RecordingPlan plan, Disk disk) {
        Path parent = folder.toAbsolutePath().getParent();
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || parent == null) {
            throw new FusStorageException(
                    folder.toString(), "record", "there is something of that name; choose another", false, null);
        }
        if (!Files.isDirectory(parent)) {
            throw new FusStorageException(
                    folder.toString(), "record", "no such folder: " + parent + "; create it first", false, null);
        }
        requireSpace(folder, parent, plan, disk);
        Path temporary = AtomicFile.temporaryBeside(folder);
        try {
            disk.createDirectory(temporary);
            FolderStore store = FolderStore.of(temporary, disk);
            RecordingLayout.writeStart(store, plan);
            disk.move(temporary, folder);
            disk.forceDirectory(parent);
        } catch (IOException e) {
            FusStorageException failure = StorageFailures.of(folder, "record", e);
            discard(disk, temporary, failure);
            throw failure;
        } catch (RuntimeException e) {
            discard(disk, temporary, e);
            throw e;
        }
        return new RecordingWriter(folder, disk, plan);
    }

    /**
     * Appends a block of raw samples.
     *
     * @param block samples of the format of the plan
     * @return the sequence number of the block, from 0; it is durable
     * @throws IllegalArgumentException when the plan has no place for such a block
     * @throws FusStorageException when it cannot be made durable; nothing of it is then left
     */
    public long append(RfBlock block) {
        return append(block, BlockNotes.NONE);
    }

    /**
     * Appends a block of raw samples with what belongs to it.
     *
     * @param block samples of the format of the plan
     * @param notes times, pose, events
     * @return as {@link #append(RfBlock)}
     * @throws IllegalArgumentException as {@link #append(RfBlock)}
     * @throws FusStorageException as {@link #append(RfBlock)}
     */
    public synchronized long append(RfBlock block, BlockNotes notes) {
        if (!(plan.content() instanceof RecordedContent.Rf rf)
                || !rf.frameShape()
                        .equals(List.of(
                                block.format().transmits(),
                                block.format().channels(),
                                block.format().sampleCount()))) {
            throw wrong("RF frames of " + block.format().transmits() + " x "
                    + block.format().channels() + " x " + block.format().sampleCount()
                    + " (transmit, channel, sample)");
        }
        long frameBytes = rf.frameBytes();
        MemorySegment samples = block.samples();
        return append(
                new RecordedBlock(blocks.size(), block.firstFrame(), block.frames(), notes),
                n -> samples.asSlice(n * frameBytes, frameBytes).asByteBuffer());
    }

    /**
     * Appends beamformed frames.
     *
     * @param ensemble frames on the grid of the plan
     * @param notes times, pose, events
     * @return as {@link #append(RfBlock)}
     * @throws IllegalArgumentException as {@link #append(RfBlock)}
     * @throws FusStorageException as {@link #append(RfBlock)}
     */
    public synchronized long append(IqEnsemble ensemble, BlockNotes notes) {
        if (!(plan.content() instanceof RecordedContent.Iq iq)
                || !iq.grid().equals(ensemble.grid())
                || !iq.timing().equals(ensemble.timing())) {
            throw wrong("IQ frames on " + ensemble.grid() + " with " + ensemble.timing());
        }
        return append(
                new RecordedBlock(blocks.size(), frames, ensemble.frames(), notes),
                staged(ensemble.frames(), ensemble::copyFrame));
    }

    /**
     * Appends Doppler maps.
     *
     * @param maps of the quantity and on the grid of the plan, at least one
     * @param notes pose, events, and a time for each map
     * @return as {@link #append(RfBlock)}
     * @throws IllegalArgumentException as {@link #append(RfBlock)}
     * @throws FusStorageException as {@link #append(RfBlock)}
     */
    public synchronized long append(List<DopplerFrame> maps, BlockNotes notes) {
        for (DopplerFrame map : maps) {
            if (!(plan.content() instanceof RecordedContent.Doppler d)
                    || !d.grid().equals(map.grid())
                    || d.quantity() != map.quantity()) {
                throw wrong(map.quantity().label() + " on " + map.grid());
            }
        }
        if (notes.timesS().isEmpty()) {
            throw new IllegalArgumentException(folder + ": maps have no regular time; give one for each of them");
        }
        return append(
                new RecordedBlock(blocks.size(), frames, maps.size(), notes),
                staged(maps.size(), f -> maps.get(f).toArray()));
    }

    /**
     * The blocks that are durable.
     *
     * @return their number
     */
    public synchronized long durableBlocks() {
        return blocks.size();
    }

    /**
     * Ends the recording: writes times, poses and events as arrays, sets the length to that of the recorded frames, and
     * says that the recording is complete. When this fails, the recording stays as after a crash: all blocks are there, and
     * closing again, or a repair, ends it.
     *
     * @throws FusStorageException when the metadata cannot be written
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        RecordingLayout.writeEnd(FolderStore.of(folder, disk), plan, blocks, List.of());
        closed = true;
    }

    private long append(RecordedBlock block, BlockFile.Chunks chunks) {
        requirePlace(block);
        String name = ChunkKeys.FLAT.key(RecordingLayout.place(plan, block.number()));
        int perBlock = RecordingLayout.chunksPerBlock(plan);
        int stored = RecordingLayout.storedChunks(plan, block.frames());
        byte[] notes = block.notes().toJson(block.firstFrame(), block.frames());
        Path file = folder.resolve(RecordingLayout.DATA).resolve(name);
        AtomicFile.publish(disk, file, out -> BlockFile.write(out, notes, stored, perBlock, chunks));
        blocks.add(block);
        frames += block.frames();
        return block.number();
    }

    private void requirePlace(RecordedBlock block) {
        List<String> problems = new ArrayList<>();
        if (closed) {
            problems.add("the recording is closed");
        }
        if (block.frames() > plan.framesPerBlock()) {
            problems.add("a block of " + block.frames() + " frames, expected at most " + plan.framesPerBlock());
        }
        if (frames % plan.framesPerBlock() != 0) {
            problems.add("the block before was not full, so it was the last one");
        }
        if (frames + block.frames() > plan.frames()) {
            problems.add((frames + block.frames()) + " frames in all, expected at most " + plan.frames());
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(folder + ": " + String.join("; ", problems));
        }
    }

    /** Frames of float32 as chunks, through one buffer. A chunk is a contiguous part of the block. */
    private BlockFile.Chunks staged(int count, IntFunction<float[]> frame) {
        int chunkBytes = RecordingLayout.chunkBytes(plan);
        long frameBytes = plan.content().frameBytes();
        ByteBuffer buffer = ByteBuffer.allocateDirect(chunkBytes).order(ByteOrder.nativeOrder());
        LastFrame last = new LastFrame(frame);
        return n -> {
            buffer.clear();
            long at = (long) n * chunkBytes;
            while (buffer.hasRemaining()) {
                int f = (int) (at / frameBytes);
                int from = (int) (at % frameBytes);
                int bytes = (int) Math.min(buffer.remaining(), frameBytes - from);
                if (f < count) {
                    buffer.asFloatBuffer().put(last.get(f), from / Float.BYTES, bytes / Float.BYTES);
                } else {
                    buffer.slice(buffer.position(), bytes).put(new byte[bytes]);
                }
                buffer.position(buffer.position() + bytes);
                at += bytes;
            }
            return buffer.flip();
        };
    }

    /** Keeps one frame, for frames that are cut into several chunks. */
    private static final class LastFrame {
        private final IntFunction<float[]> frames;
        private int number = -1;
        private float[] values;

        LastFrame(IntFunction<float[]> frames) {
            this.frames = frames;
        }

        float[] get(int frame) {
            if (frame != number) {
                values = frames.apply(frame);
                number = frame;
            }
            return values;
        }
    }

    private IllegalArgumentException wrong(String got) {
        return new IllegalArgumentException(folder + ": the plan is for " + plan.content() + ", got " + got);
    }

    private static void requireSpace(Path folder, Path parent, RecordingPlan plan, Disk disk) {
        long needed = plan.forecastBytes() + RESERVE_BYTES;
        try {
            long free = disk.usableBytes(parent);
            if (free < needed) {
                throw new FusStorageException(
                        folder.toString(),
                        "record",
                        plan.frames() + " frames need " + mebibytes(needed) + ", the disk has " + mebibytes(free)
                                + " left; free some space, record fewer frames, or write elsewhere",
                        true,
                        null);
            }
        } catch (IOException e) {
            throw StorageFailures.of(parent, "ask for the space that is left", e);
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static void discard(Disk disk, Path temporary, Throwable failure) {
        for (Path path : RecordingLayout.startFiles(temporary)) {
            try {
                disk.delete(path);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
