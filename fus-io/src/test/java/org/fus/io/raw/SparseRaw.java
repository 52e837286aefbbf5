package org.fus.io.raw;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;

/** A {@code .raw} of many blocks of one frame that takes next to nothing on the disk. */
public final class SparseRaw {
    private SparseRaw() {}

    /** Zeros, save that one number is at the start of the last frame. */
    public static Path create(Path raw, PixelGrid grid, int frames, float value) throws IOException {
        IqHeader header = IqHeader.of(grid, new IqEnsemble.Timing(500, 15.625e6, 1540), 1, frames, Map.of());
        try (var out = Files.newOutputStream(RawIqWriter.other(raw, RawIqFormat.HEADER))) {
            header.tree().writeTo(out);
        }
        long frameBytes = 2L * Float.BYTES * grid.size();
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(frameBytes * frames);
            file.seek(frameBytes * (frames - 1));
            file.writeInt(Integer.reverseBytes(Float.floatToIntBits(value)));
        }
        return raw;
    }
}
