package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.junit.jupiter.api.Test;

class ChannelSimulatorTest {
    private static final RunContext INLINE = RunContext.inline();

    private static Vessel vessel(double speed, int n) {
        return new Vessel(0.3e-3, 0, 5e-3, 0.2, 0.25e-3, 1e-3, speed, n, BloodVolume.AT_REST);
    }

    private static Phantom blood(long seed, int n, double noiseBelowBloodDb) {
        return new Phantom(seed, List.of(), List.of(vessel(5e-3, n)), noiseBelowBloodDb);
    }

    @Test
    void analogue_point_equalsTheFormula() {
        ChannelFormat format = SimulationFixtures.icoPrime(3, 7e-3, 9e-3);
        Scatterers point = Scatterers.point(0.4e-3, 8e-3);
        RfArray frame = SimulationFixtures.plan(format, Medium.SOFT_TISSUE, Phantom.point(0.4e-3, 8e-3))
                .withGain(1)
                .analogue(0, 1, INLINE);
        for (int t = 0; t < 3; t++) {
            for (int e : new int[] {0, 40, 64, 127}) {
                double[] expected =
                        NaiveEchoes.trace(format, SimulationFixtures.PULSE, Medium.SOFT_TISSUE, point, 0, 0, t, e);
                // nearest of 512 shifts of half a sample: at most 0.77 mrad
                assertThat(SimulationFixtures.errorDb(SimulationFixtures.trace(frame, 0, t, e), expected))
                        .isLessThan(-60);
            }
        }
    }

    @Test
    void analogue_blood_equalsTheFormulaOfItsScatterers() {
        ChannelFormat format = SimulationFixtures.format(SimulationFixtures.sparse(), 3, 4.2e-3, 5.8e-3);
        Phantom phantom = blood(11, 300, Double.POSITIVE_INFINITY);
        RfArray frames = SimulationFixtures.plan(format, Medium.SOFT_TISSUE, phantom)
                .withGain(1)
                .analogue(2, 3, INLINE);
        for (int f = 0; f < 3; f++) {
            Scatterers there = vessel(5e-3, 300).at((2 + f) / 500.0, 11, 0).scatterers();
            for (int e = 0; e < 8; e++) {
                double[] expected =
                        NaiveEchoes.trace(format, SimulationFixtures.PULSE, Medium.SOFT_TISSUE, there, 0, 0, 1, e);
                // nearest of 512 shifts per sample: rms 0.9 mrad, more on channels that see little
                assertThat(SimulationFixtures.errorDb(SimulationFixtures.trace(frames, f, 1, e), expected))
                        .isLessThan(-54);
            }
        }
    }

    @Test
    void analogue_pointStraightAhead_peaksAtTheAnalyticTime() {
        // an element above the point, plane wave straight down: 2 z / c, no tilt, no offset
        double z = 8.1234e-3;
        double x = ProbeCatalogue.ICO_PRIME.elementXM(70);
        TransmitSequence sequence = TransmitSequence.planeWaves(0, 0, 1, 15.625e6, 500);
        ChannelFormat format =
                new ChannelFormat(ProbeCatalogue.ICO_PRIME, sequence, SampleAxis.common(500e6, 10e-6, 1, 900));
        float[] trace = SimulationFixtures.trace(
                SimulationFixtures.plan(format, Medium.lossless(1540), Phantom.point(x, z))
                        .analogue(0, 1, INLINE),
                0,
                0,
                70);
        int k = 1;
        for (int i = 1; i < trace.length - 1; i++) {
            k = trace[i] > trace[k] ? i : k;
        }
        double peak = k + 0.5 * (trace[k - 1] - trace[k + 1]) / (trace[k - 1] - 2.0 * trace[k] + trace[k + 1]);
        double expected = (2 * z / 1540 - 10e-6) * 500e6;
        // 32 samples per period: the parabola is off by less than 1/1000, the table by 1/1024 sample
        assertThat(peak).isCloseTo(expected, within(0.005));
    }

