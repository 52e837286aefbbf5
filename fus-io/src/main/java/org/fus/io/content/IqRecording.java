package org.fus.io.content;

import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;

/** Beamformed frames that are read by range. Implementations are safe for use by many threads. */
public interface IqRecording {
    /**
     * Where the pixels are.
     *
     * @return the grid
     */
    ImageGrid grid();

    /**
     * The figures that Doppler needs.
     *
     * @return frame rate, frequency, speed of sound
     */
    IqEnsemble.Timing timing();

    /**
     * The number of frames.
     *
     * @return at least 1
     */
    int frames();

    /**
     * Frames that stand together in the file and were taken without a pause: an ensemble for a clutter filter.
     *
     * @return at least 1, at most {@link #frames}
     */
    int framesPerBlock();

    /**
     * Where the frames come from.
     *
     * @return the steps that made them
     */
    Provenance provenance();

    /**
     * Reads frames.
     *
     * @param firstFrame from 0
     * @param count number of frames, at least 1
     * @return an ensemble on {@link #grid}
     * @throws IndexOutOfBoundsException when the range does not lie within the frames
     * @throws org.fus.core.error.FusFormatException when the values are damaged
     * @throws org.fus.core.error.FusUnsupportedFormatException when so many frames do not fit into memory
     */
    IqEnsemble read(int firstFrame, int count);

    /**
     * An ensemble in memory as a recording of one block.
     *
     * @param ensemble the frames
     * @return a view
     */
    static IqRecording of(IqEnsemble ensemble) {
        return new IqRecording() {
            @Override
            public ImageGrid grid() {
                return ensemble.grid();
            }

            @Override
            public IqEnsemble.Timing timing() {
                return ensemble.timing();
            }

            @Override
            public int frames() {
                return ensemble.frames();
            }

            @Override
            public int framesPerBlock() {
                return ensemble.frames();
            }

            @Override
            public Provenance provenance() {
                return ensemble.provenance();
            }

            @Override
            public IqEnsemble read(int firstFrame, int count) {
                Objects.checkFromIndexSize(firstFrame, count, ensemble.frames());
                if (count == ensemble.frames()) {
                    return ensemble;
                }
                float[][] frames = new float[count][];
                for (int f = 0; f < count; f++) {
                    frames[f] = ensemble.copyFrame(firstFrame + f);
                }
                return IqEnsemble.copyOf(ensemble.grid(), ensemble.timing(), frames, ensemble.provenance());
            }
        };
    }
}
