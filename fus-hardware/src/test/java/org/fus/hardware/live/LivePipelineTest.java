package org.fus.hardware.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusDeviceException;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.Product;
import org.fus.core.run.CancelToken;
import org.fus.core.run.RunContext;
import org.fus.hardware.DeviceBlock;
import org.fus.hardware.DeviceState;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.safety.SafetyMonitor;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A live chain on a small simulated scanner. Blocks of 10 frames come every 10 ms, ensembles of 20 every 20 ms. */
@Timeout(120)
class LivePipelineTest {
    private static final int LONG_RUN = 1_000_000;

    @AfterEach
    void noThreadIsLeft() {
        assertThat(LiveRig.threads()).isEmpty();
    }

    private static UploadedProgram upload(SimulatedScanner scanner, int frames) {
        return scanner.upload(LiveRig.program(frames, 10), LiveRig.PROBE);
    }

    private static LivePipeline.Builder live(UploadedProgram program) {
        return LivePipeline.of(program, LiveRig.RECIPE, LiveOptions.of(program, 20));
    }

    /** Frames in the order in which they were stored, each compared with what the scanner replays. */
    private static final class CheckedStore {
        private final RfBlock truth = LiveRig.rf();
        final AtomicInteger frames = new AtomicInteger();

        void store(DeviceBlock stored) {
            RfBlock block = stored.rf();
            assertThat(block.firstFrame()).isEqualTo(frames.get());
            for (int f = 0; f < block.frames(); f++) {
                MemorySegment expected =
                        truth.slice((frames.get() + f) % LiveRig.FRAMES, 1).samples();
                assertThat(block.slice(f, 1).samples().mismatch(expected)).isEqualTo(-1);
            }
            frames.addAndGet(block.frames());
        }
    }

