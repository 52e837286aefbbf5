package org.fus.io.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.Provenance;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.io.zarr.ChunkKeys;
import org.fus.io.zarr.ZarrCodec;
import org.fus.io.zarr.ZarrMetadata;

/**
 * What is going to be recorded. Immutable.
 *
 * @param content what the frames are
 * @param frames the most frames that may come
 * @param framesPerBlock frames in each block; the last block may hold fewer
 * @param metadata names and values in order that belong to the recording: subject, session, settings
 * @param provenance where the frames come from
 */
public record RecordingPlan(
        RecordedContent content, int frames, int framesPerBlock, Map<String, Object> metadata, Provenance provenance) {
    /** For file systems that hand out space in blocks, and for the description in each block. */
    private static final long OVERHEAD_PER_BLOCK = 16 << 10;

    /** For metadata, and for the times of frames. */
    private static final long OVERHEAD = 1 << 20;

    /** Checks that a block fits into a chunk of the store. */
    public RecordingPlan {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(provenance, "provenance");
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        List<String> problems = new ArrayList<>();
        if (frames < 1) {
            problems.add(frames + " frames, expected at least 1");
        }
        if (framesPerBlock < 1) {
            problems.add(framesPerBlock + " frames per block, expected at least 1");
        } else if (content.frameBytes() > (Integer.MAX_VALUE - 1024) / framesPerBlock) {
            problems.add("blocks of " + framesPerBlock + " frames of " + content.frameBytes()
                    + " bytes, expected less than 2 GiB; make blocks smaller");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("recording: " + String.join("; ", problems));
        }
    }

    /**
     * A plan without metadata.
     *
     * @param content what the frames are
     * @param frames the most frames that may come
     * @param framesPerBlock frames in each block
     * @return the plan
     */
    public static RecordingPlan of(RecordedContent content, int frames, int framesPerBlock) {
        return new RecordingPlan(content, frames, framesPerBlock, Map.of(), Provenance.none());
    }

    /**
     * The plan for the raw samples of a program.
     *
     * @param program what the device is asked to do
     * @param format what its samples mean
     * @return the plan
     */
    public static RecordingPlan rf(AcquisitionProgram program, ChannelFormat format) {
        return of(new RecordedContent.Rf(format), program.frames(), program.framesPerBlock());
    }

    /**
     * The same with metadata.
     *
     * @param values names and values in order: texts, numbers, booleans, lists and maps of them
     * @return a changed copy
     */
    public RecordingPlan withMetadata(Map<String, ?> values) {
        return new RecordingPlan(content, frames, framesPerBlock, new LinkedHashMap<>(values), provenance);
    }

    /**
     * The same with a provenance.
     *
     * @param origin where the frames come from
     * @return a changed copy
     */
    public RecordingPlan withProvenance(Provenance origin) {
        return new RecordingPlan(content, frames, framesPerBlock, metadata, origin);
    }

    /**
     * The number of blocks when all frames come.
     *
     * @return at least 1
     */
    public int blocks() {
        return (frames - 1) / framesPerBlock + 1;
    }

    /**
     * What the whole recording takes on disk.
     *
     * @return bytes
     */
    public long forecastBytes() {
        long chunks = content.blockShape(framesPerBlock).stream().reduce(1, Math::multiplyExact)
                / chunkShape().stream().reduce(1, Math::multiplyExact);
        long perBlock = content.frameBytes() * framesPerBlock + 20 * chunks + OVERHEAD_PER_BLOCK;
        return Math.addExact(Math.multiplyExact(perBlock, (long) blocks()), 8L * frames + OVERHEAD);
    }

    /** The lengths of an inner chunk. */
    List<Integer> chunkShape() {
        if (content instanceof RecordedContent.Rf) {
            return content.blockShape(1);
        }
        return ZarrMetadata.dividingChunk(
                content.blockShape(framesPerBlock), content.type().bytes(), content.maxChunkBytes());
    }

    /** The array of all frames: one shard per block, side by side in one folder, so that a block is one new entry. */
    ZarrMetadata array(long length) {
        List<Long> shape = new ArrayList<>(List.of(length));
        content.frameShape().forEach(n -> shape.add((long) n));
        List<String> names = new ArrayList<>(List.of("frame"));
        names.addAll(content.frameAxes());
        List<ZarrCodec> inner = List.of(new ZarrCodec.Bytes(java.nio.ByteOrder.nativeOrder()), new ZarrCodec.Crc32c());
        return ZarrMetadata.of(content.type(), shape, content.blockShape(framesPerBlock))
                .withCodecs(ZarrCodec.Sharding.of(chunkShape(), inner))
                .withKeys(ChunkKeys.FLAT)
                .withDimensionNames(names.toArray(String[]::new));
    }
}
