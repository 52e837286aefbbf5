package org.fus.examples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfBlock;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.live.LiveFigures;
import org.fus.hardware.live.LiveOptions;
import org.fus.hardware.live.LivePipeline;
import org.fus.hardware.live.StreamPolicy;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.io.content.ChannelRecording;

/**
 * The live chain of {@link Default2d}, ensembles of 192 frames in blocks of 32, on two threads: first as fast as it takes blocks, which tells what it can do at most;
 * then from a scanner that does not wait, at the highest rate at which nothing is skipped or lost.
 */
public final class LiveChainBench {
    private static final int THREADS = 2;

    /** Ensembles after which the compiler has seen all loops. */
    private static final int WARM_UP = 6;

    /** Part of what the chain can do that is tried first: the scanner, too, is computed on these processors. */
    private static final double FIRST_TRY = 0.95;

    private static final double NEXT_TRY = 0.95;
    private static final int TRIES = 8;

    /** Enough for a median; the compiler has seen the loops before. */
    private static final int OFFLINE_CALLS = 7;

    private final Work work;
    private final double seconds;

    /** What is processed. */
    interface Work {
        ChannelFormat format(double frameRateHz);

        ProcessingRecipe recipe();

        int ensemble();

        int framesPerBlock();
    }

    /** Whole panels of the engine: 6 blocks of 32 frames are an ensemble. */
    private record DefaultWork() implements Work {
        @Override
        public ChannelFormat format(double frameRateHz) {
            return Default2d.format(frameRateHz);
        }

        @Override
        public ProcessingRecipe recipe() {
            return Default2d.recipe();
        }

        @Override
        public int ensemble() {
            return 6 * framesPerBlock();
        }

        @Override
        public int framesPerBlock() {
            return 32;
        }
    }

    /**
     * The default 2-D imaging.
     *
     * @param seconds length of each try
     */
    public LiveChainBench(double seconds) {
        this(new DefaultWork(), seconds);
    }

    LiveChainBench(Work work, double seconds) {
        this.work = work;
        this.seconds = seconds;
    }

    /** A run and how it went. */
    private record Try(double frameRateHz, LiveFigures figures, double mapsPerS) {
        boolean sustained() {
            return figures.ensembles().skipped() == 0
                    && figures.blocks().gaps() == 0
                    && figures.ensembles().incomplete() == 0;
        }
    }

    /**
     * Measures.
     *
     * @return the highest rate, its latency, gaps and drops
     */
    public LiveBenchRow run() {
        ExecutorService pool = Executors.newFixedThreadPool(
                THREADS - 1, Thread.ofPlatform().daemon().name("fus-bench-", 0).factory());
        try {
            RunContext context = RunContext.of(pool, THREADS);
            double most =
                    play(Default2d.FRAME_RATE_HZ, WARM_UP + 6, false, context).mapsPerS() * work.ensemble();
            double offline = offlineFramesPerS(context);
            double rate = FIRST_TRY * most;
            Try last = null;
            int tries = 0;
            while (tries < TRIES && (last == null || !last.sustained())) {
                if (last != null) {
                    rate *= NEXT_TRY;
                }
                int ensembles = (int) Math.max(2, Math.round(seconds * rate / work.ensemble()));
                last = play(rate, ensembles, true, context);
                tries++;
            }
            return row(last, most, offline, tries);
        } finally {
            pool.shutdown();
        }
    }

    /** The same blocks through the same pipeline without device, ring and stages: what the machine can do at this moment. */
    private double offlineFramesPerS(RunContext context) {
        ChannelFormat format = work.format(Default2d.FRAME_RATE_HZ);
        RfBlock block =
                RfBlock.wrap(format, 0, work.framesPerBlock(), Default2d.samples(format, work.framesPerBlock()));
        Pipeline pipeline = Pipeline.forRf(work.recipe(), format);
        double[] seconds = new double[OFFLINE_CALLS];
        for (int call = 0; call < OFFLINE_CALLS; call++) {
            long start = System.nanoTime();
            List<IqEnsemble> parts = new ArrayList<>();
            for (int f = 0; f < work.ensemble(); f += work.framesPerBlock()) {
                parts.add(pipeline.beamform(block, context));
            }
            pipeline.doppler(IqEnsemble.concatenate(parts), context);
            seconds[call] = (System.nanoTime() - start) * 1e-9;
        }
        Arrays.sort(seconds);
        return work.ensemble() / seconds[OFFLINE_CALLS / 2];
    }

