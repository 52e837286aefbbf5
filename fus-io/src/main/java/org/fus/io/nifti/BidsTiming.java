package org.fus.io.nifti;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;

/**
 * When volumes were taken, between the two conventions: a series holds the end of each volume's integration, a sidecar its
 * onset and duration.
 */
final class BidsTiming {
    /** Steps that differ by less than this part of the mean are those of a clock. */
    private static final double REGULAR = 1e-9;

    private BidsTiming() {}

    /** The fields of a sidecar; exactly one of RepetitionTime and VolumeTiming, when there is more than one volume. */
    static Map<String, Object> fields(FusSeries series) {
        List<Double> ends = series.times().timesS();
        double durationS = durationS(series);
        List<Double> onsets = ends.stream().map(t -> t - durationS).toList();
        Map<String, Object> out = new LinkedHashMap<>();
        double stepS = regularStepS(ends);
        if (stepS > 0) {
            out.put("RepetitionTime", stepS);
            if (Math.abs(onsets.getFirst()) > REGULAR * stepS) {
                out.put("DelayAfterTrigger", onsets.getFirst());
            }
            if (stepS - durationS > REGULAR * stepS && durationS > 0) {
                out.put("DelayTime", stepS - durationS);
            }
        } else {
            out.put("VolumeTiming", onsets);
            out.put("FrameAcquisitionDuration", durationS);
        }
        slices(series, onsets, durationS).forEach(out::put);
        return out;
    }

    /** The step between volumes when all are equal; 0 when not, or when there is but one volume. */
    static double regularStepS(List<Double> times) {
        if (times.size() < 2) {
            return 0;
        }
        double step = (times.getLast() - times.getFirst()) / (times.size() - 1);
        for (int i = 1; i < times.size(); i++) {
            if (!(Math.abs(times.get(i) - times.get(i - 1) - step) <= REGULAR * Math.abs(step) * times.size())) {
                return 0;
            }
        }
        return Math.max(0, step);
    }

    /** How long one volume integrates: what the metadata says, otherwise the step between volumes. */
    static double durationS(FusSeries series) {
        for (String name :
                List.of("integrationWindowS", "PowerDopplerIntegrationDuration", "FrameAcquisitionDuration")) {
            if (series.metadata().get(name) instanceof Double d && d > 0 && Double.isFinite(d)) {
                return d;
            }
        }
        return regularStepS(series.times().timesS());
    }

    /**
     * Ends of the volumes.
     *
     * @param fields of the sidecar, normalised; may be empty
     * @param volumes how many
     * @param headerStepS the step that the header states, 0 for none
     * @param headerOffsetS the time of the first volume that the header states
     */
    static List<Double> endsS(
            Map<String, Object> fields, int volumes, double headerStepS, double headerOffsetS, List<String> warnings) {
        double stepS = number(fields, "RepetitionTime", headerStepS);
        if (headerStepS > 0 && Math.abs(stepS - headerStepS) > 1e-6 * headerStepS) {
            // Single precision in the header leaves 6e-8.
            warnings.add("RepetitionTime of the sidecar is " + stepS + " s, pixdim[4] of the header " + headerStepS
                    + " s; the sidecar was believed");
        }
        double duration = durationS(fields, stepS);
        List<Double> ends = new ArrayList<>(volumes);
        if (fields.get("VolumeTiming") instanceof List<?> onsets) {
            if (onsets.size() == volumes && onsets.stream().allMatch(Number.class::isInstance)) {
                onsets.forEach(t -> ends.add(((Number) t).doubleValue() + duration));
                return ends;
            }
            warnings.add("VolumeTiming of the sidecar has " + onsets.size() + " entries for " + volumes
                    + " volumes and was ignored");
        }
        if (stepS <= 0 && volumes > 1) {
            warnings.add("the file states no time step; 1 s is assumed");
            stepS = 1;
        }
        double first = number(fields, "DelayAfterTrigger", headerOffsetS);
        for (int t = 0; t < volumes; t++) {
            ends.add(first + t * stepS + duration);
        }
        return ends;
    }

    /** Ends of the slices {@code [time][y]}; empty when the sidecar does not tell slices apart. */
    static List<Double> sliceEndsS(Map<String, Object> fields, List<Double> ends, int slices) {
        Object direction = fields.getOrDefault("SliceEncodingDirection", "k");
        if (!(fields.get("SliceTiming") instanceof List<?> starts)
                || starts.size() != slices
                || !starts.stream().allMatch(Number.class::isInstance)
                || !(direction instanceof String d)
                || !d.startsWith("k")) {
            return List.of();
        }
        List<?> ordered = d.endsWith("-") ? starts.reversed() : starts;
        double frameS = durationS(fields, number(fields, "RepetitionTime", 0));
        double sliceS = number(fields, "PowerDopplerIntegrationDuration", 0);
        List<Double> out = new ArrayList<>();
        for (double end : ends) {
            ordered.forEach(s -> out.add(end - frameS + ((Number) s).doubleValue() + sliceS));
        }
        return out;
    }

    private static double durationS(Map<String, Object> fields, double stepS) {
        double delay = number(fields, "DelayTime", 0);
        double frame = number(fields, "FrameAcquisitionDuration", 0);
        if (frame > 0) {
            return frame;
        }
        return delay > 0 && stepS > delay ? stepS - delay : number(fields, "PowerDopplerIntegrationDuration", stepS);
    }

    /** Onsets of the slices from that of their volume, when they are the same in every volume of one pose. */
    private static Map<String, Object> slices(FusSeries series, List<Double> onsets, double durationS) {
        List<Double> ends = series.times().sliceTimesS();
        int ny = series.shape().ny();
        if (ends.isEmpty() || series.shape().poses() > 1 || ny < 2) {
            return Map.of();
        }
        List<Double> first = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            double onset = ends.get(i) - durationS - onsets.get(i / ny);
            if (i < ny) {
                first.add(onset);
            } else if (!(Math.abs(onset - first.get(i % ny)) <= 1e-6)) {
                // A microsecond is far below any jitter that matters to a slice of milliseconds.
                return Map.of();
            }
        }
        Map<String, Object> out = new LinkedHashMap<>();
        if (first.stream().allMatch(Double::isFinite)) {
            out.put("SliceTiming", first);
            out.put("SliceEncodingDirection", "k");
        }
        return out;
    }

    private static double number(Map<String, Object> fields, String name, double absent) {
        return fields.get(name) instanceof Number n && Double.isFinite(n.doubleValue()) ? n.doubleValue() : absent;
    }
}
