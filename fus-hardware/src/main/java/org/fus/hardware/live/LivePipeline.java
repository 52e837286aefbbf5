package org.fus.hardware.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusCancelledException;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.run.CancelToken;
import org.fus.core.run.RunContext;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;

/**
 * One run of a device, live: its blocks are recorded, imaged, filtered and mapped while they come, by the recipe that would
 * process the recording, with the same bits.
 *
 * <pre>
 * device -> ring -> recording (every block)
 *              \-> demodulate, beamform -> filter, Doppler -> {@link #maps()}
 *                        \-> B-mode of the block -> {@link #previews()}
 * </pre>
 *
 * <p>Each stage has a thread of its own and holds up the one before it, up to the ring. When the chain cannot keep up, views
 * are made less often, then ensembles are left out whole; recording gets every block that the ring can hand over, and if even
 * that is too slow the device reports an overflow. Thread-safe.
 */
public final class LivePipeline implements AutoCloseable {
    /** What starts a run: {@code device::start}, or {@code monitor::start} under a safety monitor. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Starts the program.
         *
         * @param program what the device holds
         * @param options ring and overflow
         * @param receiver takes the blocks
         * @return the run
         */
        Acquisition start(UploadedProgram program, RunOptions options, BlockReceiver receiver);
    }

    private final UploadedProgram program;
    private final LiveOptions options;
    private final Imager imager;
    private final RunContext hostContext;
    private final ThreadFactory threads;
    private final Optional<BlockRecorder> recorder;
    private final CancelToken cancel = new CancelToken();
    private final Arrivals arrivals;
    private final DisplayRate display;
    private final EnsembleGate gate;
    private final Handoff<ImageStage.Ensemble> imaged = new Handoff<>();
    private final ImageStage images;
    private final DopplerStage doppler;
    private final LiveStream<LiveMaps> maps;
    private final LiveStream<LivePreview> previews;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Thread> stages = new ArrayList<>();
    private boolean started;
    private volatile boolean closed;
    private volatile boolean stopped;
    private volatile Acquisition run;
    private Throwable failure;

    private LivePipeline(Builder b) {
        this.program = b.program;
        this.options = b.options;
        this.hostContext = b.context;
        this.threads = b.threads;
        imager = Imager.of(b.recipe, program);
        int perEnsemble = LiveOptions.blocksPerEnsemble(program, options.ensembleFrames());
        if (options.computing() == StreamPolicy.NEWEST_ONLY && options.computeBlocks() < perEnsemble) {
            throw new IllegalArgumentException("computeBlocks " + options.computeBlocks() + " hold no ensemble of "
                    + perEnsemble + " blocks; use a larger ring or smaller ensembles");
        }
        requireFrames(b.recipe);
        double frameRateHz = program.group().sequence().frameRateHz();
        RunContext context = hostContext.withCancel(cancel).withProgress((stage, done, total) -> {});
        arrivals = new Arrivals(frameRateHz);
        display = new DisplayRate(options.displayHz());
        gate = new EnsembleGate(
                options.ensembleFrames(), perEnsemble, options.computeBlocks(), options.computing(), display);
        maps = new LiveStream<>("maps", threads, this::fail);
        previews = new LiveStream<>("previews", threads, this::fail);
        images = new ImageStage(imager, context, options.ensembleFrames(), gate, imaged, previews, display);
        doppler = new DopplerStage(imager, context, options, frameRateHz, imaged, maps, display);
        recorder = b.store.map(s -> new BlockRecorder(s, threads, this::fail));
    }

    private void requireFrames(ProcessingRecipe recipe) {
        recipe.clutter().filter().requireFrames(options.ensembleFrames());
        for (LiveView view : options.views()) {
            view.clutter().filter().requireFrames(options.ensembleFrames());
        }
        int least = Stream.concat(
                        Stream.of(recipe.product()), options.views().stream().map(LiveView::product))
                .mapToInt(p -> p.leastFrames())
                .max()
                .orElseThrow();
        if (options.ensembleFrames() < least) {
            throw new IllegalArgumentException("ensembles of " + options.ensembleFrames()
                    + " frames are too short for the maps, which need at least " + least);
        }
    }

    /**
     * Starts to set up a live chain.
     *
     * @param program what the device holds
     * @param recipe the chain from RF to map
     * @param options ensembles, ring, views
     * @return a builder
     */
    public static Builder of(UploadedProgram program, ProcessingRecipe recipe, LiveOptions options) {
        return new Builder(program, recipe, options);
    }

    /**
     * The maps.
     *
     * @return one item per ensemble that is computed
     */
    public LiveStream<LiveMaps> maps() {
        return maps;
    }

    /**
     * B-mode of the blocks; computed only while somebody subscribes.
     *
     * @return one item per block of the ensembles that are computed, for views at most as many as are shown
     */
    public LiveStream<LivePreview> previews() {
        return previews;
    }

    /**
     * Runs ensembles of noise through the chain before the start, so that the compiler of the virtual machine has seen its loops
     * when the first block comes; else the first maps come seconds late. Takes about a second per ensemble of the usual 2-D
     * imaging; two or three are enough.
     *
     * @param ensembles how many
     * @throws IllegalStateException when the chain was started or closed before
     */
    public synchronized void warmUp(int ensembles) {
        requireFresh();
        for (int i = 0; i < ensembles; i++) {
            IqEnsemble noise = WarmUp.images(imager, program, options.ensembleFrames(), hostContext);
            doppler.map(new ImageStage.Ensemble(0, noise, 0), true);
        }
    }

    private void requireFresh() {
        if (started || closed) {
            throw new IllegalStateException(
                    "the live chain " + (closed ? "is closed" : "was started before") + "; set up another one");
        }
    }

    /**
     * Starts the device. Once.
     *
     * @param starter {@code device::start}, or {@code monitor::start}
     * @throws IllegalStateException when it was started or closed before
     * @throws org.fus.core.error.FusDeviceException when the device cannot start; nothing runs then
     */
    public synchronized void start(Starter starter) {
        requireFresh();
        run = starter.start(program, new RunOptions(options.ringBlocks(), options.overflow()), this::accept);
        started = true;
        if (stopped) {
            run.stop(); // the first block was already too much
        }
        try {
            stages.add(Workers.start(threads, "fus-live-images", () -> guard(images::run)));
            stages.add(Workers.start(threads, "fus-live-doppler", () -> guard(doppler::run)));
            stages.add(Workers.start(threads, "fus-live-run", this::followRun));
        } catch (RuntimeException | Error e) {
            started = false; // nobody would tell an await() that the run has ended
            close();
            throw e;
        }
    }

    /** On the thread of the device. */
    private void accept(DeviceBlock block) {
        recorder.ifPresent(BlockRecorder::throwFailure);
        try {
            hostContext.checkCancelled("live");
        } catch (FusCancelledException e) {
            cancel.cancel();
            throw e;
        }
        arrivals.note(block);
        SharedBlock shared = new SharedBlock(block, recorder.isPresent() ? 2 : 1);
        recorder.ifPresent(r -> r.offer(shared));
        gate.offer(shared);
    }

    /** A stage that fails ends the computation; a recording goes on. */
    private void guard(Runnable stage) {
        try {
            stage.run();
        } catch (FusCancelledException e) {
            if (!closed) {
                note(e);
            }
            endComputation();
        } catch (Throwable t) {
            note(t); // await() throws it
            endComputation();
        }
    }

    private void endComputation() {
        gate.end(true);
        imaged.end(true);
        if (recorder.isEmpty()) {
            stopRun();
        }
    }

    private void followRun() {
        try {
            run.await();
        } catch (Throwable t) {
            note(t); // await() throws it
        }
        // the receiver is not called any more
        recorder.ifPresent(BlockRecorder::end);
        recorder.ifPresent(BlockRecorder::join);
        gate.end(closed);
        Workers.join(stages.get(0), false);
        imaged.end(closed);
        Workers.join(stages.get(1), false);
        maps.end(closed);
        previews.end(closed);
        ended.countDown();
    }

    private void fail(Throwable t) {
        note(t);
        stopRun();
    }

    private void stopRun() {
        stopped = true;
        Acquisition r = run;
        if (r != null) {
            r.stop();
        }
    }

    private void note(Throwable t) {
        synchronized (ended) {
            if (failure == null) {
                failure = t;
            } else if (!failure.equals(t)) {
                failure.addSuppressed(t);
            }
        }
    }

    /**
     * Waits until the run has ended and everything was recorded, computed and taken by the subscribers.
     *
     * @throws org.fus.core.error.FusDeviceException when a fault of the device or an overflow ended the run
     * @throws RuntimeException what the store, a subscriber that must have all, or the computation threw, itself; an
     *     {@link Error} likewise. What was recorded before stays.
     * @throws FusCancelledException when the waiting thread is interrupted, the run going on; or when the host's context is
     *     cancelled
     * @throws IllegalStateException when it was never started
     */
    public void await() {
        synchronized (this) {
            if (!started) {
                throw new IllegalStateException("the live chain was not started");
            }
        }
        try {
            ended.await();
            while (!closed && (maps.isBusy() || previews.isBusy())) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("waiting for the live chain");
        }
        Throwable t;
        synchronized (ended) {
            t = failure;
        }
        if (t instanceof RuntimeException e) {
            throw e;
        }
        if (t instanceof Error e) {
            throw e;
        }
    }

    /** Asks the run to end; what was acquired is still recorded, computed and shown. Returns at once. */
    public void stop() {
        stopRun();
    }

    /**
     * How the chain fares.
     *
     * @return figures of now
     */
    public LiveFigures figures() {
        List<SubscriberFigures> subscribers = new ArrayList<>(maps.figures());
        subscribers.addAll(previews.figures());
        return new LiveFigures(
                arrivals.figures(),
                recorder.map(BlockRecorder::figures),
                new LiveFigures.Ensembles(doppler.made(), gate.skipped(), gate.incomplete()),
                images.latency(),
                doppler.latency(),
                display.divisor(),
                display.mostDivisor(),
                subscribers);
    }

    /**
     * The run.
     *
     * @return nothing before the start
     */
    public Optional<Acquisition> run() {
        return Optional.ofNullable(run);
    }

    /**
     * Ends the run and the computation, and all threads: blocks that were delivered are still recorded, and subscribers that
     * must have all get what is there; nothing else is computed or shown. Subscribers that are stuck are interrupted.
     * Failures are left to {@link #await}. May be called in any state, any number of times, from any thread; from a subscriber
     * or the store, it does not wait for that one.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        cancel.cancel();
        stopRun();
        gate.end(true);
        imaged.end(true);
        maps.end(true);
        previews.end(true);
        if (recorder.map(BlockRecorder::isOwnThread).orElse(false)) {
            return; // the end of the run waits for this very block to be stored
        }
        stages.forEach(t -> Workers.join(t, false));
        recorder.ifPresent(BlockRecorder::end);
        recorder.ifPresent(BlockRecorder::join);
        maps.join();
        previews.join();
    }

    /** Collects the settings of a {@link LivePipeline}. Not thread-safe. */
    public static final class Builder {
        private final UploadedProgram program;
        private final ProcessingRecipe recipe;
        private final LiveOptions options;
        private Optional<BlockStore> store = Optional.empty();
        private RunContext context = RunContext.inline();
        private ThreadFactory threads = Thread.ofPlatform().daemon().factory();

        private Builder(UploadedProgram program, ProcessingRecipe recipe, LiveOptions options) {
            this.program = Objects.requireNonNull(program, "program");
            this.recipe = Objects.requireNonNull(recipe, "recipe");
            this.options = Objects.requireNonNull(options, "options");
        }

        /**
         * Records every block. Default: nothing is recorded.
         *
         * @param newStore takes the blocks, such as {@link BlockStore#to}; never interrupted
         * @return this builder
         */
        public Builder record(BlockStore newStore) {
            this.store = Optional.of(newStore);
            return this;
        }

        /**
         * Sets where the chain computes. Default: on the threads of its stages alone. Cancelling it ends the run.
         *
         * @param newContext executor, progress and cancellation
         * @return this builder
         */
        public Builder context(RunContext newContext) {
            this.context = Objects.requireNonNull(newContext, "context");
            return this;
        }

        /**
         * Sets who makes the threads, which are given names that begin with {@code fus-live-}. Default: daemon threads.
         *
         * @param newThreads the factory
         * @return this builder
         */
        public Builder threads(ThreadFactory newThreads) {
            this.threads = Objects.requireNonNull(newThreads, "threads");
            return this;
        }

        /**
         * Prepares the chain; computes what depends on geometry alone.
         *
         * @return a chain that waits for its start; to be closed
         * @throws IllegalArgumentException when recipe, program and options do not fit
         */
        public LivePipeline open() {
            return new LivePipeline(this);
        }
    }
}
