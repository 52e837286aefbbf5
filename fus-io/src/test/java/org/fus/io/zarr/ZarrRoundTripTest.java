package org.fus.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fus.io.content.SampleType;

/** What is written comes back, bit by bit, for every type, shape, order of chunks and chain of codecs. */
class ZarrRoundTripTest {
    @Property(tries = 400)
    void writeAndRead_anyArray_givesTheSameBits(@ForAll("arrays") ZarrMetadata metadata, @ForAll long seed) {
        MemoryStore store = new MemoryStore();
        byte[] values = random(metadata, seed);
        ZarrArray.create(store, "a/b", metadata).write(zeros(metadata), counts(metadata), values);

        ZarrArray read = ZarrArray.open(store, "a/b");

        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.read(zeros(metadata), counts(metadata))).isEqualTo(values);
        assertThat(read.verify()).isEmpty();
    }

    @Property(tries = 400)
    void read_anyBox_isThatPartOfTheWhole(@ForAll("arrays") ZarrMetadata metadata, @ForAll long seed) {
        MemoryStore store = new MemoryStore();
        byte[] values = random(metadata, seed);
        ZarrArray array = ZarrArray.create(store, "", metadata);
        array.write(zeros(metadata), counts(metadata), values);
        Random random = new Random(seed);
        int axes = metadata.shape().size();
        long[] start = new long[axes];
        int[] count = new int[axes];
        for (int i = 0; i < axes; i++) {
            int n = Math.toIntExact(metadata.shape().get(i));
            start[i] = random.nextInt(n + 1);
            count[i] = random.nextInt(n - (int) start[i] + 1);
        }

        assertThat(array.read(start, count)).isEqualTo(part(values, metadata, start, count));
    }

    @Property(tries = 200)
    void bytes_anyRange_isThatPartOfTheWhole(@ForAll("arrays") ZarrMetadata metadata, @ForAll long seed) {
        MemoryStore store = new MemoryStore();
        byte[] values = random(metadata, seed);
        ZarrArray array = ZarrArray.create(store, "", metadata);
        array.write(zeros(metadata), counts(metadata), values);
        Random random = new Random(seed);
        int from = random.nextInt(values.length + 1);
        int to = from + random.nextInt(values.length - from + 1);
        java.nio.ByteBuffer target = java.nio.ByteBuffer.allocate(to - from);

        array.bytes().read(from, target);

        assertThat(array.bytes().size()).isEqualTo(values.length);
        assertThat(target.array()).isEqualTo(Arrays.copyOfRange(values, from, to));
    }

    @Property(tries = 200)
    void append_anyPieces_givesTheWhole(@ForAll("arrays") ZarrMetadata metadata, @ForAll long seed) {
        if (metadata.shape().isEmpty() || metadata.shape().contains(0L)) {
            return;
        }
        MemoryStore store = new MemoryStore();
        byte[] values = random(metadata, seed);
        List<Long> empty = new ArrayList<>(metadata.shape());
        empty.set(0, 0L);
        ZarrArray array = ZarrArray.create(store, "x", metadata.withShape(empty));
        int rows = Math.toIntExact(metadata.shape().getFirst());
        int rowBytes = values.length / rows;
        Random random = new Random(seed);
        for (int at = 0; at < rows; ) {
            int n = 1 + random.nextInt(rows - at);
            array = array.append(Arrays.copyOfRange(values, at * rowBytes, (at + n) * rowBytes));
            at += n;
        }

        ZarrArray read = ZarrArray.open(store, "x");

        assertThat(read.metadata()).isEqualTo(metadata);
        assertThat(read.read(zeros(metadata), counts(metadata))).isEqualTo(values);
    }

    @Property(tries = 200)
    void attributes_anyPlainValues_comeBack(@ForAll("attributes") Map<String, Object> attributes) {
        MemoryStore store = new MemoryStore();
        ZarrGroup.create(store, "", attributes);

        Map<String, Object> read = ZarrGroup.open(store, "").attributes();

        assertThat(read).isEqualTo(attributes);
        assertThat(List.copyOf(read.keySet())).isEqualTo(List.copyOf(attributes.keySet()));
    }

    @Provide
    Arbitrary<ZarrMetadata> arrays() {
        Arbitrary<List<Axis>> axes = Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3))
                .as(Axis::new)
                .list()
                .ofMaxSize(4);
        return Combinators.combine(
                        axes,
                        Arbitraries.of(SampleType.class),
                        Arbitraries.randomValue(r -> r.nextLong()),
                        Arbitraries.strings().ofMaxLength(8))
                .as(ZarrRoundTripTest::metadata);
    }

    @Provide
    Arbitrary<Map<String, Object>> attributes() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40).map(s -> (Object) s),
                Arbitraries.longs().map(n -> (Object) n),
                Arbitraries.doubles().map(d -> (Object) d),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)
                        .map(d -> (Object) d),
                Arbitraries.of(true, false).map(b -> (Object) b),
                Arbitraries.integers().between(3_000, 6_000).map(n -> (Object) "\u00b5\ud83d\udc00\u0000\"".repeat(n)));
        Arbitrary<Object> nested = Arbitraries.oneOf(
                leaf,
                leaf.list().ofMaxSize(4).map(l -> (Object) l),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), leaf)
                        .ofMaxSize(3)
                        .map(m -> (Object) m));
        return Arbitraries.maps(Arbitraries.strings().ofMaxLength(12), nested)
                .ofMaxSize(6)
                .map(LinkedHashMap::new);
    }

    /** Length of an axis, and of a chunk and the number of chunks in a shard along it. */
    private record Axis(int length, int chunk, int perShard) {}

    private static ZarrMetadata metadata(List<Axis> axes, SampleType type, long seed, String name) {
        Random random = new Random(seed);
        List<Long> shape = axes.stream().map(a -> (long) a.length()).toList();
        List<Integer> inner = axes.stream().map(Axis::chunk).toList();
        List<Integer> outer = axes.stream().map(a -> a.chunk() * a.perShard()).toList();
        List<ZarrCodec> codecs = new ArrayList<>();
        boolean sharded = random.nextInt(3) > 0;
        if (random.nextInt(3) == 0) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < axes.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            codecs.add(new ZarrCodec.Transpose(order));
            // A permutation of the shard permutes its inner chunks likewise.
            inner = order.stream().map(inner::get).toList();
        }
        ZarrCodec bytes = new ZarrCodec.Bytes(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<ZarrCodec> tail = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tail.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new ZarrCodec.Gzip(random.nextInt(10));
                        case 1 -> ZarrCodec.Zstd.DEFAULT;
                        default -> new ZarrCodec.Crc32c();
                    });
        }
        if (sharded) {
            List<ZarrCodec> chain = new ArrayList<>(List.of(bytes));
            chain.addAll(tail);
            codecs.add(new ZarrCodec.Sharding(
                    inner,
                    chain,
                    random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                    random.nextBoolean(),
                    random.nextBoolean()));
            if (random.nextInt(4) == 0) {
                codecs.add(new ZarrCodec.Gzip(1));
            }
        } else {
            codecs.add(bytes);
            codecs.addAll(tail);
        }
        byte[] fill = new byte[type.bytes()];
        random.nextBytes(fill);
        if (type == SampleType.BOOL) {
            fill[0] &= 1;
        }
        ZarrMetadata m = ZarrMetadata.of(type, shape, outer)
                .withCodecs(codecs.toArray(ZarrCodec[]::new))
                .withKeys(new ChunkKeys(random.nextBoolean(), random.nextBoolean() ? '/' : '.'))
                .withFill(FillValue.ofBytes(fill))
                .withAttributes(Map.of("name", name));
        return axes.isEmpty()
                ? m
                : m.withDimensionNames(
                        axes.stream().map(a -> a.length() == 3 ? "" : name).toArray(String[]::new));
    }

    private static byte[] random(ZarrMetadata m, long seed) {
        int n = m.type().bytes();
        for (long length : m.shape()) {
            n *= (int) length;
        }
        byte[] out = MemoryStore.random(n, seed);
        if (m.type() == SampleType.BOOL) {
            for (int i = 0; i < n; i++) {
                out[i] &= 1;
            }
        }
        // Runs of one value, so that compressors compress and shards leave chunks out.
        Arrays.fill(out, 0, n / 2, (byte) 0);
        return out;
    }

    private static byte[] part(byte[] values, ZarrMetadata m, long[] start, int[] count) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        collect(values, m, start, count, 0, 0, out);
        return out.toByteArray();
    }

    private static void collect(
            byte[] values,
            ZarrMetadata m,
            long[] start,
            int[] count,
            int axis,
            long row,
            java.io.ByteArrayOutputStream out) {
        if (axis == count.length) {
            out.write(values, Math.toIntExact(row) * m.type().bytes(), m.type().bytes());
            return;
        }
        for (int i = 0; i < count[axis]; i++) {
            collect(values, m, start, count, axis + 1, row * m.shape().get(axis) + start[axis] + i, out);
        }
    }

    private static long[] zeros(ZarrMetadata m) {
        return new long[m.shape().size()];
    }

    private static int[] counts(ZarrMetadata m) {
        return m.shape().stream().mapToInt(Math::toIntExact).toArray();
    }
}
