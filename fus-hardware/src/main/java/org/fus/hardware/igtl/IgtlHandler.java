package org.fus.hardware.igtl;

import java.util.Optional;

/** Takes what clients send to a server: commands, transforms of trackers. */
@FunctionalInterface
public interface IgtlHandler {
    /**
     * A message came. Called on the thread of its client, one at a time for each; what it throws is logged, and the client
     * stays connected.
     *
     * @param client address of the sender
     * @param message what it sent
     * @return the answer to this client, empty for none
     */
    Optional<IgtlMessage> received(String client, IgtlMessage message);
}
