package org.fus.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.io.content.SampleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZarrArrayTest {
    @TempDir
    Path folder;

    @Test
    void read_oneInnerChunk_fetchesItAndTheIndexAlone() {
        MemoryStore store = new MemoryStore();
        ZarrArray array = ZarrArray.create(
                store,
                "",
                ZarrMetadata.of(SampleType.INT32, List.of(64L, 1000L), List.of(64, 1000))
                        .withCodecs(ZarrCodec.Sharding.of(
                                List.of(1, 1000), List.of(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c()))));
        array.write(new long[2], new int[] {64, 1000}, MemoryStore.ramp(64_000));
        store.bytesRead = 0;

        double[] row = array.readDoubles(new long[] {40, 0}, new int[] {1, 1000});

        assertThat(row[3]).isEqualTo(40_003);
        // One inner chunk of 1000 int32 and its checksum, 64 entries of the index of 16 bytes and theirs.
        assertThat(store.bytesRead).isEqualTo(4004 + 64 * 16 + 4);
    }

    @Test
    void read_rowsOfAPlainChunk_fetchesThemAlone() {
        MemoryStore store = new MemoryStore();
        ZarrArray array =
                ZarrArray.create(store, "", ZarrMetadata.of(SampleType.INT32, List.of(64L, 10L), List.of(64, 10)));
        array.write(new long[2], new int[] {64, 10}, MemoryStore.ramp(640));
        store.bytesRead = 0;

        assertThat(array.readDoubles(new long[] {5, 9}, new int[] {2, 1})).containsExactly(59, 69);
        assertThat(store.bytesRead).isEqualTo(2 * 10 * 4);
    }

    @Test
    void folder_groupWithArrays_isReadBackByAnotherHandle() {
        FolderStore store = FolderStore.of(folder);
        ZarrGroup.create(store, "", Map.of("subject", "rat 1"));
        ZarrGroup.create(store, "derived", Map.of());
        ZarrArray.create(store, "derived/mean", ZarrMetadata.of(SampleType.INT32, List.of(4L), List.of(3)))
                .write(new long[1], new int[] {4}, MemoryStore.ramp(4));

        ZarrGroup root = ZarrGroup.open(FolderStore.of(folder), "");

        assertThat(root.attributes()).isEqualTo(Map.of("subject", "rat 1"));
        assertThat(root.members()).containsExactly("derived");
        assertThat(ZarrGroup.kind(store, "derived/mean")).isEqualTo(ZarrGroup.Kind.ARRAY);
        assertThat(ZarrGroup.open(store, "derived").array("mean").readDoubles(new long[] {2}, new int[] {2}))
                .containsExactly(2, 3);
        assertThat(folder.resolve("derived/mean/c/1")).isRegularFile();
    }

    @Test
    void append_chunkHalfFull_keepsWhatWasThere() throws Exception {
        FolderStore store = FolderStore.of(folder);
        ZarrArray array =
                ZarrArray.create(store, "x", ZarrMetadata.of(SampleType.INT32, List.of(0L, 2L), List.of(4, 2)));
        array = array.append(MemoryStore.ramp(6));
        array = array.append(MemoryStore.ramp(4));

        assertThat(array.metadata().shape()).containsExactly(5L, 2L);
        assertThat(ZarrArray.open(store, "x").readDoubles(new long[2], new int[] {5, 2}))
                .containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "FLOAT32|\"NaN\"|7fc00000",
                "FLOAT32|\"0x7fc00001\"|7fc00001",
                "FLOAT32|\"-Infinity\"|ff800000",
                "FLOAT32|1.5|3fc00000",
                "FLOAT64|\"NaN\"|7ff8000000000000",
                "FLOAT64|\"0xfff0000000000001\"|fff0000000000001",
                "FLOAT16|\"Infinity\"|7c00",
                "UINT64|18446744073709551615|ffffffffffffffff",
                "INT64|-9223372036854775808|8000000000000000",
                "UINT8|255|ff",
                "BOOL|true|01",
            })
    void fill_asTheSpecificationWritesIt_isReadAndWrittenAlike(SampleType type, String json, String bigEndian)
            throws Exception {
        FillValue fill = FillValue.read(type, new ObjectMapper().readTree(json));

        byte[] bytes = fill.bytes();
        StringBuilder hex = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            hex.append(String.format("%02x", bytes[i]));
        }
        assertThat(hex).hasToString(bigEndian);
        assertThat(fill.toJson(type)).hasToString(json);
    }

    @Test
    void dividingChunk_ofABlock_isTheLargestThatFits() {
        assertThat(ZarrMetadata.dividingChunk(List.of(12, 10, 10), 4, 1600)).containsExactly(4, 10, 10);
        assertThat(ZarrMetadata.dividingChunk(List.of(12, 10, 10), 4, 399)).containsExactly(1, 5, 10);
        assertThat(ZarrMetadata.dividingChunk(List.of(7, 13), 8, 8)).containsExactly(1, 1);
        assertThat(ZarrMetadata.dividingChunk(List.of(7, 13), 8, 1 << 20)).containsExactly(7, 13);
    }

    @Test
    void wrongArguments_areRefusedBeforeAnyWork() {
        FolderStore store = FolderStore.of(folder);
        ZarrArray array =
                ZarrArray.create(store, "x", ZarrMetadata.of(SampleType.INT32, List.of(4L, 2L), List.of(4, 2)));

        assertThatThrownBy(() -> array.read(new long[] {3, 0}, new int[] {2, 2}))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.write(new long[2], new int[] {1, 2}, new byte[7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs 8 bytes, got 7");
        assertThatThrownBy(() -> array.append(new byte[9])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.file("../secret")).isInstanceOf(IllegalArgumentException.class);
    }
}
