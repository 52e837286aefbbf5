package org.fus.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source file has the house format. {@code mvn -pl house-rules test -Dformat.apply=true} rewrites those that do
 * not. The formatter runs in the forked JDK 25, so the answer does not depend on the JVM that runs Maven.
 */
class FormattingTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everySourceFile_hasHouseFormat() throws IOException {
        boolean apply = Boolean.getBoolean("format.apply");
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        List<Path> sources = sources();
        List<String> problems = new ArrayList<>();
        for (Path source : sources) {
            String before = Files.readString(source);
            try {
                String after = formatter.formatSourceAndFixImports(before);
                if (!before.equals(after) && apply) {
                    Files.writeString(source, after);
                } else if (!before.equals(after)) {
                    problems.add(ROOT.relativize(source) + ": not in house format");
                }
            } catch (FormatterException e) {
                problems.add(ROOT.relativize(source) + ": " + e.getMessage());
            }
        }
        assertThat(sources).isNotEmpty();
        assertThat(problems)
                .as("mvn -pl house-rules test -Dformat.apply=true rewrites them")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> {
                        String relative = ROOT.relativize(f).toString().replace('\\', '/');
                        return relative.contains("src/") && !relative.contains("target/");
                    })
                    .sorted()
                    .toList();
        }
    }
}
