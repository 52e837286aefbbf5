package org.fus.io.autc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.StoredArray;
import org.fus.io.source.MemoryFolder;
import org.fus.io.source.PathSource;
import org.junit.jupiter.api.Test;

class AutcFormatTest {
    private static final PixelGrid GRID = PixelGrid.xz(0, 3e-4, 4, 1e-3, 2e-3, 6);

    @Test
    void read_sample_hasTheBlocksOfAllParts() {
        Content content = FusFiles.open(Golden.file("samples/autc/bf0part001.dat"));
        StoredArray array = ((Content.Array) content).array();

        assertThat(array.shape()).containsExactly(12L, 6L, 4L);
        assertThat(content.origin().metadata()).containsEntry("acquisitionBlockIndex", List.of(1L, 2L, 3L, 4L));
        float[] values = array.floats(0, 12 * 24);
        for (int f = 0; f < 12; f++) {
            for (int z = 0; z < 6; z++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(values[2 * ((f * 6 + z) * 4 + x)]).isEqualTo(expected(f, z, x));
                    assertThat(values[2 * ((f * 6 + z) * 4 + x) + 1]).isEqualTo(-expected(f, z, x));
                }
            }
        }
        // Any range is that part of the whole.
        assertThat(array.floats(71, 30)).isEqualTo(Arrays.copyOfRange(values, 142, 202));
    }

    @Test
    void recording_withAGrid_isFramesInBlocks() {
        IqRecording iq = AutcFormat.recording(
                PathSource.of(Golden.file("samples/autc/bf0part000.dat")),
                GRID,
                new IqEnsemble.Timing(500, 15e6, 1540));

        assertThat(iq.frames()).isEqualTo(12);
        assertThat(iq.framesPerBlock()).isEqualTo(3);
        assertThat(iq.read(7, 1).copyFrame(0)[2 * (2 * 4 + 3)]).isEqualTo(expected(7, 2, 3));
    }

    @Test
    void read_blocksOutOfOrderWithGaps_areSortedByTheirNumber() {
        Map<String, byte[]> files =
                Map.of("bf1part0.dat", block(9, 1, 2, 2), "bf1part1.dat", block(4, 1, 2, 2), "x", new byte[3]);

        Content content =
                FusFiles.open(MemoryFolder.of("d", files).file("bf1part0.dat").orElseThrow());

        assertThat(content.origin().metadata()).containsEntry("acquisitionBlockIndex", List.of(4L, 9L));
        assertThat(((Content.Array) content).array().floats(0, 1)[0]).isEqualTo(4000);
    }

    @Test
    void read_partsThatDoNotFit_areRefusedByName() {
        assertRefused(Map.of("bf1part0.dat", block(1, 1, 2, 2), "bf1part1.dat", block(1, 1, 2, 2)), "is also in");
        assertRefused(Map.of("bf1part0.dat", block(1, 1, 2, 2), "bf1part1.dat", block(2, 2, 2, 2)), "other parts");
        byte[] mixed = Arrays.copyOf(block(1, 1, 2, 2), 2 * block(1, 1, 2, 2).length);
        assertRefused(Map.of("bf1part0.dat", mixed), "block header");
    }

    @Test
    void recording_withAnotherGrid_isRefused() {
        assertThatThrownBy(() -> AutcFormat.recording(
                        PathSource.of(Golden.file("samples/autc/bf0part000.dat")),
                        PixelGrid.xz(0, 1, 5, 0, 1, 6),
                        new IqEnsemble.Timing(500, 15e6, 1540)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("the grid 5 x 1 x 6");
    }

    @Test
    void read_fileCutAnywhere_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.file("samples/autc/bf0part000.dat"));
        for (int length = 1; length < whole.length; length++) {
            if (length == whole.length / 2) {
                continue; // one whole block of the two
            }
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> FusFiles.open(MemoryFolder.of("d", Map.of("bf0part000.dat", cut))
                            .file("bf0part000.dat")
                            .orElseThrow()))
                    .isInstanceOf(FusException.class);
        }
    }

    private static void assertRefused(Map<String, byte[]> files, String message) {
        assertThatThrownBy(() -> FusFiles.open(
                        MemoryFolder.of("d", files).file("bf1part0.dat").orElseThrow()))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining(message);
    }

    /** The rule of the sample: C-order index in (x, z, frame of the block), plus 1000 per block number. */
    private static float expected(int frame, int z, int x) {
        int block = frame / 3 + 1;
        return (x * 6 + z) * 3 + frame % 3 + 1000f * block;
    }

    private static byte[] block(int index, int nz, int nx, int frames) {
        int items = nz * nx * frames;
        ByteBuffer b = ByteBuffer.allocate(40 + 8 * items).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(index).putInt(items).putInt(nz).putInt(nx).putInt(frames).position(40);
        for (int i = 0; i < items; i++) {
            b.putFloat(index * 1000f + i).putFloat(0);
        }
        return b.array();
    }
}
