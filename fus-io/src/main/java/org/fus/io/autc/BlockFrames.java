package org.fus.io.autc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/** Blocks of frames, each turned into the order of frames when it is used, as one run of bytes. The last one is kept. */
final class BlockFrames implements ByteSource {
    private final String name;
    private final int blocks;
    private final int framesPerBlock;
    private final int pixels;
    private final IntFunction<float[]> loader;
    private int kept = -1;
    private float[] values = {};

    BlockFrames(String name, int blocks, int framesPerBlock, int pixels, IntFunction<float[]> loader) {
        this.name = name;
        this.blocks = blocks;
        this.framesPerBlock = framesPerBlock;
        this.pixels = pixels;
        this.loader = loader;
    }

    /** The pixels of a frame, (re, im). */
    synchronized float[] frame(int frame) {
        int at = frame % framesPerBlock * 2 * pixels;
        return Arrays.copyOfRange(block(frame / framesPerBlock), at, at + 2 * pixels);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return (long) blocks * blockBytes();
    }

    @Override
    public synchronized void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), size());
        long at = position;
        while (target.hasRemaining()) {
            float[] block = block((int) (at / blockBytes()));
            int offset = (int) (at % blockBytes());
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = offset / Float.BYTES; i < block.length && target.hasRemaining(); i++) {
                bytes.putFloat(0, block[i]);
                int skip = offset % Float.BYTES;
                int n = Math.min(Float.BYTES - skip, target.remaining());
                target.put(target.position(), bytes, skip, n);
                target.position(target.position() + n);
                offset += n;
                at += n;
            }
        }
    }

    private long blockBytes() {
        return 2L * Float.BYTES * pixels * framesPerBlock;
    }

    private float[] block(int block) {
        if (block != kept) {
            Heap.require(name, 3 * blockBytes());
            values = loader.apply(block);
            kept = block;
        }
        return values;
    }
}
