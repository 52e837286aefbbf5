package org.fus.hardware.motion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.fus.hardware.motion.MotionFault.Kind;

/** One motion from request to end. Used by the stage's worker, but for permit and future. */
abstract sealed class Motion {
    /** An axis that rests elsewhere for this long, over several readings, will not arrive any more. */
    private static final long REST_NS = 300_000_000;

    final CompletableFuture<StageStatus> future = new CompletableFuture<>();
    final MotionPermit permit = new MotionPermit();
    final long deadlineNs;
    boolean started;
    Optional<MotionFault> ending = Optional.empty();
    long endingSinceNs;
    private long restingSinceNs = -1;
    private int restingReadings;

    Motion(long deadlineNs) {
        this.deadlineNs = deadlineNs;
    }

    /** The state of the stage meanwhile. */
    abstract StageState state();

    /** What keeps the motion from starting now; looked at on request, and again before the start. */
    abstract Optional<MotionFault> check(StageSettings settings, StageStatus status);

    /** Writes the first command. */
    abstract void start(MotionController controller, StageStatus status);

    /** Looks at a reading; returns true at the end. */
    abstract boolean progress(MotionController controller, List<AxisReading> readings, StageStatus status, long nowNs);

    /** True when nothing has moved for a while. */
    final boolean atRest(List<AxisReading> readings, long nowNs) {
        if (readings.stream().anyMatch(AxisReading::moving)) {
            restingSinceNs = -1;
            restingReadings = 0;
            return false;
        }
        if (restingReadings++ == 0) {
            restingSinceNs = nowNs;
        }
        return restingReadings >= 3 && nowNs - restingSinceNs >= REST_NS;
    }

    final void forgetRest() {
        restingReadings = 0;
    }

    static final class Home extends Motion {
        private final StageSettings settings;
        private final Queue<Integer> left = new ArrayDeque<>();

        Home(StageSettings settings, long deadlineNs) {
            super(deadlineNs);
            this.settings = settings;
            left.addAll(settings.homingOrder());
        }

        @Override
        StageState state() {
            return StageState.HOMING;
        }

        @Override
        Optional<MotionFault> check(StageSettings unused, StageStatus status) {
            return Optional.empty();
        }

        @Override
        void start(MotionController controller, StageStatus status) {
            controller.home(left.element(), permit);
        }

        @Override
        boolean progress(MotionController controller, List<AxisReading> readings, StageStatus status, long nowNs) {
            int axis = left.element();
            if (atRest(readings, nowNs) && !readings.get(axis).referenced()) {
                throw new MotionException(
                        "homing",
                        new MotionFault(
                                Kind.STALL,
                                axis,
                                "axis " + settings.axes().get(axis).name()
                                        + " rests without having found its reference; check its switch"));
            }
            if (readings.stream().anyMatch(AxisReading::moving)
                    || !readings.get(axis).referenced()) {
                return false;
            }
            if (controller.homesTogether()) {
                return status.isReferenced();
            }
            left.remove();
            forgetRest();
            if (left.isEmpty()) {
                return true;
            }
            controller.home(left.element(), permit);
            return false;
        }
    }

    static final class Move extends Motion {
        private final StageSettings settings;
        private final double[] targets;
        private final Queue<double[]> legs = new ArrayDeque<>();
        private long arrivedNs = -1;

        Move(StageSettings settings, double[] targets, long deadlineNs) {
            super(deadlineNs);
            this.settings = settings;
            this.targets = targets.clone();
        }

        @Override
        StageState state() {
            return arrivedNs < 0 ? StageState.MOVING : StageState.SETTLING;
        }

        @Override
        Optional<MotionFault> check(StageSettings current, StageStatus status) {
            return MoveRules.checkMove(current, status, targets);
        }

        @Override
        void start(MotionController controller, StageStatus status) {
            legs.addAll(MoveRules.legs(settings, status.positions(), targets));
            startLeg(controller);
        }

        private void startLeg(MotionController controller) {
            double[] leg = legs.element();
            double[] units = new double[leg.length];
            double[] speeds = new double[leg.length];
            for (int i = 0; i < leg.length; i++) {
                AxisSettings axis = settings.axes().get(i);
                units[i] = Double.isNaN(leg[i]) ? Double.NaN : axis.toController(leg[i]);
                speeds[i] = axis.maxSpeedSiPerS() * axis.unitsPerSi();
            }
            controller.move(units, speeds, permit);
        }

        @Override
        boolean progress(MotionController controller, List<AxisReading> readings, StageStatus status, long nowNs) {
            boolean moving = readings.stream().anyMatch(AxisReading::moving);
            List<String> away = new ArrayList<>();
            int firstAway = -1;
            double[] leg = legs.element();
            for (int i = 0; i < leg.length; i++) {
                AxisSettings axis = settings.axes().get(i);
                double off = status.positionsSi().get(i) - leg[i];
                if (Math.abs(off) > axis.toleranceSi()) { // false for NaN, an axis that stays
                    firstAway = firstAway < 0 ? i : firstAway;
                    away.add(axis.name() + " by " + MoveRules.number(off) + " "
                            + axis.kind().unit());
                }
            }
            boolean resting = atRest(readings, nowNs);
            if (!away.isEmpty() && (resting || (arrivedNs >= 0 && !moving))) {
                throw new MotionException(
                        "move",
                        new MotionFault(
                                Kind.STALL,
                                firstAway,
                                "at rest off its target: " + String.join(", ", away)
                                        + "; check for an obstacle and for stalled or slipping drives"));
            }
            if (moving || !away.isEmpty()) {
                arrivedNs = -1;
                return false;
            }
            if (legs.size() > 1) {
                legs.remove();
                forgetRest();
                startLeg(controller);
                return false;
            }
            if (arrivedNs < 0) {
                arrivedNs = nowNs;
            }
            return nowNs - arrivedNs >= settings.settle().toNanos();
        }
    }

    static final class Jog extends Motion {
        private final StageSettings settings;
        private final int axis;
        private final double distance;
        private final double speed;
        private final MotionStage.JogConfirmation confirmation;
        private boolean seenMoving;

        Jog(
                StageSettings settings,
                int axis,
                double distance,
                double speed,
                MotionStage.JogConfirmation confirmation,
                long deadlineNs) {
            super(deadlineNs);
            this.settings = settings;
            this.axis = axis;
            this.distance = distance;
            this.speed = speed;
            this.confirmation = confirmation;
        }

        @Override
        StageState state() {
            return StageState.JOGGING;
        }

        @Override
        Optional<MotionFault> check(StageSettings current, StageStatus status) {
            return MoveRules.checkJog(current, status, axis, distance, speed, confirmation);
        }

        @Override
        void start(MotionController controller, StageStatus status) {
            AxisSettings a = settings.axes().get(axis);
            controller.jog(axis, a.sign() * distance * a.unitsPerSi(), speed * a.unitsPerSi(), permit);
        }

        @Override
        boolean progress(MotionController controller, List<AxisReading> readings, StageStatus status, long nowNs) {
            boolean resting = atRest(readings, nowNs);
            boolean moving = readings.stream().anyMatch(AxisReading::moving);
            seenMoving |= moving;
            return resting || (seenMoving && !moving);
        }
    }
}
