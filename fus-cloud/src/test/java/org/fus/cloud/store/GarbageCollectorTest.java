package org.fus.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fus.cloud.store.StoreFixtures.CONTEXT;
import static org.fus.cloud.store.StoreFixtures.file;
import static org.fus.cloud.store.StoreFixtures.random;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.cloud.object.FolderObjectStore;
import org.fus.core.error.FusStorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectorTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
    private CountingObjectStore objects;
    private Project project;
    private Path source;

    @BeforeEach
    void createStore() throws IOException {
        objects = new CountingObjectStore(FolderObjectStore.of(Files.createDirectory(folder.resolve("store"))));
        AcquisitionStore.create(objects);
        InstantSource clock = now::get;
        project = AcquisitionStore.open(objects, clock).project("demo");
        source = file(folder.resolve("data.bin"), random(1, 2_000_000));
    }

    @Test
    void whatIsInUse_stays_andTheRestGoesInTwoRuns() {
        imported("kept");
        project.importFrom(
                file(folder.resolve("other.bin"), random(2, 2_000_000)), "gone", ImportOptions.DEFAULTS, CONTEXT);
        project.remove(AcquisitionRef.parse("gone"));
        GarbageReport first = project.collectGarbage(Duration.ofHours(1));
        assertThat(first.condemned()).isEqualTo(1);
        assertThat(first.kept()).isEqualTo(1);
        assertThat(project.collectGarbage(Duration.ofHours(1)).waiting()).isEqualTo(1);
        pass(Duration.ofMinutes(61));
        GarbageReport last = project.collectGarbage(Duration.ofHours(1));
        assertThat(last.deletedBytes()).isGreaterThan(2_000_000);
        assertThat(objects.list("projects/demo/packs/")).hasSize(1);
        assertThat(objects.list("projects/demo/tables/")).hasSize(1);
        assertThat(objects.list("projects/demo/condemned/")).isEmpty();
        assertThat(project.verify(List.of(), CONTEXT).problems()).isEmpty();
    }

    @Test
    void importThatStartsAfterASentence_usesNothingOfIt() {
        imported("first");
        project.remove(AcquisitionRef.parse("first"));
        project.collectGarbage(Duration.ZERO);
        assertThat(imported("second").sentBytes()).isEqualTo(2_000_000);
        GarbageReport report = project.collectGarbage(Duration.ZERO);
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(project.verify(List.of(), CONTEXT).problems()).isEmpty();
    }

    @Test
    void importThatWasUnderWay_keepsWhatItReliesOn() {
        imported("first");
        project.remove(AcquisitionRef.parse("first"));
        // When the import has read the index and commits, the collector condemns, and tries to delete.
        objects.beforePut(key -> {
            if (key.contains("/tables/")) {
                objects.beforePut(k -> {});
                assertThat(project.collectGarbage(Duration.ZERO).condemned()).isEqualTo(1);
                assertThat(project.collectGarbage(Duration.ZERO).waiting()).isEqualTo(1);
            }
        });
        assertThat(imported("second").sentBytes()).isZero();
        GarbageReport report = project.collectGarbage(Duration.ZERO);
        assertThat(report.deleted()).isZero();
        assertThat(objects.list("projects/demo/condemned/")).isEmpty();
        project.restore(AcquisitionRef.parse("second"), "data.bin", folder.resolve("back"), CONTEXT);
        assertThat(folder.resolve("back")).hasSameBinaryContentAs(source);
    }

    @Test
    void importThatFellAsleep_doesNotCommit_andTheNextOneIsRight() {
        imported("first");
        project.remove(AcquisitionRef.parse("first"));
        objects.beforePut(key -> {
            if (key.contains("/tables/")) {
                objects.beforePut(k -> {});
                project.collectGarbage(Duration.ZERO);
                pass(Lease.TIME_TO_LIVE.plusSeconds(1));
                assertThat(project.collectGarbage(Duration.ZERO).deleted()).isEqualTo(1);
            }
        });
        assertThatThrownBy(() -> imported("second"))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("lost its lease");
        assertThat(project.has("second")).isFalse();
        assertThat(imported("second").sentBytes()).isEqualTo(2_000_000);
        assertThat(project.verify(List.of(), CONTEXT).problems()).isEmpty();
    }

    @Test
    void whatABrokenImportHasLeft_goes() throws IOException {
        objects.beforePut(key -> {
            if (key.contains("/versions/")) {
                throw new FusStorageException("net", "write", "cut", true, null);
            }
        });
        assertThatThrownBy(() -> imported("first")).hasMessageContaining("cut");
        objects.beforePut(key -> {});
        assertThat(objects.list("projects/demo/packs/")).hasSize(1);
        assertThat(objects.list("projects/demo/tables/")).hasSize(1);
        project.collectGarbage(Duration.ZERO);
        project.collectGarbage(Duration.ZERO);
        assertThat(objects.list("projects/demo/packs/")).isEmpty();
        assertThat(objects.list("projects/demo/tables/")).isEmpty();
        imported("first");
        assertThat(project.verify(List.of(), CONTEXT).problems()).isEmpty();
    }

    private void pass(Duration time) {
        now.updateAndGet(t -> t.plus(time));
    }

    private ImportReport imported(String name) {
        return project.importFrom(source, name, ImportOptions.DEFAULTS, CONTEXT);
    }
}
