package org.fus.io.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process records and is killed at random moments, as with {@code kill -9}: nothing that it acknowledged is lost. */
class KillTest {
    private static final int MOMENTS = 50;

    /** A block takes some milliseconds, so that children are killed in the middle of any of the first few dozen. */
    private static final int LATEST_MS = 200;

    @TempDir
    Path folder;

    @Test
    void kill_at50RandomMoments_losesNoAcknowledgedBlockAndEveryStoreOpens() throws Exception {
        Random random = new Random();
        long seed = random.nextLong();
        random.setSeed(seed);
        int during = 0;
        for (int i = 0; i < MOMENTS; i++) {
            Path target = folder.resolve("a" + i + ".zarr");
            // Most are killed while they record, some while they start.
            int acknowledged = killed(target, i % 5 > 0, random.nextInt(LATEST_MS));
            String as = "moment " + i + " of seed " + seed;
            if (acknowledged < 0 && !Files.exists(target)) {
                continue;
            }
            during += acknowledged > 0 ? 1 : 0;
            RecordingCrashTest.requireWhole(target, Math.max(0, acknowledged));
            RecordingRepair.repair(target);
            RecordingCrashTest.requireWhole(target, Math.max(0, acknowledged));
            assertThat(Recording.open(target).complete()).as(as).isTrue();
        }
        // Were most children killed before their first block, this would test nothing.
        assertThat(during)
                .as("children killed while they recorded, seed " + seed)
                .isGreaterThan(MOMENTS / 4);
    }

    /** The number of blocks that a child acknowledged before it was killed, or -1 when it had not started. */
    private static int killed(Path target, boolean recording, int afterMs) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                target.toString()));
        // A file, because the pipe to a killed process is closed with what is still in it.
        Path said = target.resolveSibling(target.getFileName() + ".txt");
        Process child = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (recording && child.isAlive() && Files.size(said) == 0) {
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

    /** Records until it is killed, and says so after each block. */
    static final class Child {
        private Child() {}

        /** Takes the name of the store. */
        public static void main(String[] arguments) {
            int blocks = 1_000_000;
            RecordingWriter writer =
                    RecordingWriter.start(Path.of(arguments[0]), RecordingFixtures.rfPlan(4 * blocks, 4));
            System.out.println(0);
            for (int b = 0; b < blocks; b++) {
                writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
                System.out.println(b + 1);
            }
        }
    }
}
