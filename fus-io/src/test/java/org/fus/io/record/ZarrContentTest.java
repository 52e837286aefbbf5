package org.fus.io.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusStorageException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.zarr.FolderStore;
import org.fus.io.zarr.ZarrArray;
import org.fus.io.zarr.ZarrMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zarr through the front door. */
class ZarrContentTest {
    @TempDir
    Path folder;

    @Test
    void series_writtenAndOpened_isTheSameWithItsMetadata() throws Exception {
        FusSeries.Shape shape = new FusSeries.Shape(2, 3, 5, 4, 1, 6);
        FusSeries series = FusSeries.of(
                shape,
                new FusSeries.Geometry(
                        1e-4,
                        4e-4,
                        1.1e-4,
                        Affine3.ofEulerXyz(0.1, -0.2, 0.3, 1e-3, 2e-3, -3e-3),
                        List.of(Affine3.identity(), Affine3.translation(0, 1e-3, 0), Affine3.scale(1, -1, 1))),
                new FusSeries.Times(List.of(0.4, 0.8, 1.25, 1.6, 2.0), List.of()),
                Map.of("subjectTag", "\u00b5-rat", "weight", Double.NaN, "count", 3L),
                Provenance.none().with("svd", Map.of("removed", "40")),
                (extra, pose, first, count) -> ramp(1000 * extra + 100 * pose + first, count * 24));
        Path target = folder.resolve("a.zarr");

        assertThat(FusFiles.write(target, Content.of(series))).isEmpty();
        FusSeries read = ((Content.Series) FusFiles.open(target)).series();

        assertThat(read.shape()).isEqualTo(shape);
        assertThat(read.geometry()).isEqualTo(series.geometry());
        assertThat(read.times()).isEqualTo(series.times());
        assertThat(read.provenance()).isEqualTo(series.provenance());
        assertThat(read.metadata()).containsEntry("subjectTag", "\u00b5-rat").containsEntry("count", 3L);
        for (int e = 0; e < 2; e++) {
            for (int p = 0; p < 3; p++) {
                assertThat(read.read(e, p, 0, 5)).isEqualTo(series.read(e, p, 0, 5));
            }
        }
        assertThat(Integrity.verify(target)).isEmpty();
        assertThatThrownBy(() -> FusFiles.write(target, Content.of(series))).isInstanceOf(FusStorageException.class);
        Path chunk = target.resolve("data/c/1/2/0/0/0/0");
        byte[] bytes = Files.readAllBytes(chunk);
        bytes[9] ^= 1;
        Files.write(chunk, bytes);
        assertThat(Integrity.verify(target)).singleElement().asString().contains("crc32c");
    }

    @Test
    void channelDataAndFrames_writtenAndOpened_areTheSame() {
        FusFiles.write(folder.resolve("rf.zarr"), Content.of(RecordingFixtures.rf(0, 6)));
        FusFiles.write(folder.resolve("iq.zarr"), Content.of(RecordingFixtures.iq(0, 5)));

        Content.Channels rf = (Content.Channels) FusFiles.open(folder.resolve("rf.zarr"));
        Content.Iq iq = (Content.Iq) FusFiles.open(folder.resolve("iq.zarr"));

        RecordingFixtures.requireRf((org.fus.core.data.RfBlock) rf.recording().read(2, 3), 2);
        assertThat(rf.recording().format()).hasToString(RecordingFixtures.FORMAT.toString());
        assertThat(iq.ensemble().copyFrame(4))
                .isEqualTo(RecordingFixtures.iq(4, 1).copyFrame(0));
        assertThat(FusFiles.infoJson(rf)).contains("channel-data").contains("Zarr v3 recording");
    }

    @Test
    void maps_recorded_openAsASeries() {
        Path target = folder.resolve("pd.zarr");
        RecordingWriter writer = RecordingWriter.start(
                target,
                RecordingPlan.of(
                        new RecordedContent.Doppler(DopplerFrame.Quantity.POWER, RecordingFixtures.GRID), 10, 1));
        for (int i = 0; i < 4; i++) {
            writer.append(List.of(RecordingFixtures.map(i)), BlockNotes.at(List.of(0.5 * (i + 1))));
        }

        // As after a crash: nobody has ended it.
        Content.Series series = (Content.Series) FusFiles.open(target);

        assertThat(series.origin().warnings()).anyMatch(w -> w.contains("4 of 10 planned blocks"));
        assertThat(series.series().times().timesS()).containsExactly(0.5, 1.0, 1.5, 2.0);
        assertThat(series.series().read(0, 0, 3, 1)[1]).isEqualTo(3001);
        assertThat(Integrity.repair(target)).isNotEmpty();
        assertThat(FusFiles.open(target).origin().warnings()).isEmpty();
    }

    @Test
    void anyArray_opensAsAnArray_andAGroupOfSeveralNamesThem() {
        FolderStore store = FolderStore.of(folder);
        ZarrArray.create(
                        store,
                        "g/a",
                        ZarrMetadata.of(SampleType.UINT16, List.of(3L, 2L), List.of(2, 2))
                                .withDimensionNames("time", "x"))
                .write(new long[2], new int[] {3, 2}, new byte[] {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0});
        ZarrArray.create(store, "g/b", ZarrMetadata.of(SampleType.UINT16, List.of(3L), List.of(2)));
        org.fus.io.zarr.ZarrGroup.create(store, "g", Map.of());

        Content.Array array = (Content.Array) FusFiles.open(folder.resolve("g/a"));

        assertThat(array.array().doubles(1, 4)).containsExactly(2, 3, 4, 5);
        assertThat(array.origin().metadata()).containsEntry("dimension_names", List.of("time", "x"));
        assertThatThrownBy(() -> FusFiles.open(folder.resolve("g")))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining("[a, b]");
    }

    private static double[] ramp(int from, int count) {
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = from * 24 + i + 0.1;
        }
        return out;
    }
}
