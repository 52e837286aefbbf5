package org.fus.hardware.session;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.fus.core.geometry.Affine3;
import org.fus.hardware.trigger.ClockFit;
import org.fus.io.bids.BidsEvent;

/**
 * How an acquisition went. Immutable.
 *
 * @param outcome how it ended
 * @param reason why it ended early; empty when complete
 * @param started when it began, wall clock
 * @param folder where its files are
 * @param blocks blocks in the recording
 * @param blocksLost blocks that nobody took in time
 * @param volumes volumes in the scan
 * @param poses probeToLab of each pose of the plan
 * @param worstPoseErrorM how far the probe stood from its pose, at most, metres
 * @param zeroDeviceTimeNs reading of the scanner's clock at its first frame, time 0 of the acquisition; nothing when none came
 * @param clock how the clocks ran against each other; nothing when too little was recorded to tell
 * @param events what was presented, seconds on the scanner's clock since its first frame
 * @param edges trigger edges in both directions
 * @param output estimates of the acoustic output
 * @param notes what a reader should know: derated settings, late blocks, poses that were kept apart
 */
public record SessionReport(
        Outcome outcome,
        String reason,
        Instant started,
        Path folder,
        long blocks,
        long blocksLost,
        long volumes,
        List<Affine3> poses,
        double worstPoseErrorM,
        OptionalLong zeroDeviceTimeNs,
        Optional<ClockFit> clock,
        List<BidsEvent> events,
        int edges,
        String output,
        List<String> notes) {
    /** How an acquisition ends. */
    public enum Outcome {
        /** All blocks of the plan are recorded. */
        COMPLETE,
        /** The caller cancelled. */
        CANCELLED,
        /** Something went wrong. */
        FAILED
    }

    /** Copies. */
    public SessionReport {
        poses = List.copyOf(poses);
        events = List.copyOf(events);
        notes = List.copyOf(notes);
    }

    /**
     * The same as names and values, for JSON.
     *
     * @return in order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("outcome", outcome.name());
        out.put("reason", reason);
        out.put("started", started.toString());
        out.put("folder", folder.toString());
        out.put("blocks", blocks);
        out.put("blocksLost", blocksLost);
        out.put("volumes", volumes);
        out.put("poses", poses.size());
        out.put("worstPoseErrorM", worstPoseErrorM);
        zeroDeviceTimeNs.ifPresent(zero -> out.put("zeroDeviceTimeNs", zero));
        clock.ifPresent(c -> {
            Map<String, Object> fit = new LinkedHashMap<>();
            fit.put("driftPpm", c.driftPpm());
            fit.put("driftErrorPpm", Double.isFinite(c.driftErrorPpm()) ? c.driftErrorPpm() : "unknown");
            fit.put("offsetErrorS", c.offsetErrorS());
            fit.put("residualRmsS", c.residualRmsS());
            fit.put("samples", c.used());
            fit.put("rejected", c.rejected());
            out.put("clock", fit);
        });
        out.put(
                "events",
                events.stream()
                        .map(e -> {
                            Map<String, Object> event = new LinkedHashMap<>();
                            event.put("onsetS", e.onsetS());
                            event.put("durationS", Double.isNaN(e.durationS()) ? "unknown" : e.durationS());
                            event.put("trialType", e.trialType());
                            return event;
                        })
                        .toList());
        out.put("edges", edges);
        out.put("output", output);
        out.put("notes", notes);
        return out;
    }
}
