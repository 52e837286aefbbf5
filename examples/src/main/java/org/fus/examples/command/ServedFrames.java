package org.fus.examples.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
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
import org.fus.hardware.igtl.IgtlImage;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;

/**
 * What {@code fus serve-igtl} sends.
 *
 * @param count images after which it begins anew; 0 when there is no end
 * @param rateHz images per second
 * @param image one image by its number, from 0
 * @param pose where the probe is for an image, to the LAB frame
 */
record ServedFrames(int count, double rateHz, IntFunction<IgtlImage> image, IntFunction<Affine3> pose) {
    /** The vendor's rate of power Doppler, where nothing tells another. */
    private static final double DEFAULT_RATE_HZ = 2.5;

    /** All volumes of a series, time by time and pose by pose; or one map. */
    static ServedFrames of(Path file) {
        return switch (FusFiles.open(file)) {
            case Content.Series s -> of(s.series());
            case Content.Doppler d ->
                new ServedFrames(
                        1,
                        DEFAULT_RATE_HZ,
                        number -> IgtlImage.of(d.map(), Affine3.identity()),
                        number -> Affine3.identity());
            case Content other ->
                throw new FusUnsupportedException(file + ": nothing to serve (expected series or map, got "
                        + other.kind() + "); 'fus process' makes a map of channel data");
        };
    }

    private static ServedFrames of(FusSeries series) {
        int poses = series.shape().poses();
        int times = series.shape().times();
        List<Double> timesS = series.times().timesS();
        double spanS = timesS.getLast() - timesS.getFirst();
        double rateHz = spanS > 0 ? (times - 1) / spanS * poses : DEFAULT_RATE_HZ;
        return new ServedFrames(
                Math.multiplyExact(times, poses),
                rateHz,
                number -> IgtlImage.of(series, number % poses, number / poses),
                number -> series.geometry().probeToLab().get(number % poses));
    }

    /** Maps of the simulated scanner's brain, each of 32 new frames; the caller closes the scanner. */
    static ServedFrames simulated(UltrasoundDevice scanner, RunContext context) {
        TransmitSequence waves = TransmitSequence.planeWaves(-0.17, 0.17, 5, 15.625e6, 2500);
        SampleAxis samples = SampleAxis.common(62.5e6, 4e-6, 5, 736);
        UploadedProgram program = scanner.upload(new AcquisitionProgram(waves, samples, 32, 32), scanner.probe());
        ProcessingRecipe recipe = ProcessingRecipe.of(PixelGrid.xz(-3e-3, 3e-3, 61, 4e-3, 9e-3, 51), Product.POWER)
                .withDemodulation(new Demodulation.Fir(2))
                .withClutter(new Clutter.Svd(10));
        Pipeline pipeline = Pipeline.forRf(recipe, program.format());
        return new ServedFrames(
                0,
                DEFAULT_RATE_HZ,
                number -> {
                    List<IqEnsemble> blocks = new ArrayList<>();
                    scanner.start(program, block -> blocks.add(pipeline.beamform(block, context)))
                            .await();
                    DopplerFrame map = pipeline.doppler(IqEnsemble.concatenate(blocks), context);
                    return IgtlImage.of(map, Affine3.identity());
                },
                number -> Affine3.identity());
    }

    static UltrasoundDevice simulatedScanner() {
        return Devices.open(URI.create("sim:icoprime"));
    }
}
