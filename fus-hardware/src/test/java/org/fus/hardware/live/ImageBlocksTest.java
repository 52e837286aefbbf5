package org.fus.hardware.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.run.RunContext;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockContent;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.BlockRing;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.io.record.Recording;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices that beamform by themselves, and recording what any device delivers. */
@Timeout(60)
class ImageBlocksTest {
    private static final int FRAMES = 80;
    private static final IqEnsemble.Timing TIMING = new IqEnsemble.Timing(500, 15e6, 1540);
    private static final UploadedProgram PROGRAM = new UploadedProgram(
            LiveRig.program(FRAMES, 10), LiveRig.FORMAT, new BlockContent.Iq(LiveRig.GRID, TIMING, Provenance.none()));

    @TempDir
    Path folder;

    private static float value(int frame, int i) {
        return (float) new SplittableRandom(1000L * frame + i).nextDouble(-1, 1);
    }

    /** A device that hands 8 blocks of images over before its start returns. */
    private static Acquisition play(UploadedProgram program, RunOptions options, BlockReceiver receiver) {
        BlockRing ring = new BlockRing(program, options.ringBlocks());
        int values = 2 * LiveRig.GRID.size();
        try {
            for (int b = 0; b < FRAMES / 10; b++) {
                BlockRing.Slot slot = ring.claim(20_000).orElseThrow();
                for (int i = 0; i < 10 * values; i++) {
                    slot.memory().setAtIndex(ValueLayout.JAVA_FLOAT, i, value(10 * b + i / values, i % values));
                }
                ring.publish(slot, b, 10L * b, 10, 20_000_000L * b);
                receiver.accept(ring.take().orElseThrow());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            ring.close();
        }
        return new Ended();
    }

    private record Ended() implements Acquisition {
        @Override
        public void await() {}

        @Override
        public void stop() {}

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public long framesDelivered() {
            return FRAMES;
        }

        @Override
        public long blocksLost() {
            return 0;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }
    }

    @Test
    void imagesOfTheDevice_areFilteredMappedAndRecorded() {
        Path store = folder.resolve("iq.zarr");
        List<LiveMaps> maps = new CopyOnWriteArrayList<>();
        LiveOptions options = LiveOptions.of(PROGRAM, 40).withRing(12, 8);
        try (RecordingWriter writer = RecordingWriter.start(
                        store, RecordingPlan.of(PROGRAM.content().recorded(), FRAMES, 10));
                LivePipeline live = LivePipeline.of(PROGRAM, LiveRig.RECIPE, options)
                        .record(BlockStore.to(writer))
                        .open()) {
            live.maps().subscribe("maps", StreamPolicy.STORE_ALL, maps::add);
            live.warmUp(1);
            live.start(ImageBlocksTest::play);
            live.await();
        }
        Recording recording = Recording.open(store);
        assertThat(recording.frames()).isEqualTo(FRAMES);
        assertThat(recording.verify()).isEmpty();
        assertThat(maps).hasSize(2);
        for (int e = 0; e < 2; e++) {
            float[][] frames = new float[40][2 * LiveRig.GRID.size()];
            for (int f = 0; f < 40; f++) {
                for (int i = 0; i < frames[f].length; i++) {
                    frames[f][i] = value(40 * e + f, i);
                }
            }
            IqEnsemble ensemble = IqEnsemble.copyOf(LiveRig.GRID, TIMING, frames, Provenance.none());
            assertThat(recording.iq(40 * e, 40).copyFrame(7)).isEqualTo(frames[7]);
            assertThat(maps.get(e).map().toArray())
                    .isEqualTo(Pipeline.doppler(
                                    ensemble, LiveRig.RECIPE.clutter(), LiveRig.RECIPE.product(), RunContext.inline())
                            .toArray());
        }
    }

    @Test
    void recipeForAnotherGrid_isRefused() {
        PixelGrid other = PixelGrid.xz(0, 1e-3, 2, 5e-3, 6e-3, 3);
        ProcessingRecipe recipe = ProcessingRecipe.of(other, LiveRig.RECIPE.product());
        assertThatThrownBy(() -> LivePipeline.of(PROGRAM, recipe, LiveOptions.of(PROGRAM, 40))
                        .open())
                .hasMessageContaining("use the grid of the device");
    }

    @Test
    void blockRecorder_alone_recordsARun() {
        Path store = folder.resolve("rf.zarr");
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = scanner.upload(LiveRig.program(100, 10), LiveRig.PROBE);
            try (RecordingWriter writer = RecordingWriter.start(
                    store, RecordingPlan.of(program.content().recorded(), 100, 10))) {
                BlockRecorder recorder = BlockRecorder.start(BlockStore.to(writer));
                scanner.start(program, RunOptions.DEFAULTS, recorder).await();
                recorder.close();
                RecorderFigures figures = recorder.figures();
                assertThat(figures.blocks()).isEqualTo(10);
                assertThat(figures.frames()).isEqualTo(100);
                assertThat(figures.bytes()).isEqualTo(10 * program.blockBytes());
                // the ring has four blocks: one is filled while the others wait or are stored
                assertThat(figures.mostWaiting()).isBetween(1, 4);
                assertThat(figures.append().count()).isEqualTo(10);
            }
            assertThat(Recording.open(store)
                            .rf(0, 100)
                            .slice(42, 1)
                            .samples()
                            .mismatch(LiveRig.rf().slice(42, 1).samples()))
                    .isEqualTo(-1);
        }
        assertThat(LiveRig.threads()).isEmpty();
    }

    @Test
    void blockRecorder_whoseStoreFails_endsTheRun() {
        try (SimulatedScanner scanner = LiveRig.waiting()) {
            UploadedProgram program = scanner.upload(LiveRig.program(100_000, 10), LiveRig.PROBE);
            BlockRecorder recorder = BlockRecorder.start(block -> {
                throw new IllegalStateException("disk full");
            });
            assertThatThrownBy(scanner.start(program, RunOptions.DEFAULTS, recorder)::await)
                    .hasMessage("disk full");
            recorder.close(); // it was told already
            BlockRecorder last = BlockRecorder.start(block -> {
                throw new IllegalStateException("disk full");
            });
            UploadedProgram one = scanner.upload(LiveRig.program(10, 10), LiveRig.PROBE);
            scanner.start(one, RunOptions.DEFAULTS, last).await();
            assertThatThrownBy(last::close).hasMessage("disk full"); // nobody was told before
        }
    }
}
