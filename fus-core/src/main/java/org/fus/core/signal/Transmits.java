package org.fus.core.signal;

import org.fus.core.data.ChannelFormat;

/** Checks of a transmit's number. */
final class Transmits {
    private Transmits() {}

    static void require(ChannelFormat format, int transmit) {
        if (transmit < 0 || transmit >= format.transmits()) {
            throw new IllegalArgumentException(
                    "transmit " + transmit + " asked for, expected 0 to " + (format.transmits() - 1));
        }
    }
}
