package org.fus.hardware.live;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.IqEnsemble;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;

/** Blocks to images, by the recipe, and images of one ensemble together. */
final class ImageStage {
    /** The images of one ensemble, and when its last block was in the host. */
    record Ensemble(long firstFrame, IqEnsemble images, long readyNs) {}

    private final Imager imager;
    private final RunContext context;
    private final int ensembleFrames;
    private final EnsembleGate gate;
    private final Handoff<Ensemble> next;
    private final LiveStream<LivePreview> previews;
    private final DisplayRate.Shutter shutter;
    private final LatencyHistogram latency = new LatencyHistogram();

    ImageStage(
            Imager imager,
            RunContext context,
            int ensembleFrames,
            EnsembleGate gate,
            Handoff<Ensemble> next,
            LiveStream<LivePreview> previews,
            DisplayRate display) {
        this.imager = imager;
        this.context = context;
        this.ensembleFrames = ensembleFrames;
        this.gate = gate;
        this.next = next;
        this.previews = previews;
        this.shutter = display.new Shutter();
    }

    void run() {
        List<IqEnsemble> parts = new ArrayList<>();
        for (SharedBlock block = gate.take(); block != null; block = gate.take()) {
            long first = block.block().firstFrame();
            int frames = block.block().frames();
            long readyNs = block.block().hostTimeNs();
            IqEnsemble images;
            try {
                images = imager.images(block.block(), context);
            } finally {
                gate.done(block);
            }
            latency.add(System.nanoTime() - readyNs);
            preview(first, images, readyNs);
            long at = first % ensembleFrames;
            if (at == 0) {
                parts.clear(); // an ensemble before was cut
            }
            parts.add(images);
            if (at + frames == ensembleFrames) {
                next.put(new Ensemble(first - at, IqEnsemble.concatenate(parts), readyNs));
                parts.clear();
            }
        }
    }

    private void preview(long first, IqEnsemble images, long readyNs) {
        if (previews.hasSubscribers()) {
            boolean show = shutter.next();
            if (show || previews.hasFullSubscribers()) {
                previews.publish(
                        new LivePreview(first, images.frames(), readyNs, Product.BMODE.of(images, context)),
                        readyNs,
                        show);
            }
        }
    }

    Latency latency() {
        return latency.latency();
    }
}
