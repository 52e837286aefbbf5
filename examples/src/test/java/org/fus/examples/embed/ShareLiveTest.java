package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.hardware.igtl.IgtlClient;
import org.fus.hardware.igtl.IgtlImage;
import org.fus.hardware.igtl.IgtlMessage;
import org.fus.hardware.lsl.LslFound;
import org.fus.hardware.lsl.LslInlet;
import org.fus.hardware.lsl.LslOptions;
import org.fus.hardware.lsl.LslQuery;
import org.fus.hardware.lsl.LslStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShareLiveTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration SOON = Duration.ofSeconds(10);

    private static LslInlet inlet(String source, String name) {
        List<LslFound> found =
                LslStreams.find(LslQuery.where("source_id", source).and("name", name), 1, SOON, LslOptions.local());
        return LslInlet.open(found.getFirst(), LslOptions.local());
    }

    private static boolean hasImage(List<IgtlMessage> seen) {
        return seen.stream().anyMatch(m -> m.content() instanceof IgtlImage);
    }

    @Test
    void share_reachesViewersAndRecorders() {
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 2, 4e-3, 5e-3, 2);
        DopplerFrame map =
                DopplerFrame.wrap(DopplerFrame.Quantity.POWER, grid, new float[] {1, 10, 3, 30}, Provenance.none());
        String source = "test-" + UUID.randomUUID();
        try (ShareLive live = new ShareLive(0, source);
                IgtlClient viewer = IgtlClient.connect("127.0.0.1", live.port());
                LslInlet courses = inlet(source, "Doppler");
                LslInlet markers = inlet(source, "Scanner")) {
            List<IgtlMessage> seen = new ArrayList<>();
            List<Double> course = List.of();
            for (int n = 0; n < 200 && (!hasImage(seen) || course.isEmpty()); n++) { // readers come when they come
                live.share(map, Affine3.identity(), n);
                live.mark("map");
                // all that is there: a viewer that lags would be shown the newest image only
                for (var m = viewer.receive(Duration.ofMillis(50)); m.isPresent(); m = viewer.receive(Duration.ZERO)) {
                    seen.add(m.get());
                }
                course = courses.pull(Duration.ofMillis(1)).map(s -> s.values()).orElse(course);
            }
            assertThat(seen).extracting(m -> m.content().type()).contains("STATUS", "TRANSFORM", "IMAGE");
            IgtlImage image = seen.stream()
                    .map(IgtlMessage::content)
                    .filter(IgtlImage.class::isInstance)
                    .map(IgtlImage.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(image.toDoubles()).containsExactly(1, 10, 3, 30);
            assertThat(course).containsExactly(2.0, 20.0); // means of the left and the right column
            assertThat(markers.pull(SOON).orElseThrow().texts()).containsExactly("map");
        }
    }

    @Test
    void documentation_showsTheseLines() throws IOException {
        List<String> page = Files.readAllLines(ROOT.resolve("docs/openigtlink.md")).stream()
                .map(String::strip)
                .toList();
        List<String> code =
                Files.readAllLines(ROOT.resolve("examples/src/main/java/org/fus/examples/embed/ShareLive.java"));
        for (String tag : List.of("open", "share")) {
            List<String> lines = code.stream()
                    .dropWhile(l -> !l.contains("tag::" + tag))
                    .skip(1)
                    .takeWhile(l -> !l.contains("end::" + tag))
                    .map(String::strip)
                    .toList();
            assertThat(lines).isNotEmpty();
            assertThat(page).containsSequence(lines);
        }
    }
}
