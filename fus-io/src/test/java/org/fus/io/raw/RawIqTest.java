package org.fus.io.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.Origin;
import org.fus.io.testing.Peers;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beamformed IQ: the samples, and files written and appended to here. */
class RawIqTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"iq.raw", "iq.hraw", "iq_legacy.raw", "iq_legacy.hraw"})
    void open_sample_everyValueIsItsIndex(String name) {
        Content.Iq content = (Content.Iq) FusFiles.open(Golden.file("samples/" + name));
        IqRecording iq = content.recording();

        assertThat(iq.frames()).isEqualTo(30);
        assertThat(iq.framesPerBlock()).isEqualTo(10);
        // Blocks 2 and 3 alone.
        IqEnsemble part = iq.read(10, 20);
        for (int f = 0; f < 20; f++) {
            float[] frame = part.copyFrame(f);
            for (int z = 0; z < 6; z++) {
                for (int x = 0; x < 8; x++) {
                    int k = ((f + 10) * 8 + x) * 6 + z;
                    assertThat(frame[2 * (z * 8 + x)]).isEqualTo(k);
                    assertThat(frame[2 * (z * 8 + x) + 1]).isEqualTo(-k);
                }
            }
        }
    }

    @Test
    void open_sample_hasTheFiguresOfItsDescription() {
        Content.Iq content = (Content.Iq) FusFiles.open(Golden.file("samples/iq.raw"));

        PixelGrid grid = (PixelGrid) content.recording().grid();
        assertThat(grid.dxM()).isCloseTo(0.11e-3, within(1e-18));
        assertThat(grid.dyM()).isCloseTo(0.4e-3, within(1e-18));
        assertThat(grid.dzM()).isCloseTo(0.09856e-3, within(1e-18));
        assertThat(grid.z0M()).isCloseTo(1e-3, within(1e-18));
        assertThat(grid.x0M()).isCloseTo(-3.5 * 0.11e-3, within(1e-18));
        assertThat(content.recording().timing()).isEqualTo(new IqEnsemble.Timing(1000, 15.625e6, 1540));
        assertThat(content.origin().metadata())
                .containsEntry("prfHz", 11000.0)
                .containsEntry("receiveAperture", List.of(1.0, 128.0))
                .containsEntry("depthMm", List.of(1.0, 10.0))
                .containsEntry("anglesDeg", List.of(-10.0, -8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0))
                .containsEntry("blockDims", List.of(8.0, 1.0, 6.0, 1.0, 10.0))
                .containsEntry("blocks", 3.0)
                .containsEntry("acquisitionMode", "2Dscan");
    }

    @Property(tries = 40)
    void write_anyEnsemble_readsBackExactly(
            @ForAll @IntRange(min = 1, max = 5) int nx,
            @ForAll @IntRange(min = 1, max = 3) int ny,
            @ForAll @IntRange(min = 1, max = 4) int nz,
            @ForAll @IntRange(min = 1, max = 5) int frames,
            @ForAll long seed)
            throws Exception {
        Random r = new Random(seed);
        PixelGrid grid = new PixelGrid(
                r.nextGaussian() * 1e-3,
                1e-4,
                r.nextDouble() * 1e-2,
                r.nextDouble() * 1e-3,
                1e-3 / 3,
                1e-4,
                nx,
                ny,
                nz);
        float[][] values = new float[frames][2 * grid.size()];
        for (float[] frame : values) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) r.nextGaussian();
            }
        }
        IqEnsemble iq = IqEnsemble.copyOf(
                grid,
                new IqEnsemble.Timing(1e3 / (1 + r.nextInt(7)), 15.625e6 / 3, 1480 + r.nextDouble()),
                values,
                Provenance.none().with("made", Map.of("seed", Long.toString(seed))));
        Content.Iq content = new Content.Iq(
                new Origin("", "", "complex64", Map.of("anglesDeg", List.of(-1.0, 1.0 / 3), "note", "µ"), List.of()),
                IqRecording.of(iq));
        Path dir = Files.createTempDirectory("raw");
        try {
            FusFiles.write(dir.resolve("a.raw"), content);
            Content.Iq back = (Content.Iq) FusFiles.open(dir.resolve("a.hraw"));
            assertThat(back.recording().grid()).isEqualTo(grid);
            assertThat(back.recording().timing()).isEqualTo(iq.timing());
            assertThat(back.recording().provenance()).isEqualTo(iq.provenance());
            assertThat(back.origin().metadata())
                    .containsAllEntriesOf(content.origin().metadata());
            for (int f = 0; f < frames; f++) {
                assertThat(back.ensemble().copyFrame(f)).isEqualTo(values[f]);
            }
        } finally {
            Files.deleteIfExists(dir.resolve("a.raw"));
            Files.deleteIfExists(dir.resolve("a.hraw"));
            Files.delete(dir);
        }
    }

    @Test
    void append_blocks_eachIsThereAtOnce() {
        Path raw = folder.resolve("live.raw");
        IqEnsemble block = Samples.iq(3);
        try (RawIqAppender out = RawIqAppender.create(raw, (PixelGrid) block.grid(), block.timing(), 3, Map.of())) {
            assertThat(out.append(block)).isEqualTo(1);
            assertThat(frames(raw)).isEqualTo(3);
            assertThat(out.append(block)).isEqualTo(2);
            assertThatThrownBy(() -> out.append(Samples.iq(2))).isInstanceOf(IllegalArgumentException.class);
        }
        try (RawIqAppender out = RawIqAppender.open(raw)) {
            assertThat(out.blocks()).isEqualTo(2);
            out.append(block);
        }
        IqRecording all = ((Content.Iq) FusFiles.open(raw)).recording();
        assertThat(all.frames()).isEqualTo(9);
        for (int f = 0; f < 9; f++) {
            assertThat(all.read(f, 1).copyFrame(0)).isEqualTo(block.copyFrame(f % 3));
        }
        assertThatThrownBy(() -> RawIqAppender.create(raw, (PixelGrid) block.grid(), block.timing(), 3, Map.of()))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("exists already");
    }

    @Test
    void open_recordingThatWasCut_hasItsCompleteBlocks() throws Exception {
        Path raw = folder.resolve("cut.raw");
        IqEnsemble block = Samples.iq(2);
        try (RawIqAppender out = RawIqAppender.create(raw, (PixelGrid) block.grid(), block.timing(), 2, Map.of())) {
            out.append(block);
            out.append(block);
        }
        byte[] bytes = Files.readAllBytes(raw);
        Files.write(raw, Arrays.copyOf(bytes, bytes.length - 1));

        Content.Iq content = (Content.Iq) FusFiles.open(raw);

        assertThat(content.recording().frames()).isEqualTo(2);
        assertThat(content.origin().warnings())
                .singleElement()
                .asString()
                .contains("announces 2 blocks, the file holds 1");
        Files.write(raw, Arrays.copyOf(bytes, 7));
        assertThatThrownBy(() -> FusFiles.open(raw))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("too short");
    }

    @Test
    void write_header_isReadByIndependentTools() throws Exception {
        FusFiles.write(folder.resolve("p.raw"), Content.of(Samples.iq(2)));

        assertThat(Peers.python(
                        "h5py",
                        "import h5py,sys\nf=h5py.File(sys.argv[1],'r')\n"
                                + "print([round((v-72)/(1005*9)) for v in f['F9'][0]], f['F13'][0,0].decode())",
                        folder.resolve("p.hraw")))
                .isEqualTo("[5, 1, 4, 1, 2] 2Dscan\n");
    }

    private static int frames(Path raw) {
        return ((Content.Iq) FusFiles.open(raw)).recording().frames();
    }
}
