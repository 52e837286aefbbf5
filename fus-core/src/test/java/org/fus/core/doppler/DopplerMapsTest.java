package org.fus.core.doppler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.clutter.SvdClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;
import org.fus.core.testing.Ensembles;
import org.fus.core.testing.Golden;
import org.junit.jupiter.api.Test;

class DopplerMapsTest {
    private static final RunContext HERE = RunContext.inline();

    @Test
    void power_goldenWindowsOfFiftyFrames_match() {
        double[] expected = Golden.set("signal/g10_power_doppler").doubles("pd_svd8_w50_s25");
        IqEnsemble e = Ensembles.of(
                Ensembles.split(Golden.set("signal/g09_svd_clutter").floats("iq"), 80), 32, 40);
        IqEnsemble filtered = SvdClutterFilter.removing(8).apply(e, HERE);
        double max = Arrays.stream(expected).max().orElseThrow();

        for (int w = 0; w < 2; w++) {
            DopplerFrame power = PowerDoppler.of(filtered.slice(25 * w, 50), HERE);
            for (int p = 0; p < 1280; p++) {
                // the tolerance of the vectors for float32 ports
                assertThat((double) power.at(p)).isCloseTo(expected[1280 * w + p], within(1e-5 * max));
            }
        }
    }

    @Property(tries = 30)
    void directionalPowers_addUpToThePower(@ForAll @IntRange(min = 1, max = 70) int frames, @ForAll long seed) {
        IqEnsemble e = Ensembles.random(frames, 3, 5, seed);

        DopplerFrame towards = DirectionalPower.towards(e, HERE);
        DopplerFrame away = DirectionalPower.away(e, HERE);
        DopplerFrame difference = DirectionalPower.difference(e, HERE);
        DopplerFrame total = PowerDoppler.of(e, HERE);

        for (int p = 0; p < 15; p++) {
            // float32 sums over up to 70 frames of samples of size 1
            assertThat(towards.at(p) + away.at(p)).isCloseTo(total.at(p), within(1e-5f));
            assertThat(difference.at(p)).isCloseTo(towards.at(p) - away.at(p), within(1e-6f));
        }
    }

    @Property
    void directionalAndSigned_oneTone_tellItsDirection(@ForAll @IntRange(min = 1, max = 19) int cycles) {
        IqEnsemble up = tone(40, cycles, 2);
        IqEnsemble down = tone(40, -cycles, 2);

        // whole cycles of a tone of power 4 in float32
        assertThat(DirectionalPower.towards(up, HERE).at(0)).isCloseTo(4, within(1e-5f));
        assertThat(DirectionalPower.away(up, HERE).at(0)).isCloseTo(0, within(1e-5f));
        assertThat(DirectionalPower.towards(down, HERE).at(0)).isCloseTo(0, within(1e-5f));
        assertThat(DirectionalPower.signed(up, HERE).at(0)).isCloseTo(4, within(1e-5f));
        assertThat(DirectionalPower.signed(down, HERE).at(0)).isCloseTo(-4, within(1e-5f));
    }

    @Property(tries = 30)
    void bands_thatShareNothing_addUpToThePower(
            @ForAll @IntRange(min = 12, max = 60) int frames, @ForAll @DoubleRange(min = 0.2, max = 0.8) double cut) {
        IqEnsemble e = Ensembles.random(frames, 2, 9, 7);
        double nyquist = ColorDoppler.DEFAULT.nyquistMPerS(e.timing());

        DopplerFrame slow = VelocityBand.ofSpeeds(0, cut * nyquist).of(e, HERE);
        DopplerFrame fast = VelocityBand.ofSpeeds(cut * nyquist, 2 * nyquist).of(e, HERE);

        DopplerFrame total = PowerDoppler.of(e, HERE);
        for (int p = 0; p < 18; p++) {
            assertThat(slow.at(p) + fast.at(p)).isCloseTo(total.at(p), within(1e-5f));
        }
    }

    @Test
    void band_toneInsideAndOutside() {
        IqEnsemble e = tone(100, 20, 1);
        double v = 0.4 * ColorDoppler.DEFAULT.nyquistMPerS(e.timing());

        assertThat(new VelocityBand(0.9 * v, 1.1 * v, false).of(e, HERE).at(0)).isCloseTo(1, within(1e-5f));
        assertThat(new VelocityBand(-1.1 * v, -0.9 * v, false).of(e, HERE).at(0))
                .isCloseTo(0, within(1e-5f));
        assertThat(new VelocityBand(0.9 * v, 1.1 * v, true).of(e, HERE).at(0)).isCloseTo(1, within(1e-5f));
        assertThatThrownBy(() -> new VelocityBand(1.001 * v, 1.002 * v, false).of(e, HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("widen the band");
        assertThatThrownBy(() -> new VelocityBand(2, 1, false)).hasMessageContaining("above the start");
        assertThatThrownBy(() -> VelocityBand.ofSpeeds(-1, 1)).hasMessageContaining("0 or more");
    }

    @Test
    void maps_anyNumberOfThreads_giveIdenticalBits() {
        IqEnsemble e = Ensembles.random(33, 50, 70, 3);
        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                RunContext many = RunContext.of(pool, threads);
                assertThat(DirectionalPower.towards(e, many).toArray())
                        .isEqualTo(DirectionalPower.towards(e, HERE).toArray());
                ColorDoppler color = new ColorDoppler(1, new SpatialKernel(3, 5), 3);
                assertThat(color.of(e, many).toArray())
                        .isEqualTo(color.of(e, HERE).toArray());
                assertThat(PowerDoppler.of(e, many).toArray())
                        .isEqualTo(PowerDoppler.of(e, HERE).toArray());
            }
        }
    }

