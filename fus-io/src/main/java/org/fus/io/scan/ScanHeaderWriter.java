package org.fus.io.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.io.internal.bytes.LittleEndianBytes;

/** Writes the header of version 2, field by field in the order of the file. */
final class ScanHeaderWriter {
    private static final int DATA_OFFSET_AT = 32;

    private final LittleEndianBytes out = new LittleEndianBytes();
    private final FusSeries series;
    private final FusSeries.Shape shape;
    private final ScanFields fields;

    private ScanHeaderWriter(FusSeries series, ScanFields fields) {
        this.series = series;
        this.shape = series.shape();
        this.fields = fields;
    }

    static byte[] write(FusSeries series, ScanGeometry geometry, ScanFields fields, String extension) {
        ScanHeaderWriter w = new ScanHeaderWriter(series, fields);
        w.frame();
        w.volume();
        geometry.translationsM().forEach(w.out::f64);
        geometry.rotationsRad().forEach(w.out::f64);
        w.probe(geometry);
        w.sequence();
        w.labels();
        if (!extension.isEmpty()) {
            w.out.u32(ScanHeader.EXTENSION_MARK);
            w.out.str32(extension);
        }
        w.out.raw(fields.unknown(ScanHeader.TAIL, -1));
        return w.out.toBytes(DATA_OFFSET_AT);
    }

    private void frame() {
        out.raw("scan".getBytes(StandardCharsets.US_ASCII));
        out.i64(ScanHeader.VERSION);
        out.raw(fields.unknown("afterVersion", 20));
        out.i64(0); // the offset of the voxels, known at the end
        out.i64(Math.multiplyExact(shape.size(), (long) Double.BYTES));
        out.raw(fields.unknown("afterSizes", 44));
        for (int n : new int[] {shape.nx(), shape.ny(), shape.nz(), shape.times(), shape.poses(), shape.extras()}) {
            out.i64(n);
        }
    }

    private void volume() {
        dim6();
        out.f64(series.geometry().dxM());
        out.f64(series.geometry().dyM());
        out.f64(series.geometry().dzM());
        double windowS = fields.number("integrationWindowS", 0);
        List<Double> times = series.times().timesS();
        int n = times.size();
        double stepS = n > 1 ? (times.getLast() - times.getFirst()) / (n - 1) : windowS;
        out.f64(fields.number("dtS", stepS));
        out.f64(fields.number("drRad", 0));
        out.f64(fields.number("dthetaRad", 0));
        int slices = shape.poses() * shape.ny();
        List<Double> measured = series.times().sliceTimesS();
        for (int i = 0; i < n * slices; i++) {
            out.f64(measured.isEmpty() ? times.get(i / slices) : measured.get(i));
        }
        List<Double> indices = fields.numbers("theoreticalTimeIndices");
        boolean stored = indices.size() == n * slices;
        for (int i = 0; i < n * slices; i++) {
            out.u32(stored ? indices.get(i).longValue() : i);
        }
    }

    private void dim6() {
        List<Map<?, ?>> stored = fields.maps("dim6");
        int[] intents = new int[shape.extras()];
        for (int i = 0; i < intents.length; i++) {
            intents[i] = code(stored, i, "intent", ScanMetadata.INTENTS);
            out.u32(intents[i]);
        }
        for (int i = 0; i < intents.length; i++) {
            switch (intents[i]) {
                case 0 -> {
                    int filter = code(stored, i, "filter", ScanMetadata.FILTERS);
                    out.u32(filter);
                    out.f64(value(stored, i, "windowS", 0));
                    if (filter == ScanHeader.BUTTERWORTH) {
                        out.f32(value(stored, i, "cutoffLowHz", 0));
                        out.f32(value(stored, i, "cutoffHighHz", 0));
                    } else {
                        out.u32((long) value(stored, i, "cutoffLow", 0));
                        out.u32((long) value(stored, i, "cutoffHigh", 0));
                    }
                }
                case 2 -> {
                    out.f32(value(stored, i, "velocityMin", 0));
                    out.f32(value(stored, i, "velocityMax", 0));
                    out.zeros(12);
                }
                default -> out.zeros(20);
            }
        }
    }

