package org.fus.io.picmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;
import org.fus.core.sequence.Transmit;
import org.fus.core.testing.Golden;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.junit.jupiter.api.Test;

class PicmusFormatTest {
    @Test
    void read_sample_hasItsDocumentedValuesAndTimes() {
        Content.Channels content = (Content.Channels) FusFiles.open(Golden.file("samples/picmus_like_rf.hdf5"));
        RfData rf = content.data();
        ChannelFormat f = rf.format();

        assertThat(rf.frames()).isEqualTo(1);
        assertThat(f.transmits()).isEqualTo(3);
        assertThat(f.channels()).isEqualTo(16);
        assertThat(f.sampleCount()).isEqualTo(64);
        assertThat(f.samples().samplingFrequencyHz()).isCloseTo(20.832e6, within(1.0));
        assertThat(f.sequence().soundSpeedMPerS()).isEqualTo(1540);
        assertThat(f.sequence().pulseRepetitionFrequencyHz()).isEqualTo(100);
        assertThat(f.probe().pitchM()).isCloseTo(0.3e-3, within(1e-9));
        assertThat(((Transmit.PlaneWave) f.sequence().transmits().getFirst()).tiltRad())
                .isCloseTo(Math.toRadians(-16), within(1e-6));
        // Time zero of the file is the passage of the origin: the wave at 16 degrees needs 7.5 pitches sin 16 / c to
        // it.
        double toOrigin = 7.5 * 0.3e-3 * Math.sin(Math.toRadians(16)) / 1540;
        assertThat(f.samples().startTimesS().get(0)).isCloseTo(5e-6 + toOrigin, within(1e-11));
        assertThat(f.samples().startTimesS().get(1)).isCloseTo(5e-6, within(1e-11));
        float[] trace = new float[64];
        for (int t = 0; t < 3; t++) {
            for (int c = 0; c < 16; c++) {
                rf.copyTrace(0, t, c, trace, 0);
                for (int s = 0; s < 64; s++) {
                    assertThat(trace[s]).isEqualTo((t * 16 + c) * 64 + s);
                }
            }
        }
        assertThat(content.origin().warnings()).anyMatch(w -> w.contains("centre frequency"));
    }
}
