package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusTest {
    @TempDir
    private Path folder;

    @Test
    void run_noArgument_listsCommands() {
        CliRun run = CliRun.of();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: fus").contains("shell");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void run_helpOfACommand_printsIt() {
        CliRun run = CliRun.of("shell", "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: fus shell");
    }

    @Test
    void run_version_namesSoftwareAndJava() {
        CliRun run = CliRun.of("--version");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("fUS SDK ").contains("Java 25");
    }

    @Test
    void run_unknownCommand_isOneLineAndTwo() {
        CliRun run = CliRun.of("imagine");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("fus: ")
                .contains("imagine")
                .contains("--help");
    }

    @Test
    void run_unknownOption_isOneLineAndTwo() {
        CliRun run = CliRun.of("shell", "--colour");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("--colour")
                .contains("fus shell --help");
    }

    @Test
    void run_missingFile_isOneLineAndOne() {
        CliRun run = CliRun.of("shell", folder.resolve("none.jsh").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("fus: ")
                .contains("none.jsh: no such file");
    }

    @Test
    void run_debug_addsTheStackTrace() {
        CliRun run = CliRun.of("--debug", "shell", folder.resolve("none.jsh").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("NoSuchFileException").contains("\tat ");
    }
}
