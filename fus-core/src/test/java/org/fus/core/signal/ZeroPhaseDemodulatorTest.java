package org.fus.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfArray;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class ZeroPhaseDemodulatorTest {
    /** The vectors are float64 results stored in float32; so are ours. */
    private static final double GOLDEN = 1e-5;

    @Test
    void demodulate_golden_matchesAllWaves() {
        float[] expected = Golden.set("signal/g04_rf2iq").floats("iq");

        IqData iq = ZeroPhaseDemodulator.standard().demodulate(goldenRf(), RunContext.inline());

        assertThat(SignalFixtures.relative(iq.copyFrame(0), expected)).isLessThan(GOLDEN);
        assertThat(iq.demodulationFrequencyHz()).isEqualTo(7.6e6);
    }

    @Test
    void demodulate_goldenOneWaveOfBandwidth77_matches() {
        float[] expected = Golden.set("signal/g04_rf2iq").floats("iq_B77_wave2");

        IqData iq = ZeroPhaseDemodulator.ofBandwidth(0.77).demodulate(goldenRf(), 2, RunContext.inline());

        assertThat(iq.format().transmits()).isEqualTo(1);
        assertThat(SignalFixtures.relative(iq.copyFrame(0), expected)).isLessThan(GOLDEN);
    }

    @Property(tries = 60)
    void demodulate_tone_becomesItsAmplitudeAndPhase(
            @ForAll @DoubleRange(min = 0.1, max = 900) double amplitude,
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double phase,
            @ForAll @DoubleRange(min = -10, max = 100) double startUs,
            @ForAll boolean bandPassSampled) {
        double fs = SignalFixtures.FC * (bandPassSampled ? 4.0 / 3 : 4);
        ChannelFormat format = SignalFixtures.format(1, 1, fs, 1e-6 * startUs, 300);
        RfArray rf =
                SignalFixtures.record(format, t -> amplitude * Math.cos(2 * Math.PI * SignalFixtures.FC * t + phase));

        IqData iq = ZeroPhaseDemodulator.standard().demodulate(rf, RunContext.inline());

        // The image is at Nyquist, where the filter has its zeros. What the ends excite decays by 0.73, the largest
        // pole,
        // per sample: 2e-9 after 64, below the rounding of float32.
        SignalFixtures.assertConstant(iq, amplitude, phase, 64, 1e-6);
    }

    @Property(tries = 20)
    void demodulate_sumOfRecords_isSumOfResults(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int frames) {
        ChannelFormat format = SignalFixtures.format(2, 2, 62.5e6, 1e-6, 50);
        RfArray a = SignalFixtures.noise(format, frames, seed);
        RfArray b = SignalFixtures.noise(format, frames, seed + 1);

        float[] whole = last(LinearRecords.combine(a, b, -3));
        float[] partA = last(a);
        float[] partB = last(b);

        for (int i = 0; i < partA.length; i++) {
            partA[i] -= 3 * partB[i];
        }
        assertThat(SignalFixtures.relative(whole, partA)).isLessThan(1e-6); // a few roundings of float32
    }

    private static float[] last(RfArray rf) {
        return ZeroPhaseDemodulator.standard()
                .demodulate(rf, RunContext.inline())
                .copyFrame(rf.frames() - 1);
    }

    @Test
    void demodulate_anyThreads_sameBits() {
        RfArray rf = SignalFixtures.noise(SignalFixtures.format(5, 3, 62.5e6, 1e-6, 70), 40, 5);
        IqData one = ZeroPhaseDemodulator.standard().demodulate(rf, RunContext.inline());
        try (ExecutorService pool = Executors.newFixedThreadPool(7)) {
            for (int threads : new int[] {2, 7}) {
                SignalFixtures.assertSameBits(
                        ZeroPhaseDemodulator.standard().demodulate(rf, RunContext.of(pool, threads)), one);
            }
        }
    }

    @Test
    void outputFormat_shortRecord_saysWhatIsNeeded() {
        assertThatThrownBy(
                        () -> ZeroPhaseDemodulator.standard().outputFormat(SignalFixtures.format(1, 1, 62.5e6, 0, 18)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("18 samples")
                .hasMessageContaining("more than 18");
    }

    @Test
    void outputFormat_bandwidthBeyondNyquist_isRefused() {
        assertThatThrownBy(() -> ZeroPhaseDemodulator.ofBandwidth(1.4)
                        .outputFormat(SignalFixtures.format(1, 1, SignalFixtures.FC * 4 / 3, 0, 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("smaller bandwidth");
        assertThatThrownBy(() -> ZeroPhaseDemodulator.ofBandwidth(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void demodulate_transmitOutOfRange_isRefused() {
        RfArray rf = SignalFixtures.noise(SignalFixtures.format(1, 2, 62.5e6, 0, 40), 1, 1);

        assertThatThrownBy(() -> ZeroPhaseDemodulator.standard().demodulate(rf, 2, RunContext.inline()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 1");
    }

    private static RfArray goldenRf() {
        float[] rf = Golden.set("signal/g03_rf_plane5").floats("rf");
        ChannelFormat format = new ChannelFormat(
                Probe.linear("L11-5v (64)", 64, 0.3e-3, 7.6e6)
                        .elementWidthM(0.27e-3)
                        .build(),
                TransmitSequence.planeWaves(-Math.PI / 18, Math.PI / 18, 5, 7.6e6, 5000),
                SampleAxis.common(30.4e6, 0, 5, 1024));
        return RfArray.wrap(format, new float[][] {Arrays.copyOf(rf, rf.length)});
    }
}
