package org.fus.hardware.motion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the stage must never go: boxes in the space of its axes. Controllers do not keep axes in step, so on its way from
 * A to B a stage may pass any point of the box with these corners; a move is allowed only when that box touches no
 * forbidden one. Immutable.
 *
 * @param axes number of axes; 0 for the envelope that forbids nothing
 * @param keepOut the forbidden boxes
 */
public record CollisionEnvelope(int axes, List<KeepOut> keepOut) {
    /** Forbids nothing. */
    public static final CollisionEnvelope NONE = new CollisionEnvelope(0, List.of());

    /**
     * A forbidden box, its faces allowed.
     *
     * @param name what is there, for messages, such as {@code skull}
     * @param lowerSi lower corner, metres or radians per axis; negative infinity for open
     * @param upperSi upper corner; positive infinity for open
     */
    public record KeepOut(String name, List<Double> lowerSi, List<Double> upperSi) {
        /** Checks the corners. */
        public KeepOut {
            lowerSi = List.copyOf(lowerSi);
            upperSi = List.copyOf(upperSi);
            if (lowerSi.isEmpty() || lowerSi.size() != upperSi.size()) {
                throw new IllegalArgumentException("keep-out box " + name + ": corners of " + lowerSi.size() + " and "
                        + upperSi.size() + " axes, expected the same number, at least 1");
            }
            for (int i = 0; i < lowerSi.size(); i++) {
                if (!(lowerSi.get(i) < upperSi.get(i))) {
                    throw new IllegalArgumentException("keep-out box " + name + ": axis " + i + " from "
                            + lowerSi.get(i) + " to " + upperSi.get(i) + ", expected the lower one first");
                }
            }
        }

        private boolean meets(double[] fromSi, double[] toSi, double[] toleranceSi) {
            for (int i = 0; i < fromSi.length; i++) {
                if (Math.max(fromSi[i], toSi[i]) <= lowerSi.get(i) + toleranceSi[i]
                        || Math.min(fromSi[i], toSi[i]) >= upperSi.get(i) - toleranceSi[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Checks that every box has the right number of axes. */
    public CollisionEnvelope {
        keepOut = List.copyOf(keepOut);
        for (KeepOut box : keepOut) {
            if (box.lowerSi().size() != axes) {
                throw new IllegalArgumentException("keep-out box " + box.name() + " has "
                        + box.lowerSi().size() + " axes, the envelope has " + axes);
            }
        }
    }

    /**
     * Adds a floor: an axis must not go below a position, wherever the others are. The usual lesson after the operator
     * has lowered the probe onto the gel: "no deeper than this".
     *
     * @param name what is there
     * @param stageAxes number of axes of the stage
     * @param axis the axis that lifts the probe
     * @param floorSi lowest position allowed
     * @return the envelope with the floor
     */
    public CollisionEnvelope withFloor(String name, int stageAxes, int axis, double floorSi) {
        return with(stageAxes, halfSpace(name, stageAxes, axis, Double.NEGATIVE_INFINITY, floorSi));
    }

    /**
     * Adds a ceiling: an axis must not go above a position; for stages whose axis grows towards the animal.
     *
     * @param name what is there
     * @param stageAxes number of axes of the stage
     * @param axis the axis that lifts the probe
     * @param ceilingSi highest position allowed
     * @return the envelope with the ceiling
     */
    public CollisionEnvelope withCeiling(String name, int stageAxes, int axis, double ceilingSi) {
        return with(stageAxes, halfSpace(name, stageAxes, axis, ceilingSi, Double.POSITIVE_INFINITY));
    }

    /**
     * Adds a box.
     *
     * @param stageAxes number of axes of the stage
     * @param box the box
     * @return the envelope with the box
     */
    public CollisionEnvelope with(int stageAxes, KeepOut box) {
        if (axes != 0 && axes != stageAxes) {
            throw new IllegalArgumentException("envelope of " + axes + " axes, box for a stage of " + stageAxes);
        }
        List<KeepOut> all = new ArrayList<>(keepOut);
        all.add(box);
        return new CollisionEnvelope(stageAxes, all);
    }

    private static KeepOut halfSpace(String name, int stageAxes, int axis, double lower, double upper) {
        List<Double> from = new ArrayList<>();
        List<Double> to = new ArrayList<>();
        for (int i = 0; i < stageAxes; i++) {
            from.add(i == axis ? lower : Double.NEGATIVE_INFINITY);
            to.add(i == axis ? upper : Double.POSITIVE_INFINITY);
        }
        return new KeepOut(name, from, to);
    }

    /**
     * Looks for a box in the way of a move.
     *
     * @param fromSi where the stage is, per axis
     * @param toSi where it shall go
     * @param toleranceSi how far each axis may reach into a box; a stage that was taught its floor while it rested on it
     *     must be able to leave although it reads a micrometre less
     * @return the first forbidden box that the move could touch
     */
    public Optional<KeepOut> blocked(double[] fromSi, double[] toSi, double[] toleranceSi) {
        return keepOut.stream().filter(k -> k.meets(fromSi, toSi, toleranceSi)).findFirst();
    }
}
