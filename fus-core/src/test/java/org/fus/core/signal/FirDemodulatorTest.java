package org.fus.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfArray;
import org.fus.core.data.RfBlock;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.testing.AllocatedBytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FirDemodulatorTest {
    private static final double FS = 4 * SignalFixtures.FC;

    @Property(tries = 60)
    void demodulate_tone_becomesItsAmplitudeAndPhase(
            @ForAll @DoubleRange(min = 0.1, max = 900) double amplitude,
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double phase,
            @ForAll @DoubleRange(min = -10, max = 100) double startUs,
            @ForAll @IntRange(min = 1, max = 4) int decimation,
            @ForAll boolean bandPassSampled) {
        double fs = SignalFixtures.FC * (bandPassSampled ? 4.0 / 3 : 4);
        ChannelFormat format = SignalFixtures.format(1, 1, fs, 1e-6 * startUs, 600);
        RfArray rf =
                SignalFixtures.record(format, t -> amplitude * Math.cos(2 * Math.PI * SignalFixtures.FC * t + phase));

        IqData iq = FirDemodulator.decimatingBy(decimation).demodulate(rf, RunContext.inline());

        // Stop band of a Hamming window: the image at -53 dB.
        SignalFixtures.assertConstant(iq, amplitude, phase, 32 / decimation + 1, 2.5e-3);
    }

    @Property(tries = 40)
    void demodulate_pulseOf67Percent_keepsEnvelopeAndTime(
            @ForAll @DoubleRange(min = 3, max = 5) double arrivalUs,
            @ForAll @IntRange(min = 1, max = 2) int decimation) {
        double arrival = 1e-6 * arrivalUs;
        GaussianPulse pulse = new GaussianPulse(SignalFixtures.FC, 0.67);
        ChannelFormat format = SignalFixtures.format(1, 1, FS, 1e-6, 400);
        RfArray rf = SignalFixtures.record(format, t -> pulse.at(t - arrival));

        IqData iq = FirDemodulator.decimatingBy(decimation).demodulate(rf, RunContext.inline());

        // At 12.3 MHz from the centre, where the pass band ends, the spectrum of the pulse is down to 2 %.
        assertThat(SignalFixtures.relative(iq.copyFrame(0), envelope(iq.format(), pulse, arrival)))
                .isLessThan(5e-3);
    }

    /** Vectors that escape to the heap would be megabytes: 24 traces of 300 samples and 32 frames. */
    @Test
    @Tag(AllocatedBytes.TAG)
    void demodulate_blockAfterBlock_allocatesItsResultAlone() {
        ChannelFormat format = SignalFixtures.format(2, 12, FS, 1e-6, 300);
        RfArray rf = RfArray.wrap(format, new float[32][2 * 12 * 300]);
        FirDemodulator demodulator = FirDemodulator.decimatingBy(4);
        long result = 2L * Float.BYTES * 32 * 24 * IqData.stride(demodulator.outputFormat(format));
        long most = result + 16 * 1024; // objects of the call itself

        long least = AllocatedBytes.least(() -> demodulator.demodulate(rf, RunContext.inline()), most);

        assertThat(least).isBetween(result, most);
    }

    private static float[] envelope(ChannelFormat format, GaussianPulse pulse, double arrival) {
        float[] expected = new float[2 * format.sampleCount()];
        double phase = -2 * Math.PI * SignalFixtures.FC * arrival;
        for (int m = 0; m < format.sampleCount(); m++) {
            double u = (format.samples().timeS(0, m) - arrival) / pulse.sigmaS();
            expected[2 * m] = (float) (Math.exp(-u * u / 2) * Math.cos(phase));
            expected[2 * m + 1] = (float) (Math.exp(-u * u / 2) * Math.sin(phase));
        }
        return expected;
    }

    @Test
    void demodulate_narrowPulse_agreesWithZeroPhase() {
        GaussianPulse pulse = new GaussianPulse(SignalFixtures.FC, 0.3);
        ChannelFormat format = SignalFixtures.format(1, 1, FS, 2e-6, 401);
        RfArray rf = SignalFixtures.record(format, t -> pulse.at(t - 5.1234e-6));

        float[] fir = FirDemodulator.decimatingBy(2)
                .demodulate(rf, RunContext.inline())
                .copyFrame(0);
        float[] reference = ZeroPhaseDemodulator.standard()
                .demodulate(rf, RunContext.inline())
                .copyFrame(0);

        float[] kept = new float[fir.length];
        for (int m = 0; m < fir.length / 2; m++) {
            kept[2 * m] = reference[4 * m];
            kept[2 * m + 1] = reference[4 * m + 1];
        }
        assertThat(SignalFixtures.relative(fir, kept)).isLessThan(3e-3); // pass-band ripple of the window
    }

    @Property(tries = 20)
    void demodulate_sumOfRecords_isSumOfResults(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 35) int frames,
            @ForAll @IntRange(min = 1, max = 5) int decimation) {
        ChannelFormat format = SignalFixtures.format(3, 2, FS, 1e-6, 53);
        RfArray a = SignalFixtures.noise(format, frames, seed);
        RfArray b = SignalFixtures.noise(format, frames, seed + 1);

        float[] whole = last(LinearRecords.combine(a, b, 2), decimation);
        float[] partA = last(a, decimation);
        float[] partB = last(b, decimation);

        for (int i = 0; i < partA.length; i++) {
            partA[i] += 2 * partB[i];
        }
        assertThat(SignalFixtures.relative(whole, partA)).isLessThan(2e-6); // sums of some 20 terms in float32
    }

    private static float[] last(RfArray rf, int decimation) {
        return FirDemodulator.decimatingBy(decimation)
                .demodulate(rf, RunContext.inline())
                .copyFrame(rf.frames() - 1);
    }

    @Test
    void demodulate_anyThreads_sameBits() {
        RfArray rf = SignalFixtures.noise(SignalFixtures.format(19, 2, FS, 1e-6, 70), 40, 5);
        IqData one = FirDemodulator.decimatingBy(2).demodulate(rf, RunContext.inline());
        try (ExecutorService pool = Executors.newFixedThreadPool(7)) {
            for (int threads : new int[] {2, 7}) {
                SignalFixtures.assertSameBits(
                        FirDemodulator.decimatingBy(2).demodulate(rf, RunContext.of(pool, threads)), one);
            }
        }
    }

    @Test
    void demodulate_oneTransmit_isThatPartOfAll() {
        ChannelFormat common = SignalFixtures.format(3, 3, FS, 0, 60);
        ChannelFormat format = common.withSamples(new SampleAxis(FS, List.of(0.0, 1.3e-7, 2.9e-7), 60));
        RfArray rf = SignalFixtures.noise(format, 10, 9);

        IqData all = FirDemodulator.decimatingBy(2).demodulate(rf, RunContext.inline());
        IqData one = FirDemodulator.decimatingBy(2).demodulate(rf, 1, RunContext.inline());

        int perTransmit = 2 * 3 * 30;
        assertThat(one.format().samples().startTimesS()).containsExactly(1.3e-7);
        assertThat(one.copyFrame(7))
                .isEqualTo(java.util.Arrays.copyOfRange(all.copyFrame(7), perTransmit, 2 * perTransmit));
    }

    @Test
    void demodulate_nativeBlock_sameBitsAsArray() {
        ChannelFormat format = SignalFixtures.format(9, 2, FS, 1e-6, 141);
        RfArray rf = SignalFixtures.noise(format, 33, 3);
        float[] trace = new float[141];
        try (Arena arena = Arena.ofShared()) {
            MemorySegment raw = arena.allocate(RfBlock.bytes(format, 33), 64);
            for (int i = 0; i < 33 * 18; i++) {
                rf.copyTrace(i / 18, i / 9 % 2, i % 9, trace, 0);
                for (int k = 0; k < 141; k++) {
                    raw.setAtIndex(ValueLayout.JAVA_SHORT, 141L * i + k, (short) trace[k]);
                }
            }
            FirDemodulator demodulator = FirDemodulator.decimatingBy(2);

            IqData block = demodulator.demodulate(RfBlock.wrap(format, 0, 33, raw), RunContext.inline());

            SignalFixtures.assertSameBits(block, demodulator.demodulate(rf, RunContext.inline()));
        }
    }

    @Test
    void outputFormat_oddRecord_keepsEverySecondSampleTime() {
        ChannelFormat rf = SignalFixtures.format(1, 2, FS, 3e-6, 61);

        SampleAxis axis = FirDemodulator.decimatingBy(2).outputFormat(rf).samples();

        assertThat(axis.samples()).isEqualTo(31);
        assertThat(axis.timeS(1, 30)).isEqualTo(rf.samples().timeS(1, 60));
    }

    @Test
    void outputFormat_imageOnTopOfSignal_isRefused() {
        ChannelFormat rf = SignalFixtures.format(1, 1, 2 * SignalFixtures.FC, 0, 100);

        assertThatThrownBy(() -> FirDemodulator.decimatingBy(1).outputFormat(rf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 fc / n");
        assertThatThrownBy(() -> FirDemodulator.decimatingBy(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
