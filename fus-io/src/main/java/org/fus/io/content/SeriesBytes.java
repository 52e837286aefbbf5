package org.fus.io.content;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fus.core.data.FusSeries;

/** The values of a series as little-endian float64 in the order of its axes, block by block. */
public final class SeriesBytes {
    private static final int BLOCK_VALUES = 1 << 18;

    private SeriesBytes() {}

    /**
     * Writes all values.
     *
     * @param out receives them
     * @param series read in blocks of a few megabytes
     * @throws IOException when writing fails
     */
    public static void write(OutputStream out, FusSeries series) throws IOException {
        FusSeries.Shape shape = series.shape();
        int block = Math.clamp(BLOCK_VALUES / shape.voxels(), 1, shape.times());
        for (int extra = 0; extra < shape.extras(); extra++) {
            for (int pose = 0; pose < shape.poses(); pose++) {
                for (int t = 0; t < shape.times(); t += block) {
                    double[] values = series.read(extra, pose, t, Math.min(block, shape.times() - t));
                    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                            .order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asDoubleBuffer().put(values);
                    out.write(bytes.array());
                }
            }
        }
    }
}
