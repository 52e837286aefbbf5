package org.fus.hardware;

import java.net.URI;
import java.util.List;

/** Opens the devices of one URI scheme. Found by {@link java.util.ServiceLoader}. */
public interface DeviceProvider {
    /**
     * The scheme, such as {@code sim}.
     *
     * @return lower case
     */
    String scheme();

    /**
     * Addresses that a user may try, for lists of devices.
     *
     * @return a few, each with what it is, such as {@code sim:icoprime?seed=1}; may be empty
     */
    default List<String> examples() {
        return List.of();
    }

    /**
     * Opens a device.
     *
     * @param uri which one, with its settings
     * @return the device, connected
     * @throws IllegalArgumentException when the URI has unknown or impossible settings
     * @throws org.fus.core.error.FusDeviceException when the device does not answer
     */
    UltrasoundDevice open(URI uri);
}
