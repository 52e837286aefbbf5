package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;

/** Bytes to a message. Every length is compared with what is there before it is used. */
final class IgtlDecoder {
    private static final double M_PER_MM = 1e-3;

    private final String source;
    private final IgtlHeader header;

    private IgtlDecoder(String source, IgtlHeader header) {
        this.source = source;
        this.header = header;
    }

    /**
     * Reads a body.
     *
     * @param source who sent it, for errors
     * @param header the header; its length is that of the body
     * @param body the bytes after the header
     * @throws FusFormatException when the checksum or a field is wrong
     */
    static IgtlMessage decode(String source, IgtlHeader header, byte[] body) {
        return new IgtlDecoder(source, header).message(body);
    }

    private IgtlMessage message(byte[] body) {
        long crc = Crc64.of(body, 0, body.length);
        if (crc != header.crc()) {
            throw wrong("checksum", String.format("expected %016x, got %016x; the line is bad", header.crc(), crc));
        }
        ByteBuffer b = ByteBuffer.wrap(body);
        if (header.version() == 1) {
            return new IgtlMessage(header.device(), header.timestamp(), content(b), Map.of(), 0);
        }
        requireLeft(b, IgtlEncoder.EXTENDED_HEADER, "extended header");
        int extended = b.getShort() & 0xffff;
        int index = b.getShort() & 0xffff;
        long values = b.getInt() & 0xffff_ffffL;
        long id = b.getInt() & 0xffff_ffffL;
        long content = (long) body.length - extended - index - values;
        if (extended < IgtlEncoder.EXTENDED_HEADER || content < 0) {
            throw wrong(
                    "extended header",
                    "says " + extended + " bytes of its own, " + index + " and " + values + " of metadata in a body of "
                            + body.length);
        }
        int end = extended + (int) content;
        Map<String, String> metadata = metadata(b.slice(end, index), b.slice(end + index, (int) values));
        return new IgtlMessage(
                header.device(), header.timestamp(), content(b.slice(extended, (int) content)), metadata, id);
    }

