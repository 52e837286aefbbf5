package org.fus.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.bids.BidsDataset;
import org.fus.io.bids.BidsName;
import org.fus.io.content.Content;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text beside the data that is larger than any real one is refused by its size, before it is read. */
class OversizeDescriptionTest {
    private static final Content SERIES = Content.of(Samples.series(new FusSeries.Shape(1, 1, 2, 3, 1, 4)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "s.npy,  s.npy.json,     257",
        "s.nii,  s.json,         65",
        "s.zarr, s.zarr/zarr.json, 33",
        "s.scan, s.scan.journal, 257",
    })
    void open_hugeText_isRefusedByItsSize(String file, String text, int mebibytes) throws IOException {
        FusFiles.write(folder.resolve(file), SERIES);
        enlarge(folder.resolve(text), mebibytes);

        assertThatThrownBy(() -> FusFiles.open(folder.resolve(file)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining(Path.of(text).getFileName().toString())
                .hasMessageContaining("size: " + ((long) mebibytes << 20) + " bytes, expected");
    }

    @Test
    void events_hugeTable_isRefusedByItsSize() throws IOException {
        Path root = folder.resolve("study");
        BidsDataset study = BidsDataset.create(root, "study");
        BidsName name = BidsName.of("01", "rest");
        study.write(name, ((Content.Series) SERIES).series(), List.of(), Optional.empty());
        enlarge(root.resolve("task-rest_events.tsv"), 65);

        assertThatThrownBy(() -> study.events(name))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("task-rest_events.tsv: size: ");
    }

    @Test
    void open_journalOfAnotherProgram_isRefused() throws IOException {
        FusFiles.write(folder.resolve("s.scan"), SERIES);
        Files.writeString(folder.resolve("s.scan.journal"), "{\"schema\": \"other\"}\t00000000\n");

        assertThatThrownBy(() -> FusFiles.open(folder.resolve("s.scan")))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("s.scan.journal: line 1: expected the first line of a journal");
    }

    /** Holes on the disk, which take no room. */
    private static void enlarge(Path file, int mebibytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength((long) mebibytes << 20);
        }
    }
}
