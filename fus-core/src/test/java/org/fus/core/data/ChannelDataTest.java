package org.fus.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Ensembles;
import org.junit.jupiter.api.Test;

class ChannelDataTest {
    private static final ChannelFormat FORMAT = new ChannelFormat(
            Probe.linear("small", 3, 1e-4, 15e6).build(),
            TransmitSequence.planeWaves(-0.1, 0.1, 2, 15e6, 1000),
            SampleAxis.common(60e6, 0, 2, 5));

    @Test
    void rfBlock_tracesAndSlices_readTheRightSamples() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment samples = arena.allocate(RfBlock.bytes(FORMAT, 4));
            for (int i = 0; i < 4 * 2 * 3 * 5; i++) {
                samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) i);
            }
            RfBlock block = RfBlock.wrap(FORMAT, 100, 4, samples);
            float[] trace = new float[5];

            block.copyTrace(2, 1, 0, trace, 0);
            assertThat(trace).containsExactly(75, 76, 77, 78, 79);

            RfBlock slice = block.slice(2, 2);
            slice.copyTrace(0, 1, 0, trace, 0);
            assertThat(trace).containsExactly(75, 76, 77, 78, 79);
            assertThat(slice.firstFrame()).isEqualTo(102);
            assertThatThrownBy(() -> block.slice(3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> RfBlock.wrap(FORMAT, 0, 5, samples)).hasMessageContaining("240 bytes");
        }
        assertThatThrownBy(() -> RfBlock.wrap(FORMAT, 0, 1, MemorySegment.ofArray(new short[30])))
                .hasMessageContaining("heap");
    }

    @Test
    void rfArray_sampleThatIsNotFinite_isRefusedWithItsPlace() {
        float[] frame = new float[30];
        frame[15 + 5 + 2] = Float.NaN;

        assertThatThrownBy(() -> RfArray.wrap(FORMAT, new float[][] {new float[30], frame}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN at frame 1, transmit 1, channel 1, sample 2");
        assertThatThrownBy(() -> RfArray.wrap(FORMAT, new float[][] {new float[29]}))
                .hasMessageContaining("29 samples");
        assertThatThrownBy(() -> RfArray.wrap(FORMAT, new float[0][])).hasMessageContaining("at least one");
    }

    @Property(tries = 40)
    void iqData_anyNumberOfFrames_comesBackAsItWent(@ForAll @IntRange(min = 1, max = 70) int frames) {
        float[][] samples = new float[frames][60];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < 60; i++) {
                samples[f][i] = 1000 * f + i;
            }
        }

        IqData data = IqData.copyOf(FORMAT, 15e6, samples);

        assertThat(data.frames()).isEqualTo(frames);
        for (int f = 0; f < frames; f++) {
            assertThat(data.copyFrame(f)).isEqualTo(samples[f]);
        }
    }

    @Property(tries = 30)
    void ensembles_joined_keepEveryFrameInOrder(
            @ForAll @IntRange(min = 1, max = 40) int first, @ForAll @IntRange(min = 1, max = 40) int second) {
        IqEnsemble a = Ensembles.random(first, 2, 3, 1);
        IqEnsemble b = Ensembles.random(second, 2, 3, 2);

        IqEnsemble both = IqEnsemble.concatenate(List.of(a, b));

        assertThat(both.frames()).isEqualTo(first + second);
        for (int f = 0; f < first + second; f++) {
            assertThat(both.copyFrame(f)).isEqualTo(f < first ? a.copyFrame(f) : b.copyFrame(f - first));
        }
    }

    @Test
    void ensemble_valueThatIsNotFinite_isRefused() {
        float[][] frames = new float[2][12];
        frames[1][7] = Float.POSITIVE_INFINITY;

        assertThatThrownBy(() -> Ensembles.of(frames, 2, 3)).hasMessageContaining("Infinity at frame 1, pixel 3");
    }
}
