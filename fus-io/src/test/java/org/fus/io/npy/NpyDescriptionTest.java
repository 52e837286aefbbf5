package org.fus.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.ChannelMap;
import org.fus.core.data.FusSeries;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.source.PathSource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A description that does not fit its array, or has a value that none can have, names what is wrong. */
class NpyDescriptionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"delaysS\" : [ 0.0, | \"delaysS\" : [ \"x\", | delaysS[0]: expected a number or null, got \"x\"",
                "\"elementsOfChannel\" : [ [ 0 ], | \"elementsOfChannel\" : [ [ 0.5 ], | expected a whole number, got"
                        + " 0.5",
                "\"metadata\" : { } | \"metadata\" : { \"a\" : { \"b\" : null } } | expected a string, number,"
                        + " boolean",
                "\"pulseRepetitionFrequencyHz\" : 1000.0 | \"pulseRepetitionFrequencyHz\" : -1 | expected a positive"
                        + " number",
            })
    void open_wrongDescriptionOfChannels_isRefused(String from, String to, String reason) throws IOException {
        Path file = written(channels());
        change(file, from, to);
        assertRefused(file, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "channel-data, expected 4 axes",
        "iq, expected 4 axes",
        "program, 'expected channel-data, iq, map, series or array'",
    })
    void open_mapThatIsSaidToBeAnother_isRefused(String kind, String reason) throws IOException {
        Path file = written(Content.of(Samples.map()));
        change(file, "\"kind\" : \"map\"", "\"kind\" : \"" + kind + "\"");
        assertRefused(file, reason);
    }

    @Test
    void open_complexMap_isRefusedByItsType() throws IOException {
        Path file = written(Content.of(Samples.map()));
        List<Long> shape = NpyHeader.read(PathSource.of(file)).shape();
        replace(file, SampleType.COMPLEX64, shape);
        assertRefused(file, "descr: expected real numbers by the description next to it, got complex64");
    }

    @Test
    void open_complexSeries_isRefusedByItsType() throws IOException {
        Path file = written(Content.of(Samples.series(new FusSeries.Shape(1, 1, 2, 3, 1, 4))));
        List<Long> shape = NpyHeader.read(PathSource.of(file)).shape();
        replace(file, SampleType.COMPLEX64, shape);
        assertRefused(file, "descr: expected real numbers by the description next to it, got complex64");
    }

    @Test
    void open_gridOfAnotherSize_isRefused() throws IOException {
        Path file = written(Content.of(Samples.map()));
        long nx = NpyHeader.read(PathSource.of(file)).shape().get(2);
        change(file, "\"nx\" : " + nx, "\"nx\" : " + (nx + 1));
        assertRefused(file, "the description says a grid of");
    }

    @Test
    void open_channelsWithoutAFrame_areRefused() throws IOException {
        Path file = written(channels());
        replace(file, SampleType.FLOAT32, List.of(0L, 2L, 3L, 4L));
        change(file, "\"size\" : 1", "\"size\" : 0");
        assertRefused(file, "expected at least one frame, got none");
    }

    @Test
    void open_channelsOfMoreTransmitsThanTheSequence_areRefused() throws IOException {
        Path file = written(channels());
        replace(file, SampleType.FLOAT32, List.of(1L, 4L, 3L, 4L));
        change(file, "\"size\" : 2", "\"size\" : 4");
        assertRefused(file, "the description says 2 transmits x 3 channels x 4 samples");
    }

    @Test
    void open_framesBeyondACount_areRefused() throws IOException {
        Path file = written(channels());
        replace(file, SampleType.FLOAT32, List.of(5_000_000_000L, 0L, 3L, 4L));
        change(file, "\"size\" : 1", "\"size\" : 5000000000");
        change(file, "\"size\" : 2", "\"size\" : 0");
        assertRefused(file, "axes[0].size: expected a whole number, got 5000000000");
    }

    private Path written(Content content) {
        Path file = folder.resolve("a.npy");
        FusFiles.write(file, content);
        return file;
    }

    /** Two laws of delays, three channels that are wired one by one, four samples. */
    private static Content channels() {
        Probe probe = Probe.linear("three", 3, 1e-4, 5e6).build();
        Transmit law = new Transmit.ElementDelays(List.of(0.0, Double.NaN, 1e-7));
        int[][] wired = {{0}, {1}, {2}};
        int[][] other = {{2}, {1}, {0}};
        ChannelFormat format = new ChannelFormat(
                probe,
                new TransmitSequence(List.of(law, law), 5e6, 1000, 1540),
                SampleAxis.common(20e6, 0, 2, 4),
                ChannelMap.ofGroups(wired, other));
        return Content.of(RfArray.wrap(format, new float[1][24]));
    }

    private static void change(Path file, String from, String to) throws IOException {
        Path json = file.resolveSibling(file.getFileName() + ".json");
        String text = Files.readString(json);
        assertThat(text).contains(from);
        Files.writeString(json, text.replace(from, to));
    }

    /** Another array of zeros in its place. */
    private static void replace(Path file, SampleType type, List<Long> shape) throws IOException {
        byte[] head = NpyHeader.write(type, shape);
        long bytes = type.bytes() * shape.stream().reduce(1L, Math::multiplyExact);
        byte[] whole = Arrays.copyOf(head, head.length + (int) bytes);
        Files.write(file, whole);
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> FusFiles.open(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("a.npy")
                .hasMessageContaining(reason);
    }
}
