package org.fus.cloud.web;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the page listens, and who may see it.
 *
 * @param address where it listens
 * @param port TCP port, 0 for any free one
 * @param token what a visitor must know; without one the address must be of this machine alone
 */
public record JobPageOptions(InetAddress address, int port, Optional<String> token) {
    private static final int MIN_TOKEN = 16;

    /**
     * Checks the choices.
     *
     * @throws IllegalArgumentException when others could reach the page and there is no token, or it can be guessed
     */
    public JobPageOptions {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(token, "token");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ": expected 0 to 65535");
        }
        if (!address.isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException("the page would be open to everyone who reaches "
                    + address.getHostAddress() + "; give it a token, or listen on 127.0.0.1");
        }
        token.ifPresent(t -> {
            if (t.length() < MIN_TOKEN) {
                throw new IllegalArgumentException(
                        "a token of " + t.length() + " characters can be guessed: expected at least " + MIN_TOKEN);
            }
        });
    }

    /**
     * For this machine alone, on any free port.
     *
     * @return the options
     */
    public static JobPageOptions local() {
        return new JobPageOptions(InetAddress.getLoopbackAddress(), 0, Optional.empty());
    }

    /** Without the token, which belongs in no log. */
    @Override
    public String toString() {
        return address.getHostAddress() + ":" + port + (token.isPresent() ? " with a token" : "");
    }
}
