package org.fus.io.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.io.testing.Peers;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrCodec;
import org.fus.io.zarr.ZarrGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void name() {
        target = folder.resolve("rat1.zarr");
    }

    @Test
    void rf_recordedAndReopened_isTheSameWithAllThatBelongsToIt() {
        RecordingPlan plan =
                RecordingFixtures.rfPlan(10, 4).withProvenance(Provenance.none().with("scan", Map.of("a", "1")));
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            assertThat(writer.append(RecordingFixtures.rf(0, 4), RecordingFixtures.notes(0)))
                    .isZero();
            // The device lost 8 frames before this block.
            assertThat(writer.append(RecordingFixtures.rf(12, 4))).isEqualTo(1);
            assertThat(writer.append(RecordingFixtures.rf(16, 2), RecordingFixtures.notes(2)))
                    .isEqualTo(2);
        }

        Recording recording = Recording.open(target);

        assertThat(recording.complete()).isTrue();
        assertThat(recording.warnings()).isEmpty();
        assertThat(recording.verify()).isEmpty();
        assertThat(recording.frames()).isEqualTo(10);
        assertThat(recording.plan().metadata()).isEqualTo(plan.metadata());
        assertThat(recording.plan().provenance()).isEqualTo(plan.provenance());
        assertThat(recording.plan().content()).hasToString(plan.content().toString());
        RecordingFixtures.requireRf(recording.rf(0, 4), 0);
        RecordingFixtures.requireRf(recording.rf(5, 3), 13);
        RecordingFixtures.requireRf(recording.rf(8, 2), 16);
        assertThat(recording.block(2)).isEqualTo(new RecordedBlock(2, 16, 2, RecordingFixtures.notes(2)));
        double period = 2.0 / 5000;
        assertThat(recording.timesS())
                .containsExactly(
                        0,
                        period,
                        2 * period,
                        3 * period,
                        12 * period,
                        13 * period,
                        14 * period,
                        15 * period,
                        16 * period,
                        17 * period);
    }

    /** The lines of the manual, run as they stand there. */
    @Test
    void numpy_readsWhatTheManualSays() throws Exception {
        try (RecordingWriter writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4))) {
            writer.append(RecordingFixtures.rf(0, 4), RecordingFixtures.notes(0));
            writer.append(RecordingFixtures.rf(4, 4), RecordingFixtures.notes(1));
        }
        String script = Files.readAllLines(Path.of("..", "docs", "recording.md")).stream()
                .dropWhile(l -> !l.equals("<!-- python -->"))
                .skip(2)
                .takeWhile(l -> !l.startsWith("```"))
                .collect(java.util.stream.Collectors.joining("\n"));
        var samples = RecordingFixtures.rf(0, 8).samples();
        long sum = 0;
        for (long i = 0; i < samples.byteSize() / 2; i++) {
            sum += samples.getAtIndex(java.lang.foreign.ValueLayout.JAVA_SHORT, i);
        }

        assertThat(Peers.python("numpy", script, target).strip()).isEqualTo("(8, 2, 4, 24) " + sum + " test");
    }

    @Test
    void iq_recordedAndReopened_isTheSame() {
        RecordingPlan plan =
                RecordingPlan.of(new RecordedContent.Iq(RecordingFixtures.GRID, RecordingFixtures.TIMING), 8, 3);
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            writer.append(RecordingFixtures.iq(0, 3), BlockNotes.NONE);
            writer.append(RecordingFixtures.iq(3, 3), BlockNotes.NONE);
            writer.append(RecordingFixtures.iq(6, 2), BlockNotes.NONE);
        }

        Recording recording = Recording.open(target);

        assertThat(recording.verify()).isEmpty();
        assertThat(recording.frames()).isEqualTo(8);
        for (int f = 0; f < 8; f++) {
            assertThat(recording.iq(f, 1).copyFrame(0))
                    .isEqualTo(RecordingFixtures.iq(f, 1).copyFrame(0));
        }
        assertThat(recording.iq(1, 6).copyFrame(4))
                .isEqualTo(RecordingFixtures.iq(5, 1).copyFrame(0));
    }

    @Test
    void block_thatIsMissing_isNamed() {
        RecordingWriter writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4));
        writer.append(RecordingFixtures.rf(0, 4), RecordingFixtures.notes(0));
        assertThatThrownBy(() -> Recording.open(target).block(1))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("block 1: the block is missing");
    }

    @Test
    void maps_recordedAndReopened_areTheSameWithTheirTimes() {
        RecordingPlan plan = RecordingPlan.of(
                new RecordedContent.Doppler(DopplerFrame.Quantity.POWER, RecordingFixtures.GRID), 100, 1);
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            for (int i = 0; i < 5; i++) {
                writer.append(List.of(RecordingFixtures.map(i)), BlockNotes.at(List.of(0.4 * i + 0.4)));
            }
        }

        Recording recording = Recording.open(target);

        assertThat(recording.frames()).isEqualTo(5);
        assertThat(recording.timesS()).containsExactly(0.4, 0.8, 0.4 * 2 + 0.4, 0.4 * 3 + 0.4, 2.0);
        assertThat(recording.maps(3, 2).get(1).toArray())
                .isEqualTo(RecordingFixtures.map(4).toArray());
    }

    @Test
    void layout_isThatOfTheDesign() throws Exception {
        try (RecordingWriter writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4))) {
            writer.append(RecordingFixtures.rf(0, 4));
            writer.append(RecordingFixtures.rf(4, 4));
        }

        var metadata = ZarrGroup.open(FolderStore.of(target), "").array("data").metadata();

        // One shard per block, inner chunks of one compounded frame, a crc32c on each and on the index.
        assertThat(metadata.chunkShape()).containsExactly(4, 2, 4, 24);
        assertThat(metadata.codecs()).singleElement().isInstanceOfSatisfying(ZarrCodec.Sharding.class, s -> {
            assertThat(s.chunkShape()).containsExactly(1, 2, 4, 24);
            assertThat(s.codecs()).endsWith(new ZarrCodec.Crc32c());
            assertThat(s.indexChecksum()).isTrue();
            assertThat(s.indexAtEnd()).isTrue();
        });
        try (var files = Files.list(target.resolve("data"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("zarr.json", "c.0.0.0.0", "c.1.0.0.0");
        }
    }

    @Test
    void chunksOfImages_haveAtMost4MebibytesAndOneFrameOrAPartOfIt() {
        var grid = org.fus.core.geometry.PixelGrid.xz(-1e-3, 1e-3, 1024, 2e-3, 4e-3, 1000);
        RecordedContent large = new RecordedContent.Iq(grid, RecordingFixtures.TIMING);

        // 1000 x 1024 complex pixels are 7.8 MiB: half a frame is the largest part that fits.
        assertThat(RecordingPlan.of(large, 64, 32).chunkShape()).containsExactly(1, 500, 1, 1024, 2);
        RecordedContent small = new RecordedContent.Iq(RecordingFixtures.GRID, RecordingFixtures.TIMING);
        assertThat(RecordingPlan.of(small, 64, 32).chunkShape()).containsExactly(32, 7, 1, 5, 2);
    }

    @Test
    void iq_framesOfSeveralChunks_areTheSame() {
        var grid = org.fus.core.geometry.PixelGrid.xz(-1e-3, 1e-3, 1024, 2e-3, 4e-3, 1000);
        RecordingPlan plan = RecordingPlan.of(new RecordedContent.Iq(grid, RecordingFixtures.TIMING), 4, 2);
        float[] values = new float[2 * grid.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        var frame = org.fus.core.data.IqEnsemble.copyOf(
                grid, RecordingFixtures.TIMING, new float[][] {values, values}, Provenance.none());
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            writer.append(frame, BlockNotes.NONE);
        }

        assertThat(Recording.open(target).iq(1, 1).copyFrame(0)).isEqualTo(values);
    }

    @Test
    void start_whatCannotFit_isRefusedBeforeAnythingIsWritten() throws Exception {
        RecordingPlan plan = RecordingFixtures.rfPlan(Integer.MAX_VALUE, 1_000_000);

        assertThatThrownBy(() -> RecordingWriter.start(target, plan))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("rat1.zarr: cannot record: 2147483647 frames need")
                .hasMessageContaining("free some space");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void forecast_ofAFullRecording_isNotBelowWhatItTakes() throws Exception {
        RecordingPlan plan = RecordingFixtures.rfPlan(64, 4);
        try (RecordingWriter writer = RecordingWriter.start(target, plan)) {
            for (int b = 0; b < 16; b++) {
                writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
            }
        }
        try (var files = Files.walk(target)) {
            long blocks = files.filter(Files::isRegularFile)
                    .mapToLong(f -> (f.toFile().length() + 4095) / 4096 * 4096)
                    .sum();
            assertThat(plan.forecastBytes()).isGreaterThan(blocks);
        }
    }

    @Test
    void start_ontoSomethingThatExists_isRefused() throws Exception {
        Files.writeString(target, "mine");

        assertThatThrownBy(() -> RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("something of that name");
        assertThat(target).hasContent("mine");
        assertThatThrownBy(() -> RecordingWriter.start(folder.resolve("none/a.zarr"), RecordingFixtures.rfPlan(8, 4)))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("no such folder");
    }

    @Test
    void append_whatThePlanHasNoPlaceFor_isRefused() {
        try (RecordingWriter writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4))) {
            assertThatThrownBy(() -> writer.append(RecordingFixtures.iq(0, 3), BlockNotes.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the plan is for");
            assertThatThrownBy(() -> writer.append(RecordingFixtures.rf(0, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a block of 5 frames, expected at most 4");
            writer.append(RecordingFixtures.rf(0, 3));
            assertThatThrownBy(() -> writer.append(RecordingFixtures.rf(3, 4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was not full");
        }
        assertThat(Recording.open(target).frames()).isEqualTo(3);
    }

    @Test
    void verify_anyDamagedByteOfABlock_isFound() throws Exception {
        try (RecordingWriter writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4))) {
            writer.append(RecordingFixtures.rf(0, 4), RecordingFixtures.notes(0));
        }
        Path block = target.resolve("data/c.0.0.0.0");
        byte[] good = Files.readAllBytes(block);
        for (int i = 0; i < good.length; i += 7) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(block, bad);

            assertThat(Recording.open(target).verify()).as("byte " + i).isNotEmpty();
        }
    }

    @Test
    void open_damagedMetadata_namesTheEntry() throws Exception {
        RecordingWriter.start(target, RecordingFixtures.rfPlan(8, 4)).close();
        Path document = target.resolve("zarr.json");
        String good = Files.readString(document);
        for (String[] damage : new String[][] {
            {"\"fus-recording/1\"", "\"fus-recording/9\"", "recording.schema"},
            {"\"plannedFrames\" : 8", "\"plannedFrames\" : -8", "recording.plannedFrames"},
            {"\"framesPerBlock\" : 4", "\"framesPerBlock\" : 5", "does not agree"},
            {"\"channel-data\"", "\"series\"", "kind"},
            {"\"pitchM\"", "\"pitchMm\"", "pitchM"},
        }) {
            Files.writeString(document, good.replace(damage[0], damage[1]));

            assertThatThrownBy(() -> Recording.open(target))
                    .isInstanceOf(FusFormatException.class)
                    .hasMessageContaining("rat1.zarr")
                    .hasMessageContaining(damage[2]);
        }
    }
}
