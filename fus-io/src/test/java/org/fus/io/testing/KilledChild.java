package org.fus.io.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that writes and is killed as with {@code kill -9}. */
public final class KilledChild {
    private KilledChild() {}

    /**
     * Starts a class whose {@code main} takes the name of a file and prints, line by line, 0 when it has started and then
     * the number of pieces that were acknowledged; kills it.
     *
     * @param started waits for the first line before the time runs
     * @return the last number that it printed, or -1 when it had not started
     */
    public static int acknowledged(Class<?> main, Path target, boolean started, int afterMs) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                target.toString()));
        // A file, because the pipe to a killed process is closed with what is still in it.
        Path said = target.resolveSibling(target.getFileName() + ".txt");
        Process child = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (started && child.isAlive() && Files.size(said) == 0) {
            Thread.sleep(2);
        }
        boolean ended = child.waitFor(afterMs, TimeUnit.MILLISECONDS);
        assertThat(ended).as("the child ended by itself").isFalse();
        child.destroyForcibly().waitFor();
        String text = Files.readString(said);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Integer::valueOf)
                .reduce(-1, (a, b) -> b);
    }
}
