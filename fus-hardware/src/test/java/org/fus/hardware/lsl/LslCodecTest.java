package org.fus.hardware.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.error.FusFormatException;
import org.junit.jupiter.api.Test;

/** Bytes and texts of the protocol, written down from the sources of liblsl. */
class LslCodecTest {
    private static LslStreamInfo stream(LslFormat format, int channels) {
        return new LslStreamInfo("s", "t", channels, 4, format, "", List.of());
    }

    private static String hex(LslFormat format, LslSample sample, ByteOrder order) {
        int channels = sample.values().size() + sample.texts().size();
        return HexFormat.of().formatHex(new SampleCodec(stream(format, channels), order).encode(sample));
    }

    private static LslSample decode(LslFormat format, int channels, String hex, double previousS) throws IOException {
        return new SampleCodec(stream(format, channels), ByteOrder.LITTLE_ENDIAN)
                .decode(
                        "test",
                        new DataInputStream(
                                new ByteArrayInputStream(HexFormat.of().parseHex(hex))),
                        previousS);
    }

    @Test
    void encode_bytes_areThoseOfTheProtocol() {
        // tag 2, 1.5 as float64, then 1.0 and -2.0 as float32
        assertThat(hex(LslFormat.FLOAT32, new LslSample(1.5, List.of(1.0, -2.0), List.of()), ByteOrder.LITTLE_ENDIAN))
                .isEqualTo("02" + "000000000000f83f" + "0000803f" + "000000c0");
        assertThat(hex(LslFormat.INT16, new LslSample(1.5, List.of(258.0), List.of()), ByteOrder.BIG_ENDIAN))
                .isEqualTo("02" + "3ff8000000000000" + "0102");
        // a length of one byte, then one of four
        assertThat(hex(
                        LslFormat.STRING,
                        new LslSample(1.5, List.of(), List.of("on", "a".repeat(256))),
                        ByteOrder.LITTLE_ENDIAN))
                .isEqualTo("02" + "000000000000f83f" + "01026f6e" + "0400010000" + "61".repeat(256));
    }

    @Test
    void testPatterns_areThoseOfTheProtocol() {
        // liblsl: value k + offset + the format's start, odd channels negative; timestamp 123456.789
        Map<LslFormat, List<Double>> first = Map.of(
                LslFormat.FLOAT32, List.of(4.0, -5.0, 6.0),
                LslFormat.DOUBLE64, List.of(16_777_221.0, -16_777_222.0, 16_777_223.0),
                LslFormat.INT32, List.of(65_541.0, -65_542.0, 65_543.0),
                LslFormat.INT16, List.of(261.0, -262.0, 263.0),
                LslFormat.INT8, List.of(5.0, -6.0, 7.0),
                LslFormat.INT64, List.of(2_147_483_653.0, -2_147_483_654.0, 2_147_483_655.0));
        first.forEach((format, values) -> {
            List<LslSample> patterns = new SampleCodec(stream(format, 3), ByteOrder.LITTLE_ENDIAN).testPatterns();
            assertThat(patterns.getFirst()).isEqualTo(new LslSample(123456.789, values, List.of()));
            assertThat(patterns.getLast().values().getFirst()).isEqualTo(values.getFirst() - 2);
        });
        List<LslSample> texts = new SampleCodec(stream(LslFormat.STRING, 3), ByteOrder.LITTLE_ENDIAN).testPatterns();
        LslSample expected = new LslSample(123456.789, List.of(), List.of("10", "-11", "12"));
        assertThat(texts).containsExactly(expected, expected);
        // 123 channels of int8 reach its largest value, where the pattern begins anew
        assertThat(new SampleCodec(stream(LslFormat.INT8, 123), ByteOrder.LITTLE_ENDIAN)
                        .testPatterns()
                        .getFirst()
                        .values()
                        .getLast())
                .isEqualTo(0);
    }

    @Test
    void decode_deducedTimestamps_followTheRate() throws IOException {
        assertThat(decode(LslFormat.INT8, 2, "01" + "05ff", 10))
                .isEqualTo(new LslSample(10.25, List.of(5.0, -1.0), List.of()));
    }