    private Try play(double frameRateHz, int ensembles, boolean paced, RunContext context) {
        ChannelFormat format = work.format(frameRateHz);
        RfBlock source =
                RfBlock.wrap(format, 0, work.framesPerBlock(), Default2d.samples(format, work.framesPerBlock()));
        try (UltrasoundDevice scanner = SimulatedScanner.builder()
                .replay("memory", ChannelRecording.of(source), t -> 1, paced, true)
                .open()) {
            UploadedProgram program = scanner.upload(
                    new AcquisitionProgram(
                            format.sequence(),
                            format.samples(),
                            Math.multiplyExact(ensembles, work.ensemble()),
                            work.framesPerBlock()),
                    format.probe());
            LiveOptions options = LiveOptions.of(program, work.ensemble())
                    .withOverflow(RunOptions.Overflow.DROP)
                    .withComputing(paced ? StreamPolicy.NEWEST_ONLY : StreamPolicy.PROCESS_ALL);
            AtomicInteger maps = new AtomicInteger();
            long[] times = new long[2];
            try (LivePipeline live = LivePipeline.of(program, work.recipe(), options)
                    .context(context)
                    .open()) {
                live.maps().subscribe("view", StreamPolicy.NEWEST_ONLY, m -> {});
                live.maps().subscribe("all", StreamPolicy.PROCESS_ALL, m -> {
                    int n = maps.incrementAndGet();
                    if (n == Math.min(WARM_UP, ensembles / 2)) {
                        times[0] = System.nanoTime();
                    }
                    times[1] = System.nanoTime();
                });
                live.start(scanner::start);
                live.await();
                int counted = maps.get() - Math.min(WARM_UP, ensembles / 2);
                return new Try(frameRateHz, live.figures(), counted / ((times[1] - times[0]) * 1e-9));
            }
        }
    }

    private LiveBenchRow row(Try t, double most, double offline, int tries) {
        LiveFigures f = t.figures();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("framesPerS", t.frameRateHz());
        json.put("mapsPerS", t.frameRateHz() / work.ensemble());
        json.put("framesPerSWithoutPace", most);
        json.put("framesPerSOffline", offline);
        json.put("mbPerS", f.blocks().bytes() * 1e-6 / f.blocks().frames() * t.frameRateHz());
        json.put("maps", f.ensembles().made());
        json.put("latencyP50Ms", f.maps().p50S() * 1e3);
        json.put("latencyP99Ms", f.maps().p99S() * 1e3);
        json.put("latencyMaxMs", f.maps().maxS() * 1e3);
        json.put("gaps", f.blocks().gaps());
        json.put("skipped", f.ensembles().skipped());
        json.put("viewsDropped", f.subscribers().getFirst().dropped());
        json.put("viewsThinned", f.subscribers().getFirst().thinned());
        json.put("tries", tries);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%.0f frames per second (%.2f of the usual %.0f), %.2f maps per second, in try %d; without pace %.0f,"
                        + " the pipeline alone, offline, %.0f",
                t.frameRateHz(),
                t.frameRateHz() / Default2d.FRAME_RATE_HZ,
                Default2d.FRAME_RATE_HZ,
                t.frameRateHz() / work.ensemble(),
                tries,
                most,
                offline));
        lines.addAll(f.lines());
        return new LiveBenchRow(
                "live chain of the 2-D default, ensembles of " + work.ensemble() + " frames, " + THREADS + " threads",
                t.sustained(),
                json,
                lines);
    }
}
