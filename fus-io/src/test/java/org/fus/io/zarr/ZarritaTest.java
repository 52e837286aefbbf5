package org.fus.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fus.io.content.SampleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** zarrita, an implementation of Zarr that shares nothing with this one, reads what is written here and the reverse. */
class ZarritaTest {
    private static final List<Long> SHAPE = List.of(5L, 7L, 3L);
    private static final long[] START = {0, 0, 0};
    private static final int[] COUNT = {5, 7, 3};

    @TempDir
    Path folder;

    /** Types that JavaScript of node 20 has: no half precision, no complex numbers. */
    @ParameterizedTest
    @EnumSource(
            value = SampleType.class,
            names = {"FLOAT16", "COMPLEX64", "COMPLEX128"},
            mode = EnumSource.Mode.EXCLUDE)
    void zarrita_readsEveryType(SampleType type) throws Exception {
        ZarrMetadata metadata = ZarrMetadata.of(type, SHAPE, List.of(2, 4, 3));

        assertThat(seen("a", metadata).path("dtype").asText()).isEqualTo(type.label());
    }

    @Test
    void zarrita_readsEveryCodec() throws Exception {
        ZarrMetadata plain = ZarrMetadata.of(SampleType.INT32, SHAPE, List.of(2, 4, 3))
                .withAttributes(Map.of("subject", "\u00b5-rat \ud83d\udc00"))
                .withDimensionNames("time", "", "x");
        ZarrCodec little = ZarrCodec.Bytes.LITTLE_ENDIAN;

        JsonNode read = seen("gzip", plain.withCodecs(little, new ZarrCodec.Gzip(5)));
        seen("zstd", plain.withCodecs(little, ZarrCodec.Zstd.DEFAULT));
        seen("crc", plain.withCodecs(new ZarrCodec.Bytes(ByteOrder.BIG_ENDIAN), new ZarrCodec.Crc32c()));
        seen("transposed", plain.withCodecs(new ZarrCodec.Transpose(List.of(2, 0, 1)), little));
        seen("flat", plain.withKeys(ChunkKeys.FLAT));
        seen("v2", plain.withKeys(new ChunkKeys(false, '.')));

        assertThat(read.path("attributes").path("subject").asText()).isEqualTo("\u00b5-rat \ud83d\udc00");
    }

    @Test
    void zarrita_readsShardsWithChecksums() throws Exception {
        ZarrMetadata plain = ZarrMetadata.of(SampleType.INT16, SHAPE, List.of(4, 8, 3));
        List<ZarrCodec> inner = List.of(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c());

        // An index at the start of a shard is left out: zarrita 0.7.5 looks for it at the end, whatever the metadata
        // say.
        seen("frames", plain.withCodecs(ZarrCodec.Sharding.of(List.of(1, 8, 3), inner)));
        seen("tiles", plain.withCodecs(ZarrCodec.Sharding.of(List.of(2, 4, 1), inner)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "big", "zstd", "transpose"})
    void read_whatZarritaWrote_isTheSame(String name) throws Exception {
        Zarrita.run("write", folder.toString());

        ZarrArray array = ZarrArray.open(FolderStore.of(folder), name);

        assertThat(array.read(START, COUNT)).isEqualTo(MemoryStore.ramp(5 * 7 * 3));
        assertThat(array.metadata().dimensionNames()).containsExactly("time", "z", "x");
        assertThat(array.metadata().attributes()).isEqualTo(Map.of("unit", "\u00b5V"));
    }

    private JsonNode seen(String name, ZarrMetadata metadata) throws Exception {
        byte[] values = MemoryStore.random(5 * 7 * 3 * metadata.type().bytes(), 7);
        if (metadata.type() == SampleType.BOOL) {
            for (int i = 0; i < values.length; i++) {
                values[i] &= 1;
            }
        }
        ZarrArray.create(FolderStore.of(folder), name, metadata).write(START, COUNT, values);
        JsonNode seen = new ObjectMapper().readTree(Zarrita.run("read", folder.toString(), name));
        assertThat(seen.path("sha256").asText()).as(name).isEqualTo(sha256(values));
        return seen;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
