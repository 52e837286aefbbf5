package org.fus.io.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.fus.io.testing.KilledChild;
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
            int acknowledged = KilledChild.acknowledged(Child.class, target, i % 5 > 0, random.nextInt(LATEST_MS));
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
