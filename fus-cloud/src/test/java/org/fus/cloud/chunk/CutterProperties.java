package org.fus.cloud.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.io.source.MemorySource;

class CutterProperties {
    @Property(tries = 20)
    void contentDefined_piecesAreTheFile_andKeepTheirLimits(
            @ForAll long seed, @ForAll @IntRange(max = 20_000_000) int size) {
        byte[] file = random(seed, size);
        List<byte[]> chunks = cut(new ContentDefinedCutter(), file);
        assertThat(joined(chunks)).isEqualTo(file);
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).length)
                    .isBetween(
                            i < chunks.size() - 1 ? ContentDefinedCutter.MIN_BYTES : 1, ContentDefinedCutter.MAX_BYTES);
        }
    }

    @Property(tries = 10)
    void contentDefined_anInsertion_changesTheChunkItIsIn(
            @ForAll long seed, @ForAll @IntRange(max = 7_000_000) int at) {
        byte[] file = random(seed, 8_000_000);
        byte[] longer = new byte[file.length + 1];
        System.arraycopy(file, 0, longer, 0, at);
        System.arraycopy(file, at, longer, at + 1, file.length - at);
        Set<ContentHash> before = hashes(cut(new ContentDefinedCutter(), file));
        List<ContentHash> after = new ArrayList<>(hashes(cut(new ContentDefinedCutter(), longer)));
        after.removeAll(before);
        // The chunk itself, and a few until the borders meet again: each border of the old file that lies beyond the
        // shortest chunk is a border of the new one, but for those that only one of the two masks lets through.
        assertThat(after).hasSizeBetween(1, 6);
    }

    @Example
    void contentDefined_lengthsGatherAroundTheUsualOne() {
        List<byte[]> chunks = cut(new ContentDefinedCutter(), random(1, 64 << 20));
        double mean = (64 << 20) / (double) chunks.size();
        // Shortest length + strict mask up to the usual one, then the loose mask: between 0.9 and 1.5 of the usual
        // length
        // for random bytes.
        assertThat(mean).isBetween(0.9 * ContentDefinedCutter.USUAL_BYTES, 1.5 * ContentDefinedCutter.USUAL_BYTES);
    }

    @Example
    void contentDefined_equalBytes_makeLongestChunks() {
        List<byte[]> chunks = cut(new ContentDefinedCutter(), new byte[5_000_000]);
        assertThat(hashes(chunks)).hasSizeLessThanOrEqualTo(2);
    }

    /** The borders are part of the layout: with others, versions of a file would share nothing. */
    @Example
    void contentDefined_bordersNeverChange() {
        List<Integer> lengths = cut(new ContentDefinedCutter(), random(42, 2_000_000)).stream()
                .map(c -> c.length)
                .toList();
        assertThat(lengths).isEqualTo(EXPECTED);
    }

    private static final List<Integer> EXPECTED = List.of(267086, 273522, 255558, 266649, 268830, 474494, 193861);

    @Property(tries = 50)
    void shard_piecesAreTheFile_cutAtTheBorders(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100_000) int size) {
        byte[] file = random(seed, size);
        long[] borders = new Random(seed)
                .longs(5, 0, size)
                .filter(b -> b > 0)
                .sorted()
                .distinct()
                .toArray();
        List<byte[]> chunks = cut(new ShardCutter(borders), file);
        assertThat(joined(chunks)).isEqualTo(file);
        assertThat(chunks).hasSize(borders.length + 1);
    }

    @Example
    void shard_longPieces_areCut() {
        byte[] file = new byte[Cutter.MAX_CHUNK_BYTES + 10];
        assertThat(cut(new ShardCutter(new long[0]), file).stream().map(c -> c.length))
                .containsExactly(Cutter.MAX_CHUNK_BYTES, 10);
    }

    @Example
    void hash_isThatOfOthers() {
        // FIPS 180-4 example: "abc"
        assertThat(ContentHash.of(new byte[] {'a', 'b', 'c'}).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        ContentHash hash = ContentHash.of(new byte[] {1});
        assertThat(ContentHash.parse(hash.hex())).isEqualTo(hash);
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static List<byte[]> cut(Cutter cutter, byte[] file) {
        List<byte[]> chunks = new ArrayList<>();
        cutter.cut(MemorySource.wrap("file", file), chunks::add);
        return chunks;
    }

    private static Set<ContentHash> hashes(List<byte[]> chunks) {
        return new HashSet<>(chunks.stream().map(ContentHash::of).toList());
    }

    private static byte[] joined(List<byte[]> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
