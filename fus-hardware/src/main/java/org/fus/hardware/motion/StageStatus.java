package org.fus.hardware.motion;

import java.util.List;

/**
 * One reading of the whole stage.
 *
 * @param state where the stage stands
 * @param positionsSi position per axis, metres or radians; meaningful as places only for referenced axes
 * @param referenced per axis, whether its position has a reference
 * @param hostTimeNs when the reading was complete, on the clock of {@link System#nanoTime()}
 * @param readings readings since the stage was opened, this one included
 */
public record StageStatus(
        StageState state, List<Double> positionsSi, List<Boolean> referenced, long hostTimeNs, long readings) {
    /** Copies the lists. */
    public StageStatus {
        positionsSi = List.copyOf(positionsSi);
        referenced = List.copyOf(referenced);
    }

    /**
     * Tells whether all axes have a reference.
     *
     * @return true when every position is a place
     */
    public boolean isReferenced() {
        return !referenced.contains(false);
    }

    /**
     * The positions as an array.
     *
     * @return a copy, metres or radians per axis
     */
    public double[] positions() {
        return positionsSi.stream().mapToDouble(Double::doubleValue).toArray();
    }

    StageStatus in(StageState other) {
        return new StageStatus(other, positionsSi, referenced, hostTimeNs, readings);
    }

    StageStatus withoutReference() {
        List<Boolean> none = referenced.stream().map(r -> false).toList();
        return new StageStatus(state, positionsSi, none, hostTimeNs, readings);
    }
}
