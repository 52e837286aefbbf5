package org.fus.io.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.SampleType;
import org.fus.io.info.Sidecar;

/** What the frames of a recording are. */
public sealed interface RecordedContent {
    /**
     * The type of the stored numbers.
     *
     * @return int16 or float32
     */
    SampleType type();

    /**
     * The axes of one frame.
     *
     * @return names, the last one varies fastest
     */
    List<String> frameAxes();

    /**
     * The lengths of the axes of one frame.
     *
     * @return one per axis
     */
    List<Integer> frameShape();

    /**
     * The most bytes of a chunk that is read and checked as one, when that is not simply one frame.
     *
     * @return bytes
     */
    int maxChunkBytes();

    /**
     * The time between two frames as planned.
     *
     * @return seconds, or NaN when frames have no regular time
     */
    double frameIntervalS();

    /**
     * The size of one frame.
     *
     * @return bytes
     */
    default long frameBytes() {
        long bytes = type().bytes();
        for (int n : frameShape()) {
            bytes = Math.multiplyExact(bytes, (long) n);
        }
        return bytes;
    }

    /**
     * Raw samples, int16, {@code [frame][transmit][channel][sample]}; a chunk is one compounded frame.
     *
     * @param format what the samples mean
     */
    record Rf(ChannelFormat format) implements RecordedContent {
        /** Checks. */
        public Rf {
            Objects.requireNonNull(format, "format");
        }

        @Override
        public SampleType type() {
            return SampleType.INT16;
        }

        @Override
        public List<String> frameAxes() {
            return List.of("transmit", "channel", "sample");
        }

        @Override
        public List<Integer> frameShape() {
            return List.of(format.transmits(), format.channels(), format.sampleCount());
        }

        @Override
        public int maxChunkBytes() {
            return Math.toIntExact(frameBytes());
        }

        @Override
        public double frameIntervalS() {
            return 1 / format.sequence().frameRateHz();
        }
    }

    /**
     * Beamformed frames, pairs (re, im) of float32, {@code [frame][z][y][x][2]}.
     *
     * @param grid where the pixels are
     * @param timing the figures that Doppler needs
     */
    record Iq(ImageGrid grid, IqEnsemble.Timing timing) implements RecordedContent {
        /** Checks. */
        public Iq {
            Objects.requireNonNull(grid, "grid");
            Objects.requireNonNull(timing, "timing");
        }

        @Override
        public SampleType type() {
            return SampleType.FLOAT32;
        }

        @Override
        public List<String> frameAxes() {
            return List.of("z", "y", "x", "complex");
        }

        @Override
        public List<Integer> frameShape() {
            return List.of(grid.nz(), grid.ny(), grid.nx(), 2);
        }

        @Override
        public int maxChunkBytes() {
            return MAX_CHUNK_BYTES;
        }

        @Override
        public double frameIntervalS() {
            return 1 / timing.frameRateHz();
        }
    }

    /**
     * Doppler maps, float32, {@code [frame][z][y][x]}.
     *
     * @param quantity what the maps show
     * @param grid where the pixels are
     */
    record Doppler(DopplerFrame.Quantity quantity, ImageGrid grid) implements RecordedContent {
        /** Checks. */
        public Doppler {
            Objects.requireNonNull(quantity, "quantity");
            Objects.requireNonNull(grid, "grid");
        }

        @Override
        public SampleType type() {
            return SampleType.FLOAT32;
        }

        @Override
        public List<String> frameAxes() {
            return List.of("z", "y", "x");
        }

        @Override
        public List<Integer> frameShape() {
            return List.of(grid.nz(), grid.ny(), grid.nx());
        }

        @Override
        public int maxChunkBytes() {
            return MAX_CHUNK_BYTES;
        }

        @Override
        public double frameIntervalS() {
            return Double.NaN;
        }
    }

    /** The most bytes of a chunk of images: small enough to fetch one of them alone. */
    int MAX_CHUNK_BYTES = 4 << 20;

    /**
     * The content that a description is of.
     *
     * @param sidecar a description
     * @return the content
     * @throws org.fus.core.error.FusFormatException when it is no description of frames
     */
    static RecordedContent read(Sidecar sidecar) {
        return switch (sidecar.kind()) {
            case "channel-data" -> new Rf(sidecar.channelFormat());
            case "iq" -> new Iq(sidecar.grid(), sidecar.timing());
            case "map" -> new Doppler(sidecar.quantity(), sidecar.grid());
            default -> throw sidecar.failure("kind", "expected channel-data, iq or map, got " + sidecar.kind());
        };
    }

    /**
     * The shape of a block.
     *
     * @param frames in the block
     * @return lengths of all axes
     */
    default List<Integer> blockShape(int frames) {
        List<Integer> shape = new ArrayList<>(List.of(frames));
        shape.addAll(frameShape());
        return shape;
    }
}
