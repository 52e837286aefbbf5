package org.fus.cloud.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fus.cloud.store.StoreFixtures.CONTEXT;
import static org.fus.cloud.store.StoreFixtures.file;
import static org.fus.cloud.store.StoreFixtures.random;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fus.cloud.chunk.ContentHash;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that somebody with the right to write has made up. */
class HostileManifestTest {
    @TempDir
    private Path folder;

    private Project project;
    private Path manifest;

    @BeforeEach
    void createStore() {
        project = AcquisitionStore.create(folder.resolve("store")).project("demo");
        file(folder.resolve("rat1/a.bin"), random(1, 500_000));
        file(folder.resolve("rat1/b/c.bin"), random(2, 300_000));
        project.importFrom(folder.resolve("rat1"), "rat1", ImportOptions.DEFAULTS, CONTEXT);
        manifest = folder.resolve("store/projects/demo/acquisitions/rat1/versions/00000001.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/etc/passwd",
                "a/../../evil",
                "b/./x",
                "",
                "b//x",
                "b/",
                "..",
                "a\\b",
                "nul\u0000",
                "a\nb",
                "b",
                "a.bin/x"
            })
    void pathsThatLeadElsewhere_areRefused(String path) throws IOException {
        change(m -> {
            ((ObjectNode) m.path("files").path(0)).put("path", path);
            if (path.equals("a.bin/x")) {
                ((ObjectNode) m.path("files").path(1)).put("path", "a.bin");
            }
        });
        assertRefused();
    }

    static Stream<Arguments> lies() {
        return Stream.<Consumer<ObjectNode>>of(
                        m -> m.put("schema", "fus-manifest/2"),
                        m -> m.put("acquisition", "rat2"),
                        m -> m.put("version", 2),
                        m -> m.put("bytes", 1),
                        m -> m.put("bytes", "many"),
                        m -> m.put("table", "../../../etc/passwd"),
                        m -> m.put("created", "yesterday"),
                        m -> m.put("root", "00"),
                        m -> m.remove("files"),
                        m -> ((ArrayNode) m.path("packs")).set(0, "../x"),
                        m -> ((ObjectNode) m.path("files").path(0)).put("bytes", Long.MAX_VALUE),
                        m -> ((ObjectNode) m.path("files").path(0)).put("chunks", Integer.MAX_VALUE),
                        m -> ((ObjectNode) m.path("files").path(0)).put("chunks", -1),
                        m -> ((ObjectNode) m.path("files").path(0)).put("chunks", 0),
                        m -> m.set("files", new ObjectMapper().createArrayNode().add(1)))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("lies")
    void lies_areRefused(Consumer<ObjectNode> lie) throws IOException {
        change(lie);
        assertRefused();
    }

    @Test
    void moreChunksThanTheTableHas_isAnError_andNoMemory() throws IOException {
        change(m -> {
            ((ObjectNode) m.path("files").path(0)).put("bytes", 1L << 40);
            ((ObjectNode) m.path("files").path(0)).put("chunks", 1 << 21);
            m.put("bytes", (1L << 40) + 300_000);
        });
        assertRefused();
    }

    @Test
    void everyByteOfATable_isChecked() throws IOException {
        Path table;
        try (Stream<Path> tables = Files.list(folder.resolve("store/projects/demo/tables"))) {
            table = tables.findFirst().orElseThrow();
        }
        byte[] right = Files.readAllBytes(table);
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] wrong = right.clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(table, wrong);
            assertRefused();
            deleteUnfinished(); // what an earlier try has fetched is right, and would not be fetched again
            assertThat(project.verify(List.of(), CONTEXT).problems()).isNotEmpty();
        }
        Files.write(table, java.util.Arrays.copyOf(right, right.length - 1));
        assertRefused();
    }

    @Test
    void everyByteOfAManifest_mayBeWrong() throws IOException {
        byte[] right = Files.readAllBytes(manifest);
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] wrong = right.clone();
            wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(manifest, wrong);
            try {
                project.manifest(AcquisitionRef.parse("rat1@1"));
            } catch (FusFormatException e) {
                assertThat(e).hasMessageContaining("00000001.json");
            }
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> project.restore(AcquisitionRef.parse("rat1@1"), folder.resolve("back"), CONTEXT))
                .isInstanceOf(FusException.class);
        assertThat(folder.resolve("back")).doesNotExist();
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(folder.getParent().resolve("evil")).doesNotExist();
    }

    private void deleteUnfinished() throws IOException {
        Path unfinished = folder.resolve(".back.fus-restore");
        if (Files.exists(unfinished)) {
            try (Stream<Path> all = Files.walk(unfinished)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** With hashes that fit the lie, so that it is the lie itself that is found. */
    private void change(Consumer<ObjectNode> change) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode tree = (ObjectNode) json.readTree(manifest.toFile());
        String before = tree.path("root").asText();
        change.accept(tree);
        if (tree.path("root").asText().equals(before)
                && tree.path("files").path(0).isObject()) {
            List<ManifestFile> files = new java.util.ArrayList<>();
            tree.path("files")
                    .forEach(f -> files.add(new ManifestFile(
                            f.path("path").asText(),
                            f.path("bytes").asLong(),
                            ContentHash.parse(f.path("hash").asText()),
                            0,
                            f.path("chunks").asInt())));
            tree.put("root", Manifest.root(files).hex());
        }
        json.writeValue(manifest.toFile(), tree);
    }
}
