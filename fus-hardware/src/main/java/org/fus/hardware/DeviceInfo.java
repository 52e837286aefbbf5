package org.fus.hardware;

import java.util.Objects;

/**
 * Which device this is.
 *
 * @param name what people call it; messages begin with it
 * @param model maker and model
 * @param version version of its firmware or software
 */
public record DeviceInfo(String name, String model, String version) {
    /** Checks that nothing is missing. */
    public DeviceInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
    }
}