    @Test
    void compress_envelope_isInDecibelsBelowTheBrightest() {
        float[][] data = {{10, 0, 1, 0, 0.001f, 0}};
        DopplerFrame envelope = BMode.of(Ensembles.of(data, 1, 3), HERE);

        DopplerFrame level = BMode.compress(envelope, 50);

        assertThat(level.toArray()).containsExactly(new float[] {0, -20, -50}, within(1e-4f));
        assertThat(level.quantity().unit()).isEqualTo("dB");
        assertThatThrownBy(() -> BMode.compress(level, 50)).hasMessageContaining("expected a B-mode envelope");
        assertThatThrownBy(() -> BMode.compress(envelope, 0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> BMode.compress(BMode.of(Ensembles.of(new float[1][6], 1, 3), HERE), 50))
                .hasMessageContaining("zero everywhere");
    }

    @Test
    void spectrogram_toneThatChangesSpeed_isFollowed() {
        float[][] data = new float[400][2];
        double phase = 0;
        for (int t = 0; t < 400; t++) {
            data[t][0] = (float) Math.cos(phase);
            data[t][1] = (float) Math.sin(phase);
            phase += Math.PI * (t < 200 ? 0.5 : -0.25);
        }
        IqEnsemble e = Ensembles.of(data, 1, 1);
        double nyquist = ColorDoppler.DEFAULT.nyquistMPerS(e.timing());

        Spectrogram s = new SpectralDoppler(64, 16, 128).of(e, new int[] {0}, HERE);

        double[] mean = s.meanVelocityMPerS();
        assertThat(s.timesS()[0]).isCloseTo(31.5 / 500, within(1e-12));
        assertThat(s.velocitiesMPerS()[0]).isCloseTo(-nyquist, within(1e-12));
        // side lobes of the Hann window pull the mean by less than a percent of the Nyquist velocity
        assertThat(mean[0]).isCloseTo(0.5 * nyquist, within(0.01 * nyquist));
        assertThat(mean[mean.length - 1]).isCloseTo(-0.25 * nyquist, within(0.01 * nyquist));
        double[] envelope = s.envelopeMPerS(0.95);
        // the main lobe of a Hann window of 64 frames is 4 of its 64 steps wide
        assertThat(envelope[0]).isCloseTo(0.5 * nyquist, within(4 * 2 * nyquist / 64));
        assertThat(envelope[mean.length - 1]).isNegative();
        for (double[] window : s.power()) {
            // a tone of power 1
            assertThat(Arrays.stream(window).sum()).isCloseTo(1, within(0.02));
        }
        assertThatThrownBy(() -> new SpectralDoppler(500, 1, 512).of(e, new int[] {0}, HERE))
                .hasMessageContaining("400 frames");
        assertThatThrownBy(() -> new SpectralDoppler(64, 1, 64).of(e, new int[0], HERE))
                .hasMessageContaining("no pixel");
        assertThatThrownBy(() -> new SpectralDoppler(64, 1, 32)).hasMessageContaining("no fewer");
    }

    @Test
    void pulsatility_knownHeartbeat_isFound() {
        double rate = 125;
        double[] course = new double[250];
        for (int i = 0; i < course.length; i++) {
            double beat = 2 * Math.PI * 5 * i / rate;
            course[i] = -(8e-3 + 3e-3 * Math.sin(beat) + 0.5e-3 * Math.sin(2 * beat + 1));
        }
        double[] oneCycle = Arrays.stream(course, 0, 25).map(Math::abs).toArray();
        double high = Arrays.stream(oneCycle).max().orElseThrow();
        double low = Arrays.stream(oneCycle).min().orElseThrow();

        PulsatilityIndices p = PulsatilityIndices.of(course, rate, 3, 10);

        assertThat(p.heartRateHz()).isCloseTo(5, within(0.02));
        assertThat(p.cycles()).isEqualTo(10);
        // cycles are cut at whole samples
        assertThat(p.resistivity()).isCloseTo((high - low) / high, within(0.01));
        assertThat(p.pulsatility()).isCloseTo((high - low) / 8e-3, within(0.01));
    }

    @Test
    void pulsatility_recordThatCannotShowIt_isRefused() {
        double[] course = new java.util.SplittableRandom(2).doubles(200, 1, 2).toArray();
        assertThatThrownBy(() -> PulsatilityIndices.of(course, 100, 0.5, 10)).hasMessageContaining("record longer");
        assertThatThrownBy(() -> PulsatilityIndices.of(course, 20, 3, 10)).hasMessageContaining("samples per second");
        assertThatThrownBy(() -> PulsatilityIndices.of(course, 100, 4, 10)).hasMessageContaining("no heartbeat");
        assertThatThrownBy(() -> PulsatilityIndices.of(course, 100, 10, 4)).hasMessageContaining("positive");
        course[7] = Double.NaN;
        assertThatThrownBy(() -> PulsatilityIndices.of(course, 100, 4, 10)).hasMessageContaining("sample 7");
    }

    private static IqEnsemble tone(int frames, int cycles, double amplitude) {
        float[][] data = new float[frames][2];
        for (int t = 0; t < frames; t++) {
            double phase = 2 * Math.PI * cycles * t / frames;
            data[t][0] = (float) (amplitude * Math.cos(phase));
            data[t][1] = (float) (amplitude * Math.sin(phase));
        }
        return Ensembles.of(data, 1, 1);
    }
}