    @Property(tries = 300)
    void numbers_thereAndBack_areTheSame(
            @ForAll LslFormat format,
            @ForAll boolean big,
            @ForAll("integers") List<Integer> values,
            @ForAll int seconds)
            throws IOException {
        if (format == LslFormat.STRING) {
            return;
        }
        ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        SampleCodec codec = new SampleCodec(stream(format, values.size()), order);
        LslSample sample = new LslSample(
                seconds * 1e-3, values.stream().map(Integer::doubleValue).toList(), List.of());

        assertThat(codec.decode("test", input(codec.encode(sample)), 0)).isEqualTo(sample);
    }

    @Provide
    Arbitrary<List<Integer>> integers() {
        return Arbitraries.integers().between(-128, 127).list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 200)
    void texts_thereAndBack_areTheSame(@ForAll("texts") List<String> texts) throws IOException {
        SampleCodec codec = new SampleCodec(stream(LslFormat.STRING, texts.size()), ByteOrder.LITTLE_ENDIAN);
        LslSample sample = new LslSample(3, List.of(), texts);

        assertThat(codec.decode("test", input(codec.encode(sample)), 0)).isEqualTo(sample);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withChars('a', '<', '\u00e9', '\u20ac')
                .ofMaxLength(400)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Property(tries = 500)
    void decode_noise_isASampleOrAClearError(
            @ForAll byte[] noise, @ForAll LslFormat format, @ForAll @IntRange(min = 1, max = 5) int channels) {
        SampleCodec codec = new SampleCodec(stream(format, channels), ByteOrder.LITTLE_ENDIAN);
        try {
            LslSample sample = codec.decode("test", input(noise), 0);
            assertThat(sample.values().size() + sample.texts().size()).isEqualTo(channels);
        } catch (FusFormatException e) {
            assertThat(e).hasMessageContaining("expected");
        } catch (IOException e) {
            assertThat(e).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void decode_hugeTexts_areRefusedBeforeTheyAreAllocated() {
        for (String length : List.of("04ffffffff", "08ffffffffffffff7f", "08ffffffffffffffff")) {
            assertThatThrownBy(() -> decode(LslFormat.STRING, 1, "01" + length, 0))
                    .isInstanceOf(FusFormatException.class)
                    .hasMessageContaining("at most 1 MiB");
        }
        assertThatThrownBy(() -> decode(LslFormat.STRING, 1, "0103", 0)).hasMessageContaining("1, 2, 4 or 8");
        assertThatThrownBy(() -> decode(LslFormat.INT8, 1, "0300", 0)).hasMessageContaining("expected 1 or 2, got 3");
    }

    @Test
    void query_isWhatLibrariesSend() {
        Map<String, String> fields = Map.of("name", "Stim", "session_id", "default", "type", "it's");
        Map<String, Boolean> answers = Map.ofEntries(
                Map.entry("", true),
                Map.entry("session_id='default'", true),
                Map.entry("session_id='default' and name='Stim'", true),
                Map.entry("session_id='default' and name = \"Stim\" and type=\"it's\"", true),
                Map.entry("name='Stim' and type='EEG'", false),
                Map.entry("name!='Other'", true),
                Map.entry("missing='x'", false),
                Map.entry("missing!='x'", false),
                Map.entry("count(//*)>0", false), // more than the subset: no answer
                Map.entry("name='Stim' or name='x'", false),
                Map.entry("name='Stim' and ", false),
                Map.entry("name='Stim", false));
        answers.forEach((query, answer) -> assertThat(
                        LslQuery.parse(query).map(q -> q.matches(fields)).orElse(false))
                .as(query)
                .isEqualTo(answer));
        LslQuery two = LslQuery.where("name", "Stim").and("type", "it's");
        assertThat(two.text()).isEqualTo("name='Stim' and type=\"it's\"");
        assertThat(LslQuery.parse(two.text())).contains(two);
    }

    @Test
    void description_thereAndBack_isTheSame() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        LslStreamInfo info =
                new LslStreamInfo("a <b> & 'c'", "fUS", 2, 2.5, LslFormat.FLOAT32, "id", List.of("V1 & V2", "HPC"));
        Map<String, String> fields = LslXml.fields(info, "u-1", "default", "host", 16572, 16573, 4.5);

        LslFound found = LslXml.read("test", LslXml.write(fields, info.labels()), here);

        assertThat(found).isEqualTo(new LslFound(info, "u-1", "host", here, 16572, 16573, 110));
        assertThat(fields.keySet())
                .startsWith("name", "type", "channel_count", "channel_format", "source_id", "nominal_srate", "version");
    }

    @Test
    void description_hostile_isRefusedWithOneClearError() {
        String good = LslXml.write(LslXml.fields(stream(LslFormat.INT8, 1), "u", "default", "h", 1, 2, 0), List.of());
        Map<String, String> damages = Map.of(
                "<channel_count>1<", "<channel_count>99999999999<",
                "<channel_format>int8<", "<channel_format>float128<",
                "<nominal_srate>4.0<", "<nominal_srate>NaN<",
                "<uid>u<", "<uid>a b\n<",
                "<v4data_port>1<", "<v4data_port>70000<",
                "<name>s<", "<name><",
                "</info>", "",
                "<info>", "<!DOCTYPE info [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><info>");
        damages.forEach((from, to) -> {
            assertThat(good).contains(from);
            assertThatThrownBy(() -> LslXml.read("test", good.replace(from, to), InetAddress.getLoopbackAddress()))
                    .as(to)
                    .isInstanceOf(FusFormatException.class)
                    .hasMessageStartingWith("test: ");
        });
    }

    @Property(tries = 300)
    void correction_ofAnyDelays_isWrongByAtMostHalfTheRoundTrip(
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int offsetMs,
            @ForAll @IntRange(max = 500) int thereMs,
            @ForAll @IntRange(max = 500) int workMs,
            @ForAll @IntRange(max = 500) int backMs) {
        double t0 = 1000;
        double t1 = t0 + thereMs * 1e-3 - offsetMs * 1e-3; // the sender's clock; local = sender + offset
        double t2 = t1 + workMs * 1e-3;
        double t3 = t2 + backMs * 1e-3 + offsetMs * 1e-3;

        // delays of exactly nothing may come out as less by the rounding of a thousand seconds
        LslInlet.correction(t0, t1, t2, t3)
                .ifPresentOrElse(
                        c -> {
                            assertThat(Math.abs(c.toLocal(t1) - (t0 + thereMs * 1e-3)))
                                    .isLessThanOrEqualTo(c.roundTripS() / 2 + 1e-9);
                            assertThat(Math.abs(c.roundTripS() - (thereMs + backMs) * 1e-3))
                                    .isLessThan(1e-9);
                        },
                        () -> assertThat(thereMs + backMs).isZero());
    }

    @Test
    void wrongArguments_areRefusedWithAllProblems() {
        assertThatThrownBy(() -> new LslStreamInfo(" ", "t", 0, -1, LslFormat.INT8, "", List.of("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty name")
                .hasMessageContaining("0 channels")
                .hasMessageContaining("-1.0 Hz")
                .hasMessageContaining("1 labels for 0");
        LslStreamInfo int8 = stream(LslFormat.INT8, 1);
        for (double wrong : new double[] {128, -129, 0.5, Double.NaN}) {
            assertThatThrownBy(() -> SampleCodec.require(int8, new LslSample(0, List.of(wrong), List.of())))
                    .hasMessageContaining("expected an integer of int8");
        }
        assertThatThrownBy(() -> SampleCodec.require(int8, new LslSample(0, Collections.nCopies(2, 1.0), List.of())))
                .hasMessageContaining("expected 1 of int8");
        assertThat(IntStream.of(-128, 127).mapToObj(v -> new LslSample(0, List.of((double) v), List.of())))
                .allSatisfy(s -> SampleCodec.require(int8, s));
    }
}
