package org.fus.hardware.igtl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;

/** Messages of every kind, and reading them back from bytes. */
final class Messages {
    static final int LIMIT = 1 << 20;

    private Messages() {}

    /** One of each kind, with metadata. */
    static List<IgtlMessage> everyKind() {
        Affine3 map = Affine3.ofEulerXyz(0.1, -0.2, 0.3, 1e-3, 2e-3, -3e-3);
        IgtlImage.Size whole = new IgtlImage.Size(4, 3, 2);
        List<IgtlContent> contents = List.of(
                new IgtlTransform(map),
                new IgtlStatus(IgtlStatus.OK, -5, "OK", "all is well"),
                new IgtlString("start 5 µm"),
                new IgtlTracking(List.of(
                        new IgtlTracking.Element("probe", IgtlTracking.Kind.INSTRUMENT_6D, map),
                        new IgtlTracking.Element("head", IgtlTracking.Kind.TRACKER, Affine3.identity()))),
                new IgtlImage(
                        whole,
                        1,
                        IgtlImage.Scalar.INT16,
                        IgtlImage.Coordinates.LPS,
                        map,
                        new IgtlImage.Part(1, 0, 1, new IgtlImage.Size(2, 3, 1)),
                        IgtlPixels.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, ByteOrder.BIG_ENDIAN)),
                IgtlImage.ofFloats(
                        new IgtlImage.Size(2, 2, 1), Affine3.scale(1e-4, 1e-4, 4e-4), new float[] {1, 2, 3, 4}),
                IgtlOther.of("GET_STATUS"),
                IgtlOther.of("NDARRAY", (byte) 1, (byte) 2));
        return contents.stream()
                .map(c -> new IgtlMessage(
                        "Scanner",
                        Instant.ofEpochSecond(1_790_000_000L, 123_456_789),
                        c,
                        Map.of("mode", "2D", "unit", "µm"),
                        7))
                .toList();
    }

    /** What a reader makes of a stream: messages, those it passed over, and why it stopped, if it did. */
    record Read(List<IgtlMessage> messages, List<FusFormatException> damaged, Optional<Exception> stop) {}

    static Read read(byte[]... parts) {
        List<IgtlMessage> messages = new ArrayList<>();
        List<FusFormatException> damaged = new ArrayList<>();
        MessageReader reader = new MessageReader(
                "test", TimedInput.of(new ByteArrayInputStream(join(parts))), LIMIT, damaged::add, _ -> {});
        try {
            Optional<IgtlMessage> next = reader.next();
            while (next.isPresent()) {
                messages.add(next.get());
                next = reader.next();
            }
            return new Read(messages, damaged, Optional.empty());
        } catch (IOException | FusFormatException e) { // anything else is a bug, and fails the test
            return new Read(messages, damaged, Optional.of(e));
        }
    }

    static byte[] join(byte[]... parts) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            for (byte[] part : parts) {
                out.write(part);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
