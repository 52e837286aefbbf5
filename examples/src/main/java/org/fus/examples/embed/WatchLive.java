package org.fus.examples.embed;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fus.core.data.DopplerFrame;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.BlockContent;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.live.BlockStore;
import org.fus.hardware.live.CbvChange;
import org.fus.hardware.live.LiveFigures;
import org.fus.hardware.live.LiveMaps;
import org.fus.hardware.live.LiveOptions;
import org.fus.hardware.live.LivePipeline;
import org.fus.hardware.live.LiveView;
import org.fus.hardware.live.StreamPolicy;
import org.fus.hardware.safety.SafetyMonitor;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;

/** Maps on a screen, CBV change and a recording of the same run, on a simulated scanner in real time. */
public final class WatchLive {
    private WatchLive() {}

    /**
     * Watches a second of a run.
     *
     * @param store the folder of the recording, which must not exist
     * @param screen is shown the newest maps
     * @param change is given every map of CBV change
     * @return how the run went
     */
    public static LiveFigures watch(Path store, Consumer<LiveMaps> screen, Consumer<DopplerFrame> change) {
        // tag::live[]
        try (UltrasoundDevice device = Devices.open(URI.create("sim:icoprime?tier=image"));
                SafetyMonitor monitor = SafetyMonitor.of(device).watch()) {
            AcquisitionProgram usual = device.defaultProgram();
            UploadedProgram program =
                    device.upload(new AcquisitionProgram(usual.sequence(), usual.receive(), 500, 20), device.probe());
            BlockContent.Iq images = (BlockContent.Iq) program.content();
            ProcessingRecipe recipe = ProcessingRecipe.of(images.grid().cartesian(), Product.POWER)
                    .withClutter(new Clutter.Svd(20));
            LiveOptions options =
                    LiveOptions.of(program, 100).withViews(LiveView.BMODE, LiveView.color(recipe.clutter()));
            CbvChange cbv = CbvChange.againstWindow(0, 0.4);
            Consumer<LiveMaps> follow = maps -> cbv.update(maps).ifPresent(change);
            RecordingPlan plan = RecordingPlan.of(images.recorded(), 500, 20);
            try (RecordingWriter writer = RecordingWriter.start(store, plan);
                    LivePipeline live = LivePipeline.of(program, recipe, options)
                            .record(BlockStore.to(writer))
                            .open()) {
                live.maps().subscribe("screen", StreamPolicy.NEWEST_ONLY, screen);
                live.maps().subscribe("cbv", StreamPolicy.PROCESS_ALL, follow);
                live.warmUp(2); // else the first maps come late
                live.start(monitor::start);
                live.await();
                return live.figures();
            }
        }
        // end::live[]
    }
}
