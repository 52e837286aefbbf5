package org.fus.io.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.InflaterInputStream;

/**
 * What a zlib stream (RFC 1950) within a file holds, inflated as it is read and never as a whole. The checksum is verified
 * when the last byte is read.
 */
public final class InflatedSource extends ForwardSource {
    private final long offset;
    private final long length;
    private final long size;

    private InflatedSource(ByteSource packed, long offset, long length, long size) {
        super(packed);
        this.offset = offset;
        this.length = length;
        this.size = size;
    }

    /**
     * The content of a zlib stream.
     *
     * @param packed the file
     * @param offset first byte of the stream
     * @param length its length, bytes
     * @param size how many bytes it holds, at most {@link #limit}
     * @return its content
     * @throws IllegalArgumentException when it cannot hold so much
     */
    public static InflatedSource of(ByteSource packed, long offset, long length, long size) {
        Objects.checkFromIndexSize(offset, length, packed.size());
        if (size < 0 || size > limit(length)) {
            throw new IllegalArgumentException(length + " bytes of zlib cannot hold " + size + " bytes");
        }
        return new InflatedSource(packed, offset, length, size);
    }

    /**
     * The most that a stream can hold.
     *
     * @param length of the stream, bytes
     * @return bytes
     */
    public static long limit(long length) {
        return length > Long.MAX_VALUE / MAX_RATIO ? Long.MAX_VALUE : length * MAX_RATIO;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    InputStream open() {
        return new InflaterInputStream(new Stream(packed, offset, length));
    }

    @Override
    void afterRead() throws IOException {
        if (position == size) {
            // The checksum stands at the end of the stream, which damage may have moved: more than was stated is passed
            // over.
            unpacked.transferTo(OutputStream.nullOutputStream());
            unpacked.close();
            unpacked = null;
            position = 0;
        }
    }

    @Override
    String place() {
        return "zlib stream at byte " + offset + ", unpacked byte " + position;
    }

    @Override
    String packing() {
        return "zlib";
    }
}
