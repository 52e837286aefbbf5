package org.fus.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.SampleType;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardBordersTest {
    @TempDir
    private Path folder;

    @Test
    void borders_areThoseOfTheStoredChunks() {
        byte[] values = new byte[400];
        new Random(1).nextBytes(values);
        java.util.Arrays.fill(values, 100, 200, (byte) 0); // a chunk of the fill value is not stored
        ZarrMetadata sharded = ZarrMetadata.of(SampleType.UINT8, List.of(400L), List.of(400))
                .withCodecs(ZarrCodec.Sharding.of(
                        List.of(100), List.of(ZarrCodec.Bytes.LITTLE_ENDIAN, new ZarrCodec.Crc32c())));
        ZarrArray array = ZarrArray.create(FolderStore.of(folder), "", sharded);
        array.write(new long[] {0}, new int[] {400}, values);
        // Three chunks of 100 bytes and a checksum of 4; then the index.
        assertThat(ShardBorders.of(sharded, array.chunk(0).orElseThrow()).orElseThrow())
                .containsExactly(104, 208, 312);
        assertThatThrownBy(() -> ShardBorders.of(sharded, MemorySource.wrap("short", new byte[10])))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("short");
        assertThat(ShardBorders.of(
                        ZarrMetadata.of(SampleType.UINT8, List.of(4L), List.of(4)),
                        MemorySource.wrap("x", new byte[4])))
                .isEmpty();
    }
}
