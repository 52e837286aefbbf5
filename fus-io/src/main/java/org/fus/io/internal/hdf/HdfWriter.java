package org.fus.io.internal.hdf;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.fus.io.internal.bytes.LittleEndianBytes;

/**
 * Lays a tree out as an HDF5 file and streams it: superblock version 2, object headers version 2 with their links in them,
 * contiguous values, texts of variable length in a global heap (HDF5 File Format Specification 3.0, https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html). All headers
 * stand in front of all values, so values of any size pass through without being kept.
 */
final class HdfWriter {
    private static final int SUPERBLOCK_BYTES = 48;
    private static final long UNDEFINED = -1;
    private static final int MAX_MESSAGE_BYTES = 0xFFFF;

    private static final int DATASPACE = 0x01;
    private static final int LINK_INFO = 0x02;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LINK = 0x06;
    private static final int LAYOUT = 0x08;
    private static final int GROUP_INFO = 0x0A;
    private static final int ATTRIBUTE = 0x0C;

    /** Version 3: space is allocated late, values are written when there are some, no fill value. */
    private static final byte[] NO_FILL_VALUE = {3, 0x0A};

    private final HdfGroup root;
    private final List<Object> nodes = new ArrayList<>();
    private final IdentityHashMap<Object, Long> headerAt = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Long> valuesAt = new IdentityHashMap<>();
    private final IdentityHashMap<Object, List<HdfHeap.Place>> textsAt = new IdentityHashMap<>();
    private final HdfHeap heap = new HdfHeap();
    private final long heapAt;
    private long end = SUPERBLOCK_BYTES;

    HdfWriter(HdfGroup root) {
        this.root = root;
        collect(root);
        // A header is as long with any address in it, so its length is known before the addresses are.
        for (Object node : nodes) {
            headerAt.put(node, 0L);
            valuesAt.put(node, 0L);
        }
        for (Object node : nodes) {
            headerAt.put(node, end);
            end += header(node).length;
        }
        for (Object node : nodes) {
            if (node instanceof HdfGroup.Leaf leaf && !leaf.texts().isEmpty()) {
                textsAt.put(leaf, leaf.texts().stream().map(heap::add).toList());
            }
        }
        heapAt = end;
        end += heap.bytes();
        for (Object node : nodes) {
            if (node instanceof HdfGroup.Leaf leaf) {
                valuesAt.put(leaf, leaf.bytes() == 0 ? UNDEFINED : end);
                end += leaf.bytes();
            }
        }
    }

    void writeTo(OutputStream out) throws IOException {
        write(out, nodes.size());
    }

    /** Writes all but the values of the last node and gives their number of bytes. */
    long writeHead(OutputStream out) throws IOException {
        write(out, nodes.size() - 1);
        return nodes.getLast() instanceof HdfGroup.Leaf leaf ? leaf.bytes() : 0;
    }

    private void write(OutputStream out, int withValues) throws IOException {
        out.write(superblock());
        for (Object node : nodes) {
            out.write(header(node));
        }
        heap.writeTo(out);
        for (Object node : nodes.subList(0, withValues)) {
            if (node instanceof HdfGroup.Leaf leaf) {
                Counted counted = new Counted(out);
                if (leaf.texts().isEmpty()) {
                    leaf.values().writeTo(counted);
                } else {
                    counted.write(places(textsAt.get(leaf)));
                }
                if (counted.count != leaf.bytes()) {
                    throw new IllegalStateException(
                            "a data set of " + leaf.bytes() + " bytes was given " + counted.count);
                }
            }
        }
    }

    private byte[] places(List<HdfHeap.Place> texts) {
        LittleEndianBytes b = new LittleEndianBytes();
        for (HdfHeap.Place text : texts) {
            b.u32(text.bytes());
            b.i64(heapAt + text.offset());
            b.u32(text.index());
        }
        return b.toBytes();
    }

    private void collect(HdfGroup group) {
        nodes.add(group);
        for (Object child : group.children().values()) {
            if (child instanceof HdfGroup below) {
                collect(below);
            } else {
                nodes.add(child);
            }
        }
    }

