package org.fus.hardware;

import java.net.URI;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.fus.core.error.FusDeviceException;

/** Finds devices. */
public final class Devices {
    private Devices() {}

    /**
     * Opens a device by its URI, such as {@code fus-sim:brain?seed=3}.
     *
     * @param uri scheme of a provider on the class path, and what that provider understands
     * @return the device, connected
     * @throws FusDeviceException when no provider knows the scheme
     */
    public static UltrasoundDevice open(URI uri) {
        TreeSet<String> known = new TreeSet<>();
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (provider.scheme().equalsIgnoreCase(uri.getScheme())) {
                return provider.open(uri);
            }
            known.add(provider.scheme() + ":");
        }
        throw new FusDeviceException(
                uri.toString(), "no driver for this kind of device; known are " + String.join(", ", known));
    }
}
