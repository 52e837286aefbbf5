package org.fus.hardware;

import java.net.URI;

/** Opens the devices of one URI scheme. Found by {@link java.util.ServiceLoader}. */
public interface DeviceProvider {
    /**
     * The scheme, such as {@code fus-sim}.
     *
     * @return lower case
     */
    String scheme();

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