    private byte[] superblock() {
        LittleEndianBytes b = new LittleEndianBytes();
        b.raw((byte) 0x89, (byte) 'H', (byte) 'D', (byte) 'F', (byte) '\r', (byte) '\n', (byte) 0x1A, (byte) '\n');
        b.u8(2);
        b.u8(Long.BYTES);
        b.u8(Long.BYTES);
        b.u8(0);
        b.i64(0);
        b.i64(UNDEFINED);
        b.i64(end);
        b.i64(headerAt.get(root));
        return checksummed(b);
    }

    private byte[] header(Object node) {
        LittleEndianBytes body = new LittleEndianBytes();
        switch (node) {
            case HdfGroup group -> {
                message(body, LINK_INFO, linkInfo());
                message(body, GROUP_INFO, new byte[2]);
                group.children().forEach((name, child) -> message(body, LINK, link(name, headerAt.get(child))));
                group.attributes().forEach((name, leaf) -> message(body, ATTRIBUTE, attribute(name, leaf)));
            }
            case HdfGroup.Leaf leaf -> {
                message(body, DATASPACE, dataspace(leaf.shape()));
                message(body, DATATYPE, leaf.type().message());
                message(body, FILL_VALUE, NO_FILL_VALUE);
                message(body, LAYOUT, layout(leaf));
                leaf.attributes().forEach((name, a) -> message(body, ATTRIBUTE, attribute(name, a)));
            }
            default -> throw new IllegalStateException("no node: " + node);
        }
        LittleEndianBytes b = new LittleEndianBytes();
        b.raw("OHDR".getBytes(StandardCharsets.US_ASCII));
        b.u8(2);
        b.u8(2); // the length below has four bytes
        b.u32(body.size());
        b.raw(body.toBytes());
        return checksummed(b);
    }

    private static byte[] checksummed(LittleEndianBytes b) {
        byte[] bytes = b.toBytes();
        b.u32(Lookup3.hash(bytes, bytes.length));
        return b.toBytes();
    }

    private static void message(LittleEndianBytes out, int type, byte[] body) {
        if (body.length > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "an attribute of " + body.length + " bytes, expected at most " + MAX_MESSAGE_BYTES);
        }
        out.u8(type);
        out.u16(body.length);
        out.u8(0);
        out.raw(body);
    }

    /** Links stand in the header, not in a heap. */
    private static byte[] linkInfo() {
        LittleEndianBytes b = new LittleEndianBytes();
        b.u16(0);
        b.i64(UNDEFINED);
        b.i64(UNDEFINED);
        return b.toBytes();
    }

    private static byte[] link(String name, long address) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        LittleEndianBytes b = new LittleEndianBytes();
        b.u8(1);
        b.u8(0x11); // a hard link; the character set is given, the length of the name has two bytes
        b.u8(1);
        b.u16(utf8.length);
        b.raw(utf8);
        b.i64(address);
        return b.toBytes();
    }

    private static byte[] dataspace(List<Long> shape) {
        LittleEndianBytes b = new LittleEndianBytes();
        b.u8(2);
        b.u8(shape.size());
        b.u8(0);
        b.u8(shape.isEmpty() ? 0 : 1);
        shape.forEach(b::i64);
        return b.toBytes();
    }

    private byte[] layout(HdfGroup.Leaf leaf) {
        LittleEndianBytes b = new LittleEndianBytes();
        b.u8(3);
        b.u8(1); // contiguous
        b.i64(valuesAt.get(leaf));
        b.i64(leaf.bytes());
        return b.toBytes();
    }

    private static byte[] attribute(String name, HdfGroup.Leaf leaf) {
        byte[] utf8 = (name + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] type = leaf.type().message();
        byte[] space = dataspace(leaf.shape());
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        try {
            leaf.values().writeTo(values);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        LittleEndianBytes b = new LittleEndianBytes();
        b.u8(3);
        b.u8(0);
        b.u16(utf8.length);
        b.u16(type.length);
        b.u16(space.length);
        b.u8(1);
        b.raw(utf8);
        b.raw(type);
        b.raw(space);
        b.raw(values.toByteArray());
        return b.toBytes();
    }

    private static final class Counted extends FilterOutputStream {
        private long count;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
