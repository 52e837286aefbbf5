package org.fus.examples.embed;

import java.net.URI;
import java.nio.file.Path;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.io.record.Recording;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;

/** From a scanner to a recording that survives a crash, and from the recording to a map. */
public final class RecordAndProcess {
    private RecordAndProcess() {}

    /**
     * Records 64 frames of the simulated scanner.
     *
     * @param store the folder of the recording, which must not exist
     */
    public static void record(Path store) {
        // tag::record[]
        try (UltrasoundDevice scanner = Devices.open(URI.create("sim:icoprime"))) {
            TransmitSequence waves = TransmitSequence.planeWaves(-0.17, 0.17, 11, 15.625e6, 5500);
            SampleAxis samples = SampleAxis.common(62.5e6, 4e-6, 11, 736);
            AcquisitionProgram program = new AcquisitionProgram(waves, samples, 64, 32);
            UploadedProgram uploaded = scanner.upload(program, scanner.probe());
            try (RecordingWriter writer = RecordingWriter.start(store, RecordingPlan.rf(program, uploaded.format()))) {
                scanner.start(uploaded, writer::append).await();
            }
        }
        // end::record[]
    }

    /**
     * Makes a power Doppler map of a recording.
     *
     * @param store the folder of the recording
     * @return the map
     */
    public static DopplerFrame process(Path store) {
        // tag::process[]
        Recording recording = Recording.open(store);
        ProcessingRecipe recipe = ProcessingRecipe.of(PixelGrid.xz(-3e-3, 3e-3, 61, 4e-3, 9e-3, 51), Product.POWER)
                .withDemodulation(new Demodulation.Fir(2))
                .withClutter(new Clutter.Svd(20));
        var rf = recording.rf(0, recording.frames());
        return Pipeline.forRf(recipe, rf.format()).process(rf, RunContext.inline());
        // end::process[]
    }
}
