package org.fus.io.content;

import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;

/** What a file holds, as types of the core. */
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
     * @return {@code channel-data}, {@code iq}, {@code map}, {@code series} or {@code array}
     */
    String kind();

    /**
     * Samples per channel, before beamforming.
     *
     * @param origin where the content comes from
     * @param data the samples
     */
    record Channels(Origin origin, RfData data) implements Content {
        @Override
        public String kind() {
            return "channel-data";
        }
    }

    /**
     * Beamformed frames.
     *
     * @param origin where the content comes from
     * @param ensemble the frames
     */
    record Iq(Origin origin, IqEnsemble ensemble) implements Content {
        @Override
        public String kind() {
            return "iq";
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
    }

    /**
     * Channel data that was just computed or recorded.
     *
     * @param data the samples
     * @return content to be written
     */
    static Content of(RfData data) {
        SampleType type = data instanceof org.fus.core.data.RfBlock ? SampleType.INT16 : SampleType.FLOAT32;
        return new Channels(Origin.computed(type), data);
    }

    /**
     * An ensemble that was just computed.
     *
     * @param ensemble the frames
     * @return content to be written
     */
    static Content of(IqEnsemble ensemble) {
        return new Iq(Origin.computed(SampleType.COMPLEX64), ensemble);
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
     * A series that was just computed.
     *
     * @param series the series
     * @return content to be written
     */
    static Content of(FusSeries series) {
        return new Series(Origin.computed(SampleType.FLOAT64), series);
    }
}
