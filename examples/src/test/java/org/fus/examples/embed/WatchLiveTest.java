package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fus.core.data.DopplerFrame;
import org.fus.hardware.live.LiveFigures;
import org.fus.hardware.live.LiveMaps;
import org.fus.io.record.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WatchLiveTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void watch_showsAndRecords(@TempDir Path folder) {
        List<LiveMaps> shown = new CopyOnWriteArrayList<>();
        List<DopplerFrame> changes = new CopyOnWriteArrayList<>();
        Path store = folder.resolve("live.zarr");

        LiveFigures figures = WatchLive.watch(store, shown::add, changes::add);

        assertThat(figures.blocks().frames()).isEqualTo(500);
        assertThat(figures.blocks().gaps()).isZero();
        assertThat(figures.recording().orElseThrow().frames()).isEqualTo(500);
        assertThat(Recording.open(store).frames()).isEqualTo(500);
        // a machine that is busy with other things may skip some
        assertThat(figures.ensembles().made() + figures.ensembles().skipped()).isEqualTo(5);
        assertThat(shown).isNotEmpty();
        assertThat(shown.getLast().view("color").orElseThrow().quantity())
                .isEqualTo(DopplerFrame.Quantity.AXIAL_VELOCITY);
        assertThat(changes).allMatch(c -> c.quantity() == DopplerFrame.Quantity.CBV_CHANGE);
        assertThat(changes.size()).isLessThanOrEqualTo(3);
    }

    @Test
    void docs_showTheseLines() throws IOException {
        List<String> code =
                Files.readAllLines(ROOT.resolve("examples/src/main/java/org/fus/examples/embed/WatchLive.java"))
                        .stream()
                        .dropWhile(l -> !l.contains("tag::live"))
                        .skip(1)
                        .takeWhile(l -> !l.contains("end::live"))
                        .map(String::strip)
                        .toList();
        List<String> docs = Files.readAllLines(ROOT.resolve("docs/live.md")).stream()
                .dropWhile(l -> !l.equals("<!-- live -->"))
                .skip(2)
                .takeWhile(l -> !l.startsWith("```"))
                .map(String::strip)
                .toList();

        assertThat(docs).isEqualTo(code);
    }
}
