package org.fus.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fus.core.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClutterComparisonTest {
    @Test
    void contrast_motionThatDiffersFromPlaceToPlace_isBetterInWindows(@TempDir Path folder) throws IOException {
        ClutterComparison phantom = ClutterComparison.phantom();
        RunContext here = RunContext.inline();

        double none = phantom.contrastDb(phantom.power("none", here));
        double global = Double.NEGATIVE_INFINITY;
        for (int cutoff = 34; cutoff <= 58; cutoff += 6) {
            global = Math.max(global, phantom.contrastDb(phantom.power("svd:" + cutoff, here)));
        }
        double local = phantom.contrastDb(phantom.power("svd-local:24x24:20", here));

        // the table of docs/clutter-filters.md: 0.1, 6.0 and 13.4 dB
        assertThat(none).isLessThan(1);
        assertThat(global).isBetween(5.0, 7.0);
        assertThat(local).isGreaterThan(global + 6);
        Path picture = folder.resolve("local.png");
        phantom.draw(picture, "local SVD", phantom.power("svd-local:24x24:20", here));
        assertThat(Files.size(picture)).isGreaterThan(10_000);
    }
}