    @Test
    void analogue_doubleAmplitude_doublesTheEchoes() {
        ChannelFormat format = SimulationFixtures.format(SimulationFixtures.sparse(), 1, 5e-3, 6e-3);
        Scatterers once = SimulationFixtures.square(1, 50, 0, 5.5e-3, 0.5e-3);
        double[][] p = new double[4][50];
        for (int i = 0; i < 50; i++) {
            p[0][i] = once.xM(i);
            p[1][i] = once.yM(i);
            p[2][i] = once.zM(i);
            p[3][i] = 2 * once.amplitude(i);
        }
        Scatterers twice = Scatterers.of(p[0], p[1], p[2], p[3]);
        float[] a = still(format, once);
        float[] b = still(format, twice);
        for (int i = 0; i < a.length; i++) {
            assertThat(b[i]).isEqualTo(2 * a[i]); // doubling is exact in binary
        }
    }

    private static float[] still(ChannelFormat format, Scatterers s) {
        Phantom p =
                new Phantom(1, List.of(new TissueRegion(s, TissueMotion.NONE)), List.of(), Double.POSITIVE_INFINITY);
        return SimulationFixtures.trace(
                SimulationFixtures.plan(format, Medium.SOFT_TISSUE, p)
                        .withGain(1)
                        .analogue(0, 1, INLINE),
                0,
                0,
                3);
    }

    @Test
    void analogue_noise_hasTheLevelAskedFor() {
        ChannelFormat format = SimulationFixtures.format(SimulationFixtures.sparse(), 3, 4.2e-3, 5.8e-3);
        ChannelSimulator noisy = SimulationFixtures.plan(format, Medium.SOFT_TISSUE, blood(2, 500, 10));
        ChannelSimulator clean =
                SimulationFixtures.plan(format, Medium.SOFT_TISSUE, blood(2, 500, Double.POSITIVE_INFINITY));
        double signal = 0;
        long reached = 0;
        double noise = 0;
        long n = 0;
        RfArray a = noisy.analogue(0, 20, INLINE);
        RfArray b = clean.analogue(0, 20, INLINE);
        for (int f = 0; f < 20; f++) {
            for (int e = 0; e < 24; e++) {
                float[] u = SimulationFixtures.trace(a, f, e / 8, e % 8);
                float[] v = SimulationFixtures.trace(b, f, e / 8, e % 8);
                for (int i = 0; i < u.length; i++) {
                    noise += Math.pow(u[i] - v[i], 2);
                    n++;
                    signal += f == 0 ? v[i] * v[i] : 0;
                    reached += f == 0 && v[i] != 0 ? 1 : 0;
                }
            }
        }
        // 100 000 noise samples: 0.03 dB
        assertThat(10 * Math.log10(signal / reached / (noise / n))).isCloseTo(10, within(0.1));
    }

