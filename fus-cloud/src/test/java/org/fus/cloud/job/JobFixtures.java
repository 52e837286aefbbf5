package org.fus.cloud.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.fus.cloud.queue.StoreQueue;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.ImportOptions;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.io.record.BlockNotes;
import org.fus.io.record.RecordedContent;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;

/** A store with a small recording of images, and workers on it. */
final class JobFixtures {
    static final JobRecipe RECIPE = new JobRecipe.FromImages(new Clutter.Svd(2), Product.POWER);
    static final PixelGrid GRID = PixelGrid.xz(-1e-3, 1e-3, 9, 2e-3, 4e-3, 7);
    private static final int FRAMES = 16;

    private JobFixtures() {}

    static IqEnsemble ensemble() {
        Random random = new Random(1);
        float[][] frames = new float[FRAMES][2 * GRID.size()];
        for (float[] frame : frames) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) random.nextGaussian();
            }
        }
        return IqEnsemble.copyOf(GRID, new IqEnsemble.Timing(500, 15e6, 1540), frames, Provenance.none());
    }

    /** Makes a store with the acquisition {@code rat1} in project {@code demo}. */
    static AcquisitionStore store(Path folder) {
        Path recording = folder.resolve("rat1.zarr");
        IqEnsemble iq = ensemble();
        try (RecordingWriter writer = RecordingWriter.start(
                recording, RecordingPlan.of(new RecordedContent.Iq(GRID, iq.timing()), FRAMES, FRAMES))) {
            writer.append(iq, BlockNotes.NONE);
        }
        AcquisitionStore store = AcquisitionStore.create(folder.resolve("store"));
        store.project("demo").importFrom(recording, "rat1", ImportOptions.DEFAULTS, RunContext.inline());
        return store;
    }

    static Worker worker(AcquisitionStore store, String name) {
        return new Worker(
                store,
                StoreQueue.of(store.objects(), "jobs"),
                WorkerOptions.of(name).withTimes(Duration.ofSeconds(2), Duration.ZERO),
                RunContext.inline());
    }
}
