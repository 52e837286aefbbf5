package org.fus.io.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.fus.core.error.FusFormatException;

/**
 * What a gzip file (RFC 1952) holds, unpacked as it is read and never as a whole. Reading forwards unpacks each byte once;
 * a read before the last one starts again at the beginning. The checksum is verified when the last byte is reached.
 */
public final class GunzipSource extends ForwardSource {
    private GunzipSource(ByteSource packed) {
        super(packed);
    }

    /**
     * The content of a gzip file.
     *
     * @param packed the file
     * @return its content
     */
    public static GunzipSource of(ByteSource packed) {
        return new GunzipSource(packed);
    }

    /**
     * Tells by the first bytes whether a file is packed with gzip.
     *
     * @param head the first bytes
     * @return true for gzip
     */
    public static boolean isGzip(byte[] head) {
        return head.length >= 3 && head[0] == 0x1F && head[1] == (byte) 0x8B && head[2] == 8;
    }

    @Override
    InputStream open() throws IOException {
        return new GZIPInputStream(new Stream(packed, 0, packed.size()), BUFFER_BYTES);
    }

    @Override
    String packing() {
        return "gzip";
    }

    /** {@inheritDoc} A gzip file does not tell reliably: this is the most that it can hold. */
    @Override
    public long size() {
        long packedBytes = packed.size();
        return packedBytes > Long.MAX_VALUE / MAX_RATIO ? Long.MAX_VALUE : packedBytes * MAX_RATIO;
    }

    /**
     * Unpacks what follows the last byte that was read and verifies the checksum.
     *
     * @param limit how many bytes to unpack at most
     * @return the number of bytes that followed, at most {@code limit}
     * @throws FusFormatException when the file is cut off or its checksum does not fit
     */
    public synchronized long finish(long limit) {
        long rest = 0;
        try {
            byte[] chunk = new byte[BUFFER_BYTES];
            while (unpacked != null && rest < limit) {
                int n = unpacked.read(chunk, 0, (int) Math.min(chunk.length, limit - rest));
                if (n < 0) {
                    return rest;
                }
                rest += n;
                position += n;
            }
            return rest;
        } catch (IOException e) {
            unpacked = null;
            throw damaged(e);
        }
    }
}
