package org.fus.examples.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.RfBlock;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.run.RunContext;

/**
 * The whole chain as one pipeline, on two threads, for {@link Default2d}. Its yardstick is the time in which the probe acquires
 * these frames.
 */
final class ChainSuite implements BenchSuite {
    private static final int FRAMES = Default2d.ENSEMBLE;
    private static final int THREADS = 2;

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
        ChannelFormat format = Default2d.format(Default2d.FRAME_RATE_HZ);
        RfBlock rf = RfBlock.wrap(format, 0, FRAMES, Default2d.samples(format, FRAMES));
        return List.of(new Chain(Pipeline.forRf(Default2d.recipe(), format), rf));
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
