package org.fus.io.info;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Probe and sequence in SI units out of the metadata of a scan, which counts in millimetres, megahertz and degrees. */
final class VendorMetadata {
    private VendorMetadata() {}

    static Optional<Map<String, Object>> probe(Map<String, Object> metadata) {
        Map<String, Object> probe = new LinkedHashMap<>();
        copy(metadata, "probeName", probe, "name");
        copy(metadata, "probeModel", probe, "model");
        copy(metadata, "probeType", probe, "type");
        if (metadata.get("elements") instanceof Number n && n.doubleValue() > 0) {
            probe.put("elements", n);
        }
        scaled(metadata, "pitchMm", 1e-3, probe, "pitchM");
        scaled(metadata, "elevationApertureMm", 1e-3, probe, "elevationApertureM");
        scaled(metadata, "elevationFocusMm", 1e-3, probe, "elevationFocusM");
        if (metadata.get("radiusMm") instanceof Number n) {
            probe.put("radiusM", n.doubleValue() * 1e-3);
        }
        scaled(metadata, "probeFrequencyMHz", 1e6, probe, "centerFrequencyHz");
        // The formats of the vendor always have a type, and a radius of 0 for a flat array.
        boolean unknown = Set.of("type", "radiusM").containsAll(probe.keySet());
        return unknown ? Optional.empty() : Optional.of(probe);
    }

    static Optional<Map<String, Object>> sequence(Map<String, Object> metadata) {
        Map<String, Object> sequence = new LinkedHashMap<>();
        copy(metadata, "sequenceName", sequence, "name");
        scaled(metadata, "transmitFrequencyMHz", 1e6, sequence, "centerFrequencyHz");
        scaled(metadata, "prfHz", 1, sequence, "pulseRepetitionFrequencyHz");
        scaled(metadata, "samplingFrequencyMHz", 1e6, sequence, "samplingFrequencyHz");
        if (metadata.get("anglesDeg") instanceof List<?> angles && !angles.isEmpty()) {
            sequence.put(
                    "transmits",
                    angles.stream()
                            .filter(Double.class::isInstance)
                            .map(a -> InfoValues.map("type", "plane", "tiltRad", Math.toRadians((double) a)))
                            .toList());
        }
        return sequence.isEmpty() ? Optional.empty() : Optional.of(sequence);
    }

    private static void copy(Map<String, Object> from, String name, Map<String, Object> to, String as) {
        if (from.containsKey(name) && !"".equals(from.get(name))) {
            to.put(as, from.get(name));
        }
    }

    /** A figure of 0 is what a format holds that has no way to leave it out. */
    private static void scaled(
            Map<String, Object> from, String name, double factor, Map<String, Object> to, String as) {
        if (from.get(name) instanceof Number n && n.doubleValue() != 0) {
            to.put(as, n.doubleValue() * factor);
        }
    }
}
