package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {
    @TempDir
    private Path folder;

    private String store;
    private Path source;

    @BeforeEach
    void createStore() throws IOException {
        store = folder.resolve("store").toString();
        source = Files.createDirectory(folder.resolve("rat1"));
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        Files.write(source.resolve("data.bin"), bytes);
        assertThat(CliRun.of("store", "init", store).code()).isZero();
    }

    @Test
    void importListShowRestoreVerify() throws IOException {
        CliRun imported = CliRun.of("store", "import", source.toString(), "--store", store, "--json", "--tag", "first");
        assertThat(imported.err()).isEmpty();
        assertThat(imported.out()).contains("\"acquisition\" : \"rat1@1\"").contains("\"sentBytes\" : 200000");
        CliRun again = CliRun.of("store", "import", source.toString(), "--store", store);
        assertThat(again.out()).contains("sentBytes: 0").contains("changed: false");
        assertThat(CliRun.of("store", "list", "--store", store).out())
                .contains("default/rat1  version 1  200000 bytes  1 files")
                .contains("first");
        assertThat(CliRun.of("store", "show", "rat1@first", "--store", store).out())
                .contains("version: 1")
                .contains("data.bin  200000");
        Path back = folder.resolve("back");
        assertThat(CliRun.of("store", "restore", "rat1", "--store", store, "--out", back.toString())
                        .code())
                .isZero();
        assertThat(back.resolve("data.bin")).hasSameBinaryContentAs(source.resolve("data.bin"));
        Path one = folder.resolve("one.bin");
        assertThat(CliRun.of("store", "get", "rat1@1", "data.bin", "--store", store, "--out", one.toString())
                        .code())
                .isZero();
        assertThat(one).hasSameBinaryContentAs(source.resolve("data.bin"));
        assertThat(CliRun.of("store", "verify", "--store", store, "--json").out())
                .contains("\"bytes\" : 200000")
                .contains("\"problems\" : [ ]");
    }

    @Test
    void removeAndGc_freeTheRoom() {
        CliRun.of("store", "import", source.toString(), "--store", store);
        assertThat(CliRun.of("store", "remove", "rat1", "--store", store).code())
                .isEqualTo(2);
        assertThat(CliRun.of("store", "remove", "rat1@1", "--store", store).code())
                .isZero();
        assertThat(CliRun.of("store", "gc", "--grace", "0", "--store", store).out())
                .contains("condemned: 1");
        assertThat(CliRun.of("store", "gc", "--grace", "0", "--store", store).out())
                .contains("deleted: 1");
    }

    @Test
    void errors_areOneLine() {
        CliRun unknown = CliRun.of("store", "show", "rat9", "--store", store);
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.errLines()).singleElement().asString().contains("no acquisition rat9");
        CliRun noStore =
                CliRun.of("store", "list", "--store", folder.resolve("none").toString());
        assertThat(noStore.code()).isEqualTo(1);
        assertThat(noStore.errLines()).singleElement().asString().contains("none");
        CliRun badName = CliRun.of("store", "show", "../x", "--store", store);
        assertThat(badName.code()).isEqualTo(2);
        assertThat(badName.errLines()).singleElement().asString().contains("choose another");
        CliRun noSource = CliRun.of("store", "import", folder.resolve("nothing").toString(), "--store", store);
        assertThat(noSource.code()).isEqualTo(1);
        assertThat(noSource.errLines()).singleElement().asString().contains("no such file");
        assertThat(CliRun.of("store", "gc", "--grace", "-1", "--store", store).code())
                .isEqualTo(2);
    }
}
