package org.fus.hardware.igtl;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.fus.core.error.FusFormatException;

/** Messages from a stream. One that is damaged inside is told and passed over: its length says where the next begins. */
final class MessageReader {
    private final String source;
    private final TimedInput in;
    private final int maxBodyBytes;
    private final Consumer<FusFormatException> damaged;
    private final IntConsumer version;

    /** Tells {@code damaged} of messages that it passes over, {@code version} of every header's version. */
    MessageReader(
            String source, TimedInput in, int maxBodyBytes, Consumer<FusFormatException> damaged, IntConsumer version) {
        this.source = source;
        this.in = in;
        this.maxBodyBytes = maxBodyBytes;
        this.damaged = damaged;
        this.version = version;
    }

    /**
     * The next whole message.
     *
     * @return empty at the end of the stream
     * @throws FusFormatException when this is not OpenIGTLink, or a body is longer than allowed: nothing can follow
     * @throws IOException when the stream breaks or ends inside a message
     */
    Optional<IgtlMessage> next() throws IOException {
        while (true) {
            int first = in.firstByte();
            if (first < 0) {
                return Optional.empty();
            }
            byte[] head = new byte[IgtlHeader.BYTES];
            head[0] = (byte) first;
            System.arraycopy(in.read(IgtlHeader.BYTES - 1), 0, head, 1, IgtlHeader.BYTES - 1);
            IgtlHeader header = IgtlHeader.parse(source, head);
            if (Long.compareUnsigned(header.bodySize(), maxBodyBytes) > 0) {
                throw new FusFormatException(
                        source,
                        header.type() + " of '" + header.device() + "': body size",
                        "expected at most " + maxBodyBytes + " bytes, got " + Long.toUnsignedString(header.bodySize())
                                + "; raise the limit if this is right");
            }
            version.accept(header.version());
            byte[] body = in.read((int) header.bodySize());
            try {
                return Optional.of(IgtlDecoder.decode(source, header, body));
            } catch (FusFormatException e) {
                damaged.accept(e);
            }
        }
    }
}
