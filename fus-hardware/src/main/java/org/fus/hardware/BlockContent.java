package org.fus.hardware;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.record.RecordedContent;

/** What the blocks of a device hold: raw samples, or images that the device has beamformed itself. */
public sealed interface BlockContent {
    /**
     * The size of one frame.
     *
     * @return bytes
     */
    long frameBytes();

    /**
     * The same as content of a recording.
     *
     * @return what a {@link org.fus.io.record.RecordingPlan} needs
     */
    RecordedContent recorded();

    /**
     * Raw samples, int16 {@code [frame][transmit][channel][sample]}.
     *
     * @param format what the samples mean
     */
    record Rf(ChannelFormat format) implements BlockContent {
        /** Checks that nothing is missing. */
        public Rf {
            Objects.requireNonNull(format, "format");
        }

        @Override
        public long frameBytes() {
            return RfBlock.bytes(format, 1);
        }

        @Override
        public RecordedContent recorded() {
            return new RecordedContent.Rf(format);
        }
    }

    /**
     * Beamformed frames, float32 {@code [frame][z][y][x][2]}, pairs (re, im) in the byte order of the machine, finite.
     *
     * @param grid where the pixels are
     * @param timing the figures that Doppler needs
     * @param provenance how the device made them
     */
    record Iq(ImageGrid grid, IqEnsemble.Timing timing, Provenance provenance) implements BlockContent {
        /** Checks that nothing is missing. */
        public Iq {
            Objects.requireNonNull(grid, "grid");
            Objects.requireNonNull(timing, "timing");
            Objects.requireNonNull(provenance, "provenance");
        }

        @Override
        public long frameBytes() {
            return 2L * Float.BYTES * grid.size();
        }

        @Override
        public RecordedContent recorded() {
            return new RecordedContent.Iq(grid, timing);
        }

        IqEnsemble copy(MemorySegment samples, int frames) {
            float[][] values = new float[frames][2 * grid.size()];
            for (int f = 0; f < frames; f++) {
                MemorySegment.copy(samples, ValueLayout.JAVA_FLOAT, f * frameBytes(), values[f], 0, values[f].length);
            }
            return IqEnsemble.copyOf(grid, timing, values, provenance);
        }
    }
}
