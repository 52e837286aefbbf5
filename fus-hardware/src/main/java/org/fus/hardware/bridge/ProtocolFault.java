package org.fus.hardware.bridge;

import org.fus.core.error.FusDeviceException;

/** The other end does not speak the protocol: the connection has no future. */
final class ProtocolFault extends FusDeviceException {
    private static final long serialVersionUID = 1L;

    ProtocolFault(String link, String problem) {
        super(link, problem);
    }
}
