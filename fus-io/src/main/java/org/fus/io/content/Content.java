package org.fus.io.content;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfBlock;
import org.fus.core.data.RfData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;

/**
 * What a file holds, as types of the core: a handle. Opening a file reads what describes it; series, channel data, frames
 * and arrays read their values in the parts that are asked for. Nothing needs closing.
 */
public sealed interface Content {
    /**
     * Where the content comes from.
     *
     * @return file, format and what the file says
     */
    Origin origin();

    /**
     * The kind of content, as {@code fus info} names it.
     *
     * @return {@code channel-data}, {@code iq}, {@code map}, {@code series}, {@code transform}, {@code regions},
     *     {@code program} or {@code array}
     */
    String kind();

    /**
     * The same content with another origin.
     *
     * @param origin where it is said to come from
     * @return a changed copy
     */
    Content withOrigin(Origin origin);

    /**
     * Samples per channel, before beamforming.
     *
     * @param origin where the content comes from
     * @param recording the samples, read by range of frames
     */
    record Channels(Origin origin, ChannelRecording recording) implements Content {
        @Override
        public String kind() {
            return "channel-data";
        }

        @Override
        public Channels withOrigin(Origin changed) {
            return new Channels(changed, recording);
        }

        /**
         * Reads all frames of RF.
         *
         * @return the samples
         * @throws FusUnsupportedException when the samples are demodulated
         * @throws org.fus.core.error.FusUnsupportedFormatException when they do not fit into memory
         */
        public RfData data() {
            if (recording.read(0, recording.frames()) instanceof RfData rf) {
                return rf;
            }
            throw new FusUnsupportedException(origin.file()
                    + ": the channel data are demodulated (expected RF, got IQ); read them from recording()");
        }
    }

    /**
     * Beamformed frames.
     *
     * @param origin where the content comes from
     * @param recording the frames, read by range
     */
    record Iq(Origin origin, IqRecording recording) implements Content {
        @Override
        public String kind() {
            return "iq";
        }

        @Override
        public Iq withOrigin(Origin changed) {
            return new Iq(changed, recording);
        }

        /**
         * Reads all frames.
         *
         * @return one ensemble
         * @throws org.fus.core.error.FusUnsupportedFormatException when they do not fit into memory
         */
        public IqEnsemble ensemble() {
            return recording.read(0, recording.frames());
        }
    }

    /**
     * A map between frames of reference.
     *
     * @param origin where the content comes from
     * @param from the frame whose coordinates it takes
     * @param to the frame whose coordinates it gives
     * @param matrix the map
     */
    record Transform(Origin origin, Frame from, Frame to, Affine3 matrix) implements Content {
        @Override
        public String kind() {
            return "transform";
        }

        @Override
        public Transform withOrigin(Origin changed) {
            return new Transform(changed, from, to, matrix);
        }
    }

    /**
     * Regions of interest as surfaces.
     *
     * @param origin where the content comes from
     * @param frame the frame of their coordinates
     * @param regions in the order of the file
     */
    record Regions(Origin origin, Frame frame, List<SurfaceRegion> regions) implements Content {
        /** Copies the list. */
        public Regions {
            Objects.requireNonNull(frame, "frame");
            regions = List.copyOf(regions);
        }

        @Override
        public String kind() {
            return "regions";
        }

        @Override
        public Regions withOrigin(Origin changed) {
            return new Regions(changed, frame, regions);
        }
    }

    /**
     * One Doppler map.
     *
     * @param origin where the content comes from
     * @param map the map
     */
    record Doppler(Origin origin, DopplerFrame map) implements Content {
        @Override
        public String kind() {
            return "map";
        }

        @Override
        public Doppler withOrigin(Origin changed) {
            return new Doppler(changed, map);
        }
    }

    /**
     * A series of volumes.
     *
     * @param origin where the content comes from
     * @param series the series
     */
    record Series(Origin origin, FusSeries series) implements Content {
        @Override
        public String kind() {
            return "series";
        }

        @Override
        public Series withOrigin(Origin changed) {
            return new Series(changed, series);
        }
    }

    /**
     * What a device is to do.
     *
     * @param origin where the content comes from
     * @param program the firings and their order
     * @param probe the array that fires and listens
     */
    record Program(Origin origin, AcquisitionProgram program, Probe probe) implements Content {
        /** Checks that nothing is missing. */
        public Program {
            Objects.requireNonNull(program, "program");
            Objects.requireNonNull(probe, "probe");
        }

        @Override
        public String kind() {
            return "program";
        }

        @Override
        public Program withOrigin(Origin changed) {
            return new Program(changed, program, probe);
        }
    }

    /**
     * Numbers without a meaning that the file tells.
     *
     * @param origin where the content comes from
     * @param array the numbers
     */
    record Array(Origin origin, StoredArray array) implements Content {
        @Override
        public String kind() {
            return "array";
        }

        @Override
        public Array withOrigin(Origin changed) {
            return new Array(changed, array);
        }
    }

    /**
     * Channel data that was just computed or recorded.
     *
     * @param data the samples
     * @return content to be written
     */
    static Content of(RfData data) {
        SampleType type = data instanceof RfBlock ? SampleType.INT16 : SampleType.FLOAT32;
        return new Channels(Origin.computed(type), ChannelRecording.of(data));
    }

    /**
     * An ensemble that was just computed.
     *
     * @param ensemble the frames
     * @return content to be written
     */
    static Content of(IqEnsemble ensemble) {
        return new Iq(Origin.computed(SampleType.COMPLEX64), IqRecording.of(ensemble));
    }

    /**
     * A map that was just computed.
     *
     * @param map the map
     * @return content to be written
     */
    static Content of(DopplerFrame map) {
        return new Doppler(Origin.computed(SampleType.FLOAT32), map);
    }

    /**
     * A program that was just made.
     *
     * @param program the firings and their order
     * @param probe the array that fires and listens
     * @return content to be written
     */
    static Content of(AcquisitionProgram program, Probe probe) {
        return new Program(new Origin("", "", "", Map.of(), List.of()), program, probe);
    }

    /**
     * A series that was just computed.
     *
     * @param series the series
     * @return content to be written
     */
    static Content of(FusSeries series) {
        return new Series(Origin.computed(SampleType.FLOAT64), series);
    }
}
