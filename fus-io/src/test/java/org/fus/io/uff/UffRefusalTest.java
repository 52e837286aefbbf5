package org.fus.io.uff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;

/** Channel data whose parts do not fit each other, each by its own message. */
class UffRefusalTest {
    /** One plane wave, three elements, four samples, as another program writes them. */
    private static final class Fields {
        long imaginary = 4;
        long channels = 3;
        double originDistance;
    }

    @Test
    void read_soundFileOfTheSameMaker_isAccepted() throws IOException {
        Content.Channels content = (Content.Channels) FusFiles.open(MemorySource.wrap("a.uff", made(new Fields())));
        assertThat(content.recording().format().channels()).isEqualTo(3);
        assertThat(content.recording().frames()).isEqualTo(2);
    }

    @Test
    void read_partsOfUnequalShape_areRefused() throws IOException {
        Fields fields = new Fields();
        fields.imaginary = 5;
        assertRefused(fields, "channel_data/data/imag: expected shape [2, 1, 3, 4], got [2, 1, 3, 5]");
    }

    @Test
    void read_samplesOfOtherChannelsThanTheProbe_areRefused() throws IOException {
        Fields fields = new Fields();
        fields.channels = 2;
        assertRefused(fields, "channel_data/data: expected 1 waves and 3 channels by sequence and probe");
    }

    @Test
    void read_waveWithAnotherOrigin_isRefused() throws IOException {
        Fields fields = new Fields();
        fields.originDistance = 0.01;
        assertRefused(fields, "sequence/origin: at ");
    }

    private static void assertRefused(Fields fields, String reason) throws IOException {
        byte[] bytes = made(fields);
        assertThatThrownBy(() -> FusFiles.open(MemorySource.wrap("a.uff", bytes)))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] made(Fields fields) throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup o = UffObjects.object(root, "channel_data", UffNodes.CHANNEL_DATA);
        UffObjects.scalar(o, "sampling_frequency", 20e6);
        UffObjects.scalar(o, "modulation_frequency", 5e6);
        UffObjects.probe(o, Probe.linear("three", 3, 1e-4, 5e6).build());
        HdfGroup wave = UffObjects.array(o, "sequence", "uff.wave", 1);
        UffObjects.code(wave, "wavefront", "uff.wavefront", 0);
        UffObjects.scalar(UffObjects.object(wave, "origin", "uff.point"), "distance", fields.originDistance);
        HdfGroup data = o.group("data").attribute("class", "single").attribute("complex", 1);
        part(data, "real", List.of(2L, 1L, fields.channels, 4L));
        part(data, "imag", List.of(2L, 1L, fields.channels, fields.imaginary));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }

    private static void part(HdfGroup data, String name, List<Long> shape) {
        int bytes = Math.toIntExact(SampleType.FLOAT32.bytes() * shape.stream().reduce(1L, Math::multiplyExact));
        data.data(name, SampleType.FLOAT32, shape, out -> out.write(new byte[bytes]));
    }
}
