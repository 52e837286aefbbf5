package org.fus.io.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.WriteOptions;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Metadata that the fields of a version 2 scan cannot hold are refused by name before anything is written. */
class ScanMetadataRefusalTest {
    @TempDir
    Path folder;

    static Stream<Arguments> wrong() {
        return Stream.of(
                of("dtS", "x", "metadata dtS: expected a number, got x"),
                of("elements", -1, "metadata elements: expected a whole number from 0 to 65535, got -1.0"),
                of("probeModel", 5, "metadata probeModel: expected a text, got 5"),
                of("isMultiplane", "yes", "metadata isMultiplane: expected true or false, got yes"),
                of("anglesDeg", "x", "metadata anglesDeg: expected a list of numbers, got x"),
                of("anglesDeg", List.of("x"), "metadata anglesDeg: expected numbers, got x"),
                of("dim6", "x", "metadata dim6: expected a list of objects, got x"),
                of("dim6", List.of("x"), "metadata dim6: expected objects, got x"),
                of("dim6", List.of(Map.of("intent", "x")), "metadata dim6[0].intent: expected one of"),
                of("dim6", List.of(Map.of("windowS", "x")), "metadata dim6[0].windowS: expected a number, got x"),
                of("gender", "x", "metadata gender: expected one of"),
                of("transferDate", "yesterday", "metadata transferDate: expected a date such as"),
                of("unknownBytes", Map.of("beforeMode", "zz"), "unknownBytes.beforeMode: expected hexadecimal digits"),
                of("unknownBytes", Map.of("beforeMode", "00"), "unknownBytes.beforeMode: expected 4 bytes"),
                of("softwareVersion", "1.2", "metadata softwareVersion: expected three numbers such as 2.1.3"));
    }

    private static Arguments of(String name, Object value, String reason) {
        return Arguments.of(name, value, reason);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void write_valueThatTheFieldCannotHold_isRefused(String name, Object value, String reason) {
        FusSeries plain = Samples.series(new FusSeries.Shape(1, 1, 2, 3, 1, 4));
        FusSeries series = FusSeries.of(
                plain.shape(), plain.geometry(), plain.times(), Map.of(name, value), plain.provenance(), plain::read);
        Path file = folder.resolve("a.scan");

        assertThatThrownBy(() -> FusFiles.write(file, Content.of(series), "Iconeus scan v2", WriteOptions.DEFAULTS))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining(reason);
        assertThat(Files.exists(file)).isFalse();
    }
}
