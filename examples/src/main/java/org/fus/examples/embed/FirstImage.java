package org.fus.examples.embed;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.render.Figure;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.io.FusFiles;

/** From a scanner to a picture of its power Doppler map. */
public final class FirstImage {
    private FirstImage() {}

    /**
     * Acquires 64 frames from the simulated scanner and writes their power Doppler map.
     *
     * @param picture the PNG file
     * @return the map
     */
    public static DopplerFrame write(Path picture) {
        // tag::embed[]
        try (UltrasoundDevice scanner = Devices.open(URI.create("sim:icoprime"))) {
            TransmitSequence waves = TransmitSequence.planeWaves(-0.17, 0.17, 11, 15.625e6, 5500);
            SampleAxis samples = SampleAxis.common(62.5e6, 4e-6, 11, 736);
            UploadedProgram program = scanner.upload(new AcquisitionProgram(waves, samples, 64, 32), scanner.probe());
            ProcessingRecipe recipe = ProcessingRecipe.of(
                            PixelGrid.xz(-3e-3, 3e-3, 121, 4e-3, 9e-3, 101), Product.POWER)
                    .withDemodulation(new Demodulation.Fir(2))
                    .withClutter(new Clutter.Svd(20));
            Pipeline pipeline = Pipeline.forRf(recipe, program.format());
            List<IqEnsemble> blocks = new ArrayList<>();
            scanner.start(program, block -> blocks.add(pipeline.beamform(block, RunContext.inline())))
                    .await();
            DopplerFrame power = pipeline.doppler(IqEnsemble.concatenate(blocks), RunContext.inline());
            FusFiles.writeBytes(picture, Figure.of(power).toPng());
            return power;
        }
        // end::embed[]
    }
}
