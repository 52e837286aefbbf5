package org.fus.io.internal.frames;

import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.IqRecording;
import org.fus.io.source.Heap;

/**
 * Beamformed frames that are loaded one by one.
 *
 * @param file for messages
 * @param grid where the pixels are
 * @param timing the figures that Doppler needs
 * @param frames the number of frames
 * @param framesPerBlock frames that were taken without a pause
 * @param provenance where the frames come from
 * @param loader loads a frame {@code [z][y][x]}
 */
public record LoadedImages(
        String file,
        ImageGrid grid,
        IqEnsemble.Timing timing,
        int frames,
        int framesPerBlock,
        Provenance provenance,
        FrameLoader loader)
        implements IqRecording {
    @Override
    public IqEnsemble read(int firstFrame, int count) {
        Objects.checkFromIndexSize(firstFrame, count, frames);
        // Twice: what is loaded here, and the layout that the engine copies it into.
        Heap.require(file, Math.multiplyExact(4L * Float.BYTES * count, (long) grid.size()));
        float[][] values = new float[count][];
        for (int f = 0; f < count; f++) {
            values[f] = loader.load(firstFrame + f);
        }
        try {
            return IqEnsemble.copyOf(grid, timing, values, provenance);
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(file, "values", String.valueOf(e.getMessage()), e);
        }
    }
}
