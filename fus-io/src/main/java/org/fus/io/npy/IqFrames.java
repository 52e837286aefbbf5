package org.fus.io.npy;

import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.IqRecording;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;

/** An array {@code [frame][z][y][x]} of complex numbers as beamformed frames. */
record IqFrames(
        ByteSource source,
        StoredArray array,
        ImageGrid grid,
        IqEnsemble.Timing timing,
        int frames,
        Provenance provenance)
        implements IqRecording {
    /** The file does not tell pauses: all frames are one block. */
    @Override
    public int framesPerBlock() {
        return frames;
    }

    @Override
    public IqEnsemble read(int firstFrame, int count) {
        Objects.checkFromIndexSize(firstFrame, count, frames);
        try {
            return IqEnsemble.copyOf(grid, timing, Frames.of(source, array, firstFrame, count), provenance);
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(source.name(), "values", String.valueOf(e.getMessage()), e);
        }
    }
}