    @Test
    void frames_everyThreadCountAndPartition_sameBits() throws Exception {
        ChannelFormat format = SimulationFixtures.icoPrime(2, 4.2e-3, 5.8e-3);
        TissueRegion tissue = new TissueRegion(
                SimulationFixtures.square(8, 200, 0, 5e-3, 1e-3), new TissueMotion(1e-5, -1e-5, List.of()));
        Phantom phantom = new Phantom(3, List.of(tissue), List.of(vessel(5e-3, 200)), 10);
        byte[] one = bytes(SimulationFixtures.plan(format, Medium.SOFT_TISSUE, phantom), 0, 18, INLINE);
        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads - 1)) {
                RunContext context = RunContext.of(pool, threads);
                ChannelSimulator s =
                        ChannelSimulator.plan(format, SimulationFixtures.PULSE, Medium.SOFT_TISSUE, phantom, context);
                assertThat(bytes(s, 0, 18, context)).isEqualTo(one);
                byte[] last = bytes(s, 17, 1, context);
                assertThat(last).isEqualTo(java.util.Arrays.copyOfRange(one, 17 * last.length, 18 * last.length));
            }
        }
        Phantom other = new Phantom(4, phantom.tissue(), phantom.vessels(), 10);
        assertThat(bytes(SimulationFixtures.plan(format, Medium.SOFT_TISSUE, other), 0, 18, INLINE))
                .isNotEqualTo(one);
    }

    private static byte[] bytes(ChannelSimulator s, long first, int count, RunContext context) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment m = arena.allocate(RfBlock.bytes(s.format(), count));
            s.frames(first, count, m, context);
            return m.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Test
    void frames_areTheAnalogueValuesRoundedAndClipped() {
        ChannelFormat format = SimulationFixtures.format(SimulationFixtures.sparse(), 2, 4.2e-3, 5.8e-3);
        ChannelSimulator automatic = SimulationFixtures.plan(format, Medium.SOFT_TISSUE, blood(6, 100, 20));
        ChannelSimulator loud = automatic.withGain(4 * automatic.gain());
        assertThat(clipped(automatic)).isZero();
        assertThat(clipped(loud)).isPositive();
    }

    /** Compares all samples of three frames and returns how many were clipped. */
    private static long clipped(ChannelSimulator s) {
        RfArray exact = s.analogue(0, 3, INLINE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment m = arena.allocate(RfBlock.bytes(s.format(), 3));
            long counted = s.frames(0, 3, m, INLINE);
            RfBlock block = RfBlock.wrap(s.format(), 0, 3, m);
            long over = 0;
            for (int f = 0; f < 3; f++) {
                for (int te = 0; te < 16; te++) {
                    float[] a = SimulationFixtures.trace(exact, f, te / 8, te % 8);
                    float[] q = new float[a.length];
                    block.copyTrace(f, te / 8, te % 8, q, 0);
                    for (int i = 0; i < a.length; i++) {
                        float kept = Math.clamp(a[i], -ChannelSimulator.FULL_SCALE, ChannelSimulator.FULL_SCALE);
                        assertThat(q[i]).isCloseTo(kept, within(0.5001f));
                        over += Math.abs(a[i]) > ChannelSimulator.FULL_SCALE + 0.5 ? 1 : 0;
                    }
                }
            }
            assertThat(counted).isEqualTo(over);
            return counted;
        }
    }

    @Test
    void plan_impossibleInput_saysWhat() {
        ChannelFormat good = SimulationFixtures.format(SimulationFixtures.sparse(), 1, 4.2e-3, 5.8e-3);
        Phantom deep = Phantom.point(0, 50e-3);
        assertThatThrownBy(() -> SimulationFixtures.plan(good, Medium.SOFT_TISSUE, deep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no echo");
        ChannelFormat slow = good.withSamples(SampleAxis.common(20e6, 5e-6, 1, 100));
        assertThatThrownBy(() -> SimulationFixtures.plan(slow, Medium.SOFT_TISSUE, Phantom.point(0, 5e-3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.0E7 Hz");
        TransmitSequence focus = new TransmitSequence(List.of(new Transmit.FocusedWave(0, 5e-3)), 15.625e6, 500, 1540);
        ChannelFormat focused = new ChannelFormat(good.probe(), focus, good.samples());
        assertThatThrownBy(() -> SimulationFixtures.plan(focused, Medium.SOFT_TISSUE, Phantom.point(0, 5e-3)))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("focused");
        Transmit steep = new Transmit.PlaneWave(0, 0.1);
        ChannelFormat elevated = new ChannelFormat(
                good.probe(), new TransmitSequence(List.of(steep), 15.625e6, 500, 1540), good.samples());
        assertThatThrownBy(() -> SimulationFixtures.plan(elevated, Medium.SOFT_TISSUE, Phantom.point(0, 5e-3)))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("in the plane of the array");
        ChannelFormat matrix = new ChannelFormat(ProbeCatalogue.MATRIX1024_8, good.sequence(), good.samples());
        assertThatThrownBy(() -> SimulationFixtures.plan(matrix, Medium.SOFT_TISSUE, Phantom.point(0, 5e-3)))
                .isInstanceOf(FusUnsupportedException.class)
                .hasMessageContaining("arrays of one plane");
    }
}
