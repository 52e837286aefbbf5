package org.fus.io.hostile;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fus.io.content.Content;
import org.fus.io.hostile.TracingFolder.Range;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;

/**
 * Which bytes of a specimen are structure and which are values, found by watching it being read: structure is what opening
 * reads, without the bytes that only the values are read from. In HDF5 it is what another walk through all headers reads.
 */
final class Structure {
    /** The header of gzip and that of its first block, with the compressed header of the file within. */
    private static final int GZIP_HEAD = 10 + 64;

    /** Checksum and size. */
    private static final int GZIP_TAIL = 8;

    private final Map<String, BitSet> structural = new TreeMap<>();
    private final Map<String, TreeSet<Integer>> boundaries = new TreeMap<>();

    private Structure() {}

    static Structure of(Specimen specimen) {
        Structure out = new Structure();
        TracingFolder traced = TracingFolder.over(specimen.folder());
        Content content = specimen.open(traced);
        org.fus.io.FusFiles.infoJson(content);
        List<Range> opening = traced.takeReads();
        Reading.all(content);
        Set<Range> again = new HashSet<>(opening);
        List<Range> values =
                traced.takeReads().stream().filter(r -> !again.contains(r)).toList();
        specimen.files().forEach((file, bytes) -> out.add(specimen, file, bytes, opening, values));
        return out;
    }

    private void add(Specimen specimen, String file, byte[] bytes, List<Range> opening, List<Range> values) {
        BitSet bits = new BitSet(bytes.length);
        TreeSet<Integer> edges = new TreeSet<>();
        ByteSource source = specimen.folder().file(file).orElseThrow();
        if (Hdf.hasSignature(source)) {
            for (Range r : HeaderReads.of(source)) {
                mark(bits, edges, r);
            }
        } else if (bytes.length > GZIP_HEAD + GZIP_TAIL && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B) {
            mark(bits, edges, new Range(file, 0, GZIP_HEAD));
            mark(bits, edges, new Range(file, bytes.length - GZIP_TAIL, bytes.length));
        } else {
            opening.stream().filter(r -> r.file().equals(file)).forEach(r -> mark(bits, edges, r));
            for (Range r : values) {
                if (r.file().equals(file)) {
                    bits.clear((int) r.from(), (int) r.to());
                    edges.add((int) r.from());
                    edges.add((int) r.to());
                }
            }
            // Fields are read from a window, so their edges are not seen: any byte of the structure may be one.
            bits.stream().forEach(edges::add);
        }
        edges.removeIf(e -> e >= bytes.length);
        structural.put(file, bits);
        boundaries.put(file, edges);
    }

    private static void mark(BitSet bits, Set<Integer> edges, Range r) {
        bits.set((int) r.from(), (int) r.to());
        edges.add((int) r.from());
        edges.add((int) r.to());
    }

    /** Whether any of these bytes is structure. */
    boolean holds(String file, long from, long to) {
        int next = structural.get(file).nextSetBit((int) from);
        return next >= 0 && next < to;
    }

    /** Whether a field starts or ends there. */
    boolean isBoundary(String file, int at) {
        return boundaries.get(file).contains(at);
    }

    /** Places at which fields start or end, below the size of the file. */
    List<Integer> boundaries(String file) {
        return List.copyOf(boundaries.get(file));
    }

    /** The structural bytes, in order. */
    int[] bytes(String file) {
        return structural.get(file).stream().toArray();
    }

    /** The reads of the HDF5 library on a walk through all nodes and attributes, without the values of data sets. */
    private static final class HeaderReads implements SeekableByteChannel {
        private final ByteSource source;
        private final List<Range> reads = new ArrayList<>();
        private long position;

        private HeaderReads(ByteSource source) {
            this.source = source;
        }

        static List<Range> of(ByteSource source) {
            HeaderReads channel = new HeaderReads(source);
            try (HdfFile file = new HdfFile(channel, URI.create("source:/"))) {
                channel.walk(file, new HashMap<>());
            }
            return channel.reads;
        }

        private void walk(Node node, Map<Long, Boolean> seen) {
            if (seen.put(node.getAddress(), true) != null) {
                return;
            }
            node.getAttributes().values().forEach(a -> a.getJavaType());
            if (node instanceof Group group) {
                group.getChildren().values().forEach(child -> walk(child, seen));
            } else if (node instanceof io.jhdf.api.Dataset d) {
                d.getDataType();
                d.getDimensionsAsLong();
                if (d instanceof io.jhdf.api.dataset.ChunkedDataset chunked) {
                    chunked.getFilters();
                    // The index of the chunks is structure, the chunk itself, which is read last, is not.
                    chunked.getRawChunkBuffer(new int[d.getDimensionsAsLong().length]);
                    reads.removeLast();
                }
            }
        }

        @Override
        public int read(ByteBuffer target) {
            if (position >= source.size()) {
                return -1;
            }
            int n = (int) Math.min(target.remaining(), source.size() - position);
            reads.add(new Range(source.fileName(), position, position + n));
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
            return true;
        }

        @Override
        public void close() {}
    }
}
