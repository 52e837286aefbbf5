package org.fus.io.pybf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.fus.io.source.ByteSource;

/** A byte source as the channel that the HDF5 library wants. Reads whole buffers, up to the end of the source. */
final class SourceChannel implements SeekableByteChannel {
    private final ByteSource source;
    private long position;
    private boolean open = true;

    SourceChannel(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position < 0 || position >= source.size()) {
            return -1;
        }
        int n = (int) Math.min(target.remaining(), source.size() - position);
        source.read(position, target.slice(target.position(), n));
        target.position(target.position() + n);
        position += n;
        return n;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
