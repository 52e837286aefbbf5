package org.fus.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    @Test
    void line_half_fillsHalf() {
        assertThat(ProgressBar.line("beamform", 5, 10))
                .isEqualTo("beamform       [" + "#".repeat(16) + ".".repeat(16) + "]  50 %");
    }

    @Test
    void progress_toTheEnd_leavesNothingOnTheLine() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressBar bar = new ProgressBar(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        for (int i = 0; i <= 1000; i++) {
            bar.progress("filter", i, 1000);
        }
        String drawn = bytes.toString(StandardCharsets.UTF_8);
        assertThat(drawn).startsWith("\r\033[Kfilter").endsWith("\r\033[K");
        assertThat(drawn.split("\r", -1)).as("at most ten drawings a second").hasSizeLessThan(100);
    }
}
