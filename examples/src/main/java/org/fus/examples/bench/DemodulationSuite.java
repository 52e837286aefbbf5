package org.fus.examples.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfBlock;
import org.fus.core.probe.Probe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.signal.FirDemodulator;

/**
 * RF to IQ in the engine's layout, one thread: 32 frames, 11 transmits, 128 channels, 1024 int16 samples at four times the
 * centre frequency, decimation by 4. Both sides write into memory of theirs that is used again, as a pipeline does.
 */
final class DemodulationSuite implements BenchSuite {
    private static final int FRAMES = 32;
    private static final int TRACES = 11 * 128;
    private static final int SAMPLES = 1024;
    private static final int DECIMATION = 4;
    private static final int STRIDE = SAMPLES / DECIMATION + 5;
    private static final double FREQUENCY_HZ = 15e6;

    @Override
    public String name() {
        return "demodulation";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.of(YardstickProgram.DEMODULATION);
    }

    @Override
    public List<BenchWork> prepare() {
        ChannelFormat format = new ChannelFormat(
                Probe.linear("benchmark", 128, 1e-4, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-0.1, 0.1, 11, FREQUENCY_HZ, 5500),
                SampleAxis.common(4 * FREQUENCY_HZ, 0, 11, SAMPLES));
        MemorySegment samples = HugePages.allocate(RfBlock.bytes(format, FRAMES));
        for (int i = 0; i < FRAMES * TRACES * SAMPLES; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) HashedSamples.at(i));
        }
        return List.of(new Demodulation(RfBlock.wrap(format, 0, FRAMES, samples)));
    }

    /** One block per call. */
    private static final class Demodulation implements BenchWork {
        private final RfBlock rf;
        private final FirDemodulator demodulator = FirDemodulator.decimatingBy(DECIMATION);
        private final IqData memory;
        private IqData iq;

        Demodulation(RfBlock rf) {
            this.rf = rf;
            this.memory = demodulator.demodulate(rf, RunContext.inline());
        }

        @Override
        public String name() {
            return "RF to IQ, frames innermost";
        }

        @Override
        public List<String> variants() {
            return List.of("transpose16");
        }

        @Override
        public Target target() {
            return new Target(0.9, 1);
        }

        /** A call has many small loops, which the compiler sees to one after the other. */
        @Override
        public int warmUpCalls() {
            return 20;
        }

        @Override
        public int unitsPerCall() {
            return FRAMES;
        }

        @Override
        public String unit() {
            return "frame";
        }

        @Override
        public void run() {
            iq = demodulator.demodulate(rf, memory.panels(), RunContext.inline());
        }

        /** The result stands in memory that is used again. */
        @Override
        public long outputBytes() {
            return 0;
        }

        /** Of every 97th value in the order {@code [trace][sample + pad][re x 32 | im x 32]}. */
        @Override
        public double checksum() {
            float[][] frames = new float[FRAMES][];
            for (int f = 0; f < FRAMES; f++) {
                frames[f] = iq.copyFrame(f);
            }
            int cell = 2 * FRAMES;
            int kept = SAMPLES / DECIMATION;
            double sum = 0;
            for (int i = 0; i < TRACES * STRIDE * cell; i += 97) {
                int sample = i / cell % STRIDE;
                if (sample < kept) {
                    int within = i % cell;
                    int at = i / cell / STRIDE * kept + sample;
                    sum += Math.abs(frames[within % FRAMES][2 * at + within / FRAMES]);
                }
            }
            return sum;
        }
    }
}
