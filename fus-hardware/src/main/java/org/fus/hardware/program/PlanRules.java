package org.fus.hardware.program;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.hardware.plan.VolumeRegularity;

/** Everything that is wrong with the parts of a plan; each line begins with the key of the plan file. */
final class PlanRules {
    private static final double NUMERIC_SLACK = 1e-9;

    private final List<String> problems = new ArrayList<>();

    private PlanRules() {}

    static List<String> problems(
            PlanKind kind,
            Probe probe,
            AcquisitionPlan.Firing f,
            AcquisitionPlan.Receiving r,
            AcquisitionPlan.Visiting v) {
        PlanRules rules = new PlanRules();
        rules.firing(kind, f);
        rules.receiving(f, r);
        rules.visiting(kind, probe, r, v);
        Probe.Type needed = kind == PlanKind.RCA
                ? Probe.Type.ROW_COLUMN
                : kind == PlanKind.MULTI_ARRAY ? Probe.Type.MULTI_ARRAY : null;
        if (needed != null && probe.type() != needed) {
            rules.problems.add("probe: " + probe + " is no " + needed + " probe, which kind " + kind.text()
                    + " needs; choose another probe or kind");
        }
        return List.copyOf(rules.problems);
    }

    private void firing(PlanKind kind, AcquisitionPlan.Firing f) {
        count("waves", f.waves(), 1, 4096);
        double tilt = Math.toDegrees(f.maxTiltRad());
        if (!(tilt >= 0) || !(tilt < 90)) {
            problems.add("maxTiltDeg: " + tilt + " degrees, expected 0 or more, below 90");
        } else if (f.waves() > 1 && tilt == 0) {
            problems.add("maxTiltDeg: 0 degrees for " + f.waves() + " waves, which would all be the same; give a tilt");
        }
        positive("centerFrequencyMHz", f.centerFrequencyHz() * 1e-6, "MHz", 200);
        if (!(f.pulseCycles() >= 0.5) || !(f.pulseCycles() <= 32)) {
            problems.add("pulseCycles: " + f.pulseCycles() + ", expected 0.5 to 32, what public systems allow");
        }
        positive("firingRateHz", f.firingRateHz(), "Hz", 1e6);
        positive("frameRateHz", f.frameRateHz(), "Hz", 1e6);
        int firings = (kind == PlanKind.RCA ? 2 : 1) * f.waves();
        if (f.frameRateHz() * firings > f.firingRateHz() * (1 + NUMERIC_SLACK)) {
            problems.add("frameRateHz: " + f.frameRateHz() + " frames of " + firings + " firings need "
                    + f.frameRateHz() * firings + " firings per second, firingRateHz is " + f.firingRateHz()
                    + "; fire faster or lower the rate");
        }
        if (!(f.soundSpeedMPerS() >= 300) || !(f.soundSpeedMPerS() <= 6000)) {
            problems.add("soundSpeedMPerS: " + f.soundSpeedMPerS() + " m/s, expected 300 to 6000 (soft tissue 1540)");
        }
        if (!(f.voltageV() >= 0) || !(f.voltageV() <= 100)) {
            problems.add("voltageV: " + f.voltageV() + " V, expected 0 to 100");
        }
    }

    private void receiving(AcquisitionPlan.Firing f, AcquisitionPlan.Receiving r) {
        if (!(r.nearM() >= 0) || !(r.nearM() < r.farM()) || !(r.farM() <= 1)) {
            problems.add("nearMm, farMm: " + r.nearM() * 1e3 + " to " + r.farM() * 1e3
                    + " mm, expected 0 <= nearMm < farMm <= 1000");
        }
        positive("samplingMHz", r.samplingFrequencyHz() * 1e-6, "MHz", 1000);
        if (r.samplingFrequencyHz() < 2 * f.centerFrequencyHz()) {
            problems.add("samplingMHz: " + r.samplingFrequencyHz() * 1e-6 + " MHz is below twice centerFrequencyMHz = "
                    + f.centerFrequencyHz() * 1e-6 + "; sample faster (usual: four times)");
        }
        count("framesPerBlock", r.framesPerBlock(), 1, 1_000_000);
    }

    private void visiting(PlanKind kind, Probe probe, AcquisitionPlan.Receiving r, AcquisitionPlan.Visiting v) {
        count("blocks", v.blocks(), 1, 1_000_000);
        if ((long) v.blocks() * r.framesPerBlock() > Integer.MAX_VALUE) {
            problems.add("blocks: " + v.blocks() + " blocks of " + r.framesPerBlock()
                    + " frames are more than 2147483647 frames; record fewer");
        }
        count("cycles", v.cycles(), 1, 1_000_000);
        if (!v.centre().isFinite()) {
            problems.add("centre: " + v.centre() + ", expected finite numbers");
        }
        for (int i = 0; i < v.poses().size(); i++) {
            if (!v.poses().get(i).isFinite()) {
                problems.add("poses[" + i + "]: " + v.poses().get(i) + ", expected finite numbers");
            }
        }
        if ((kind == PlanKind.CUSTOM_POSES) == v.poses().isEmpty()) {
            problems.add("poses: " + v.poses().size() + " poses, expected "
                    + (kind == PlanKind.CUSTOM_POSES ? "at least one" : "none for kind " + kind.text()));
        }
        positions(kind, probe, v);
        if (!kind.isStack() && kind != PlanKind.CUSTOM_POSES && v.cycles() != 1) {
            problems.add("cycles: " + v.cycles() + ", expected 1 for kind " + kind.text()
                    + ", which has one pose; give blocks instead");
        }
        long steps = (long) v.cycles() * Math.max(v.positions(), v.poses().size());
        if (steps > 1_000_000) {
            problems.add("cycles: " + steps + " visits of a pose, expected at most 1000000; record fewer");
        }
    }

    private void positions(PlanKind kind, Probe probe, AcquisitionPlan.Visiting v) {
        switch (kind) {
            case ANGIO_3D, FUS_3D_T -> {
                count("positions", v.positions(), 2, 100_000);
                step("stepMm", v.stepM());
            }
            case MULTI_ARRAY -> {
                count("positions", v.positions(), 1, 100_000);
                if (probe.type() == Probe.Type.MULTI_ARRAY && v.positions() >= 1) {
                    step("positions: step", AcquisitionPlan.arraySpacingM(probe) / v.positions());
                }
            }
            default -> count("positions", v.positions(), 1, 1);
        }
    }

    private void step(String what, double stepM) {
        if (!(stepM >= VolumeRegularity.MIN_STEP_M - NUMERIC_SLACK)
                || !(stepM <= VolumeRegularity.MAX_STEP_M + NUMERIC_SLACK)) {
            problems.add(what + ": " + stepM * 1e3 + " mm, expected 0.1 to 1 mm, or readers make no volume of it");
        }
    }

    private void count(String key, int got, int least, int most) {
        if (got < least || got > most) {
            problems.add(key + ": " + got + ", expected " + (least == most ? "" + least : least + " to " + most));
        }
    }

    private void positive(String key, double got, String unit, double most) {
        if (!(got > 0) || !(got <= most)) {
            problems.add(key + ": " + got + " " + unit + ", expected more than 0, at most " + most + " " + unit);
        }
    }
}
