package org.fus.io.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.fus.core.error.FusStorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the power, the disk and the system may do to a recording: what was acknowledged stays, and the store opens. */
class RecordingCrashTest {
    private static final int BLOCKS = 14;
    private static final int CUTS = 200;

    /** Every operation fails once, so a few blocks of each state are enough. */
    private static final int FEW_BLOCKS = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(JournaledDisk.Unforced.class)
    void powerCut_atAnyOperation_losesNothingThatWasAcknowledged(JournaledDisk.Unforced unforced) throws Exception {
        Path before = Files.createDirectory(folder.resolve("before"));
        JournaledDisk disk = new JournaledDisk(before);
        // Number of operations after which the start, and then each block, was acknowledged.
        TreeMap<Integer, Integer> acknowledged = new TreeMap<>();
        RecordingWriter writer =
                RecordingWriter.start(before.resolve("a.zarr"), RecordingFixtures.rfPlan(4 * BLOCKS, 4), disk);
        acknowledged.put(disk.operations(), 0);
        for (int b = 0; b < BLOCKS; b++) {
            writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
            acknowledged.put(disk.operations(), b + 1);
        }
        writer.close();
        assertThat(disk.operations()).isGreaterThanOrEqualTo(CUTS);
        Random random = new Random(5);
        for (int i = 0; i < CUTS; i++) {
            int cut = 1 + (int) ((long) i * disk.operations() / CUTS);
            Path after = folder.resolve("after" + i);
            disk.cut(cut, unforced, random, after);

            if (acknowledged.floorEntry(cut) == null && !Files.exists(after.resolve("a.zarr"))) {
                continue;
            }
            int durable = acknowledged.floorEntry(cut) == null
                    ? 0
                    : acknowledged.floorEntry(cut).getValue();
            requireWhole(after.resolve("a.zarr"), durable);
            // Through a disk that forces nothing, because forcing takes most of the time of this test.
            RecordingRepair.repair(after.resolve("a.zarr"), new JournaledDisk(after));
            Recording repaired = Recording.open(after.resolve("a.zarr"));
            assertThat(repaired.complete()).isTrue();
            assertThat(repaired.blockNumbers().size()).isGreaterThanOrEqualTo(durable);
        }
    }

