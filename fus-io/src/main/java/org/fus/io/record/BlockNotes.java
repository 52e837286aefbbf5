package org.fus.io.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;

/**
 * What belongs to a block besides its samples. Immutable.
 *
 * @param timesS when each frame was taken, seconds since the start of the acquisition; empty for the times of the plan
 * @param probeToLab where the probe was, from the PROBE to the LAB frame, metres
 * @param events what happened meanwhile, in order
 */
public record BlockNotes(List<Double> timesS, Optional<Affine3> probeToLab, List<Event> events) {
    /** No times other than those of the plan, no pose, no event. */
    public static final BlockNotes NONE = new BlockNotes(List.of(), Optional.empty(), List.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Something that happened.
     *
     * @param timeS seconds since the start of the acquisition
     * @param label what happened, such as {@code stimulus on}
     */
    public record Event(double timeS, String label) {
        /** Checks. */
        public Event {
            Objects.requireNonNull(label, "label");
            if (!Double.isFinite(timeS)) {
                throw new IllegalArgumentException(
                        "event \"" + label + "\" at " + timeS + " s, expected finite seconds");
            }
        }
    }

    /** Checks and copies. */
    public BlockNotes {
        timesS = List.copyOf(timesS);
        Objects.requireNonNull(probeToLab, "probeToLab");
        events = List.copyOf(events);
        for (double t : timesS) {
            if (!Double.isFinite(t)) {
                throw new IllegalArgumentException("timesS holds " + t + ", expected finite seconds");
            }
        }
    }

    /**
     * Times alone.
     *
     * @param timesS when each frame was taken, seconds since the start of the acquisition
     * @return the notes
     */
    public static BlockNotes at(List<Double> timesS) {
        return new BlockNotes(timesS, Optional.empty(), List.of());
    }

    byte[] toJson(long firstFrame, int frames) {
        ObjectNode out = JSON.createObjectNode();
        out.put("firstFrame", firstFrame).put("frames", frames);
        timesS.forEach(out.putArray("timesS")::add);
        probeToLab.ifPresent(pose -> {
            ArrayNode values = out.putArray("probeToLab");
            for (double v : pose.toRowMajor()) {
                values.add(v);
            }
        });
        ArrayNode list = out.putArray("events");
        events.forEach(e -> list.addObject().put("timeS", e.timeS()).put("label", e.label()));
        try {
            return JSON.writeValueAsBytes(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("notes hold only plain values", e);
        }
    }

    static RecordedBlock fromJson(String file, long number, byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            List<Double> times = new ArrayList<>();
            root.path("timesS").forEach(t -> times.add(t.asDouble(Double.NaN)));
            List<Event> events = new ArrayList<>();
            root.path("events")
                    .forEach(e -> events.add(new Event(
                            e.path("timeS").asDouble(Double.NaN),
                            e.path("label").asText(""))));
            Optional<Affine3> pose = Optional.empty();
            if (root.has("probeToLab")) {
                double[] values = new double[root.path("probeToLab").size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = root.path("probeToLab").path(i).asDouble(Double.NaN);
                }
                pose = Optional.of(Affine3.ofRowMajor(values));
            }
            return new RecordedBlock(
                    number,
                    root.path("firstFrame").asLong(-1),
                    root.path("frames").asInt(0),
                    new BlockNotes(times, pose, events));
        } catch (java.io.IOException | IllegalArgumentException e) {
            throw new FusFormatException(file, "notes of the block", e.getMessage() + "; the block is damaged", e);
        }
    }
}