    @Test
    void maps_viewsAndPreviews_haveTheBitsOfAnOfflineRun() {
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = scanner.upload(LiveRig.program(240, 16), LiveRig.PROBE);
            LiveView color = LiveView.color(new Clutter.Svd(3));
            LiveOptions options = LiveOptions.of(program, 48)
                    .withComputing(StreamPolicy.PROCESS_ALL)
                    .withDisplayHz(Double.POSITIVE_INFINITY)
                    .withViews(LiveView.BMODE, color);
            List<LiveMaps> maps = new CopyOnWriteArrayList<>();
            List<LivePreview> previews = new CopyOnWriteArrayList<>();
            try (LivePipeline live =
                    LivePipeline.of(program, LiveRig.RECIPE, options).open()) {
                live.maps().subscribe("maps", StreamPolicy.STORE_ALL, maps::add);
                live.previews().subscribe("previews", StreamPolicy.PROCESS_ALL, previews::add);
                live.warmUp(2); // nobody sees it
                live.start(scanner::start);
                assertThatThrownBy(() -> live.warmUp(1)).isInstanceOf(IllegalStateException.class);
                live.await();
                assertThat(live.figures().ensembles()).isEqualTo(new LiveFigures.Ensembles(5, 0, 0));
                assertThat(live.figures().blocks().frames()).isEqualTo(240);
                assertThat(live.figures().maps().count()).isEqualTo(5);
                assertThat(live.figures().images().count()).isEqualTo(15);
            }
            assertThat(maps).hasSize(5);
            assertThat(previews).hasSize(15);
            Pipeline power = Pipeline.forRf(LiveRig.RECIPE, program.format());
            Pipeline bmode = offline(program, LiveView.BMODE);
            Pipeline velocity = offline(program, color);
            RfBlock rf = LiveRig.rf();
            for (int e = 0; e < 5; e++) {
                LiveMaps live = maps.get(e);
                RfBlock block = rf.slice(48 * e, 48);
                assertThat(live.number()).isEqualTo(e);
                assertThat(live.timeS()).isEqualTo((48 * e + 24) / 500.0);
                assertThat(live.map().toArray())
                        .isEqualTo(power.process(block, RunContext.inline()).toArray());
                assertThat(live.view("bmode").orElseThrow().toArray())
                        .isEqualTo(bmode.process(block, RunContext.inline()).toArray());
                assertThat(live.view("color").orElseThrow().toArray())
                        .isEqualTo(velocity.process(block, RunContext.inline()).toArray());
                assertThat(live.view("other")).isEmpty();
            }
            for (int b = 0; b < 15; b++) {
                assertThat(previews.get(b).firstFrame()).isEqualTo(16L * b);
                assertThat(previews.get(b).bmode().toArray())
                        .isEqualTo(bmode.process(rf.slice(16 * b, 16), RunContext.inline())
                                .toArray());
            }
        }
    }

    private static Pipeline offline(UploadedProgram program, LiveView view) {
        return Pipeline.forRf(LiveRig.RECIPE.withClutter(view.clutter()).withProduct(view.product()), program.format());
    }

    @Test
    void slowSubscribers_lowerTheDisplayThenTheDopplerRate_neverTheRecording() {
        try (SimulatedScanner scanner = LiveRig.paced();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).watch()) {
            UploadedProgram program = upload(scanner, 1000);
            CheckedStore store = new CheckedStore();
            List<Long> viewed = new CopyOnWriteArrayList<>();
            List<Long> processed = new CopyOnWriteArrayList<>();
            // the ring is what bridges a pause of the machine: half a second of it
            LiveOptions options = LiveOptions.of(program, 20).withRing(32, 4);
            try (LivePipeline live = LivePipeline.of(program, LiveRig.RECIPE, options)
                    .record(store::store)
                    .open()) {
                LiveSubscription view = live.maps().subscribe("view", StreamPolicy.NEWEST_ONLY, m -> {
                    viewed.add(m.number());
                    pause(150);
                });
                // takes twice as long as the frames of an ensemble
                LiveSubscription slow = live.maps().subscribe("slow", StreamPolicy.PROCESS_ALL, m -> {
                    processed.add(m.number());
                    pause(80);
                });
                live.start(monitor::start);
                live.await();
                LiveFigures figures = live.figures();
                assertThat(figures.blocks().count()).isEqualTo(100);
                assertThat(figures.blocks().gaps()).isZero();
                assertThat(figures.blocks().missingFrames()).isZero();
                assertThat(figures.recording().orElseThrow().frames()).isEqualTo(1000);
                assertThat(store.frames).hasValue(1000);
                assertThat(figures.recording().orElseThrow().latency().count()).isEqualTo(100);
                assertThat(figures.ensembles().skipped()).isPositive();
                assertThat(figures.ensembles().made() + figures.ensembles().skipped())
                        .isEqualTo(50);
                assertThat(figures.mostDisplay()).isGreaterThan(1);
                assertThat(slow.figures().delivered())
                        .isEqualTo(figures.ensembles().made());
                assertThat(slow.figures().dropped()).isZero();
                SubscriberFigures v = view.figures();
                assertThat(v.dropped() + v.thinned()).isPositive();
                assertThat(v.delivered() + v.dropped() + v.thinned())
                        .isEqualTo(v.published())
                        .isEqualTo(figures.ensembles().made());
                assertThat(figures.lines()).anyMatch(l -> l.startsWith("recording: 100 blocks"));
            }
            assertThat(viewed).isSorted();
            assertThat(processed).isSorted().doesNotHaveDuplicates();
        }
    }

    private static void pause(long ms) {
        long until = System.nanoTime() + ms * 1_000_000;
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void subscriber_thatThrows_isOut_andTheRunGoesOn() {
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = upload(scanner, 200);
            CheckedStore store = new CheckedStore();
            AtomicInteger good = new AtomicInteger();
            try (LivePipeline live = LivePipeline.of(
                            program,
                            LiveRig.RECIPE,
                            LiveOptions.of(program, 20).withComputing(StreamPolicy.PROCESS_ALL))
                    .record(store::store)
                    .open()) {
                live.maps().subscribe("bad", StreamPolicy.PROCESS_ALL, m -> {
                    throw new IllegalStateException("no picture");
                });
                live.maps().subscribe("good", StreamPolicy.PROCESS_ALL, m -> good.incrementAndGet());
                live.start(scanner::start);
                live.await();
                assertThat(live.figures().subscribers().getFirst().failure().orElseThrow())
                        .hasMessage("no picture");
                assertThat(live.figures().lines()).anyMatch(l -> l.contains("no picture"));
            }
            assertThat(good).hasValue(10);
            assertThat(store.frames).hasValue(200);
        }
    }

    @Test
    void storeOfMaps_thatThrows_endsTheRun() {
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            try (LivePipeline live = live(program).open()) {
                live.maps().subscribe("store", StreamPolicy.STORE_ALL, m -> {
                    throw new IllegalStateException("disk full");
                });
                live.start(scanner::start);
                assertThatThrownBy(live::await).hasMessage("disk full");
            }
            assertThat(scanner.state()).isEqualTo(DeviceState.READY);
        }
    }

    @Test
    void recording_thatFails_endsTheRun() {
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            AtomicInteger blocks = new AtomicInteger();
            try (LivePipeline live = live(program)
                    .record(block -> {
                        if (blocks.incrementAndGet() == 7) {
                            throw new IllegalStateException("disk full");
                        }
                    })
                    .open()) {
                live.start(scanner::start);
                assertThatThrownBy(live::await).hasMessage("disk full");
                assertThat(live.figures().recording().orElseThrow().blocks()).isEqualTo(6);
            }
            assertThat(blocks).hasValue(7);
            assertThat(scanner.state()).isEqualTo(DeviceState.READY);
        }
    }

    @Test
    void computation_thatFails_leavesTheRecordingAlone() {
        AtomicInteger calls = new AtomicInteger();
        RunContext broken = RunContext.of(
                work -> {
                    if (calls.incrementAndGet() > 40) {
                        throw new IllegalStateException("no more threads");
                    }
                    work.run();
                },
                2);
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = upload(scanner, 2000);
            CheckedStore store = new CheckedStore();
            try (LivePipeline live =
                    live(program).context(broken).record(store::store).open()) {
                live.start(scanner::start);
                assertThatThrownBy(live::await).hasMessage("no more threads");
                assertThat(live.figures().recording().orElseThrow().frames()).isEqualTo(2000);
            }
            assertThat(store.frames).hasValue(2000);
            // without a recording, nobody wants the blocks any more
            UploadedProgram again = upload(scanner, LONG_RUN);
            try (LivePipeline live = live(again).context(broken).open()) {
                live.start(scanner::start);
                assertThatThrownBy(live::await).hasMessage("no more threads");
            }
        }
    }

    @Test
    void fault_inTheMiddle_losesNothingThatWasDelivered() {
        try (SimulatedScanner scanner = LiveRig.paced();
                SafetyMonitor monitor = SafetyMonitor.of(scanner).watch()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            CheckedStore store = new CheckedStore();
            AtomicInteger stored = new AtomicInteger();
            try (LivePipeline live = LivePipeline.of(
                            program, LiveRig.RECIPE, LiveOptions.of(program, 20).withRing(32, 8))
                    .record(store::store)
                    .open()) {
                live.maps().subscribe("store", StreamPolicy.STORE_ALL, m -> stored.incrementAndGet());
                live.start(monitor::start);
                LiveRig.eventually(() -> stored.get() >= 3);
                scanner.faults().unplugProbe();
                assertThatThrownBy(live::await)
                        .isInstanceOf(FusDeviceException.class)
                        .hasMessageContaining("PROBE_REMOVED");
                assertThat((long) store.frames.get())
                        .isEqualTo(live.run().orElseThrow().framesDelivered())
                        .isEqualTo(live.figures().blocks().frames());
                assertThat((long) stored.get())
                        .isEqualTo(live.figures().ensembles().made());
            }
            assertThat(scanner.state()).isEqualTo(DeviceState.FAULTED);
            assertThat(scanner.highVoltage().on()).isFalse();
        }
    }

    @Test
    void lostBlocks_areGaps_andTheirEnsemblesAreLeftOut() {
        try (SimulatedScanner scanner = LiveRig.paced()) {
            UploadedProgram program = upload(scanner, 400);
            List<LiveMaps> maps = new CopyOnWriteArrayList<>();
            LiveOptions options = LiveOptions.of(program, 20).withRing(40, 30).withOverflow(RunOptions.Overflow.DROP);
            try (LivePipeline live =
                    LivePipeline.of(program, LiveRig.RECIPE, options).open()) {
                live.maps().subscribe("all", StreamPolicy.PROCESS_ALL, maps::add);
                live.start(scanner::start);
                LiveRig.eventually(() -> maps.size() >= 2);
                scanner.faults().overflow();
                live.await();
                LiveFigures.Blocks blocks = live.figures().blocks();
                assertThat(blocks.gaps()).isEqualTo(1);
                assertThat(blocks.missingFrames()).isEqualTo(10);
                assertThat(blocks.frames()).isEqualTo(390);
                // ten frames at 500 per second; clocks count in nanoseconds, the device's drifts by 20 ppm
                assertThat(blocks.longestPauseS()).isBetween(0.0199, 0.0201);
                assertThat(live.figures().ensembles().incomplete()).isEqualTo(1);
                assertThat(live.figures().ensembles().made()
                                + live.figures().ensembles().skipped())
                        .isEqualTo(19);
            }
            Pipeline offline = Pipeline.forRf(LiveRig.RECIPE, program.format());
            LiveMaps last = maps.getLast();
            assertThat(last.map().toArray())
                    .isEqualTo(offline.process(
                                    LiveRig.rf().slice((int) (last.firstFrame() % LiveRig.FRAMES), 20),
                                    RunContext.inline())
                            .toArray());
        }
    }

    @Test
    void hostCancels_endsTheRun() {
        CancelToken token = new CancelToken();
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            try (LivePipeline live =
                    live(program).context(RunContext.inline().withCancel(token)).open()) {
                live.start(scanner::start);
                LiveRig.eventually(() -> live.figures().ensembles().made() > 0);
                token.cancel();
                assertThatThrownBy(live::await).isInstanceOf(FusCancelledException.class);
            }
            assertThat(scanner.state()).isEqualTo(DeviceState.READY);
        }
    }

    @Test
    void stop_endsInOrder() {
        try (SimulatedScanner scanner = LiveRig.paced()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            CheckedStore store = new CheckedStore();
            try (LivePipeline live = live(program).record(store::store).open()) {
                live.start(scanner::start);
                LiveRig.eventually(() -> live.figures().ensembles().made() > 2);
                live.stop();
                live.await();
                assertThat((long) store.frames.get())
                        .isEqualTo(live.run().orElseThrow().framesDelivered());
                assertThatThrownBy(() -> live.start(scanner::start)).hasMessageContaining("started before");
            }
        }
    }

    @Test
    void close_inEveryState_leavesNoThread() {
        try (SimulatedScanner scanner = LiveRig.paced()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            // before the start
            LivePipeline idle = live(program).record(b -> {}).open();
            idle.maps().subscribe("view", StreamPolicy.NEWEST_ONLY, m -> {});
            assertThatThrownBy(idle::await).isInstanceOf(IllegalStateException.class);
            idle.close();
            idle.close();
            assertThatThrownBy(() -> idle.start(scanner::start)).hasMessageContaining("closed");
            // a start that fails
            LivePipeline refused = live(program).record(b -> {}).open();
            assertThatThrownBy(() -> refused.start((p, o, r) -> {
                        throw new FusDeviceException("scanner", "no");
                    }))
                    .isInstanceOf(FusDeviceException.class);
            refused.close();
            // while it runs: what was delivered is recorded
            CheckedStore store = new CheckedStore();
            LivePipeline running = live(program).record(store::store).open();
            running.start(scanner::start);
            LiveRig.eventually(() -> running.figures().blocks().count() > 3);
            running.close();
            running.close();
            assertThat((long) store.frames.get())
                    .isEqualTo(running.run().orElseThrow().framesDelivered());
            running.await(); // a run that was closed has not failed
            assertThat(scanner.state()).isEqualTo(DeviceState.READY);
            assertThat(LiveRig.threads()).isEmpty();
        }
    }

    @Test
    void close_bySubscriberAndByStore_doesNotWaitForThemselves() throws Exception {
        try (SimulatedScanner scanner = LiveRig.paced()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            for (StreamPolicy policy : StreamPolicy.values()) {
                CountDownLatch closed = new CountDownLatch(1);
                LivePipeline live = live(program).open();
                live.maps().subscribe("closer", policy, m -> {
                    live.close();
                    closed.countDown();
                });
                live.start(scanner::start);
                assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
                live.close();
            }
            CountDownLatch stored = new CountDownLatch(1);
            LivePipeline[] self = new LivePipeline[1];
            self[0] = live(program)
                    .record(block -> {
                        self[0].close();
                        stored.countDown();
                    })
                    .open();
            self[0].start(scanner::start);
            assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
            self[0].close();
        }
    }

    @Test
    void close_stuckSubscriber_isInterruptedAndTheRecordingIsWhole() {
        try (SimulatedScanner scanner = LiveRig.paced()) {
            UploadedProgram program = upload(scanner, LONG_RUN);
            CheckedStore store = new CheckedStore();
            LiveOptions options = LiveOptions.of(program, 20).withRing(32, 4);
            LivePipeline live = LivePipeline.of(program, LiveRig.RECIPE, options)
                    .record(store::store)
                    .open();
            LiveSubscription stuck =
                    live.maps().subscribe("stuck", StreamPolicy.PROCESS_ALL, m -> pause(1_000_000_000));
            live.start(scanner::start);
            LiveRig.eventually(() -> live.figures().ensembles().skipped() > 2);
            live.close();
            assertThat((long) store.frames.get())
                    .isEqualTo(live.run().orElseThrow().framesDelivered());
            assertThat(stuck.figures().delivered()).isEqualTo(1);
            assertThat(stuck.figures().dropped()).isPositive();
        }
    }

    @Test
    void longRun_allocatesNoMoreThanAnOfflineRun() throws Exception {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int maps = 100;
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = scanner.upload(LiveRig.program(LONG_RUN, 32), LiveRig.PROBE);
            Pipeline offline = Pipeline.forRf(LiveRig.RECIPE, program.format());
            RfBlock ensemble = LiveRig.rf().slice(0, 64);
            offline.process(ensemble, RunContext.inline());
            long before = memory.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < maps; i++) {
                offline.process(ensemble, RunContext.inline());
            }
            double offlinePerMap = (memory.getCurrentThreadAllocatedBytes() - before) / (double) maps;

            LiveOptions options = LiveOptions.of(program, 64).withComputing(StreamPolicy.PROCESS_ALL);
            AtomicInteger made = new AtomicInteger();
            long[] bytes = new long[2];
            CountDownLatch done = new CountDownLatch(1);
            try (LivePipeline live = LivePipeline.of(program, LiveRig.RECIPE, options)
                    .record(b -> {})
                    .open()) {
                live.maps().subscribe("counter", StreamPolicy.PROCESS_ALL, m -> {
                    int n = made.incrementAndGet();
                    if (n == 20) {
                        bytes[0] = memory.getTotalThreadAllocatedBytes();
                    } else if (n == 20 + maps) {
                        bytes[1] = memory.getTotalThreadAllocatedBytes();
                        done.countDown();
                    }
                });
                live.start(scanner::start);
                assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            }
            double perMap = (bytes[1] - bytes[0]) / (double) maps;
            // two blocks and a map per ensemble: objects of some hundred bytes, and the timers of the waits of all
            // threads; a
            // copy of the samples of one block would be 262 kB
            assertThat(perMap).isLessThan(offlinePerMap + 40_000);
        }
    }

    @Test
    void settingsThatDoNotFit_areRefusedTogether() {
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = upload(scanner, 100);
            assertThatThrownBy(() -> LiveOptions.of(program, 25)).hasMessageContaining("multiple");
            assertThatThrownBy(() -> new LiveOptions(
                            0,
                            2,
                            3,
                            RunOptions.Overflow.STOP,
                            StreamPolicy.STORE_ALL,
                            0,
                            List.of(LiveView.BMODE, LiveView.BMODE)))
                    .hasMessageContaining("ensembleFrames 0")
                    .hasMessageContaining("ringBlocks 2")
                    .hasMessageContaining("computing STORE_ALL")
                    .hasMessageContaining("displayHz 0.0")
                    .hasMessageContaining("two views are called 'bmode'");
            LiveOptions small = LiveOptions.of(program, 40).withRing(6, 3);
            assertThatThrownBy(() ->
                            LivePipeline.of(program, LiveRig.RECIPE, small).open())
                    .hasMessageContaining("computeBlocks 3");
            LiveOptions tooFew = LiveOptions.of(program, 10);
            assertThatThrownBy(() -> LivePipeline.of(program, LiveRig.RECIPE.withClutter(new Clutter.Svd(10)), tooFew)
                            .open())
                    .isInstanceOf(IllegalArgumentException.class);
            UploadedProgram singles = scanner.upload(LiveRig.program(100, 1), LiveRig.PROBE);
            assertThatThrownBy(() -> LivePipeline.of(
                                    singles,
                                    LiveRig.RECIPE
                                            .withClutter(new Clutter.None())
                                            .withProduct(Product.COLOR),
                                    LiveOptions.of(singles, 1))
                            .open())
                    .hasMessageContaining("at least 2");
        }
    }
}
