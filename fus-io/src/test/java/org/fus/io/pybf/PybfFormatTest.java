package org.fus.io.pybf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;
import org.fus.core.error.FusFormatException;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.MemorySource;
import org.fus.io.source.PathSource;
import org.fus.io.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PybfFormatTest {
    @TempDir
    Path folder;

    @Test
    void read_fieldSimulation_hasItsDocumentedFormat() {
        Content.Channels content = (Content.Channels) FusFiles.open(Golden.file("data/pybf/rf_dataset.hdf5"));
        ChannelFormat f = content.data().format();

        assertThat(content.origin().dtype()).isEqualTo("int16");
        assertThat(content.data().frames()).isEqualTo(1);
        assertThat(f.transmits()).isEqualTo(3);
        assertThat(f.channels()).isEqualTo(192);
        assertThat(f.sampleCount()).isEqualTo(2313);
        assertThat(f.samples().samplingFrequencyHz()).isEqualTo(20e6);
        assertThat(f.sequence().soundSpeedMPerS()).isEqualTo(1540);
        assertThat(f.probe().pitchM()).isEqualTo(0.23e-3);
        assertThat(f.probe().elementXM(0)).isCloseTo(-95.5 * 0.23e-3, within(1e-15));
    }

    @Test
    void read_fieldSimulation_sampleOfAPixelIsThatOfItsDocumentedRule() {
        ChannelFormat f = ((Content.Channels) FusFiles.open(Golden.file("data/pybf/rf_dataset.hdf5")))
                .data()
                .format();
        double x = 3e-3;
        double z = 25e-3;
        double c = 1540;
        double[] angles = {Math.toRadians(-12), 0, Math.toRadians(12)};
        for (int t = 0; t < 3; t++) {
            int e = 40;
            double back = Math.hypot(x - f.probe().elementXM(e), z) / c;
            double rule = 20e6 * ((x * Math.sin(angles[t]) + z * Math.cos(angles[t])) / c + back + 3.6625e-6);
            // Time from the first firing: path from the origin, and what passes until the wave is there.
            double firstToOrigin = Math.abs(Math.sin(angles[t])) * 95.5 * 0.23e-3 / c;
            double time = firstToOrigin + (x * Math.sin(angles[t]) + z * Math.cos(angles[t])) / c + back;
            double index = (time - f.samples().startTimesS().get(t)) * 20e6;
            // The file's angle is rounded in its seventh digit.
            assertThat(index).isCloseTo(rule, within(1e-4));
        }
    }

    @Test
    void read_fileOfAnotherWriter_givesEverySample() throws Exception {
        RfData rf = ((Content.Channels) read(Samples.pybf(folder))).data();

        float[] trace = new float[5];
        for (int f = 0; f < 2; f++) {
            for (int t = 0; t < 3; t++) {
                for (int c = 0; c < 4; c++) {
                    rf.copyTrace(f, t, c, trace, 0);
                    assertThat(trace[3]).isEqualTo(100 * (f + 1) + 10 * (t + 1) + 5 * c + 3);
                }
            }
        }
        assertThat(rf.format().sequence().frameRateHz()).isCloseTo(50, within(1e-12));
    }

    @Test
    void read_otherHdf5_saysWhatWasExpected() {
        assertThatThrownBy(() -> new PybfFormat()
                        .open(PathSource.of(Golden.file("samples/picmus_like_rf.hdf5")), OpenOptions.DEFAULTS))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("data/rf_data/frame_1")
                .hasMessageContaining("holds something else");
    }

    private static Content read(byte[] bytes) {
        return FusFiles.open(MemorySource.wrap("a.hdf5", bytes));
    }
}
