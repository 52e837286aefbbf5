package org.fus.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fus.cloud.store.StoreFixtures.CONTEXT;
import static org.fus.cloud.store.StoreFixtures.assertSameTree;
import static org.fus.cloud.store.StoreFixtures.file;
import static org.fus.cloud.store.StoreFixtures.random;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.fus.cloud.object.FolderObjectStore;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.run.CancelToken;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.ByteSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcquisitionStoreTest {
    @TempDir
    private Path folder;

    private CountingObjectStore objects;
    private AcquisitionStore store;
    private Project project;
    private Path source;

    @BeforeEach
    void fillSource() throws IOException {
        objects = new CountingObjectStore(FolderObjectStore.of(Files.createDirectory(folder.resolve("store"))));
        store = AcquisitionStore.create(objects);
        project = store.project("demo");
        source = folder.resolve("rat1");
        file(
                source.resolve("notes.txt"),
                "Ketamin, 30 Hz; Größe 1,2 m".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        file(source.resolve("empty"), new byte[0]);
        file(source.resolve("deep/er/data.bin"), random(1, 3_000_000));
        file(source.resolve("deep/ähnlich.bin"), random(2, 70_000));
        StoreFixtures.shardedArray(source.resolve("rec.zarr"), random(3, 5_000_000));
    }

    @Test
    void import_thenRestore_givesTheSameFiles() {
        ImportReport report = imported("rat1");
        assertThat(report.changed()).isTrue();
        assertThat(report.manifest().version()).isEqualTo(1);
        RestoreReport restored = project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT);
        assertSameTree(source, folder.resolve("back"));
        assertThat(restored.bytes()).isEqualTo(report.manifest().bytes());
        project.restore(AcquisitionRef.parse("rat1@1"), "deep/ähnlich.bin", folder.resolve("one"), CONTEXT);
        assertThat(folder.resolve("one")).hasBinaryContent(random(2, 70_000));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("store", "rat1", "back", "one");
    }

    @Test
    void secondImport_isNoNewVersion_andAChangeIsOne() {
        imported("rat1");
        ImportReport again = imported("rat1");
        assertThat(again.changed()).isFalse();
        assertThat(again.sentBytes()).isZero();
        file(source.resolve("notes.txt"), new byte[] {1});
        ImportReport changed = imported("rat1");
        assertThat(changed.manifest().version()).isEqualTo(2);
        assertThat(changed.sentBytes()).isEqualTo(1);
        project.restore(AcquisitionRef.parse("rat1@2"), "notes.txt", folder.resolve("new"), CONTEXT);
        assertThat(folder.resolve("new")).hasBinaryContent(new byte[] {1});
        project.restore(AcquisitionRef.parse("rat1@1"), "notes.txt", folder.resolve("old"), CONTEXT);
        assertThat(folder.resolve("old")).content().startsWith("Ketamin");
        assertThat(project.list())
                .singleElement()
                .satisfies(a -> assertThat(a.versions()).containsExactly(1, 2));
    }

    @Test
    void keepFirst_leavesTheFirst_alsoWhenAnotherOneComesInBetween() {
        ImportOptions keep = new ImportOptions("", ImportOptions.Existing.KEEP_FIRST);
        objects.beforePut(key -> {
            if (key.contains("/versions/")) {
                objects.beforePut(k -> {});
                file(source.resolve("notes.txt"), new byte[] {2});
                project.importFrom(source, "rat1", keep, CONTEXT);
            }
        });
        ImportReport late = project.importFrom(source, "rat1", keep, CONTEXT);
        assertThat(late.changed()).isFalse();
        file(source.resolve("notes.txt"), new byte[] {3});
        assertThat(project.importFrom(source, "rat1", keep, CONTEXT).changed()).isFalse();
        assertThat(project.list())
                .singleElement()
                .satisfies(a -> assertThat(a.versions()).containsExactly(1));
        project.restore(AcquisitionRef.parse("rat1"), "notes.txt", folder.resolve("notes"), CONTEXT);
        assertThat(folder.resolve("notes")).hasBinaryContent(new byte[] {2});
    }

    @Test
    void oneFile_isAnAcquisitionToo() throws IOException {
        Path one = file(folder.resolve("one.npy"), Files.readAllBytes(npy()));
        project.importFrom(one, "one", ImportOptions.DEFAULTS, CONTEXT);
        Content content = project.open(AcquisitionRef.parse("one"), OpenOptions.DEFAULTS);
        assertThat(content).isInstanceOf(Content.Array.class);
    }

    @Test
    void tags_nameVersions() {
        imported("rat1");
        file(source.resolve("notes.txt"), new byte[] {1});
        imported("rat1");
        project.tag(AcquisitionRef.parse("rat1@1"), "published");
        assertThat(project.manifest(AcquisitionRef.parse("rat1@published")).version())
                .isEqualTo(1);
        project.tag(AcquisitionRef.parse("rat1"), "published");
        assertThat(project.manifest(AcquisitionRef.parse("rat1@published")).version())
                .isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> project.tag(AcquisitionRef.parse("rat1"), "7"))
                .withMessageContaining("number");
    }

    @Test
    void remoteArray_isReadInPart_throughTheSameReaders() throws IOException {
        byte[] values = random(9, 32 << 20);
        Path recording = folder.resolve("long.zarr");
        StoreFixtures.shardedArray(recording, values);
        project.importFrom(recording, "long", ImportOptions.DEFAULTS, CONTEXT);
        objects.readBytes.set(0);
        Content content = project.open(AcquisitionRef.parse("long"), OpenOptions.DEFAULTS);
        byte[] some = ((Content.Array) content).array().raw(20_000_000L, 40_000);
        assertThat(some).isEqualTo(java.util.Arrays.copyOfRange(values, 20_000_000, 20_040_000));
        // Two or three inner chunks of 32 KiB, the index of one or two shards, one table of 65 chunks, and the
        // metadata.
        assertThat(objects.readBytes.get()).isLessThan(400_000);
    }

    @Test
    void readsAnywhere_giveTheBytes() {
        imported("rat1");
        byte[] expected = random(1, 3_000_000);
        ByteSource remote = project.folder(AcquisitionRef.parse("rat1"))
                .file("deep/er/data.bin")
                .orElseThrow();
        java.util.Random random = new java.util.Random(4);
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(expected.length);
            int to = from + random.nextInt(Math.min(900_000, expected.length - from) + 1);
            ByteBuffer got = ByteBuffer.allocate(to - from);
            remote.read(from, got);
            assertThat(got.array()).isEqualTo(java.util.Arrays.copyOfRange(expected, from, to));
        }
        assertThatThrownBy(() -> remote.read(expected.length - 1, ByteBuffer.allocate(2)))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void brokenImport_showsNothing_andGoesOn() {
        AtomicInteger packs = new AtomicInteger();
        file(source.resolve("big.bin"), random(7, 80 << 20));
        objects.beforePut(key -> {
            if (key.contains("/packs/") && packs.incrementAndGet() == 2) {
                throw new FusStorageException("net", "write", "connection cut", true, null);
            }
        });
        assertThatThrownBy(() -> imported("rat1")).hasMessageContaining("connection cut");
        assertThat(project.list()).isEmpty();
        assertThat(project.has("rat1")).isFalse();
        objects.beforePut(key -> {});
        ImportReport report = imported("rat1");
        long total = report.manifest().bytes();
        // The one pack that arrived, at least 32 MiB, is not sent again.
        assertThat(report.sentBytes()).isLessThanOrEqualTo(total - (32 << 20));
        project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT);
        assertSameTree(source, folder.resolve("back"));
    }

    @Test
    void cancelledImport_showsNothing() {
        CancelToken token = new CancelToken();
        assertThatThrownBy(() -> project.importFrom(
                        source,
                        "rat1",
                        ImportOptions.DEFAULTS,
                        CONTEXT.withCancel(token).withProgress((stage, done, all) -> token.cancel())))
                .isInstanceOf(FusCancelledException.class);
        assertThat(project.list()).isEmpty();
        assertThat(store.objects().list("projects/demo/leases/")).isEmpty();
    }

    @Test
    void brokenRestore_goesOn() {
        imported("rat1");
        AtomicInteger reads = new AtomicInteger();
        objects.beforeRead(key -> {
            if (key.contains("/packs/") && reads.incrementAndGet() == 4) {
                throw new FusStorageException("net", "read", "connection cut", true, null);
            }
        });
        assertThatThrownBy(() -> project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT))
                .hasMessageContaining("connection cut");
        objects.beforeRead(key -> {});
        assertThat(folder.resolve("back")).doesNotExist();
        RestoreReport report = project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT);
        assertThat(report.fetchedBytes()).isLessThan(report.bytes());
        assertSameTree(source, folder.resolve("back"));
        assertThatThrownBy(() -> project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT))
                .hasMessageContaining("exists already");
    }

    @Test
    void damage_isFound_andNamed() throws IOException {
        imported("rat1");
        assertThat(project.verify(List.of(), CONTEXT).problems()).isEmpty();
        Path pack;
        try (var packs = Files.list(folder.resolve("store/projects/demo/packs"))) {
            pack = packs.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(pack);
        bytes[1000] ^= 1;
        Files.write(pack, bytes);
        VerifyReport report = project.verify(List.of(), CONTEXT);
        assertThat(report.problems())
                .singleElement()
                .asString()
                .contains("rat1@1")
                .contains("damaged");
        assertThatThrownBy(() -> project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT))
                .isInstanceOf(FusFormatException.class);
        assertThat(folder.resolve("back")).doesNotExist();
        Files.delete(pack);
        assertThat(project.verify(List.of(), CONTEXT).problems())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p).contains("holds no"));
    }

    @Test
    void packWithADamagedIndex_isNotReliedOn() throws IOException {
        imported("rat1");
        Path pack;
        try (var packs = Files.list(folder.resolve("store/projects/demo/packs"))) {
            pack = packs.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length - 20] ^= 1;
        Files.write(pack, bytes);
        ImportReport report = imported("again");
        assertThat(report.warnings()).singleElement().asString().contains("damaged");
        assertThat(report.sentBytes()).isPositive();
        project.restore(AcquisitionRef.parse("again"), folder.resolve("back"), CONTEXT);
        assertSameTree(source, folder.resolve("back"));
    }

    @Test
    void links_areRefused() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), folder.resolve("store"));
        assertThatThrownBy(() -> imported("rat1"))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("link");
        assertThat(project.list()).isEmpty();
        Files.createSymbolicLink(folder.resolve("top"), source);
        assertThatThrownBy(() -> project.importFrom(folder.resolve("top"), "x", ImportOptions.DEFAULTS, CONTEXT))
                .hasMessageContaining("link");
    }

    @Test
    void linkInTheWayOfARestore_isRefused() throws IOException {
        imported("rat1");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectory(folder.resolve(".back.fus-restore"));
        Files.createSymbolicLink(folder.resolve(".back.fus-restore/deep"), outside);
        assertThatThrownBy(() -> project.restore(AcquisitionRef.parse("rat1"), folder.resolve("back"), CONTEXT))
                .isInstanceOf(FusStorageException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void unknownNames_areClearErrors() {
        imported("rat1");
        assertThatThrownBy(() -> project.manifest(AcquisitionRef.parse("rat2")))
                .isInstanceOf(FusStorageException.class)
                .hasMessageContaining("no acquisition rat2")
                .hasMessageContaining("rat1");
        assertThatThrownBy(() -> project.manifest(AcquisitionRef.parse("rat1@9")))
                .hasMessageContaining("rat1@9")
                .hasMessageContaining("[1]");
        assertThatThrownBy(() -> project.restore(AcquisitionRef.parse("rat1"), "none", folder.resolve("x"), CONTEXT))
                .hasMessageContaining("no none");
        assertThatIllegalArgumentException().isThrownBy(() -> store.project("../other"));
        assertThatIllegalArgumentException().isThrownBy(() -> AcquisitionRef.parse("a/b"));
        assertThatThrownBy(() -> AcquisitionStore.open(folder)).hasMessageContaining("fus store init");
        assertThatThrownBy(() -> AcquisitionStore.create(folder.resolve("store")))
                .hasMessageContaining("one already");
        assertThatThrownBy(() -> AcquisitionStore.create(source)).hasMessageContaining("something else");
    }

    @Test
    void projects_shareNothing() {
        imported("rat1");
        ImportReport other = store.project("other").importFrom(source, "rat1", ImportOptions.DEFAULTS, CONTEXT);
        assertThat(other.sentBytes()).isGreaterThan(8_000_000);
        assertThat(store.projects()).containsExactly("demo", "other");
    }

    private Path npy() {
        byte[] header = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] bytes = java.util.Arrays.copyOf(header, 128 + 16);
        java.util.Arrays.fill(bytes, header.length, 127, (byte) ' ');
        bytes[127] = '\n';
        return file(folder.resolve("source.npy"), bytes);
    }

    private ImportReport imported(String name) {
        return project.importFrom(source, name, ImportOptions.DEFAULTS, CONTEXT);
    }
}
