package org.fus.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.FusFiles;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.source.MemorySource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path folder;

    @Test
    void write_channelData_readsBackExactlyWithItsFormat() {
        RfData rf = Samples.channels(2);
        Path file = folder.resolve("rf.npy");
        FusFiles.write(file, Content.of(rf));

        RfData back = ((Content.Channels) FusFiles.open(file)).data();

        assertThat(back.frames()).isEqualTo(2);
        assertThat(back.format().sequence()).isEqualTo(rf.format().sequence());
        assertThat(back.format().samples()).isEqualTo(rf.format().samples());
        assertThat(back.format().probe())
                .usingRecursiveComparison()
                .isEqualTo(rf.format().probe());
        assertThat(traces(back)).isEqualTo(traces(rf));
    }

    @Test
    void write_ensemble_readsBackExactly() {
        IqEnsemble iq = Samples.iq(3);
        Path file = folder.resolve("iq.npy");
        FusFiles.write(file, Content.of(iq));

        IqEnsemble back = ((Content.Iq) FusFiles.open(file)).ensemble();

        assertThat(back.grid()).isEqualTo(iq.grid());
        assertThat(back.timing()).isEqualTo(iq.timing());
        assertThat(back.provenance()).isEqualTo(iq.provenance());
        for (int f = 0; f < 3; f++) {
            assertThat(back.copyFrame(f)).isEqualTo(iq.copyFrame(f));
        }
    }

    @Test
    void write_map_readsBackExactly() {
        DopplerFrame map = Samples.map();
        Path file = folder.resolve("map.npy");
        FusFiles.write(file, Content.of(map));

        DopplerFrame back = ((Content.Doppler) FusFiles.open(file)).map();

        assertThat(back.quantity()).isEqualTo(map.quantity());
        assertThat(back.grid()).isEqualTo(map.grid());
        assertThat(back.toArray()).isEqualTo(map.toArray());
        assertThat(back.provenance()).isEqualTo(map.provenance());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 3, '[3, 2, 1, 4]'",
        "2, 1, 3, '[2, 3, 2, 1, 4]'",
        "1, 2, 3, '[2, 3, 2, 1, 4]'",
        "2, 3, 1, '[2, 3, 1, 2, 1, 4]'"
    })
    void write_series_dropsExtraAndPoseOfLengthOneAndReadsBackExactly(int extras, int poses, int times, String shape) {
        FusSeries s = Samples.series(new FusSeries.Shape(extras, poses, times, 2, 1, 4));
        Path file = folder.resolve("s.npy");
        FusFiles.write(file, Content.of(s));

        Content content = FusFiles.open(file);
        FusSeries back = ((Content.Series) content).series();

        assertThat(org.fus.io.info.FileInfo.of(content).get("shape").toString()).isEqualTo(shape);
        assertThat(back.shape()).isEqualTo(s.shape());
        assertThat(back.geometry()).isEqualTo(s.geometry());
        assertThat(back.times()).isEqualTo(s.times());
        assertThat(back.metadata()).isEqualTo(s.metadata());
        for (int e = 0; e < extras; e++) {
            for (int p = 0; p < poses; p++) {
                assertThat(back.read(e, p, 0, times)).isEqualTo(s.read(e, p, 0, times));
            }
        }
    }

    @Property(tries = 100)
    void header_anyShapeAndType_readsBackAndIsAligned(
            @ForAll SampleType type, @ForAll @Size(max = 6) List<@IntRange(max = 4) Integer> lengths) {
        List<Long> shape = lengths.stream().map(Integer::longValue).toList();
        byte[] header = NpyHeader.write(type, shape);
        int size = shape.stream().reduce(1L, (a, b) -> a * b).intValue() * type.bytes();
        ByteBuffer file = ByteBuffer.allocate(header.length + size).put(header);

        StoredArray array = array(file.array());

        assertThat(header.length % 64).isZero();
        assertThat(array.shape()).isEqualTo(shape);
        assertThat(array.type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "'<i2', 2",
        "'>i2', 2",
        "'<u2', 2",
        "'>u4', 4",
        "'<i8', 8",
        "'>f4', 4",
        "'<f8', 8",
        "'|u1', 1",
        "'|i1', 1",
        "'<f2', 2",
        "'|b1', 1",
        "'>u8', 8"
    })
    void read_anyNumberType_givesItsValues(String descr, int bytes) {
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer b = ByteBuffer.allocate(2 * bytes).order(order);
        for (int v : new int[] {0, 1}) {
            switch (descr.substring(1)) {
                case "f4" -> b.putFloat(v);
                case "f8" -> b.putDouble(v);
                case "f2" -> b.putShort(Float.floatToFloat16(v));
                default -> {
                    for (int i = 0; i < bytes; i++) {
                        boolean last = order == ByteOrder.BIG_ENDIAN ? i == bytes - 1 : i == 0;
                        b.put((byte) (last ? v : 0));
                    }
                }
            }
        }

        assertThat(array(file("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (2,), }", 1, b.array()))
                        .doubles(0, 2))
                .containsExactly(0, 1);
    }

    @Test
    void read_complexBigEndian_givesPairs() {
        ByteBuffer b =
                ByteBuffer.allocate(16).putFloat(1).putFloat(2).putFloat(3).putFloat(-4);

        StoredArray a = array(file("{'descr': '>c8', 'fortran_order': False, 'shape': (2,)}", 2, b.array()));

        assertThat(a.floats(0, 2)).containsExactly(1, 2, 3, -4);
    }

    @Test
    void read_fortranOrder_givesRowMajor() {
        // Value 100 i + 10 j + k at (i, j, k), the first axis fastest.
        ByteBuffer b = ByteBuffer.allocate(24 * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 2; i++) {
                    b.putShort((short) (100 * i + 10 * j + k));
                }
            }
        }

        StoredArray a = array(file("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3, 4)}", 3, b.array()));

        double[] v = a.doubles(0, 24);
        for (int n = 0; n < 24; n++) {
            assertThat(v[n]).isEqualTo(100 * (n / 12) + 10 * (n / 4 % 3) + n % 4);
        }
    }

    @Test
    void write_bigEndianArray_keepsItsValuesAndType() {
        byte[] bytes = ByteBuffer.allocate(8).putInt(1).putInt(-2).array();
        Content content = FusFiles.open(
                MemorySource.wrap("a.npy", file("{'descr': '>i4', 'fortran_order': False, 'shape': (2,)}", 1, bytes)));
        Path file = folder.resolve("a.npy");
        FusFiles.write(file, content);

        StoredArray back = ((Content.Array) FusFiles.open(file)).array();

        assertThat(back.type()).isEqualTo(SampleType.INT32);
        assertThat(back.doubles(0, 2)).containsExactly(1, -2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{'descr': '<f4'",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + __import__('os')",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (((((((1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999999999999,)}"
            })
    void read_headerThatIsNone_saysWhere(String header) {
        assertThatThrownBy(() -> array(file(header, 1, new byte[8])))
                .isInstanceOf(FusFormatException.class)
                .hasMessageStartingWith("a.npy: header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'|O'", "'<U4'", "[('a', '<f4')]", "'<f16'"})
    void read_valuesThatAreNoPlainNumbers_areNotSupported(String descr) {
        assertThatThrownBy(() ->
                        array(file("{'descr': " + descr + ", 'fortran_order': False, 'shape': (1,)}", 1, new byte[64])))
                .isInstanceOf(FusUnsupportedFormatException.class)
                .hasMessageContaining("descr");
    }

    @Test
    void read_descriptionOfAnotherShape_isRefused() throws Exception {
        Path file = folder.resolve("iq.npy");
        FusFiles.write(file, Content.of(Samples.iq(3)));
        Path json = folder.resolve("iq.npy.json");
        Files.writeString(json, Files.readString(json).replace("\"size\" : 3", "\"size\" : 2"));

        assertThatThrownBy(() -> FusFiles.open(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("iq.npy: shape")
                .hasMessageContaining("remove");
    }

    @Test
    void read_nanSample_namesFileAndPlace() throws Exception {
        Path file = folder.resolve("rf.npy");
        FusFiles.write(file, Content.of(Samples.channels(2)));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(file, bytes);

        Content.Channels content = (Content.Channels) FusFiles.open(file);
        assertThatThrownBy(content::data)
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("rf.npy")
                .hasMessageContaining("NaN at frame 1, transmit 2, channel 2, sample 3");
    }

    @Test
    void read_emptyArrayOfHugeAxes_isEmpty() {
        String shape = "(900000000000000000, 900000000000000000, 0)";

        assertThat(array(file("{'descr': '<f4', 'fortran_order': True, 'shape': " + shape + "}", 1, new byte[0]))
                        .size())
                .isZero();
    }

    @Test
    void write_changedSamplesOfOriginInt16_areNotRounded() {
        Content of = new Content.Channels(
                org.fus.io.content.Origin.computed(SampleType.INT16), ChannelRecording.of(Samples.channels(1)));

        assertThatThrownBy(() -> FusFiles.write(folder.resolve("rf.npy"), of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("int16");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void read_bytesBehindTheArray_areReported() {
        byte[] bytes = file("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", 1, new byte[5]);

        assertThat(FusFiles.open(MemorySource.wrap("a.npy", bytes)).origin().warnings())
                .containsExactly("3 bytes after the array were ignored");
    }

    @Test
    void read_withNeighboursInMemory_needsNoPath() throws Exception {
        Path file = folder.resolve("m.npy");
        FusFiles.write(file, Content.of(Samples.map()));
        MemorySource source = MemorySource.wrap("m.npy", Files.readAllBytes(file))
                .withNeighbours(Map.of(".json", Files.readAllBytes(folder.resolve("m.npy.json"))));

        assertThat(FusFiles.open(source)).isInstanceOf(Content.Doppler.class);
    }

    private static StoredArray array(byte[] bytes) {
        return ((Content.Array) FusFiles.open(MemorySource.wrap("a.npy", bytes))).array();
    }

    private static byte[] file(String header, int version, byte[] values) {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(12 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put(NpyHeader.MAGIC).put((byte) version).put((byte) 0);
        if (version == 1) {
            b.putShort((short) text.length);
        } else {
            b.putInt(text.length);
        }
        b.put(text).put(values);
        return java.util.Arrays.copyOf(b.array(), b.position());
    }

    private static float[] traces(RfData rf) {
        int n = rf.format().sampleCount();
        int traces = rf.format().transmits() * rf.format().channels();
        float[] out = new float[rf.frames() * traces * n];
        for (int i = 0; i < rf.frames() * traces; i++) {
            int trace = i % traces;
            rf.copyTrace(
                    i / traces,
                    trace / rf.format().channels(),
                    trace % rf.format().channels(),
                    out,
                    i * n);
        }
        return out;
    }
}
