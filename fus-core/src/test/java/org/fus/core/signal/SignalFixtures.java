package org.fus.core.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfArray;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/** Small RF records. */
final class SignalFixtures {
    static final double FC = 15.625e6;

    private SignalFixtures() {}

    static ChannelFormat format(int channels, int transmits, double fs, double startTimeS, int samples) {
        return new ChannelFormat(
                Probe.linear("test", channels, 0.1e-3, FC)
                        .elementWidthM(0.08e-3)
                        .build(),
                TransmitSequence.planeWaves(-0.1, 0.1, transmits, FC, 5000),
                SampleAxis.common(fs, startTimeS, transmits, samples));
    }

    static RfArray noise(ChannelFormat format, int frames, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] data = new float[frames][format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : data) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = random.nextInt(-2000, 2001);
            }
        }
        return RfArray.wrap(format, data);
    }

    /** One frame that holds {@code signal(t)} on the only trace of its format. */
    static RfArray record(ChannelFormat format, DoubleUnaryOperator signal) {
        float[] frame = new float[format.sampleCount()];
        for (int k = 0; k < frame.length; k++) {
            frame[k] = (float) signal.applyAsDouble(format.samples().timeS(0, k));
        }
        return RfArray.wrap(format, new float[][] {frame});
    }

    /** All samples but {@code edge} on either side are {@code amplitude exp(j phase)}. */
    static void assertConstant(IqData iq, double amplitude, double phaseRad, int edge, double tolerance) {
        float[] v = iq.copyFrame(0);
        assertThat(v.length / 2).isGreaterThan(4 * edge);
        for (int m = edge; m < v.length / 2 - edge; m++) {
            double error = Math.hypot(
                    v[2 * m] - amplitude * Math.cos(phaseRad), v[2 * m + 1] - amplitude * Math.sin(phaseRad));
            assertThat(error / amplitude).as("sample %d", m).isLessThan(tolerance);
        }
    }

    static void assertSameBits(IqData a, IqData b) {
        assertThat(a.frames()).isEqualTo(b.frames());
        for (int f = 0; f < a.frames(); f++) {
            assertThat(a.copyFrame(f)).isEqualTo(b.copyFrame(f));
        }
    }

    /** Largest distance between complex values over the largest value of the second. */
    static double relative(float[] actual, float[] expected) {
        assertThat(actual).hasSize(expected.length);
        double max = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i += 2) {
            max = Math.max(max, Math.hypot(expected[i], expected[i + 1]));
            error = Math.max(error, Math.hypot(actual[i] - expected[i], actual[i + 1] - expected[i + 1]));
        }
        return error / max;
    }
}
