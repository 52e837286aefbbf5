package org.fus.hardware;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.fus.core.error.FusDeviceException;

/** Finds devices. */
public final class Devices {
    private Devices() {}

    /**
     * The kinds of devices on the class path.
     *
     * @return providers in the order of their schemes
     */
    public static List<DeviceProvider> providers() {
        return ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(DeviceProvider::scheme))
                .toList();
    }

    /**
     * Opens a device by its URI, such as {@code sim:icoprime?seed=3}.
     *
     * @param uri scheme of a provider on the class path, and what that provider understands
     * @return the device, connected
     * @throws FusDeviceException when no provider knows the scheme
     */
    public static UltrasoundDevice open(URI uri) {
        List<DeviceProvider> known = providers();
        for (DeviceProvider provider : known) {
            if (provider.scheme().equalsIgnoreCase(uri.getScheme())) {
                return provider.open(uri);
            }
        }
        String schemes = known.stream().map(p -> p.scheme() + ":").collect(Collectors.joining(", "));
        throw new FusDeviceException(uri.toString(), "no driver for this kind of device; known are " + schemes);
    }
}
