package org.fus.io.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;

/**
 * Names of the metadata of a scan, in the vendor's units, in the order of the file. A writer takes what is there and the
 * default named here for what is not.
 */
public final class ScanMetadata {
    /** Code lists of the format: the position of a name is its code. */
    static final List<String> INTENTS =
            List.of("ClutterFiltering", "EnhancedDoppler", "VelocityBandFiltering", "BrainMaskedDoppler");

    static final List<String> FILTERS = List.of("StaticSVD", "DynamicSVD", "Butterworth");
    static final List<String> MODES = List.of("2Dscan", "3Dscan", "4Dscan", "4DscanCustom", "4DscanRCA", "3DscanRCA");
    static final List<String> PROBE_TYPES = List.of("Linear", "MultiArray", "RCA", "Phased", "Matrix");
    static final List<String> GENDERS = List.of("Undefined", "Male", "Female", "Other");
    static final List<String> WEIGHT_UNITS = List.of("mg", "g", "kg");
    static final List<String> SCAN_TYPES = List.of("Source", "Proc");

    private ScanMetadata() {}

    /**
     * The part of the metadata that describes probe and sequence, for a series that the SDK made.
     *
     * @param probe the array
     * @param sequence the firings; only plane waves have a place in the format
     * @param samplingFrequencyHz samples per second
     * @param integrationWindowS time that one volume integrates, seconds
     * @return names and values in order; add others, such as {@code subjectTag}, to a copy
     */
    public static Map<String, Object> of(
            Probe probe, TransmitSequence sequence, double samplingFrequencyHz, double integrationWindowS) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("probeType", probeType(probe.type()));
        m.put("probeFrequencyMHz", probe.centerFrequencyHz() * 1e-6);
        m.put("pitchMm", probe.pitchM() * 1e3);
        putKnown(m, "elevationApertureMm", probe.elevationApertureM() * 1e3);
        putKnown(m, "elevationFocusMm", probe.elevationFocusM() * 1e3);
        putKnown(m, "radiusMm", probe.type() == Probe.Type.CONVEX ? probe.radiusM() * 1e3 : 0);
        m.put("elements", (long) probe.elements());
        m.put("probeName", probe.name());
        m.put("transmitFrequencyMHz", sequence.centerFrequencyHz() * 1e-6);
        m.put("prfHz", sequence.pulseRepetitionFrequencyHz());
        m.put("samplingFrequencyMHz", samplingFrequencyHz * 1e-6);
        List<Double> angles = new ArrayList<>();
        for (Transmit t : sequence.transmits()) {
            if (t instanceof Transmit.PlaneWave wave) {
                angles.add(Math.toDegrees(wave.tiltRad()));
            }
        }
        m.put("anglesDeg", angles);
        m.put("integrationWindowS", integrationWindowS);
        return m;
    }

    /** The format has no name for convex and custom arrays; it tells them by their radius, or not at all. */
    private static String probeType(Probe.Type type) {
        return switch (type) {
            case LINEAR, CONVEX, CUSTOM -> "Linear";
            case MULTI_ARRAY -> "MultiArray";
            case ROW_COLUMN -> "RCA";
            case PHASED -> "Phased";
            case MATRIX -> "Matrix";
        };
    }

    private static void putKnown(Map<String, Object> m, String name, double value) {
        if (Double.isFinite(value)) {
            m.put(name, value);
        }
    }
}