    @ParameterizedTest
    @CsvSource({"No space left on device, true", "Input/output error, false"})
    void failure_atAnyOperation_isReportedAndLosesNothingThatWasAcknowledged(String reason, boolean full)
            throws Exception {
        int operations = recordAll(folder.resolve("whole.zarr"), new FailingDisk(Integer.MAX_VALUE, reason, true));
        for (int at = 0; at < operations; at++) {
            Path target = folder.resolve("a" + at + ".zarr");
            FailingDisk disk = new FailingDisk(at, reason, full);
            RecordingWriter writer;
            try {
                writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(4 * FEW_BLOCKS, 4), disk);
            } catch (FusStorageException e) {
                assertThat(e).hasMessageContaining(reason);
                if (Files.exists(target)) {
                    // The folder has its name, only its durability is not known: what is there is whole.
                    requireWhole(target, 0);
                }
                continue;
            }
            int durable = 0;
            int failures = 0;
            for (int b = 0; b < FEW_BLOCKS; b++) {
                try {
                    writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
                } catch (FusStorageException e) {
                    failures++;
                    assertThat(e).hasMessageContaining(reason);
                    assertThat(e.retryable()).isEqualTo(full);
                    if (full) {
                        assertThat(e).hasMessageContaining("free some space");
                    }
                    requireWhole(target, durable);
                    requireNothingHalfWritten(target);
                    // The host frees space, or the fault was passing, and the same block is appended again.
                    disk.mend();
                    writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
                }
                durable++;
            }
            try {
                writer.close();
            } catch (FusStorageException e) {
                failures++;
                requireWhole(target, FEW_BLOCKS);
                disk.mend();
                writer.close();
            }
            assertThat(failures).isEqualTo(1);
            requireWhole(target, FEW_BLOCKS);
            assertThat(Recording.open(target).complete()).isTrue();
        }
    }

    @Test
    void start_diskFull_leavesNothing() throws Exception {
        // The first five operations make and fill the temporary folder.
        for (int at = 0; at < 5; at++) {
            FailingDisk disk = new FailingDisk(at, "No space left on device", true);

            assertThatThrownBy(
                            () -> RecordingWriter.start(folder.resolve("a.zarr"), RecordingFixtures.rfPlan(8, 4), disk))
                    .isInstanceOf(FusStorageException.class)
                    .hasMessageContaining("No space left on device; free some space");
            try (var files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void repair_damagedAndUnfinishedBlocks_keepsTheOthersAndPutsThemAside() throws Exception {
        Path target = folder.resolve("a.zarr");
        RecordingWriter writer = RecordingWriter.start(target, RecordingFixtures.rfPlan(40, 4));
        for (int b = 0; b < 4; b++) {
            writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
        }
        Path second = target.resolve("data/c.1.0.0.0");
        byte[] bytes = Files.readAllBytes(second);
        bytes[bytes.length - 6] ^= 1;
        Files.write(second, bytes);
        Files.write(target.resolve("data/.c.4.0.0.0.1234.tmp"), new byte[100]);

        Recording damaged = Recording.open(target);
        assertThat(damaged.blockNumbers()).containsExactly(0L, 2L, 3L);
        assertThat(damaged.warnings())
                .anyMatch(w -> w.startsWith("block 1 is damaged"))
                .anyMatch(w -> w.contains("3 of 10 planned blocks"));
        List<String> done = RecordingRepair.repair(target);

        assertThat(done)
                .anyMatch(d -> d.contains("block 1 was damaged"))
                .anyMatch(d -> d.contains("deleted .c.4"))
                .anyMatch(d -> d.contains("ended the recording after 16 of 40 planned frames in 3 blocks"));
        Recording repaired = Recording.open(target);
        assertThat(repaired.complete()).isTrue();
        assertThat(repaired.blockNumbers()).containsExactly(0L, 2L, 3L);
        assertThat(repaired.warnings()).singleElement().asString().contains("block 1 was damaged");
        assertThat(repaired.frames()).isEqualTo(16);
        assertThat(repaired.timesS()[4]).isNaN();
        RecordingFixtures.requireRf(repaired.rf(8, 8), 8);
        assertThat(target.resolve("data/damaged.c.1.0.0.0")).hasBinaryContent(bytes);
        assertThat(RecordingRepair.repair(target)).isEmpty();
    }

    private int recordAll(Path target, FailingDisk disk) {
        try (RecordingWriter writer =
                RecordingWriter.start(target, RecordingFixtures.rfPlan(4 * FEW_BLOCKS, 4), disk)) {
            for (int b = 0; b < FEW_BLOCKS; b++) {
                writer.append(RecordingFixtures.rf(4L * b, 4), RecordingFixtures.notes(b));
            }
        }
        return disk.operations();
    }

    /** The store opens, holds at least the durable blocks, all of them verified, and every sample is the recorded one. */
    static void requireWhole(Path target, int durable) {
        Recording recording = Recording.open(target);
        assertThat(recording.blockNumbers().size()).isGreaterThanOrEqualTo(durable);
        assertThat(recording.verify()).isEmpty();
        for (long b : recording.blockNumbers()) {
            RecordingFixtures.requireRf(recording.rf((int) (4 * b), 4), 4 * b);
            assertThat(recording.block(b).notes()).isEqualTo(RecordingFixtures.notes((int) b));
        }
    }

    private static void requireNothingHalfWritten(Path target) throws IOException {
        assertThat(Recording.open(target).warnings()).noneMatch(w -> w.contains("damaged"));
        try (var files = Files.walk(target)) {
            assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
        }
    }
}
