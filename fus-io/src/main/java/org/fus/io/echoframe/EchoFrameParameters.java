package org.fus.io.echoframe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.source.ByteSource;

/** The file {@code ScanParameters.mat} next to the streams: axes, rates and counts. */
final class EchoFrameParameters {
    static final String FILE = "ScanParameters.mat";

    /** Axes are stored in millimetres, in double or single precision; steps may differ by the rounding of the latter. */
    private static final double REGULAR = 1e-4;

    private static final double M_PER_MM = 1e-3;

    private final Hdf hdf;
    private final int firstZ;
    private final int firstX;
    private final int nz;
    private final int nx;

    private EchoFrameParameters(Hdf hdf) {
        this.hdf = hdf;
        int wholeZ = count("ReconSpec/nz");
        int wholeX = count("ReconSpec/nx");
        int[] roi = {1, wholeZ, 1, wholeX};
        if (hdf.number("ReconSpec/cropBF", 0) != 0) {
            double[] stored = hdf.numbers("ReconSpec/croppingROI");
            if (stored.length != 4
                    || !(stored[0] >= 1 && stored[0] <= stored[1] && stored[1] <= wholeZ)
                    || !(stored[2] >= 1 && stored[2] <= stored[3] && stored[3] <= wholeX)) {
                throw hdf.failure(
                        "ReconSpec/croppingROI",
                        "expected [zStart, zEnd, xStart, xEnd] within 1 to " + wholeZ + " and 1 to " + wholeX + ", got "
                                + Arrays.toString(stored));
            }
            for (int i = 0; i < 4; i++) {
                roi[i] = (int) stored[i];
            }
        }
        this.firstZ = roi[0] - 1;
        this.firstX = roi[2] - 1;
        this.nz = roi[1] - roi[0] + 1;
        this.nx = roi[3] - roi[2] + 1;
    }

    static Optional<EchoFrameParameters> of(ByteSource stream) {
        return stream.folder().flatMap(f -> f.file(FILE)).map(f -> new EchoFrameParameters(Hdf.open(f)));
    }

    int nz() {
        return nz;
    }

    int nx() {
        return nx;
    }

    int repeats() {
        return count("ReceiveSpec/nRepeats");
    }

    /** Power Doppler images per buffer. */
    int ensembles() {
        double size = hdf.number("PDISpec/ensembleSize", 0);
        double shift = hdf.number("PDISpec/shiftSize", 0);
        if (!(size > 0) || !(shift > 0)) {
            return 0;
        }
        return (int) Math.max(0, Math.floor((repeats() - size) / shift) + 1);
    }

    /** Seconds from one power Doppler image to the next. */
    double ensembleStepS() {
        return hdf.number("PDISpec/shiftSize") / frameRateHz();
    }

    /** Seconds that one power Doppler image integrates. */
    double ensembleS() {
        return hdf.number("PDISpec/ensembleSize") / frameRateHz();
    }

    PixelGrid grid() {
        double[] x = axis("ReconSpec/xAxis", firstX, nx);
        double[] z = axis("ReconSpec/zAxis", firstZ, nz);
        return new PixelGrid(x[0], 0, z[0], x[1], PixelGrid.DEFAULT_SLICE_M, z[1], nx, 1, nz);
    }

    IqEnsemble.Timing timing() {
        return new IqEnsemble.Timing(frameRateHz(), hdf.number("ProbeSpec/Fc"), hdf.number("ReconSpec/c0"));
    }

    /** Figures that have no other home, under their own names. */
    Map<String, Object> metadata() {
        Map<String, Object> out = new LinkedHashMap<>(standard());
        for (String group : List.of("ReconSpec", "ReceiveSpec", "ProbeSpec", "TransmitSpec", "PDISpec")) {
            if (!hdf.isGroup(group)) {
                continue;
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            for (String name : hdf.children(group)) {
                value(group + "/" + name).ifPresent(v -> fields.put(name, v));
            }
            out.put(group, fields);
        }
        return out;
    }

    /** Probe and sequence under the names that all formats share; and what is assumed. */
    private Map<String, Object> standard() {
        Map<String, Object> out = new LinkedHashMap<>();
        scaled(out, "ProbeSpec/Fc", 1e-6, "probeFrequencyMHz");
        scaled(out, "ProbeSpec/Fc", 1e-6, "transmitFrequencyMHz");
        scaled(out, "ProbeSpec/pitchX", 1e3, "pitchMm");
        if (hdf.has("ProbeSpec/nElementsX")) {
            out.put("elements", (long) count("ProbeSpec/nElementsX"));
        }
        out.put("prfHz", pulseRateHz());
        out.put(
                "anglesDeg",
                Arrays.stream(hdf.numbers("TransmitSpec/steerX")).boxed().toList());
        out.put(FileInfo.NOT_STATED, List.of("voxelSizeM.y"));
        return out;
    }

    private void scaled(Map<String, Object> out, String path, double factor, String name) {
        if (hdf.has(path)) {
            out.put(name, hdf.number(path) * factor);
        }
    }

    private Optional<Object> value(String path) {
        if (path.endsWith("/method") || path.endsWith("/svdMethod")) {
            return Optional.of(hdf.text(path));
        }
        if (hdf.isGroup(path) || hdf.array(path).size() > 4096) {
            return Optional.empty();
        }
        double[] values = hdf.numbers(path);
        return Optional.of(
                values.length == 1
                        ? values[0]
                        : (Object) Arrays.stream(values).boxed().toList());
    }

    private double frameRateHz() {
        return pulseRateHz() / hdf.array("TransmitSpec/steerX").size();
    }

    private double pulseRateHz() {
        double periodS = hdf.number("ReceiveSpec/transmitReceiveTimeMus") * 1e-6;
        return 1 / periodS;
    }

    private int count(String path) {
        double n = hdf.number(path);
        if (!(n >= 1 && n <= Integer.MAX_VALUE) || n != Math.rint(n)) {
            throw hdf.failure(path, "expected a whole number of at least 1, got " + n);
        }
        return (int) n;
    }

    /** First value and step of a part of an axis, metres. */
    private double[] axis(String path, int first, int count) {
        double[] mm = hdf.numbers(path);
        if (mm.length < first + count) {
            throw hdf.failure(path, "expected at least " + (first + count) + " positions, got " + mm.length);
        }
        double step = count == 1 ? 0.1 : (mm[first + count - 1] - mm[first]) / (count - 1);
        for (int i = 1; i < count; i++) {
            if (!(Math.abs(mm[first + i] - mm[first + i - 1] - step) <= REGULAR * Math.abs(step))) {
                throw hdf.failure(
                        path,
                        "expected evenly spaced positions in millimetres, got " + mm[first + i - 1] + " and "
                                + mm[first + i] + " among steps of " + step);
            }
        }
        return new double[] {mm[first] * M_PER_MM, step * M_PER_MM};
    }
}
