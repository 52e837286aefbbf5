package org.fus.io.scan;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Cursor;

/** Reads the header of version 2, field by field in the order of the file. */
final class ScanHeader {
    static final int VERSION = 1;
    static final int BUTTERWORTH = 2;

    /** {@code FUSX} as a number: what follows is an {@link org.fus.io.info.Extension}. */
    static final long EXTENSION_MARK = 0x58535546L;

    static final String TAIL = "tail";

    /** Tables of gains and the like have some hundred bytes. */
    private static final int MAX_UNKNOWN_BYTES = 1 << 20;

    private final Cursor in;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Object> unknown = new LinkedHashMap<>();
    private String extension = "";
    private long dataOffset;
    private FusSeries.Shape shape;
    private FusSeries.Times times;
    private double[] steps;
    private List<Affine3> probeToLab;

    private ScanHeader(ByteSource source) {
        this.in = new Cursor(source, source.size());
    }

    static ScanHeader read(ByteSource source) {
        ScanHeader h = new ScanHeader(source);
        h.frame(source);
        h.volume();
        h.poses();
        h.probe();
        h.sequence();
        h.labels();
        if (h.in.position() > h.dataOffset) {
            throw h.in.failure(
                    "end of header",
                    "lies behind the voxels, which start at byte " + h.dataOffset + "; the file may be damaged");
        }
        h.tail();
        return h;
    }

    /** What the SDK wrote behind the fields of the vendor; empty for none. */
    String extension() {
        return extension;
    }

    long dataOffset() {
        return dataOffset;
    }

    FusSeries.Shape shape() {
        return shape;
    }

    FusSeries.Times times() {
        return times;
    }

    Map<String, Object> metadata() {
        return metadata;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Voxel to probe is not stored: x and y are centred, z counts away from the probe from the near depth. */
    FusSeries.Geometry geometry() {
        double nearM = (double) metadata.get("depthNearMm") * 1e-3;
        return new FusSeries.Geometry(
                steps[0], steps[1], steps[2], voxelsToProbe(shape, steps[0], steps[1], steps[2], nearM), probeToLab);
    }

    static Affine3 voxelsToProbe(FusSeries.Shape shape, double dx, double dy, double dz, double nearM) {
        return Affine3.translation(-dx * (shape.nx() - 1) / 2, -dy * (shape.ny() - 1) / 2, -nearM)
                .after(Affine3.scale(dx, dy, -dz));
    }

    private void frame(ByteSource source) {
        in.skip(4, "code");
        long version = in.u64("format version");
        if (version != VERSION) {
            throw new FusUnsupportedFormatException(
                    source.name(), "byte 4, format version", version + " is not supported (expected " + VERSION + ")");
        }
        unknown("afterVersion", 20);
        dataOffset = in.u64("offset of the voxels");
        long payload = in.u64("size of the voxels");
        unknown("afterSizes", 44);
        int nx = length("sizeX");
        int ny = length("sizeY");
        int nz = length("sizeZ");
        int nt = length("nTime");
        int poses = length("nPose");
        int extras = length("dim6 count");
        long bytes = Double.BYTES;
        for (long n : new long[] {nx, ny, nz, nt, poses, extras}) {
            // Each length passed the size of the file, so this stops before the product can overflow.
            bytes = bytes > source.size() / n ? Long.MAX_VALUE : bytes * n;
            if (bytes > source.size()) {
                break;
            }
        }
        if (dataOffset < in.position() || dataOffset > source.size() || bytes > source.size() - dataOffset) {
            throw in.failure(
                    "voxels",
                    "the file is too short (expected " + nx + " x " + ny + " x " + nz + " x " + nt + " x " + poses
                            + " x " + extras + " float64 from byte " + dataOffset + ", got " + source.size()
                            + " bytes in all); it may be truncated or damaged: copy it again");
        }
        if (payload != bytes) {
            throw in.failure(
                    "size of the voxels",
                    "expected " + bytes + " bytes by the lengths of the axes, got " + payload
                            + "; the file may be damaged: copy it again");
        }
        shape = new FusSeries.Shape(extras, poses, nt, nz, ny, nx);
        long rest = source.size() - dataOffset - bytes;
        if (rest > 0) {
            warnings.add(rest + " bytes after the voxels were ignored");
        }
    }

    private void volume() {
        long[] intents = in.u32s(shape.extras(), "dim6 intents");
        List<Map<String, Object>> dim6 = new ArrayList<>();
        for (long intent : intents) {
            dim6.add(dim6((int) code(ScanMetadata.INTENTS, intent, "dim6 intent")));
        }
        metadata.put("dim6", dim6);
        steps = in.f64s(3, "voxel size");
        for (double step : steps) {
            if (!(step > 0) || !Double.isFinite(step)) {
                throw in.failure("voxel size", "expected positive metres, got " + Arrays.toString(steps));
            }
        }
        put("dtS", in.f64("dt"));
        put("drRad", in.f64("dr"));
        put("dthetaRad", in.f64("dtheta"));
        long n = (long) shape.ny() * shape.times() * shape.poses();
        double[] measured = in.f64s(n, "measuredTimes");
        for (double t : measured) {
            if (!Double.isFinite(t)) {
                throw in.failure("measuredTimes", "expected finite seconds, got " + t);
            }
        }
        times = new FusSeries.Times(
                lastOfEachVolume(measured), Arrays.stream(measured).boxed().toList());
        metadata.put(
                "theoreticalTimeIndices",
                Arrays.stream(in.u32s(n, "theoreticalTimeIndices")).boxed().toList());
    }

    private Map<String, Object> dim6(int intent) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("intent", ScanMetadata.INTENTS.get(intent));
        switch (intent) {
            case 0 -> {
                int filter = (int) code(ScanMetadata.FILTERS, in.u32("clutter filter"), "clutter filter");
                entry.put("filter", ScanMetadata.FILTERS.get(filter));
                entry.put("windowS", in.f64("clutter filter window"));
                if (filter == BUTTERWORTH) {
                    entry.put("cutoffLowHz", in.f32("cut-off"));
                    entry.put("cutoffHighHz", in.f32("cut-off"));
                } else {
                    entry.put("cutoffLow", in.u32("cut-off"));
                    entry.put("cutoffHigh", in.u32("cut-off"));
                }
            }
            case 2 -> {
                entry.put("velocityMin", in.f32("velocity band"));
                entry.put("velocityMax", in.f32("velocity band"));
                in.skip(12, "unused");
            }
            default -> in.skip(20, "unused");
        }
        return entry;
    }

