package org.fus.io.nifti;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.Affine3;

/** The fields of the sidecar of a series: those of fUSI-BIDS, and the poses as ConfUSIus keeps them. */
final class SidecarFields {
    /** Affines of ConfUSIus, in millimetres and the order (z, y, x) = (elevation, depth, lateral). */
    static final String AFFINES = "ConfUSIusAffines";

    static final String DIM5 = "ConfUSIusDim5Name";
    static final String DIM6 = "ConfUSIusDim6Name";
    static final String POSE = "pose";
    static final String EXTRA = "extra";

    /** Names in the metadata of a series under which a header's own fields and extensions are kept. */
    static final String HEADER = "NiftiHeader";

    static final String EXTENSIONS = "NiftiExtensions";

    private static final String LAB = "physical_to_lab";

    /** Fields that follow from the times and the shape of a series and are always made anew. */
    private static final Set<String> MADE_ANEW = Set.of(
            "RepetitionTime",
            "VolumeTiming",
            "DelayAfterTrigger",
            "DelayTime",
            "FrameAcquisitionDuration",
            "SliceTiming",
            "SliceEncodingDirection",
            DIM5,
            DIM6);

    /** (elevation, depth, lateral) to (x, y, z) of PROBE. A rotation, so its inverse is its transpose. */
    private static final Affine3 TO_PROBE = Affine3.ofRowMajor(0, 0, 1, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 1);

    private SidecarFields() {}

    /** Everything but the description of the SDK. */
    static Map<String, Object> of(FusSeries series) {
        Map<String, Object> out = new LinkedHashMap<>(BidsNames.fields(series.metadata()));
        series.metadata().forEach((name, value) -> {
            if (isBidsName(name)) {
                out.put(name, value);
            }
        });
        out.putAll(BidsTiming.fields(series));
        if (series.shape().poses() > 1 || series.shape().extras() > 1) {
            out.put(DIM5, POSE);
            out.put(DIM6, EXTRA);
        }
        List<Affine3> poses = series.geometry().probeToLab();
        if (poses.size() > 1 || !poses.getFirst().equals(Affine3.identity())) {
            Map<String, Object> affines = new LinkedHashMap<>();
            if (series.metadata().get(AFFINES) instanceof Map<?, ?> others) {
                others.forEach((k, v) -> affines.put(k.toString(), v));
            }
            List<List<List<Double>>> lab =
                    poses.stream().map(SidecarFields::toLab).toList();
            affines.put(LAB, lab.size() == 1 ? lab.getFirst() : lab);
            out.put(AFFINES, affines);
        }
        return out;
    }

    /** Metadata of a series for fields of a sidecar that the SDK did not write. */
    static Map<String, Object> metadata(Map<String, Object> fields) {
        Map<String, Object> out = new LinkedHashMap<>(BidsNames.vendor(fields));
        fields.forEach((name, value) -> {
            boolean made = MADE_ANEW.contains(name) && !name.equals("FrameAcquisitionDuration");
            if (!made && !name.equals(BidsSidecars.DESCRIPTION)) {
                out.put(name, value);
            }
        });
        if (fields.get("RepetitionTime") instanceof Number step
                && fields.get("DelayTime") instanceof Number delay
                && !fields.containsKey("PowerDopplerIntegrationDuration")) {
            out.put("FrameAcquisitionDuration", step.doubleValue() - delay.doubleValue());
        }
        return out;
    }

    /** Metadata with the fields that somebody added to a sidecar, or changed in it, after the SDK wrote it. */
    static Map<String, Object> withEdits(FusSeries written, Map<String, Object> fields) {
        Map<String, Object> made = of(written);
        Map<String, Object> out = new LinkedHashMap<>(written.metadata());
        fields.forEach((name, value) -> {
            boolean kept = MADE_ANEW.contains(name) || name.equals(BidsSidecars.DESCRIPTION) || name.equals(AFFINES);
            if (!kept && !Objects.equals(numbers(made.get(name)), numbers(value))) {
                out.put(name, value);
            }
        });
        return out;
    }

    /** One map per pose; identities when the sidecar has none, or not as many. */
    static List<Affine3> probeToLab(Map<String, Object> fields, int poses, List<String> warnings) {
        List<Affine3> none = java.util.Collections.nCopies(poses, Affine3.identity());
        if (!(fields.get(AFFINES) instanceof Map<?, ?> affines) || !(affines.get(LAB) instanceof List<?> lab)) {
            return none;
        }
        List<Affine3> out = new ArrayList<>();
        List<?> all = lab.size() == 4 && !isMatrix(lab.getFirst()) ? List.of(lab) : lab;
        for (Object m : all) {
            if (!isMatrix(m)) {
                warnings.add("sidecar: " + AFFINES + "." + LAB + " is no 4 x 4 matrix and was ignored");
                return none;
            }
            out.add(ofLab((List<?>) m));
        }
        if (out.size() != poses) {
            warnings.add("sidecar: " + AFFINES + "." + LAB + " has " + out.size() + " matrices for " + poses
                    + " poses and was ignored");
            return none;
        }
        return out;
    }

    private static boolean isBidsName(String name) {
        boolean own = name.equals(HEADER) || name.equals(EXTENSIONS) || name.equals(BidsSidecars.DESCRIPTION);
        return !own && !MADE_ANEW.contains(name) && name.matches("[A-Z][A-Za-z0-9]*");
    }

    private static List<List<Double>> toLab(Affine3 probeToLab) {
        Affine3 m = TO_PROBE.inverse().after(probeToLab).after(TO_PROBE);
        List<List<Double>> rows = new ArrayList<>();
        for (int r = 0; r < 4; r++) {
            rows.add(List.of(m.at(r, 0), m.at(r, 1), m.at(r, 2), r < 3 ? m.at(r, 3) * 1e3 : 1));
        }
        return rows;
    }

    private static Affine3 ofLab(List<?> rows) {
        double[] m = new double[16];
        for (int i = 0; i < 16; i++) {
            double v = ((Number) ((List<?>) rows.get(i / 4)).get(i % 4)).doubleValue();
            m[i] = i % 4 == 3 && i < 12 ? v * 1e-3 : v;
        }
        return TO_PROBE.after(Affine3.ofRowMajor(m)).after(TO_PROBE.inverse());
    }

    private static boolean isMatrix(Object value) {
        return value instanceof List<?> rows
                && rows.size() == 4
                && rows.stream()
                        .allMatch(r -> r instanceof List<?> row
                                && row.size() == 4
                                && row.stream()
                                        .allMatch(v -> v instanceof Number n && Double.isFinite(n.doubleValue())));
    }

    /** The value with every number as a double, so that 1 and 1.0 are the same. */
    private static Object numbers(Object value) {
        return switch (value) {
            case null -> null;
            case Number n -> n.doubleValue();
            case List<?> list -> list.stream().map(SidecarFields::numbers).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> out = new LinkedHashMap<>();
                map.forEach((k, v) -> out.put(k, numbers(v)));
                yield out;
            }
            default -> value;
        };
    }
}
