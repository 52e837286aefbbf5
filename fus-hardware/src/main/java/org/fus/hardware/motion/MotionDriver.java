package org.fus.hardware.motion;

import java.net.URI;

/** Opens the controllers of one make. Found by {@link java.util.ServiceLoader}. */
public interface MotionDriver {
    /**
     * What stands before the {@code +} of a stage's address, such as {@code zaber} in
     * {@code zaber+serial:/dev/ttyUSB0}; alone for a driver that needs no line.
     *
     * @return lower case
     */
    String scheme();

    /**
     * Opens a controller; does not talk to it yet.
     *
     * @param line address of the line, for {@link org.fus.hardware.transport.Transports}; for a driver that needs none,
     *     the whole address
     * @param settings the stage
     * @return the controller
     * @throws IllegalArgumentException when address or settings make no sense for this make
     * @throws org.fus.hardware.transport.TransportException when the line cannot be opened
     */
    MotionController open(URI line, StageSettings settings);
}