    /** A volume is complete when its last slice is. Slices are stored as [time][pose][y]. */
    private List<Double> lastOfEachVolume(double[] measured) {
        int slices = measured.length / shape.times();
        List<Double> last = new ArrayList<>(shape.times());
        for (int t = 0; t < shape.times(); t++) {
            double end = measured[t * slices];
            for (int s = 1; s < slices; s++) {
                end = Math.max(end, measured[t * slices + s]);
            }
            last.add(end);
        }
        return last;
    }

    private void poses() {
        double[] shift = in.f64s(3L * shape.poses(), "probeToLab translations");
        double[] angle = in.f64s(3L * shape.poses(), "probeToLab rotations");
        metadata.put("probeToLabTranslations", Arrays.stream(shift).boxed().toList());
        metadata.put("probeToLabRotations", Arrays.stream(angle).boxed().toList());
        probeToLab = new ArrayList<>();
        for (int i = 0; i < shift.length; i += 3) {
            for (int k = i; k < i + 3; k++) {
                if (!Double.isFinite(shift[k]) || !Double.isFinite(angle[k])) {
                    throw in.failure("probeToLab of pose " + i / 3, "expected finite numbers; the file may be damaged");
                }
            }
            probeToLab.add(
                    Affine3.ofEulerXyz(angle[i], angle[i + 1], angle[i + 2], shift[i], shift[i + 1], shift[i + 2]));
        }
    }

    private void probe() {
        unknown("beforeMode", 4);
        choice("acquisitionMode", ScanMetadata.MODES);
        unknown("beforeProbeType", 4);
        choice("probeType", ScanMetadata.PROBE_TYPES);
        for (String name :
                List.of("probeFrequencyMHz", "pitchMm", "elevationApertureMm", "elevationFocusMm", "radiusMm")) {
            put(name, in.f64(name));
        }
        metadata.put("elements", (long) in.u16("elements"));
        metadata.put("probeModel", in.text(in.u16("probeModel"), "probeModel"));
        metadata.put("probeName", in.text(in.u16("probeName"), "probeName"));
        double near = in.f64("depthNearMm");
        if (!Double.isFinite(near)) {
            throw in.failure("depthNearMm", "expected millimetres, got " + near);
        }
        put("depthNearMm", near);
        put("depthFarMm", in.f64("depthFarMm"));
    }

