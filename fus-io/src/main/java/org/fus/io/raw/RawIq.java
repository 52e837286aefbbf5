package org.fus.io.raw;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.IqRecording;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/** Frames one after the other, each with depth fastest: {@code [x][y][z]} of (re, im), float32. */
record RawIq(
        ByteSource source,
        long offset,
        PixelGrid grid,
        IqEnsemble.Timing timing,
        int framesPerBlock,
        int frames,
        Provenance provenance)
        implements IqRecording {
    @Override
    public IqEnsemble read(int firstFrame, int count) {
        Objects.checkFromIndexSize(firstFrame, count, frames);
        long frameBytes = 2L * Float.BYTES * grid.size();
        Heap.require(source.name(), Math.multiplyExact(2L * count + 1, frameBytes));
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(frameBytes)).order(ByteOrder.LITTLE_ENDIAN);
        float[][] out = new float[count][];
        for (int f = 0; f < count; f++) {
            source.read(offset + (firstFrame + f) * frameBytes, bytes.clear());
            out[f] = depthSlowest(bytes.flip().asFloatBuffer());
        }
        try {
            return IqEnsemble.copyOf(grid, timing, out, provenance);
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(
                    source.name(),
                    "frames from " + firstFrame,
                    e.getMessage() + "; the file may be damaged: copy it again",
                    e);
        }
    }

    /** From {@code [x][y][z]} to {@code [z][y][x]}. */
    private float[] depthSlowest(FloatBuffer in) {
        float[] out = new float[2 * grid.size()];
        for (int x = 0; x < grid.nx(); x++) {
            for (int y = 0; y < grid.ny(); y++) {
                for (int z = 0; z < grid.nz(); z++) {
                    int to = 2 * ((z * grid.ny() + y) * grid.nx() + x);
                    out[to] = in.get();
                    out[to + 1] = in.get();
                }
            }
        }
        return out;
    }

    /** From {@code [z][y][x]} to the bytes of {@code [x][y][z]}. */
    static byte[] depthFastest(PixelGrid grid, float[] frame) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(frame.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int x = 0; x < grid.nx(); x++) {
            for (int y = 0; y < grid.ny(); y++) {
                for (int z = 0; z < grid.nz(); z++) {
                    int from = 2 * ((z * grid.ny() + y) * grid.nx() + x);
                    out.putFloat(frame[from]).putFloat(frame[from + 1]);
                }
            }
        }
        return out.array();
    }
}
