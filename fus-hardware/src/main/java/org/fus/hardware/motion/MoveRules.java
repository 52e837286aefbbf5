package org.fus.hardware.motion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fus.hardware.motion.MotionFault.Kind;

/** What the host refuses, whatever the driver: references, soft limits, envelope, crawl. */
final class MoveRules {
    private MoveRules() {}

    /** The way of a move: one or two legs, the first to where the final approach begins. */
    static List<double[]> legs(StageSettings settings, double[] from, double[] targets) {
        double[] approach = targets.clone();
        boolean two = false;
        for (int i = 0; i < targets.length; i++) {
            AxisSettings axis = settings.axes().get(i);
            double b = axis.backlashSi();
            if (b == 0 || Double.isNaN(targets[i]) || (targets[i] - from[i]) * Math.signum(b) >= Math.abs(b)) {
                continue; // no play, or the move takes it up by itself
            }
            approach[i] = Math.clamp(targets[i] - b, axis.lowerLimitSi(), axis.upperLimitSi());
            two |= approach[i] != targets[i];
        }
        return two ? List.of(approach, targets.clone()) : List.of(targets.clone());
    }

    static Optional<MotionFault> checkMove(StageSettings settings, StageStatus status, double[] targets) {
        return checkWay(settings, status, targets, legs(settings, status.positions(), targets));
    }

    private static Optional<MotionFault> checkWay(
            StageSettings settings, StageStatus status, double[] targets, List<double[]> legs) {
        if (!status.isReferenced()) {
            return Optional.of(notReferenced(settings, status));
        }
        List<String> outside = new ArrayList<>();
        int first = -1;
        for (int i = 0; i < targets.length; i++) {
            AxisSettings axis = settings.axes().get(i);
            if (targets[i] < axis.lowerLimitSi() || targets[i] > axis.upperLimitSi()) {
                first = first < 0 ? i : first;
                outside.add(axis.name() + " to " + number(targets[i]) + " "
                        + axis.kind().unit() + ", allowed " + number(axis.lowerLimitSi()) + " to "
                        + number(axis.upperLimitSi()));
            }
        }
        if (!outside.isEmpty()) {
            return Optional.of(
                    new MotionFault(Kind.SOFT_LIMIT, first, "outside the soft limits: " + String.join("; ", outside)));
        }
        return checkEnvelope(settings, status.positions(), legs);
    }

    private static Optional<MotionFault> checkEnvelope(StageSettings settings, double[] from, List<double[]> legs) {
        if (settings.envelope().axes() == 0) {
            return Optional.empty();
        }
        double[] tolerances =
                settings.axes().stream().mapToDouble(AxisSettings::toleranceSi).toArray();
        double[] here = from;
        for (double[] leg : legs) {
            double[] to = leg.clone();
            for (int i = 0; i < to.length; i++) {
                to[i] = Double.isNaN(to[i]) ? here[i] : to[i];
            }
            Optional<CollisionEnvelope.KeepOut> box = settings.envelope().blocked(here, to, tolerances);
            if (box.isPresent()) {
                return Optional.of(MotionFault.of(
                        Kind.ENVELOPE,
                        "the way would touch '" + box.get().name()
                                + "'; lift the probe first, go in several moves, or teach another envelope"));
            }
            here = to;
        }
        return Optional.empty();
    }

    static Optional<MotionFault> checkJog(
            StageSettings settings,
            StageStatus status,
            int axis,
            double distance,
            double speed,
            MotionStage.JogConfirmation confirmation) {
        AxisSettings a = settings.axes().get(axis);
        String unit = a.kind().unit();
        if (status.isReferenced()) {
            if (speed > a.maxSpeedSiPerS()) {
                return Optional.of(new MotionFault(
                        Kind.JOG_REFUSED,
                        axis,
                        "jog of axis " + a.name() + " at " + number(speed) + " " + unit + "/s, allowed "
                                + number(a.maxSpeedSiPerS())));
            }
            double[] targets = new double[settings.axes().size()];
            Arrays.fill(targets, Double.NaN);
            targets[axis] = status.positionsSi().get(axis) + distance;
            return checkWay(settings, status, targets, List.of(targets));
        }
        if (confirmation != MotionStage.JogConfirmation.OPERATOR_WATCHES) {
            return Optional.of(notReferenced(settings, status));
        }
        if (speed > a.crawlSpeedSiPerS() || Math.abs(distance) > a.crawlDistanceSi()) {
            return Optional.of(new MotionFault(
                    Kind.JOG_REFUSED,
                    axis,
                    "jog of axis " + a.name() + " without reference by " + number(distance) + " " + unit + " at "
                            + number(speed) + " " + unit + "/s, allowed " + number(a.crawlDistanceSi()) + " at "
                            + number(a.crawlSpeedSiPerS())));
        }
        return Optional.empty();
    }

    private static MotionFault notReferenced(StageSettings settings, StageStatus status) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < settings.axes().size(); i++) {
            if (!status.referenced().get(i)) {
                names.add(settings.axes().get(i).name());
            }
        }
        return MotionFault.of(
                Kind.NOT_REFERENCED,
                "no reference on axis " + String.join(", ", names)
                        + "; home the stage, or jog at crawl speed while somebody watches");
    }

    /** Six significant digits, the same in every locale. */
    static String number(double v) {
        if (!Double.isFinite(v)) {
            return Double.toString(v);
        }
        return Double.toString(new BigDecimal(v).round(new MathContext(6)).doubleValue());
    }
}