    private void sequence() {
        put("transmitFrequencyMHz", in.f64("transmitFrequencyMHz"));
        put("prfHz", in.f64("prfHz"));
        put("samplingFrequencyMHz", in.f64("samplingFrequencyMHz"));
        unknown("afterSamplingFrequency", 8);
        metadata.put(
                "anglesDeg",
                Arrays.stream(in.f64s(in.u32("anglesDeg"), "anglesDeg")).boxed().toList());
        unknown("table", in.u32("table") * 24);
        unknown("afterTable", 8);
        put("transmitVoltageV", in.f64("transmitVoltageV"));
        unknown("afterVoltage", 4);
        put("delayAfterTriggerS", in.f64("delayAfterTriggerS"));
        unknown("list", in.u32("list") * 8);
        metadata.put("isMultiplane", in.u8("isMultiplane") != 0);
        unknown("afterMultiplane", 1);
        put("integrationWindowS", in.f64("integrationWindowS"));
    }

    private void labels() {
        text("sequenceName", "projectTag", "projectDescription", "subjectTag", "sessionTag", "species");
        choice("gender", ScanMetadata.GENDERS);
        date("transferDate");
        metadata.put("ageAtTransferDays", in.i64("ageAtTransferDays"));
        text("subjectDescription");
        choice("weightUnit", ScanMetadata.WEIGHT_UNITS);
        put("weight", in.f32("weight"));
        text("treatment", "scanTag", "studyType", "taskName", "taskDescription", "username");
        hex("machineSerialNumber");
        hex("hardwareLabel");
        date("acquisitionDate");
        choice("scanType", ScanMetadata.SCAN_TYPES);
        long toggles = in.u32("stimulationTogglesS");
        List<Double> seconds = new ArrayList<>();
        var floats = in.take(toggles * Float.BYTES, "stimulationTogglesS").asFloatBuffer();
        while (floats.hasRemaining()) {
            seconds.add((double) floats.get());
        }
        metadata.put("stimulationTogglesS", seconds);
        long[] version = in.u32s(3, "softwareVersion");
        metadata.put("softwareVersion", version[0] + "." + version[1] + "." + version[2]);
    }

    /** Bytes without a known meaning are kept where they are not 0, to be written back. */
    private void unknown(String name, long count) {
        if (count > MAX_UNKNOWN_BYTES) {
            throw in.failure(
                    name,
                    "expected at most " + MAX_UNKNOWN_BYTES + " bytes, got " + count
                            + "; the file may be damaged: copy it again");
        }
        byte[] bytes = new byte[(int) count];
        in.take(count, name).get(bytes);
        boolean zero = true;
        for (byte b : bytes) {
            zero &= b == 0;
        }
        if (!zero || (count > 0 && List.of("table", "list", TAIL).contains(name))) {
            unknown.put(name, HexFormat.of().formatHex(bytes));
        }
    }

    /** What stands between the fields and the voxels. */
    private void tail() {
        long rest = dataOffset - in.position();
        if (rest >= 8 && in.u32("end of header") == EXTENSION_MARK) {
            extension = in.text(in.u32("extension"), "extension");
        } else if (rest >= 8) {
            in.back(4);
        }
        rest = dataOffset - in.position();
        if (rest > MAX_UNKNOWN_BYTES) {
            warnings.add(rest + " bytes before the voxels were ignored");
        } else if (rest > 0) {
            unknown(TAIL, rest);
        }
        if (!unknown.isEmpty()) {
            metadata.put("unknownBytes", unknown);
        }
    }

    private void put(String name, double value) {
        metadata.put(name, value);
    }

    private void text(String... names) {
        for (String name : names) {
            metadata.put(name, in.text(in.u32(name), name));
        }
    }

    private void choice(String name, List<String> names) {
        metadata.put(name, names.get((int) code(names, in.u32(name), name)));
    }

    private long code(List<String> names, long code, String field) {
        if (code >= names.size()) {
            throw in.failure(
                    field,
                    "expected a code from 0 to " + (names.size() - 1) + " " + names + ", got " + code
                            + "; the file may be damaged or of a newer version");
        }
        return code;
    }

    private void date(String name) {
        long seconds = in.i64(name);
        try {
            metadata.put(name, Instant.ofEpochSecond(seconds).toString());
        } catch (DateTimeException e) {
            FusException failure =
                    in.failure(name, "expected seconds since 1970, got " + seconds + "; the file may be damaged");
            failure.initCause(e);
            throw failure;
        }
    }

    /** Text that the vendor stores as hexadecimal digits; kept as it is when it is none. */
    private void hex(String name) {
        String digits = in.text(in.u32(name), name);
        try {
            byte[] bytes = HexFormat.of().parseHex(digits);
            metadata.put(name, new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            metadata.put(name, digits);
        }
    }

    private int length(String field) {
        long n = in.u64(field);
        if (n < 1 || n > Integer.MAX_VALUE) {
            throw in.failure(field, "expected a length of at least 1, got " + n + "; the file may be damaged");
        }
        return (int) n;
    }
}
