package org.fus.io.nifti;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields of a fUSI-BIDS sidecar (0.0.12) and the names that a scan of the vendor gives to the same figures. Sidecars count
 * in hertz, seconds, millimetres, degrees and volts.
 */
final class BidsNames {
    /** Below this many hertz no ultrasound is emitted: the number must be megahertz, as in drafts up to 0.0.11. */
    private static final double LEAST_HZ = 1000;

    /** No power Doppler frame takes longer than this many seconds: the number must be milliseconds. */
    private static final double LONGEST_S = 20;

    private static final double HZ_PER_MHZ = 1e6;
    private static final double MS_PER_S = 1e3;

    private static final List<String> FREQUENCIES = List.of("ProbeCentralFrequency", "UltrasoundTransmitFrequency");

    private static final List<String> DURATIONS = List.of(
            "PowerDopplerIntegrationDuration",
            "PowerDopplerIntegrationStride",
            "ClutterFilterWindowDuration",
            "ClutterFilterWindowStride",
            "FrameAcquisitionDuration",
            "AcquisitionDuration");

    /** Names of earlier drafts and what 0.0.12 calls them. */
    private static final Map<String, String> RENAMED = Map.of(
            "ProbeElevationWidth", "ProbeFocalWidth",
            "ProbeElevationAperture", "ProbeAperture",
            "ProbeElevationFocus", "ProbeFocalDepth",
            "PlaneWaveAzimuthAngles", "PlaneWaveAngles",
            "UltrafastSamplingFrequency", "CompoundSamplingFrequency",
            "TransmitMask", "TransmitAperture",
            "ReceiveMask", "ReceiveAperture",
            "AcquisitionDuration", "FrameAcquisitionDuration",
            "SoftwareVersion", "SoftwareVersions");

    /** A figure under both names; a sidecar holds {@code factor} times the vendor's number. */
    private record Pair(String bids, String vendor, double factor) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("TaskName", "taskName", 1),
            new Pair("TaskDescription", "taskDescription", 1),
            new Pair("DeviceSerialNumber", "machineSerialNumber", 1),
            new Pair("SoftwareVersions", "softwareVersion", 1),
            new Pair("ProbeType", "probeType", 1),
            new Pair("ProbeModel", "probeName", 1),
            new Pair("ProbeCentralFrequency", "probeFrequencyMHz", HZ_PER_MHZ),
            new Pair("ProbeNumberOfElements", "elements", 1),
            new Pair("ProbePitch", "pitchMm", 1),
            new Pair("ProbeRadiusOfCurvature", "radiusMm", 1),
            new Pair("ProbeAperture", "elevationApertureMm", 1),
            new Pair("ProbeFocalDepth", "elevationFocusMm", 1),
            new Pair("UltrasoundTransmitFrequency", "transmitFrequencyMHz", HZ_PER_MHZ),
            new Pair("UltrasoundPulseRepetitionFrequency", "prfHz", 1),
            new Pair("PlaneWaveAngles", "anglesDeg", 1),
            new Pair("ProbeVoltage", "transmitVoltageV", 1),
            new Pair("SequenceName", "sequenceName", 1),
            new Pair("PowerDopplerIntegrationDuration", "integrationWindowS", 1));

    private BidsNames() {}

    /** Fields of a sidecar for metadata of a series; what stands there under its BIDS name is left alone. */
    static Map<String, Object> fields(Map<String, Object> metadata) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (Pair pair : PAIRS) {
            Object value = metadata.get(pair.vendor);
            boolean text = value instanceof String t && !t.isEmpty();
            boolean list = value instanceof List<?> l && !l.isEmpty();
            if (text || list) {
                out.put(pair.bids, value);
            } else if (value instanceof Number n && Double.isFinite(n.doubleValue()) && n.doubleValue() != 0) {
                out.put(pair.bids, pair.factor == 1 ? n : (Object) (n.doubleValue() * pair.factor));
            }
        }
        if (metadata.get("depthNearMm") instanceof Double near
                && metadata.get("depthFarMm") instanceof Double far
                && Double.isFinite(near)
                && Double.isFinite(far)) {
            out.put("Depth", List.of(near, far));
        }
        if (out.get("PlaneWaveAngles") instanceof List<?> angles && metadata.get("prfHz") instanceof Double prf) {
            out.put("CompoundSamplingFrequency", prf / angles.size());
        }
        if (metadata.get("dim6") instanceof List<?> filters) {
            List<String> names = filters.stream()
                    .filter(Map.class::isInstance)
                    .map(f -> filter((Map<?, ?>) f))
                    .toList();
            if (!names.isEmpty()) {
                out.put("ClutterFilters", names);
            }
        }
        return out;
    }

    /** The same figures under the vendor's names, for fields that have one. */
    static Map<String, Object> vendor(Map<String, Object> fields) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (Pair pair : PAIRS) {
            Object value = fields.get(pair.bids);
            if (value instanceof String || value instanceof List<?>) {
                out.put(pair.vendor, value instanceof List<?> list ? doubles(list) : value);
            } else if (value instanceof Number n) {
                boolean whole = pair.vendor.equals("elements");
                out.put(pair.vendor, whole ? (Object) n.longValue() : n.doubleValue() / pair.factor);
            }
        }
        if (fields.get("Depth") instanceof List<?> depth
                && depth.size() == 2
                && depth.get(0) instanceof Number near
                && depth.get(1) instanceof Number far) {
            out.put("depthNearMm", near.doubleValue());
            out.put("depthFarMm", far.doubleValue());
        }
        return out;
    }

    /**
     * Fields under the names and in the units of 0.0.12. Frequencies and durations of other drafts are recognised by their
     * magnitude.
     *
     * @param warnings receives what was changed
     */
    static Map<String, Object> normalised(Map<String, Object> fields, List<String> warnings) {
        Map<String, Object> out = new LinkedHashMap<>();
        fields.forEach((name, value) -> out.put(
                RENAMED.containsKey(name) && !fields.containsKey(RENAMED.get(name)) ? RENAMED.get(name) : name, value));
        for (String name : FREQUENCIES) {
            if (out.get(name) instanceof Number n && n.doubleValue() > 0 && n.doubleValue() < LEAST_HZ) {
                out.put(name, n.doubleValue() * HZ_PER_MHZ);
                warnings.add("sidecar: " + name + " " + n + " was taken as megahertz");
            }
        }
        for (String name : DURATIONS) {
            if (out.get(name) instanceof Number n && n.doubleValue() > LONGEST_S) {
                out.put(name, n.doubleValue() / MS_PER_S);
                warnings.add("sidecar: " + name + " " + n + " was taken as milliseconds");
            }
        }
        return out;
    }

    private static String filter(Map<?, ?> entry) {
        List<String> parts = new ArrayList<>();
        entry.forEach((k, v) -> {
            if (!k.equals("intent") && !k.equals("filter")) {
                parts.add(k + "=" + v);
            }
        });
        Object name = entry.containsKey("filter") ? entry.get("filter") : entry.get("intent");
        return name + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
    }

    private static List<?> doubles(List<?> list) {
        return list.stream()
                .map(v -> v instanceof Number n ? (Object) n.doubleValue() : v)
                .toList();
    }
}
