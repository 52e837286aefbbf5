package org.fus.hardware.lsl;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fus.core.error.FusFormatException;

/** Samples of a stream as bytes: a tag, the timestamp unless it is to be deduced, the values. */
final class SampleCodec {
    private static final int DEDUCED = 1;
    private static final int TRANSMITTED = 2;
    private static final double PATTERN_TIMESTAMP_S = 123456.789;
    /** Longest text that is read. */
    private static final int LONGEST_TEXT = 1 << 20;

    private final LslStreamInfo info;
    private final ByteOrder order;

    SampleCodec(LslStreamInfo info, ByteOrder order) {
        this.info = info;
        this.order = order;
    }

    /** Checks that a sample fits the stream. */
    static void require(LslStreamInfo info, LslSample sample) {
        boolean text = info.format() == LslFormat.STRING;
        int got = text ? sample.texts().size() : sample.values().size();
        int wrong = text ? sample.values().size() : sample.texts().size();
        if (got != info.channels() || wrong != 0) {
            throw new IllegalArgumentException("sample of " + sample.values().size() + " numbers and "
                    + sample.texts().size() + " texts, expected " + info.channels() + " of "
                    + info.format().label() + " for stream '" + info.name() + "'");
        }
        for (String t : sample.texts()) {
            if (t.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
                throw new IllegalArgumentException("text of " + t.length() + " characters, expected at most 1 MiB");
            }
        }
        double limit = switch (info.format()) {
            case FLOAT32, DOUBLE64, STRING -> Double.POSITIVE_INFINITY;
            case INT32, INT16, INT8, INT64 -> Math.scalb(1.0, 8 * info.format().bytes() - 1);
        };
        for (double v : sample.values()) {
            if (limit < Double.POSITIVE_INFINITY && !(v == Math.rint(v) && v >= -limit && v < limit)) {
                throw new IllegalArgumentException("value of " + v + ", expected an integer of "
                        + info.format().label());
            }
        }
    }

    byte[] encode(LslSample sample) {
        List<byte[]> texts = sample.texts().stream()
                .map(t -> t.getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = 1 + Double.BYTES + info.format().bytes() * sample.values().size();
        for (byte[] t : texts) {
            size += 1 + (t.length < 256 ? 1 : Integer.BYTES) + t.length;
        }
        ByteBuffer b = ByteBuffer.allocate(size).order(order);
        b.put((byte) TRANSMITTED).putDouble(sample.timestampS());
        for (byte[] t : texts) {
            if (t.length < 256) {
                b.put((byte) 1).put((byte) t.length);
            } else {
                b.put((byte) Integer.BYTES).putInt(t.length);
            }
            b.put(t);
        }
        for (double v : sample.values()) {
            switch (info.format()) {
                case FLOAT32 -> b.putFloat((float) v);
                case DOUBLE64 -> b.putDouble(v);
                case INT32 -> b.putInt((int) v);
                case INT16 -> b.putShort((short) v);
                case INT8 -> b.put((byte) v);
                case INT64 -> b.putLong((long) v);
                case STRING -> throw new IllegalStateException("numbers in a stream of text");
            }
        }
        return b.array();
    }

    /**
     * Reads one sample.
     *
     * @param previousS timestamp of the sample before it, from which a missing one is deduced
     * @throws FusFormatException when the bytes are not a sample
     */
    LslSample decode(String source, DataInputStream in, double previousS) throws IOException {
        int tag = in.readUnsignedByte();
        if (tag != DEDUCED && tag != TRANSMITTED) {
            throw new FusFormatException(source, "tag of a sample", "expected 1 or 2, got " + tag);
        }
        double step = info.nominalRateHz() > 0 ? 1 / info.nominalRateHz() : 0;
        double timestampS =
                tag == DEDUCED ? previousS + step : read(in, Double.BYTES).getDouble();
        if (!Double.isFinite(timestampS)) {
            throw new FusFormatException(source, "timestamp", "expected finite seconds, got " + timestampS);
        }
        if (info.format() == LslFormat.STRING) {
            List<String> texts = new ArrayList<>();
            for (int c = 0; c < info.channels(); c++) {
                texts.add(text(source, in));
            }
            return new LslSample(timestampS, List.of(), texts);
        }
        ByteBuffer b = read(in, info.channels() * info.format().bytes());
        List<Double> values = new ArrayList<>(info.channels());
        for (int c = 0; c < info.channels(); c++) {
            values.add(
                    switch (info.format()) {
                        case FLOAT32 -> (double) b.getFloat();
                        case DOUBLE64 -> b.getDouble();
                        case INT32 -> (double) b.getInt();
                        case INT16 -> (double) b.getShort();
                        case INT8 -> (double) b.get();
                        case INT64 -> (double) b.getLong();
                        case STRING -> throw new IllegalStateException("text in a stream of numbers");
                    });
        }
        return new LslSample(timestampS, values, List.of());
    }

    private String text(String source, DataInputStream in) throws IOException {
        int lengthBytes = in.readUnsignedByte();
        long length = switch (lengthBytes) {
            case 1 -> in.readUnsignedByte();
            case 2 -> read(in, 2).getShort() & 0xffff;
            case 4 -> read(in, 4).getInt() & 0xffff_ffffL;
            case 8 -> read(in, 8).getLong();
            default ->
                throw new FusFormatException(
                        source, "length of a text", "expected a size of 1, 2, 4 or 8 bytes, got " + lengthBytes);
        };
        if (length < 0 || length > LONGEST_TEXT) {
            throw new FusFormatException(source, "length of a text", "expected at most 1 MiB, got " + length);
        }
        byte[] bytes = in.readNBytes((int) length); // memory grows with what comes
        if (bytes.length < length) {
            throw new EOFException("the stream ended inside a text");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private ByteBuffer read(DataInputStream in, int bytes) throws IOException {
        byte[] b = new byte[bytes];
        in.readFully(b);
        return ByteBuffer.wrap(b).order(order);
    }

    /** The two samples that open a transmission, by which a reader sees that it reads the bytes rightly. */
    List<LslSample> testPatterns() {
        return List.of(testPattern(4), testPattern(2));
    }

    private LslSample testPattern(int offset) {
        if (info.format() == LslFormat.STRING) {
            List<String> texts = IntStream.range(0, info.channels())
                    .mapToObj(k -> Integer.toString((k + 10) * sign(k)))
                    .toList();
            return new LslSample(PATTERN_TIMESTAMP_S, List.of(), texts);
        }
        // start and modulus per format as in liblsl; the modulus is the largest integer of the format
        long start = switch (info.format()) {
            case FLOAT32, STRING -> 0;
            case DOUBLE64 -> 16_777_217;
            case INT32 -> 65_537;
            case INT16 -> 257;
            case INT8 -> 1;
            case INT64 -> 2_147_483_649L;
        };
        long modulus = switch (info.format()) {
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT8 -> Byte.MAX_VALUE;
            case FLOAT32, DOUBLE64, STRING, INT64 -> Long.MAX_VALUE;
        };
        List<Double> values = IntStream.range(0, info.channels())
                .mapToObj(k -> (double) ((start + offset + k) % modulus * sign(k)))
                .toList();
        return new LslSample(PATTERN_TIMESTAMP_S, values, List.of());
    }

    private static int sign(int channel) {
        return channel % 2 == 0 ? 1 : -1;
    }
}
