package org.fus.hardware.igtl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.fus.core.geometry.Affine3;

/** A message to bytes. All numbers but the samples of images are big-endian. */
final class IgtlEncoder {
    static final int EXTENDED_HEADER = 12;
    static final int STATUS_FIELDS = 30;
    static final int STRING_FIELDS = 4;
    static final int TRANSFORM_FIELDS = 48;
    static final int ELEMENT_FIELDS = 70;
    static final int IMAGE_FIELDS = 72;
    static final int METADATA_ENTRY = 8;
    static final int BIG_ENDIAN = 1;
    static final int LITTLE_ENDIAN = 2;

    private static final double MM_PER_M = 1e3;

    private IgtlEncoder() {}

    /**
     * The whole message.
     *
     * @param version 1, which leaves metadata and id out, or 2
     * @throws ArithmeticException when it does not fit into one array
     */
    static byte[] encode(IgtlMessage message, int version) {
        byte[] index = version == 1 ? new byte[0] : metadataIndex(message.metadata());
        byte[] values = version == 1 ? new byte[0] : metadataValues(message.metadata());
        int content = contentBytes(message.content());
        int extended = version == 1 ? 0 : EXTENDED_HEADER;
        int body = Math.addExact(Math.addExact(content, extended), index.length + values.length);
        ByteBuffer b = ByteBuffer.allocate(Math.addExact(IgtlHeader.BYTES, body));
        b.position(IgtlHeader.BYTES);
        if (version > 1) {
            b.putShort((short) EXTENDED_HEADER).putShort((short) index.length);
            b.putInt(values.length).putInt((int) message.messageId());
        }
        putContent(b, message.content());
        b.put(index).put(values);
        long crc = Crc64.of(b.array(), IgtlHeader.BYTES, body);
        new IgtlHeader(version, message.content().type(), message.device(), message.timestamp(), body, crc)
                .write(b.position(0));
        return b.array();
    }

    private static int contentBytes(IgtlContent content) {
        return switch (content) {
            case IgtlImage i -> Math.addExact(IMAGE_FIELDS, i.pixels().length());
            case IgtlTransform _ -> TRANSFORM_FIELDS;
            case IgtlStatus s -> STATUS_FIELDS + WireText.bytes(s.message()).length + 1;
            case IgtlString s -> STRING_FIELDS + WireText.bytes(s.text()).length;
            case IgtlTracking t ->
                Math.multiplyExact(ELEMENT_FIELDS, t.elements().size());
            case IgtlOther o -> o.bytes().length;
        };
    }

    private static void putContent(ByteBuffer b, IgtlContent content) {
        switch (content) {
            case IgtlImage i -> putImage(b, i);
            case IgtlTransform t -> putMap(b, t.map());
            case IgtlStatus s -> {
                b.putShort((short) s.code()).putLong(s.subcode());
                WireText.put(b, s.errorName(), IgtlMessage.LONGEST_NAME);
                b.put(WireText.bytes(s.message())).put((byte) 0);
            }
            case IgtlString s -> {
                byte[] bytes = WireText.bytes(s.text());
                b.putShort((short) WireText.encodingOf(s.text())).putShort((short) bytes.length);
                b.put(bytes);
            }
            case IgtlTracking t -> {
                for (IgtlTracking.Element e : t.elements()) {
                    WireText.put(b, e.name(), IgtlMessage.LONGEST_NAME);
                    b.put((byte) e.kind().code()).put((byte) 0);
                    putMap(b, e.map());
                }
            }
            case IgtlOther o -> b.put(o.bytes());
        }
    }

    private static void putImage(ByteBuffer b, IgtlImage image) {
        b.putShort((short) 1).put((byte) image.components());
        b.put((byte) image.scalar().code());
        b.put((byte) (image.pixels().order().equals(ByteOrder.BIG_ENDIAN) ? BIG_ENDIAN : LITTLE_ENDIAN));
        b.put((byte) image.coordinates().code());
        IgtlImage.Size size = image.size();
        putSize(b, size);
        Affine3 map = image.voxelsToFrame();
        for (int column = 0; column < 3; column++) {
            for (int row = 0; row < 3; row++) {
                b.putFloat((float) (map.at(row, column) * MM_PER_M));
            }
        }
        // the protocol places an image by its centre, the core by its first pixel
        double[] centre = map.apply((size.ni() - 1) / 2.0, (size.nj() - 1) / 2.0, (size.nk() - 1) / 2.0);
        for (double coordinate : centre) {
            b.putFloat((float) (coordinate * MM_PER_M));
        }
        IgtlImage.Part part = image.part();
        b.putShort((short) part.i()).putShort((short) part.j()).putShort((short) part.k());
        putSize(b, part.size());
        b.put(image.pixels().buffer());
    }

    private static void putSize(ByteBuffer b, IgtlImage.Size size) {
        b.putShort((short) size.ni()).putShort((short) size.nj()).putShort((short) size.nk());
    }

    /** Column by column without the last row; the translation alone has a unit. */
    private static void putMap(ByteBuffer b, Affine3 map) {
        for (int column = 0; column < 4; column++) {
            double scale = column == 3 ? MM_PER_M : 1;
            for (int row = 0; row < 3; row++) {
                b.putFloat((float) (map.at(row, column) * scale));
            }
        }
    }

    private static byte[] metadataIndex(Map<String, String> metadata) {
        ByteBuffer b = ByteBuffer.allocate(Short.BYTES + METADATA_ENTRY * metadata.size())
                .putShort((short) metadata.size());
        metadata.forEach((key, value) -> b.putShort((short) WireText.bytes(key).length)
                .putShort((short) WireText.encodingOf(value))
                .putInt(WireText.bytes(value).length));
        return b.array();
    }

    private static byte[] metadataValues(Map<String, String> metadata) {
        int bytes = 0;
        for (Map.Entry<String, String> e : metadata.entrySet()) {
            bytes = Math.addExact(bytes, WireText.bytes(e.getKey()).length + WireText.bytes(e.getValue()).length);
        }
        ByteBuffer b = ByteBuffer.allocate(bytes);
        metadata.forEach((key, value) -> b.put(WireText.bytes(key)).put(WireText.bytes(value)));
        return b.array();
    }
}
