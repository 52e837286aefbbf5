package org.fus.examples.command;

import java.nio.file.Path;
import java.util.Optional;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.ReceiveWindow;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfData;
import org.fus.core.geometry.PixelGrid;
import picocli.CommandLine.Option;

/** How channel data become images: the options that beamform and process share. */
final class ImagingOptions {
    /** The beamformers that there are. */
    enum Method {
        /** Delay and sum with coherent compounding. */
        DAS
    }

    @Option(
            names = "--grid",
            paramLabel = "X0:X1:NX,Z0:Z1:NZ",
            converter = GridConverter.class,
            description = "Where to look: first and last position in mm and number of columns (x) and rows (z); "
                    + DefaultGrid.DESCRIPTION + ".")
    private Optional<PixelGrid> grid;

    @Option(
            names = "--f-number",
            paramLabel = "F",
            description = "Depth over width of the receive aperture (default: 1); 0 takes the whole array.")
    private Optional<Double> fNumber;

    @Option(
            names = "--window",
            paramLabel = "W",
            description = "Weights across the aperture: boxcar (default) or hann.")
    private Optional<ReceiveWindow> window;

    @Option(
            names = "--method",
            paramLabel = "M",
            description = "Beamformer: das, delay and sum with coherent compounding (default).")
    private Optional<Method> method;

    @Option(
            names = "--transmit",
            paramLabel = "K",
            description = "Use transmit K alone, counted from 0; by default all are compounded.")
    private Optional<Integer> transmit;

    /** Checked before any file is read. */
    DasOptions das() {
        return switch (method.orElse(Method.DAS)) {
            case DAS ->
                new DasOptions(
                        fNumber.orElse(DasOptions.DEFAULTS.fNumber()), window.orElse(DasOptions.DEFAULTS.window()));
        };
    }

    /** Whether the user asked for something that only channel data can give. */
    boolean needsChannels() {
        return grid.isPresent()
                || transmit.isPresent()
                || fNumber.isPresent()
                || window.isPresent()
                || method.isPresent();
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