    private void probe(ScanGeometry geometry) {
        out.raw(fields.unknown("beforeMode", 4));
        out.u32(fields.code("acquisitionMode", ScanMetadata.MODES, mode()));
        out.raw(fields.unknown("beforeProbeType", 4));
        out.u32(fields.code("probeType", ScanMetadata.PROBE_TYPES, 0));
        numbers("probeFrequencyMHz", "pitchMm", "elevationApertureMm", "elevationFocusMm", "radiusMm");
        out.u16((int) fields.whole("elements", 0xFFFF));
        out.str16(fields.text("probeModel"));
        out.str16(fields.text("probeName"));
        out.f64(geometry.depthNearMm());
        out.f64(geometry.depthFarMm());
    }

    private void sequence() {
        numbers("transmitFrequencyMHz", "prfHz", "samplingFrequencyMHz");
        out.raw(fields.unknown("afterSamplingFrequency", 8));
        List<Double> angles = fields.numbers("anglesDeg");
        out.u32(angles.size());
        angles.forEach(out::f64);
        rows("table", 24);
        out.raw(fields.unknown("afterTable", 8));
        numbers("transmitVoltageV");
        out.raw(fields.unknown("afterVoltage", 4));
        numbers("delayAfterTriggerS");
        rows("list", 8);
        out.u8(fields.flag("isMultiplane") ? 1 : 0);
        out.raw(fields.unknown("afterMultiplane", 1));
        numbers("integrationWindowS");
    }

    private void labels() {
        texts("sequenceName", "projectTag", "projectDescription", "subjectTag", "sessionTag", "species");
        out.u32(fields.code("gender", ScanMetadata.GENDERS, 0));
        out.i64(fields.date("transferDate"));
        out.i64(fields.whole("ageAtTransferDays", 1L << 53));
        texts("subjectDescription");
        out.u32(fields.code("weightUnit", ScanMetadata.WEIGHT_UNITS, 0));
        out.f32(fields.number("weight", 0));
        texts("treatment", "scanTag", "studyType", "taskName", "taskDescription", "username");
        hex("machineSerialNumber");
        hex("hardwareLabel");
        out.i64(fields.date("acquisitionDate"));
        out.u32(fields.code("scanType", ScanMetadata.SCAN_TYPES, 0));
        List<Double> toggles = fields.numbers("stimulationTogglesS");
        out.u32(toggles.size());
        toggles.forEach(out::f32);
        String version = fields.text("softwareVersion");
        if (!version.isEmpty() && !version.matches("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}")) {
            throw fields.wrong("softwareVersion", "three numbers such as 2.1.3", version);
        }
        for (String part : version.isEmpty() ? List.of("0", "0", "0") : List.of(version.split("\\.", -1))) {
            out.u32(Long.parseLong(part));
        }
    }

    /** A table of unknown meaning behind the number of its rows. */
    private void rows(String name, int rowBytes) {
        byte[] bytes = fields.unknown(name, -1);
        out.u32(bytes.length / rowBytes);
        out.raw(Arrays.copyOf(bytes, bytes.length / rowBytes * rowBytes));
    }

    /** The mode that has this shape: several poses are custom, several slices a stack, one of a time an angiography. */
    private int mode() {
        if (shape.poses() > 1) {
            return ScanMetadata.MODES.indexOf("4DscanCustom");
        }
        String stack = shape.times() == 1 ? "3Dscan" : "4Dscan";
        return ScanMetadata.MODES.indexOf(shape.ny() == 1 ? "2Dscan" : stack);
    }

    private void numbers(String... names) {
        for (String name : names) {
            out.f64(fields.number(name, 0));
        }
    }

    private void texts(String... names) {
        for (String name : names) {
            out.str32(fields.text(name));
        }
    }

    private void hex(String name) {
        byte[] utf8 = fields.text(name).getBytes(StandardCharsets.UTF_8);
        out.str32(HexFormat.of().withUpperCase().formatHex(utf8));
    }

    private int code(List<Map<?, ?>> stored, int i, String name, List<String> names) {
        Object value = i < stored.size() ? stored.get(i).get(name) : null;
        int code = value == null ? 0 : names.indexOf(String.valueOf(value));
        if (code < 0) {
            throw fields.wrong("dim6[" + i + "]." + name, "one of " + names, value);
        }
        return code;
    }

    private double value(List<Map<?, ?>> stored, int i, String name, double absent) {
        return switch (i < stored.size() ? stored.get(i).get(name) : null) {
            case null -> absent;
            case Number n -> n.doubleValue();
            case Object other -> throw fields.wrong("dim6[" + i + "]." + name, "a number", other);
        };
    }
}
