package org.fus.examples.shell;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fus.core.data.DopplerFrame;
import org.fus.core.render.Figure;

/** Pictures in the shell. */
public final class Show {
    private Show() {}

    /**
     * Draws a map into a temporary PNG file and opens it, or prints its path where there is no display.
     *
     * @param map the map
     * @throws IOException when the file cannot be written or opened
     */
    public static void show(DopplerFrame map) throws IOException {
        Path file = Files.createTempFile("fus-", ".png");
        Files.write(file, Figure.of(map).toPng());
        if (!GraphicsEnvironment.isHeadless()
                && Desktop.isDesktopSupported()
                && Desktop.getDesktop().isSupported(Desktop.Action.OPEN)) {
            Desktop.getDesktop().open(file.toFile());
        } else {
            System.out.println(file);
        }
    }
}
