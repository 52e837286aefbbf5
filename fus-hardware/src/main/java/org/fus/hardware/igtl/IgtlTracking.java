package org.fus.hardware.igtl;

import java.util.List;
import java.util.Objects;
import org.fus.core.geometry.Affine3;

/**
 * TDATA: where several instruments are at one time.
 *
 * @param elements one per instrument
 */
public record IgtlTracking(List<Element> elements) implements IgtlContent {
    static final String TYPE = "TDATA";

    /** What a tracker can tell of an instrument. */
    public enum Kind {
        /** The tracker itself. */
        TRACKER(1),
        /** Position and orientation. */
        INSTRUMENT_6D(2),
        /** Position. */
        INSTRUMENT_3D(3),
        /** Position and direction. */
        INSTRUMENT_5D(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * One instrument.
     *
     * @param name at most 20 Latin-1 characters
     * @param kind what of it is tracked
     * @param map where it is, translation in metres
     */
    public record Element(String name, Kind kind, Affine3 map) {
        /** Checks the name. */
        public Element {
            WireText.requireLatin1("name of the instrument", name, IgtlMessage.LONGEST_NAME);
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(map, "map");
        }
    }

    /** Copies the list. */
    public IgtlTracking {
        elements = List.copyOf(elements);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