    private Map<String, String> metadata(ByteBuffer index, ByteBuffer values) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!index.hasRemaining()) {
            return metadata;
        }
        requireLeft(index, Short.BYTES, "metadata index");
        int count = index.getShort() & 0xffff;
        requireLeft(index, (long) count * IgtlEncoder.METADATA_ENTRY, "metadata index of " + count + " entries");
        for (int i = 0; i < count; i++) {
            int keyBytes = index.getShort() & 0xffff;
            int encoding = index.getShort() & 0xffff;
            long valueBytes = index.getInt() & 0xffff_ffffL;
            String where = "metadata entry " + (i + 1);
            requireLeft(values, keyBytes + valueBytes, where);
            if (keyBytes == 0) {
                throw wrong(where, "has no name");
            }
            String key = WireText.decode(source, at(where), WireText.US_ASCII, cut(values, keyBytes));
            metadata.put(key, WireText.decode(source, at(where), encoding, cut(values, (int) valueBytes)));
        }
        return metadata;
    }

    private IgtlContent content(ByteBuffer b) {
        return switch (header.type()) {
            case IgtlImage.TYPE -> image(b);
            case IgtlTransform.TYPE -> {
                requireExactly(b, IgtlEncoder.TRANSFORM_FIELDS);
                yield new IgtlTransform(map(b));
            }
            case IgtlStatus.TYPE -> status(b);
            case IgtlString.TYPE -> string(b);
            case IgtlTracking.TYPE -> tracking(b);
            default -> {
                byte[] bytes = new byte[b.remaining()];
                b.get(bytes);
                yield IgtlOther.of(header.type(), bytes);
            }
        };
    }

    private IgtlStatus status(ByteBuffer b) {
        requireLeft(b, IgtlEncoder.STATUS_FIELDS, "fields");
        int code = b.getShort() & 0xffff;
        long subcode = b.getLong();
        String name = WireText.get(b, IgtlMessage.LONGEST_NAME);
        int end = b.position();
        while (end < b.limit() && b.get(end) != 0) {
            end++;
        }
        String message = WireText.decode(source, at("message"), WireText.US_ASCII, cut(b, end - b.position()));
        return new IgtlStatus(code, subcode, name, message);
    }

    private IgtlString string(ByteBuffer b) {
        requireLeft(b, IgtlEncoder.STRING_FIELDS, "fields");
        int encoding = b.getShort() & 0xffff;
        int length = b.getShort() & 0xffff;
        requireLeft(b, length, "text");
        String text = WireText.decode(source, at("text"), encoding, cut(b, length));
        if (WireText.bytes(text).length > 0xffff) {
            throw wrong("text", "longer than 65535 bytes in UTF-8; send it in parts");
        }
        return new IgtlString(text);
    }

    private IgtlTracking tracking(ByteBuffer b) {
        if (b.remaining() % IgtlEncoder.ELEMENT_FIELDS != 0) {
            throw wrong(
                    "content", "expected a multiple of " + IgtlEncoder.ELEMENT_FIELDS + " bytes, got " + b.remaining());
        }
        List<IgtlTracking.Element> elements = new ArrayList<>();
        while (b.hasRemaining()) {
            String name = WireText.get(b, IgtlMessage.LONGEST_NAME);
            int code = b.get() & 0xff;
            b.get(); // reserved
            IgtlTracking.Kind kind = Arrays.stream(IgtlTracking.Kind.values())
                    .filter(k -> k.code() == code)
                    .findFirst()
                    .orElseThrow(() -> wrong("kind of instrument", "expected 1 to 4, got " + code));
            elements.add(new IgtlTracking.Element(name, kind, map(b)));
        }
        return new IgtlTracking(elements);
    }

    private IgtlImage image(ByteBuffer b) {
        requireLeft(b, IgtlEncoder.IMAGE_FIELDS, "fields");
        int version = b.getShort() & 0xffff;
        if (version < 1 || version > IgtlHeader.NEWEST_VERSION) {
            throw wrong("image version", "expected 1 or 2, got " + version);
        }
        int components = b.get() & 0xff;
        int scalarCode = b.get() & 0xff;
        int endian = b.get() & 0xff;
        int coordinates = b.get() & 0xff;
        IgtlImage.Scalar scalar = Arrays.stream(IgtlImage.Scalar.values())
                .filter(s -> s.code() == scalarCode)
                .findFirst()
                .orElseThrow(() -> wrong("scalar type", "expected 2 to 7, 10 or 11, got " + scalarCode));
        if (endian != IgtlEncoder.BIG_ENDIAN && endian != IgtlEncoder.LITTLE_ENDIAN) {
            throw wrong("byte order", "expected 1 (big) or 2 (little), got " + endian);
        }
        IgtlImage.Coordinates axes = Arrays.stream(IgtlImage.Coordinates.values())
                .filter(c -> c.code() == coordinates)
                .findFirst()
                .orElseThrow(() -> wrong("coordinates", "expected 1 (RAS) or 2 (LPS), got " + coordinates));
        try {
            IgtlImage.Size size = size(b);
            Affine3 voxels = voxels(b, size);
            int i = b.getShort() & 0xffff;
            int j = b.getShort() & 0xffff;
            int k = b.getShort() & 0xffff;
            IgtlImage.Part part = new IgtlImage.Part(i, j, k, size(b));
            byte[] samples = new byte[b.remaining()];
            b.get(samples);
            ByteOrder order = endian == IgtlEncoder.BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new IgtlImage(size, components, scalar, axes, voxels, part, IgtlPixels.wrap(samples, order));
        } catch (IllegalArgumentException e) { // the image's own rules
            throw new FusFormatException(source, at("fields"), e.getMessage(), e);
        }
    }

    private static IgtlImage.Size size(ByteBuffer b) {
        return new IgtlImage.Size(b.getShort() & 0xffff, b.getShort() & 0xffff, b.getShort() & 0xffff);
    }

    /** Three steps and the centre of the image, as the protocol has it, to the map of zero-based indices. */
    private Affine3 voxels(ByteBuffer b, IgtlImage.Size size) {
        double[] m = new double[16];
        for (int column = 0; column < 4; column++) {
            for (int row = 0; row < 3; row++) {
                m[4 * row + column] = finite(b) * M_PER_MM;
            }
        }
        for (int row = 0; row < 3; row++) {
            m[4 * row + 3] -=
                    (m[4 * row] * (size.ni() - 1) + m[4 * row + 1] * (size.nj() - 1) + m[4 * row + 2] * (size.nk() - 1))
                            / 2;
        }
        m[15] = 1;
        return Affine3.ofRowMajor(m);
    }

    private Affine3 map(ByteBuffer b) {
        double[] m = new double[16];
        for (int column = 0; column < 4; column++) {
            for (int row = 0; row < 3; row++) {
                m[4 * row + column] = column == 3 ? finite(b) * M_PER_MM : finite(b);
            }
        }
        m[15] = 1;
        return Affine3.ofRowMajor(m);
    }

    private double finite(ByteBuffer b) {
        float value = b.getFloat();
        if (!Float.isFinite(value)) {
            throw wrong("matrix", "expected finite numbers, got " + value);
        }
        return value;
    }

    private static ByteBuffer cut(ByteBuffer b, int length) {
        ByteBuffer part = b.slice(b.position(), length);
        b.position(b.position() + length);
        return part;
    }

    private void requireLeft(ByteBuffer b, long needed, String where) {
        if (b.remaining() < needed) {
            throw wrong(where, "expected " + needed + " bytes, got " + b.remaining());
        }
    }

    private void requireExactly(ByteBuffer b, int needed) {
        if (b.remaining() != needed) {
            throw wrong("content", "expected " + needed + " bytes, got " + b.remaining());
        }
    }

    private String at(String where) {
        return header.type() + " of '" + header.device() + "': " + where;
    }

    private FusFormatException wrong(String where, String problem) {
        return new FusFormatException(source, at(where), problem);
    }
}
