package org.fus.hardware.igtl;

/** A published message; its bytes are made once, by the first connection that sends it and not by the publisher. */
final class EncodedMessage {
    private final IgtlMessage message;
    private final byte[][] bytes = new byte[IgtlHeader.NEWEST_VERSION + 1][];

    EncodedMessage(IgtlMessage message) {
        this.message = message;
    }

    IgtlMessage message() {
        return message;
    }

    synchronized byte[] bytes(int version) {
        if (bytes[version] == null) {
            bytes[version] = IgtlEncoder.encode(message, version);
        }
        return bytes[version];
    }
}
