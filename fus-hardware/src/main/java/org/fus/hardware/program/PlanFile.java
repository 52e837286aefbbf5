package org.fus.hardware.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.hardware.plan.VisitOrder;

/**
 * An {@link AcquisitionPlan} as a text that a person can write: one JSON object in millimetres, degrees and megahertz. Only
 * {@code kind} must be there; every other key has the default of {@link AcquisitionPlans}. The page docs/programs.md lists
 * the keys. A probe is named as in {@link ProbeCatalogue}.
 */
public final class PlanFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final int MM = 3;
    private static final int MHZ = -6;

    private static final Set<String> KEYS = Set.of(
            "kind",
            "probe",
            "waves",
            "maxTiltDeg",
            "centerFrequencyMHz",
            "pulseCycles",
            "firingRateHz",
            "frameRateHz",
            "soundSpeedMPerS",
            "voltageV",
            "nearMm",
            "farMm",
            "samplingMHz",
            "framesPerBlock",
            "blocks",
            "centre",
            "poses",
            "positions",
            "stepMm",
            "cycles",
            "order",
            "seed");

    private static final Set<String> POSE_KEYS = Set.of("xMm", "yMm", "zMm", "angleDeg");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private PlanFile() {}

    /**
     * What a text says.
     *
     * @param plan the plan; nothing when there are problems
     * @param problems all of them, one line each that begins with the key
     */
    public record Reading(Optional<AcquisitionPlan> plan, List<String> problems) {
        /** Copies. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a file.
     *
     * @param file at most 1 MiB of UTF-8
     * @return the plan
     * @throws FusFormatException with all problems
     * @throws FusStorageException when the file cannot be read
     */
    public static AcquisitionPlan read(Path file) {
        Reading reading = parse(text(file));
        return reading.plan()
                .orElseThrow(
                        () -> new FusFormatException(file.toString(), "plan", String.join("; ", reading.problems())));
    }

    /**
     * Reads a file and finds all problems.
     *
     * @param file at most 1 MiB of UTF-8
     * @return what it says
     * @throws FusFormatException when the file is too large
     * @throws FusStorageException when the file cannot be read
     */
    public static Reading check(Path file) {
        return parse(text(file));
    }

    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new FusFormatException(
                        file.toString(),
                        "plan",
                        "more than " + MAX_BYTES + " bytes, which no plan has; is it another file?");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
            throw new FusStorageException(file.toString(), "read", reason, false, e);
        }
    }

    /**
     * Reads a text and finds all problems.
     *
     * @param text JSON; comments of JavaScript are allowed
     * @return what it says
     */
    public static Reading parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            return refused(List.of(where + "no JSON: " + e.getOriginalMessage()));
        }
        if (root == null || !root.isObject()) {
            return refused(List.of("plan: expected one JSON object such as {\"kind\": \"2d-fus\"}"));
        }
        List<String> problems = new ArrayList<>();
        PlanText plan = new PlanText("", root, problems);
        plan.allowOnly(KEYS);
        Optional<PlanKind> kind = kind(plan);
        Optional<Probe> probe = probe(plan, kind);
        if (kind.isEmpty()) {
            // what does not depend on it is still told
            parts(plan, AcquisitionPlans.fus2d(ProbeCatalogue.ICO_PRIME));
            return refused(problems);
        }
        // an unknown probe is a problem already; what the usual one would make of the rest is told with it
        Probe base = probe.filter(p -> suits(kind.get(), p)).orElseGet(() -> usualProbe(kind.get()));
        Parts parts = parts(plan, AcquisitionPlans.of(kind.get(), base));
        problems.addAll(
                PlanRules.problems(kind.get(), probe.orElse(base), parts.firing, parts.receiving, parts.visiting));
        return problems.isEmpty()
                ? new Reading(
                        Optional.of(new AcquisitionPlan(
                                kind.get(), probe.get(), parts.firing, parts.receiving, parts.visiting)),
                        List.of())
                : refused(problems);
    }

    private static Reading refused(List<String> problems) {
        return new Reading(Optional.empty(), problems);
    }

    private static Optional<PlanKind> kind(PlanText plan) {
        String text = plan.text("kind", null);
        Optional<PlanKind> kind = Optional.ofNullable(text).flatMap(PlanKind::of);
        if (kind.isEmpty()) {
            String got =
                    !plan.has("kind") ? "missing" : text == null ? "no kind" : "\"" + PlanText.shortened(text) + "\"";
            plan.problem("kind", got + ", expected one of " + PlanKind.all());
        }
        return kind;
    }

    private static Optional<Probe> probe(PlanText plan, Optional<PlanKind> kind) {
        String usual =
                kind.map(PlanFile::usualProbe).orElse(ProbeCatalogue.ICO_PRIME).name();
        String name = plan.text("probe", usual);
        Optional<Probe> probe = ProbeCatalogue.find(name);
        if (probe.isEmpty()) {
            plan.problem(
                    "probe",
                    "\"" + PlanText.shortened(name) + "\" is not in the catalogue: "
                            + String.join(
                                    ", ",
                                    ProbeCatalogue.all().stream()
                                            .map(Probe::name)
                                            .toList()));
        }
        return probe;
    }

    private static Probe usualProbe(PlanKind kind) {
        return switch (kind) {
            case RCA -> ProbeCatalogue.RC6GV;
            case MULTI_ARRAY -> ProbeCatalogue.ICO_PRIME_MULTI_ARRAY;
            default -> ProbeCatalogue.ICO_PRIME;
        };
    }

    private static boolean suits(PlanKind kind, Probe probe) {
        return switch (kind) {
            case RCA -> probe.type() == Probe.Type.ROW_COLUMN;
            case MULTI_ARRAY -> probe.type() == Probe.Type.MULTI_ARRAY;
            default -> true;
        };
    }

    private record Parts(
            AcquisitionPlan.Firing firing, AcquisitionPlan.Receiving receiving, AcquisitionPlan.Visiting visiting) {}

    /** Frames follow each other without a pause unless the file gives a firing rate of its own. */
    private static Parts parts(PlanText p, AcquisitionPlan usual) {
        AcquisitionPlan.Firing f = usual.firing();
        int waves = p.whole("waves", f.waves());
        double frameRateHz = p.number("frameRateHz", f.frameRateHz());
        int firings = (usual.kind() == PlanKind.RCA ? 2 : 1) * waves;
        double centerFrequencyHz = p.scaled("centerFrequencyMHz", MHZ, f.centerFrequencyHz());
        AcquisitionPlan.Firing firing = new AcquisitionPlan.Firing(
                waves,
                p.degrees("maxTiltDeg", f.maxTiltRad()),
                centerFrequencyHz,
                p.number("pulseCycles", f.pulseCycles()),
                p.number("firingRateHz", Math.max(1, firings) * frameRateHz),
                frameRateHz,
                p.number("soundSpeedMPerS", f.soundSpeedMPerS()),
                p.number("voltageV", f.voltageV()));
        AcquisitionPlan.Receiving r = usual.receiving();
        AcquisitionPlan.Receiving receiving = new AcquisitionPlan.Receiving(
                p.scaled("nearMm", MM, r.nearM()),
                p.scaled("farMm", MM, r.farM()),
                p.scaled("samplingMHz", MHZ, r.samplingFrequencyHz() / f.centerFrequencyHz() * centerFrequencyHz),
                p.whole("framesPerBlock", r.framesPerBlock()));
        AcquisitionPlan.Visiting v = usual.visiting();
        AcquisitionPlan.Visiting visiting = new AcquisitionPlan.Visiting(
                pose(p.object("centre")),
                p.has("poses") ? p.objects("poses").stream().map(PlanFile::pose).toList() : v.poses(),
                p.whole("positions", v.positions()),
                p.scaled("stepMm", MM, v.stepM()),
                p.whole("cycles", v.cycles()),
                p.whole("blocks", v.blocks()),
                p.choice("order", VisitOrder.class, v.order()),
                p.longWhole("seed", v.seed()));
        return new Parts(firing, receiving, visiting);
    }

    private static UprightPose pose(PlanText p) {
        p.allowOnly(POSE_KEYS);
        return new UprightPose(
                p.scaled("xMm", MM, 0), p.scaled("yMm", MM, 0), p.scaled("zMm", MM, 0), p.degrees("angleDeg", 0));
    }

    /**
     * Writes a plan with all its keys.
     *
     * @param plan the plan; its probe is written by its name
     * @return the text; reading it gives the same plan, angles to 13 digits
     * @throws IllegalArgumentException when the catalogue has no such probe
     */
    public static String write(AcquisitionPlan plan) {
        if (ProbeCatalogue.find(plan.probe().name())
                .filter(plan.probe()::equals)
                .isEmpty()) {
            throw new IllegalArgumentException("probe " + plan.probe()
                    + " is not that of the catalogue, and a plan file names its probe; use one of the catalogue");
        }
        AcquisitionPlan.Firing f = plan.firing();
        AcquisitionPlan.Receiving r = plan.receiving();
        AcquisitionPlan.Visiting v = plan.visiting();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", plan.kind().text());
        out.put("probe", plan.probe().name());
        out.put("waves", f.waves());
        out.put("maxTiltDeg", PlanText.inDegrees(f.maxTiltRad()));
        out.put("centerFrequencyMHz", PlanText.inUnit(f.centerFrequencyHz(), MHZ));
        out.put("pulseCycles", PlanText.inUnit(f.pulseCycles(), 0));
        out.put("firingRateHz", PlanText.inUnit(f.firingRateHz(), 0));
        out.put("frameRateHz", PlanText.inUnit(f.frameRateHz(), 0));
        out.put("soundSpeedMPerS", PlanText.inUnit(f.soundSpeedMPerS(), 0));
        out.put("voltageV", PlanText.inUnit(f.voltageV(), 0));
        out.put("nearMm", PlanText.inUnit(r.nearM(), MM));
        out.put("farMm", PlanText.inUnit(r.farM(), MM));
        out.put("samplingMHz", PlanText.inUnit(r.samplingFrequencyHz(), MHZ));
        out.put("framesPerBlock", r.framesPerBlock());
        out.put("blocks", v.blocks());
        out.put("centre", pose(v.centre()));
        if (plan.kind() == PlanKind.CUSTOM_POSES) {
            out.put("poses", v.poses().stream().map(PlanFile::pose).toList());
        }
        out.put("positions", v.positions());
        out.put("stepMm", PlanText.inUnit(v.stepM(), MM));
        out.put("cycles", v.cycles());
        out.put("order", PlanText.name(v.order()));
        out.put("seed", v.seed());
        try {
            return JSON.writeValueAsString(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plan has no JSON form", e);
        }
    }

    private static Map<String, Object> pose(UprightPose pose) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("xMm", PlanText.inUnit(pose.xM(), MM));
        out.put("yMm", PlanText.inUnit(pose.yM(), MM));
        out.put("zMm", PlanText.inUnit(pose.zM(), MM));
        out.put("angleDeg", PlanText.inDegrees(pose.angleRad()));
        return out;
    }
}
