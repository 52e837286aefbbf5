package org.fus.examples.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/**
 * The whole chain as one pipeline, on two threads: the default 2-D imaging of the IcoPrime probe, 11 plane waves of -10
 * to 10 degrees, int16 RF of 832 samples at 62.5 MHz, 128 x 91 pixels, F#1, 200 frames at 500 per second, 40 singular
 * components removed, power Doppler. Its yardstick is the time in which the probe acquires these frames.
 */
final class ChainSuite implements BenchSuite {
    private static final int FRAMES = 200;
    private static final int ANGLES = 11;
    private static final int SAMPLES = 832;
    private static final int THREADS = 2;
    private static final double SAMPLING_HZ = 62.5e6;
    private static final double SOUND_SPEED_M_PER_S = 1540;

    @Override
    public String name() {
        return "whole chain";
    }

    @Override
    public Optional<YardstickProgram> program() {
        return Optional.empty();
    }

    @Override
    public List<BenchWork> prepare() {
        double frequencyHz = ProbeCatalogue.ICO_PRIME.centerFrequencyHz();
        double steepest = Math.toRadians(10);
        ChannelFormat format = new ChannelFormat(
                ProbeCatalogue.ICO_PRIME,
                TransmitSequence.planeWaves(-steepest, steepest, ANGLES, frequencyHz, 5500),
                SampleAxis.common(SAMPLING_HZ, 0, ANGLES, SAMPLES));
        double wavelengthM = SOUND_SPEED_M_PER_S / frequencyHz;
        double halfM = 63.5 * ProbeCatalogue.ICO_PRIME.pitchM();
        PixelGrid grid = PixelGrid.xz(-halfM, halfM, 128, wavelengthM, 91 * wavelengthM, 91);
        ProcessingRecipe recipe = ProcessingRecipe.of(grid, Product.POWER)
                .withDas(DasOptions.DEFAULTS)
                .withDemodulation(new Demodulation.Fir(4))
                .withClutter(new Clutter.Svd(40));
        return List.of(new Chain(Pipeline.forRf(recipe, format), noise(format)));
    }

    /** Hashed int16 samples: the time does not depend on what they show. */
    private static RfBlock noise(ChannelFormat format) {
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(format, FRAMES), 64);
        for (long i = 0; i < samples.byteSize() / Short.BYTES; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) HashedSamples.at((int) i));
        }
        return RfBlock.wrap(format, 0, FRAMES, samples);
    }

    /** One ensemble from RF to power Doppler per call. */
    private static final class Chain implements BenchWork {
        private final Pipeline pipeline;
        private final RfBlock rf;
        private final RunContext context = RunContext.of(
                Executors.newFixedThreadPool(
                        THREADS - 1,
                        Thread.ofPlatform().daemon().name("fus-bench-", 0).factory()),
                THREADS);
        private DopplerFrame map;

        Chain(Pipeline pipeline, RfBlock rf) {
            this.pipeline = pipeline;
            this.rf = rf;
        }

        @Override
        public String name() {
            return "RF to power Doppler, 200 frames";
        }

        @Override
        public List<String> variants() {
            return List.of();
        }

        @Override
        public Target target() {
            return new Target(1, 1.5);
        }

        @Override
        public int unitsPerCall() {
            return 1;
        }

        @Override
        public String unit() {
            return "ensemble";
        }

        /** Loops of every stage, which the compiler sees to one after the other. */
        @Override
        public int warmUpCalls() {
            return 8;
        }

        @Override
        public int threads() {
            return THREADS;
        }

        @Override
        public OptionalDouble realTimeMs() {
            return OptionalDouble.of(1e3 * FRAMES / rf.format().sequence().frameRateHz());
        }

        @Override
        public void run() {
            map = pipeline.process(rf, context);
        }

        @Override
        public double checksum() {
            double sum = 0;
            for (float power : map.toArray()) {
                sum += power;
            }
            return sum;
        }

        /** The images of all frames, in whole panels of 32, and the map. */
        @Override
        public long outputBytes() {
            long panels = (FRAMES + 31) / 32;
            return 128L * 91 * Float.BYTES * (2 * 32 * panels + 1);
        }
    }
}
