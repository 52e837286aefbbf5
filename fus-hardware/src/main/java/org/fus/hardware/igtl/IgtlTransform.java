package org.fus.hardware.igtl;

import java.util.Objects;
import org.fus.core.geometry.Affine3;

/**
 * TRANSFORM: where something is, as a map between frames of reference. The wire holds float32 and millimetres.
 *
 * @param map translation in metres
 */
public record IgtlTransform(Affine3 map) implements IgtlContent {
    static final String TYPE = "TRANSFORM";

    /** Checks that there is a map. */
    public IgtlTransform {
        Objects.requireNonNull(map, "map");
    }

    @Override
    public String type() {
        return TYPE;
    }
}
