package org.fus.io.zea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.sequence.Transmit;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.MemorySource;
import org.junit.jupiter.api.Test;

class ZeaFormatTest {
    private static final double[] GEOMETRY = {-1e-4, 0, 0, 0, 0, 0, 1e-4, 0, 0};

    @Test
    void read_rf_turnsSamplesAndElementsAround() throws IOException {
        Content.Channels content = (Content.Channels) open(made(1, GEOMETRY, 6));
        RfData rf = content.data();

        assertThat(rf.frames()).isEqualTo(2);
        assertThat(rf.format().probe().pitchM()).isEqualTo(1e-4);
        assertThat(rf.format().samples().startTimesS()).containsExactly(1e-6, 2e-6);
        assertThat(((Transmit.ElementDelays) rf.format().sequence().transmits().get(1)).delaysS())
                .containsExactly(3e-7, 4e-7, 5e-7);
        assertThat(rf.format().sequence().pulseRepetitionFrequencyHz()).isEqualTo(4000);
        float[] trace = new float[4];
        for (int f = 0; f < 2; f++) {
            for (int t = 0; t < 2; t++) {
                for (int e = 0; e < 3; e++) {
                    rf.copyTrace(f, t, e, trace, 0);
                    for (int s = 0; s < 4; s++) {
                        assertThat(trace[s]).isEqualTo(((f * 2 + t) * 4 + s) * 3 + e);
                    }
                }
            }
        }
    }

    @Test
    void read_iq_hasPairs() throws IOException {
        Content.Channels content = (Content.Channels) open(made(2, GEOMETRY, 6));

        IqData iq = (IqData) content.recording().read(1, 1);

        assertThat(iq.demodulationFrequencyHz()).isEqualTo(5e6);
        // Frame 1, transmit 1, element 2, sample 3: C-order index of the pair, times 2.
        int pair = ((1 * 2 + 1) * 4 + 3) * 3 + 2;
        float[] frame = iq.copyFrame(0);
        int at = 2 * ((1 * 3 + 2) * 4 + 3);
        assertThat(frame[at]).isEqualTo(2 * pair);
        assertThat(frame[at + 1]).isEqualTo(2 * pair + 1);
    }

    @Test
    void read_otherPositions_areAProbeOfPoints() throws IOException {
        double[] square = {0, 0, 0, 1e-3, 1e-3, 0, 0, 1e-3, 0};

        assertThat(((Content.Channels) open(made(1, square, 6)))
                        .recording()
                        .format()
                        .probe()
                        .elementYM(1))
                .isEqualTo(1e-3);
    }

    @Test
    void read_delaysThatDoNotFit_nameTheirNode() throws IOException {
        byte[] file = made(1, GEOMETRY, 5);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(FusFormatException.class)
                .hasMessageContaining("scan/t0_delays")
                .hasMessageContaining("expected 6 numbers");
        byte[] whole = made(1, GEOMETRY, 6);
        for (int length = 1; length < whole.length; length += 11) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ((Content.Channels) open(cut)).data()).isInstanceOf(FusException.class);
        }
    }

    private static Content open(byte[] bytes) {
        return FusFiles.open(MemorySource.wrap("z.hdf5", bytes));
    }

    /** 2 frames, 2 transmits, 4 samples, 3 elements; value = C-order index. */
    private static byte[] made(int parts, double[] geometry, int delays) throws IOException {
        HdfGroup root = new HdfGroup();
        HdfGroup scan = root.group("scan");
        scan.doubles("sampling_frequency", new double[] {20e6}, 1);
        scan.doubles("center_frequency", new double[] {5e6}, 1);
        scan.doubles("sound_speed", new double[] {1500}, 1);
        scan.doubles("time_to_next_transmit", new double[] {1 / 4000.0}, 1);
        scan.doubles("initial_times", new double[] {1e-6, 2e-6}, 2);
        scan.doubles("probe_geometry", geometry, 3, 3);
        double[] laws = new double[delays];
        for (int i = 0; i < delays; i++) {
            laws[i] = i * 1e-7;
        }
        scan.doubles("t0_delays", laws, delays);
        int n = 2 * 2 * 4 * 3 * parts;
        root.group("data").data("raw_data", SampleType.FLOAT32, List.of(2L, 2L, 4L, 3L, (long) parts), out -> {
            ByteBuffer b = ByteBuffer.allocate(n * 4).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < n; i++) {
                b.putFloat(i);
            }
            out.write(b.array());
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        root.writeTo(out);
        return out.toByteArray();
    }
}
