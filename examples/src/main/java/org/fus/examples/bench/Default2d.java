package org.fus.examples.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Demodulation;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;

/**
 * The default 2-D imaging of the IcoPrime probe: 11 plane waves of -10 to 10 degrees, int16 RF of 832 samples at 62.5 MHz,
 * 128 x 91 pixels, F#1, 200 frames at 500 per second, 40 singular components removed, power Doppler.
 */
final class Default2d {
    static final int ENSEMBLE = 200;
    static final double FRAME_RATE_HZ = 500;

    private static final int ANGLES = 11;
    private static final int SAMPLES = 832;
    private static final double SAMPLING_HZ = 62.5e6;
    private static final double SOUND_SPEED_M_PER_S = 1540;

    private Default2d() {}

    /** The samples at another frame rate, which changes neither their number nor the work. */
    static ChannelFormat format(double frameRateHz) {
        double steepest = Math.toRadians(10);
        return new ChannelFormat(
                ProbeCatalogue.ICO_PRIME,
                TransmitSequence.planeWaves(
                        -steepest,
                        steepest,
                        ANGLES,
                        ProbeCatalogue.ICO_PRIME.centerFrequencyHz(),
                        ANGLES * frameRateHz),
                SampleAxis.common(SAMPLING_HZ, 0, ANGLES, SAMPLES));
    }

    static ProcessingRecipe recipe() {
        double wavelengthM = SOUND_SPEED_M_PER_S / ProbeCatalogue.ICO_PRIME.centerFrequencyHz();
        double halfM = 63.5 * ProbeCatalogue.ICO_PRIME.pitchM();
        PixelGrid grid = PixelGrid.xz(-halfM, halfM, 128, wavelengthM, 91 * wavelengthM, 91);
        return ProcessingRecipe.of(grid, Product.POWER)
                .withDas(DasOptions.DEFAULTS)
                .withDemodulation(new Demodulation.Fir(4))
                .withClutter(new Clutter.Svd(40));
    }

    /** Hashed int16 samples: the time does not depend on what they show. */
    static MemorySegment samples(ChannelFormat format, int frames) {
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(format, frames), 64);
        for (long i = 0; i < samples.byteSize() / Short.BYTES; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) HashedSamples.at((int) i));
        }
        return samples;
    }
}
