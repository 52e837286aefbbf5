package org.fus.io.bids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.testing.Golden;
import org.fus.io.content.Content;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.AnySeries;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BidsDatasetTest {
    @TempDir
    Path folder;

    @Test
    void read_sample_hasItsRecording() {
        BidsDataset set = BidsDataset.open(
                Golden.file("samples/fusi-bids/dataset_description.json").getParent());

        assertThat(set.recordings()).containsExactly(new BidsName("01", "01", "rest", "", 0, ""));
        Content.Series content = (Content.Series) set.read(set.recordings().getFirst());
        assertThat(content.series().metadata()).containsEntry("taskName", "rest");
        assertThat(set.events(set.recordings().getFirst())).isEmpty();
    }

    @Test
    void write_recordings_readBackWithTheirEventsAndTables() throws Exception {
        BidsDataset set = BidsDataset.create(folder.resolve("set"), "a study");
        FusSeries series = Samples.series(new FusSeries.Shape(1, 2, 3, 4, 1, 5));
        BidsName name = new BidsName("01", "b", "whiskers", "slow", 2, "");
        List<BidsEvent> events = List.of(new BidsEvent(30, 15, "left"), new BidsEvent(90.5, Double.NaN, ""));

        assertThat(set.write(name, series, events, Optional.of(Instant.parse("2025-03-04T05:06:07Z"))))
                .isEmpty();

        BidsDataset opened = BidsDataset.open(folder.resolve("set"));
        BidsName first = new BidsName("01", "b", "whiskers", "slow", 2, "1");
        BidsName second = new BidsName("01", "b", "whiskers", "slow", 2, "2");
        assertThat(opened.recordings()).containsExactly(first, second);
        FusSeries back = ((Content.Series) opened.read(second)).series();
        assertThat(AnySeries.all(back)).isEqualTo(series.read(0, 1, 0, 3));
        assertThat(back.geometry().probeToLab())
                .containsExactly(series.geometry().probeToLab().get(1));
        assertThat(back.metadata()).isEqualTo(series.metadata());
        assertThat(opened.events(first)).isEqualTo(events);
        Path root = folder.resolve("set");
        assertThat(Files.readString(root.resolve("participants.tsv"))).isEqualTo("participant_id\nsub-01\n");
        assertThat(Files.readString(root.resolve("sub-01/ses-b/sub-01_ses-b_scans.tsv")))
                .contains("filename\tacq_time\nfusi/sub-01_ses-b_task-whiskers_acq-slow_run-2_pose-1_pwd.nii.gz\t"
                        + "2025-03-04T05:06:07Z\n");
        assertThatThrownBy(() -> set.write(name, series, events, Optional.empty()))
                .isInstanceOf(FusStorageException.class);
    }

    @Test
    void read_recording_inheritsWhatAppliesToItAndTheNearestWins() throws Exception {
        BidsDataset set = BidsDataset.create(folder, "a study");
        BidsName name = BidsName.of("01", "rest");
        set.write(name, Samples.series(new FusSeries.Shape(1, 1, 2, 2, 1, 2)), List.of(), Optional.empty());
        Files.writeString(folder.resolve("pwd.json"), "{\"InstitutionName\": \"far\", \"StationName\": \"lab\"}");
        Files.writeString(folder.resolve("sub-01/sub-01_pwd.json"), "{\"InstitutionName\": \"near\"}");
        Files.writeString(folder.resolve("task-other_pwd.json"), "{\"StationName\": \"elsewhere\"}");
        Files.writeString(folder.resolve("task-rest_events.tsv"), "onset\tduration\n5\t1\n");

        FusSeries series = ((Content.Series) set.read(name)).series();

        assertThat(series.metadata()).containsEntry("InstitutionName", "near").containsEntry("StationName", "lab");
        assertThat(set.events(name)).containsExactly(new BidsEvent(5, 1, ""));
    }

    @Test
    void events_thatAreDamaged_nameLineAndColumn() {
        assertEventsRefused("onset\tduration\n1\n", "line 2");
        assertEventsRefused("onset\n1\n", "column 'duration'");
        assertEventsRefused("onset\tduration\nx\t1\n", "onset");
        assertEventsRefused("onset\tduration\nn/a\t1\n", "row 1");
        assertEventsRefused("onset\tduration\n1\t-2\n", "row 1");
    }

    @Test
    void names_areTakenApartAndPutTogether() {
        String stem = "sub-a1_ses-2_task-rest_acq-x_run-3_pose-4_pwd";
        assertThat(BidsName.parse(stem + ".nii.gz")).map(BidsName::stem).contains(stem);
        assertThat(BidsName.parse("sub-_pwd.nii")).isEmpty();
        assertThat(BidsName.parse("sub-1_bold.nii")).isEmpty();
        assertThatThrownBy(() -> new BidsName("", "a b", "../x", "", -1, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subject is empty")
                .hasMessageContaining("'a b'")
                .hasMessageContaining("'../x'")
                .hasMessageContaining("-1");
    }

    @Test
    void open_anotherFolder_isRefused() {
        assertThatThrownBy(() -> BidsDataset.open(folder))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("dataset_description.json");
    }

    private static void assertEventsRefused(String table, String message) {
        MemorySource source = MemorySource.wrap("e.tsv", table.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> BidsTable.events(source))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("e.tsv")
                .hasMessageContaining(message);
    }
}
