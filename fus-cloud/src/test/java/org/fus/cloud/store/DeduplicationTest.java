package org.fus.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fus.cloud.store.StoreFixtures.CONTEXT;
import static org.fus.cloud.store.StoreFixtures.assertSameTree;
import static org.fus.cloud.store.StoreFixtures.file;
import static org.fus.cloud.store.StoreFixtures.random;
import static org.fus.cloud.store.StoreFixtures.storedBytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second import of nearly the same costs, in bytes of all objects of the store together. */
class DeduplicationTest {
    private static final int BYTES = 64 << 20;

    @TempDir
    private Path folder;

    private AcquisitionStore store;
    private Project project;

    @BeforeEach
    void createStore() {
        store = AcquisitionStore.create(folder.resolve("store"));
        project = store.project("demo");
    }

    @Test
    void theSameRecordingTwice_isStoredOnce() throws IOException {
        Path recording = folder.resolve("a.zarr");
        StoreFixtures.shardedArray(recording, random(1, BYTES));
        imported(recording, "first");
        long once = storedBytes(store);
        assertThat(once / (double) BYTES).isLessThan(1.01); // index of packs, tables and manifests: 0.4 % at 32 KiB
        imported(recording, "second");
        // The second manifest and its table of 56 bytes for each chunk of 32 KiB, 0.2 %, are what is new.
        assertThat(storedBytes(store) / (double) once).isLessThan(1.005);
    }

    @Test
    void onePercentOfTheInnerChunksChanged_costsOnePercent() throws IOException {
        byte[] values = random(1, BYTES);
        StoreFixtures.shardedArray(folder.resolve("a.zarr"), values);
        imported(folder.resolve("a.zarr"), "first");
        long once = storedBytes(store);
        int inner = 32 << 10;
        Random random = new Random(2);
        for (int i = 0; i < BYTES / inner / 100; i++) {
            values[random.nextInt(BYTES / inner) * inner + random.nextInt(inner)] ^= 1;
        }
        StoreFixtures.shardedArray(folder.resolve("b.zarr"), values);
        imported(folder.resolve("b.zarr"), "second");
        assertThat(storedBytes(store) / (double) once).isLessThan(1.05);
    }

    @Test
    void oneFileWithOnePercentOverwrittenAndAByteInserted_costsLittle() {
        byte[] values = random(1, BYTES);
        imported(file(folder.resolve("a.h5"), values), "first");
        long once = storedBytes(store);
        byte[] changed = new byte[BYTES + 1];
        System.arraycopy(values, 0, changed, 1, BYTES);
        System.arraycopy(random(2, BYTES / 100), 0, changed, BYTES / 3, BYTES / 100);
        imported(file(folder.resolve("b.h5"), changed), "second");
        assertThat(storedBytes(store) / (double) once).isLessThan(1.05);
    }

    @Test
    void twoProcessesAtOnce_importTheSame() throws Exception {
        Path source = folder.resolve("rat1");
        file(source.resolve("a.bin"), random(1, 40 << 20));
        StoreFixtures.shardedArray(source.resolve("b.zarr"), random(2, 10 << 20));
        List<Process> both = List.of(start(source), start(source));
        for (Process process : both) {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isZero();
        }
        assertThat(project.list())
                .singleElement()
                .satisfies(a -> assertThat(a.versions()).containsExactly(1));
        assertThat(project.verify(List.of(), CONTEXT).problems()).isEmpty();
        project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT);
        assertSameTree(source, folder.resolve("back"));
        // Same files in the same order make the same packs, whoever sends them first.
        assertThat(storedBytes(store)).isLessThan((long) (1.01 * (50 << 20)));
    }

    private Process start(Path source) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImportMain.class.getName(),
                        folder.resolve("store").toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
    }

    private void imported(Path source, String name) {
        project.importFrom(source, name, ImportOptions.DEFAULTS, CONTEXT);
    }

    /** Another process that imports. */
    static final class ImportMain {
        private ImportMain() {}

        public static void main(String[] args) {
            try (AcquisitionStore store = AcquisitionStore.open(Path.of(args[0]))) {
                store.project("demo").importFrom(Path.of(args[1]), "rat1", ImportOptions.DEFAULTS, CONTEXT);
            }
        }
    }
}
