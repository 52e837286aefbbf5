package org.fus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellCommandTest {
    @TempDir
    private Path folder;

    @Test
    void script_snippets_printTheirValues() throws IOException {
        CliRun run = script("""
            // the SDK is imported
            var grid = PixelGrid.xz(0, 1e-3, 4, 0, 2e-3, 5);

            int twice(int n) {
                return 2 * n;
            }
            twice(grid.size())
            var power = DopplerFrame.wrap(DopplerFrame.Quantity.POWER, grid, new float[20], Provenance.none());
            Figure.of(power).toImage().getWidth() > 100
            if (grid.nx() == 3) twice(1);
            """);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("grid ==> PixelGrid[").contains("==> 40").contains("==> true");
    }

    @Test
    void script_longValue_isCut() throws IOException {
        CliRun run = script("new float[100000]\n");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("$1 ==> float[100000] {").hasSizeLessThan(500);
    }

    @Test
    void script_compileError_stopsThere() throws IOException {
        CliRun run = script("int a = 1;\n\nint b = \"text\";\nint c = 3;\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("a ==> 1").doesNotContain("c ==> 3");
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("script.jsh:3: ")
                .contains("incompatible types")
                .contains("int b");
    }

    @Test
    void script_exception_stopsThere() throws IOException {
        CliRun run = script("int[] a = new int[2];\na[3] = 1;\nint c = 3;\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).doesNotContain("c ==> 3");
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("script.jsh:2: ArrayIndexOutOfBoundsException: Index 3");
    }

    @Test
    void script_undefinedName_stopsThere() throws IOException {
        assertThat(script("nothing.here()\n").code()).isEqualTo(1);
        assertThat(script("int f() { return missing(); }\nf()\n").code()).isEqualTo(1);
    }

    @Test
    void script_unfinishedSnippet_isAnError() throws IOException {
        CliRun run = script("int f() {\n  return 1;\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("script.jsh:1: ");
    }

    @Test
    void script_exit_endsEarly() throws IOException {
        CliRun run = script("1 + 1\n/exit\n2 + 3\n");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("==> 2").doesNotContain("==> 5");
    }

    @Test
    void script_empty_isFine() throws IOException {
        CliRun run = script("\n  // nothing\n");
        assertThat(run).isEqualTo(new CliRun(0, "", ""));
    }

    private CliRun script(String snippets) throws IOException {
        Path file = folder.resolve("script.jsh");
        Files.writeString(file, snippets);
        return CliRun.of("shell", file.toString());
    }
}
