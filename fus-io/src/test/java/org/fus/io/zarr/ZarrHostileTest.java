package org.fus.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.SampleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata and chunks from strangers: refused by name, or read; nothing else happens. */
class ZarrHostileTest {
    private static final String PLAIN = """
        {"zarr_format": 3, "node_type": "array", "shape": [4, 6], "data_type": "int16",
         "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2, 3]}},
         "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
         "fill_value": 7, "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}
        """;

    private final MemoryStore store = new MemoryStore();

    @Test
    void open_metadataByHand_fillsWhatIsNotStored() {
        ZarrArray array = open(PLAIN);

        assertThat(array.readDoubles(new long[] {1, 2}, new int[] {3, 4}))
                .hasSize(12)
                .containsOnly(7);
    }

    @Test
    void open_codecsAsBareNames_areUnderstood() {
        ZarrArray array = open(PLAIN.replace("\"little\"}}]", "\"little\"}}, \"crc32c\"]"));

        assertThat(array.metadata().codecs()).endsWith(new ZarrCodec.Crc32c());
    }

    @Test
    void open_entryThatNeedNotBeUnderstood_isPassedOver() {
        assertThat(open(PLAIN.replace("{\"zarr_format\"", "{\"extra\": {\"must_understand\": false}, \"zarr_format\""))
                        .metadata()
                        .shape())
                .containsExactly(4L, 6L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"zarr_format\": 3|\"zarr_format\": 2|zarr_format: 2 is not supported",
                "\"int16\"|\"string\"|data_type: \"string\" is not supported",
                "\"regular\"|\"rectilinear\"|chunk_grid",
                "\"name\": \"bytes\"|\"name\": \"blosc\"|codecs: {\"name\":\"blosc\"",
                "{\"zarr_format\"|{\"extra\": {}, \"zarr_format\"|entry 'extra': {} is not supported",
                "{\"zarr_format\"|{\"storage_transformers\": [{}], \"zarr_format\"|storage_transformers",
                "[2, 3]|[2000000000, 2000000000]|larger than 2 GiB",
            })
    void open_whatMustBeUnderstood_isRefusedByName(String from, String to, String message) {
        assertThatThrownBy(() -> open(PLAIN.replace(from, to)))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[4, 6]|[4, -6]|shape",
                "[4, 6]|[4, 9223372036854775808]|shape",
                "[4, 6]|[4]|chunks of 2 axes",
                "[4, 6]|4|shape: expected a list",
                "[2, 3]|[2, 0]|at least 1",
                "[2, 3]|[2, 1.5]|whole numbers",
                "\"fill_value\": 7|\"fill_value\": 70000|fits int16",
                "\"fill_value\": 7|\"fill_value\": \"NaN\"|fits int16",
                "\"fill_value\": 7,||fill_value",
                "\"array\"|\"table\"|node_type",
                "\"little\"|\"middle\"|endian",
                "\"separator\": \"/\"|\"separator\": \"../\"|separator",
                "{\"zarr_format\": 3|{\"zarr_format\": \"3\"|zarr_format",
                "}}]}|}}, {\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}]}|cannot follow",
                "}}]}|}}]|no JSON",
            })
    void open_metadataThatMakeNoSense_namesTheEntry(String from, String to, String message) {
        assertThatThrownBy(() -> open(PLAIN.replace(from, to == null ? "" : to)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("memory.zarr/zarr.json")
                .hasMessageContaining(message);
    }

    @Test
    void open_nothing_saysThatItIsNoZarr() {
        assertThatThrownBy(() -> ZarrArray.open(store, "a"))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("a/zarr.json: there is no such document");
    }

    @Test
    void open_hugeShapeThatIsEmpty_readsAndVerifiesAtOnce() {
        ZarrArray array = open(PLAIN.replace("[4, 6]", "[9223372036854775807, 9223372036854775807]"));

        assertThat(array.readDoubles(new long[] {Long.MAX_VALUE - 2, Long.MAX_VALUE - 2}, new int[] {2, 2}))
                .containsOnly(7);
        assertThat(array.verify()).singleElement().asString().contains("the shape may be damaged");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 13, 4096})
    void read_plainChunkOfTheWrongSize_isRefused(int bytes) {
        ZarrArray array = open(PLAIN);
        store.values.put("c/0/0", new byte[bytes]);

        assertThatThrownBy(() -> array.read(new long[] {0, 0}, new int[] {1, 1}))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("c/0/0: chunk: expected 12 bytes by the metadata, got " + bytes);
    }

    @Test
    void read_gzipBomb_stopsAtTheSizeOfTheChunk() throws Exception {
        ZarrArray array = open(PLAIN.replace("}}]}", "}}, {\"name\": \"gzip\", \"configuration\": {\"level\": 1}}]}"));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[1 << 20]);
        }
        store.values.put("c/0/0", bomb.toByteArray());

        assertThatThrownBy(() -> array.read(new long[] {0, 0}, new int[] {1, 1}))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("gzip: more than 12 bytes come out");
    }

    @Test
    void read_smallChunkThatClaimsGigabytes_isRefusedBeforeAllocation() {
        ZarrArray array = open(PLAIN.replace("[4, 6]", "[30000, 30000]")
                .replace("[2, 3]", "[30000, 30000]")
                .replace("}}]}", "}}, {\"name\": \"zstd\", \"configuration\": {\"level\": 1}}]}"));
        store.values.put("c/0/0", new byte[40]);

        assertThatThrownBy(() -> array.read(new long[] {0, 0}, new int[] {1, 1}))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("40 encoded bytes cannot hold a chunk of 1800000000 bytes");
    }

    @Test
    void read_anyFlippedBitUnderAChecksum_isFound() {
        ZarrMetadata metadata = ZarrMetadata.of(SampleType.INT16, List.of(4L, 6L), List.of(4, 6))
                .withCodecs(ZarrCodec.Sharding.of(
                        List.of(1, 3), List.of(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c())));
        ZarrArray array = ZarrArray.create(store, "", metadata);
        array.write(new long[2], new int[] {4, 6}, MemoryStore.random(48, 3));
        byte[] good = store.values.get("c/0/0");
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            store.values.put("c/0/0", bad);

            assertThat(array.verify()).as("bit " + bit).hasSize(1);
            assertThatThrownBy(() -> array.read(new long[2], new int[] {4, 6})).isInstanceOf(FusFormatException.class);
        }
    }

    @Test
    void read_shardTruncatedAnywhere_isRefused() {
        ZarrArray array = sharded();
        byte[] good = store.values.get("c/0/0");
        for (int n = 0; n < good.length; n++) {
            store.values.put("c/0/0", Arrays.copyOf(good, n));

            assertThatThrownBy(() -> array.read(new long[2], new int[] {4, 6})).isInstanceOf(FusFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -2, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 31, 1L << 32, 97})
    void read_indexThatPointsNowhere_namesTheInnerChunk(long number) {
        ZarrArray array = sharded();
        byte[] good = store.values.get("c/0/0");
        int index = good.length - 8 * 16 - 4;
        for (int entry = 0; entry < 16; entry++) {
            byte[] bad = good.clone();
            ByteBuffer b = ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN);
            b.putLong(index + 8 * entry, number);
            b.putInt(good.length - 4, ByteCodecs.checksum(ByteBuffer.wrap(bad, index, 8 * 16)));
            store.values.put("c/0/0", bad);

            assertThatThrownBy(() -> array.read(new long[2], new int[] {4, 6}))
                    .isInstanceOf(FusFormatException.class)
                    .hasMessageContaining("inner chunk " + entry / 2);
        }
    }

    @Test
    void read_anyDamageToCompressedChunks_endsInAResultOrAFormatError() {
        Random random = new Random(11);
        for (ZarrCodec codec : List.of(new ZarrCodec.Gzip(5), ZarrCodec.Zstd.DEFAULT)) {
            ZarrMetadata metadata = ZarrMetadata.of(SampleType.INT32, List.of(40L, 25L), List.of(40, 25))
                    .withCodecs(ZarrCodec.Bytes.LITTLE_ENDIAN, codec);
            ZarrArray array = ZarrArray.create(store, "", metadata);
            array.write(new long[2], new int[] {40, 25}, MemoryStore.ramp(1000));
            byte[] good = store.values.get("c/0/0");
            byte[] values = array.read(new long[2], new int[] {40, 25});
            int found = 0;
            for (int i = 0; i < 3000; i++) {
                byte[] bad = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
                for (int k = random.nextInt(3); k >= 0 && bad.length > 0; k--) {
                    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                }
                store.values.put("c/0/0", bad);
                try {
                    // A flipped bit in a field that carries no data, such as the time of a gzip, changes nothing.
                    assertThat(array.read(new long[2], new int[] {40, 25})).isEqualTo(values);
                } catch (FusFormatException e) {
                    found++;
                }
            }
            assertThat(found).as(codec.id()).isGreaterThan(2500);
        }
    }

    private ZarrArray sharded() {
        ZarrMetadata metadata = ZarrMetadata.of(SampleType.INT16, List.of(4L, 6L), List.of(4, 6))
                .withCodecs(ZarrCodec.Sharding.of(
                        List.of(1, 3), List.of(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c())));
        ZarrArray array = ZarrArray.create(store, "", metadata);
        array.write(new long[2], new int[] {4, 6}, MemoryStore.random(48, 3));
        return array;
    }

    private ZarrArray open(String metadata) {
        store.values.put("zarr.json", metadata.getBytes(StandardCharsets.UTF_8));
        return ZarrArray.open(store, "");
    }
}
