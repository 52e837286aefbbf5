package org.fus.examples.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.Compounding;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.FNumber;
import org.fus.core.beamforming.Interpolation;
import org.fus.core.beamforming.ReceiveWindow;
import org.fus.core.beamforming.TimeCorrections;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.sequence.TransmitModel;
import picocli.CommandLine.Option;

/** How channel data become images: the options that beamform and process share. */
final class ImagingOptions {
    @Option(
            names = "--grid",
            paramLabel = "X0:X1:NX[,Y0:Y1:NY],Z0:Z1:NZ",
            converter = GridConverter.class,
            description = "Where to look: first and last position in mm and number of columns (x), of slices (y) of a "
                    + "volume, and of rows (z); "
                    + DefaultGrid.DESCRIPTION + ".")
    private Optional<PixelGrid> grid;

    @Option(
            names = "--f-number",
            paramLabel = "F",
            converter = FNumberConverter.class,
            description =
                    "Depth over width of the receive aperture (default: 1); 0 takes the whole array; auto takes it "
                            + "from the directivity of the elements.")
    private Optional<FNumber> fNumber;

    @Option(
            names = "--window",
            paramLabel = "W",
            converter = WindowConverter.class,
            description = "Weights across the aperture: boxcar (default), hann, hamming, blackman, triangle, tukey:A.")
    private Optional<ReceiveWindow> window;

    @Option(
            names = "--interpolation",
            paramLabel = "I",
            description = "Between samples: nearest, linear (default), quadratic, cubic, lanczos3, lanczos5.")
    private Optional<Interpolation> interpolation;

    @Option(
            names = "--sound-speed",
            paramLabel = "M/S",
            description = "Speed of sound in m/s; by default that of the recording.")
    private Optional<Double> soundSpeed;

    @Option(
            names = "--acceptance",
            paramLabel = "DEG",
            description = "Largest angle in degrees under which an element hears (default: no limit).")
    private Optional<Double> acceptance;

    @Option(
            names = "--minimum-aperture",
            paramLabel = "MM",
            description = "The aperture is never narrower than this, in mm (default: 0).")
    private Optional<Double> minimumAperture;

    @Option(
            names = "--pulse-peak",
            paramLabel = "US",
            description = "From the firing to the peak of the received pulse, in microseconds (default: 0).")
    private Optional<Double> pulsePeak;

    @Option(
            names = "--time-zero",
            paramLabel = "US",
            description = "The first firing on the clock of the samples, in microseconds (default: 0).")
    private Optional<Double> timeZero;

    @Option(
            names = "--lens",
            paramLabel = "MM:M/S",
            converter = LensConverter.class,
            description = "Thickness of the lens in mm and its speed of sound in m/s, such as 0.5:1000.")
    private Optional<TimeCorrections.Lens> lens;

    @Option(
            names = "--transmit-model",
            paramLabel = "T",
            converter = TransmitModelConverter.class,
            description = "Arrival of focused waves: unified (default), virtual-source, first-arrival.")
    private Optional<TransmitModel> transmitModel;

    @Option(
            names = "--method",
            paramLabel = "M",
            description = "Beamformer: das (default), cf, gcf[:CUTOFF], pcf[:STRENGTH], slsc[:SHORT_LAG], dmas, fdmas, "
                    + "capon[:SUB_ARRAY:LOADING], fk.")
    private Optional<String> method;

    @Option(
            names = "--compounding",
            paramLabel = "C",
            description = "How transmits come together: coherent (default; before the method), coherent_images, "
                    + "incoherent.")
    private Optional<Compounding> compounding;

    @Option(
            names = "--transmit",
            paramLabel = "K",
            description = "Use transmit K alone, counted from 0; by default all are compounded.")
    private Optional<Integer> transmit;

    /** Checked before any file is read. */
    DasOptions das() {
        DasOptions d = DasOptions.DEFAULTS;
        TimeCorrections corrections = new TimeCorrections(
                timeZero.orElse(0.0) * 1e-6, pulsePeak.orElse(0.0) * 1e-6, lens.orElse(TimeCorrections.Lens.NONE));
        return new DasOptions(
                fNumber.orElse(d.fNumber()),
                window.orElse(d.window()),
                minimumAperture.map(mm -> mm * 1e-3).orElse(d.minimumApertureM()),
                acceptance.map(Math::toRadians).orElse(d.acceptanceRad()),
                interpolation.orElse(d.interpolation()),
                d.normalization(),
                transmitModel.orElse(d.transmitModel()),
                corrections,
                soundSpeed.orElse(d.soundSpeedMPerS()),
                d.memoryBudgetBytes());
    }

    /** Checked before any file is read. */
    BeamformingMethod method() {
        BeamformingMethod chosen =
                BeamformingMethod.parse(method.orElse("das"), compounding.orElse(Compounding.COHERENT));
        boolean shaped = Stream.of(
                        fNumber,
                        window,
                        interpolation,
                        soundSpeed,
                        acceptance,
                        minimumAperture,
                        pulsePeak,
                        timeZero,
                        lens,
                        transmitModel)
                .anyMatch(Optional::isPresent);
        if (chosen instanceof BeamformingMethod.Fk && shaped) {
            throw new IllegalArgumentException(
                    "--method fk uses the whole array and ideal times (expected no --f-number, --window or other"
                            + " options of delays and apertures); leave them out");
        }
        return chosen;
    }

    /** Whether the user asked for something that only channel data can give. */
    boolean needsChannels() {
        return Stream.of(
                        grid,
                        transmit,
                        fNumber,
                        window,
                        method,
                        compounding,
                        interpolation,
                        soundSpeed,
                        acceptance,
                        minimumAperture,
                        pulsePeak,
                        timeZero,
                        lens,
                        transmitModel)
                .anyMatch(Optional::isPresent);
    }

    /** Whether the user asked for one transmit alone. */
    boolean needsOneTransmit() {
        return transmit.isPresent();
    }

    /** The data of the transmits that the user wants. */
    RfData select(Path file, RfData data) {
        int transmits = data.format().transmits();
        if (transmit.isEmpty()) {
            return data;
        }
        int k = transmit.get();
        if (k < 0 || k >= transmits) {
            throw new IllegalArgumentException(file + ": no transmit " + k + " (expected 0 to " + (transmits - 1)
                    + ", the file has " + transmits + " counted from 0)");
        }
        return OneTransmit.of(data, k);
    }

    PixelGrid gridFor(ChannelFormat format) {
        return grid.orElseGet(() -> DefaultGrid.of(format));
    }
}
