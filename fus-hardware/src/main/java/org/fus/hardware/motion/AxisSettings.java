package org.fus.hardware.motion;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis as the laboratory set it up. Lengths are metres for a linear axis and radians for a rotary one; that is what
 * {@code Si} means in the names. Made by {@link #linear} or {@link #rotary}.
 *
 * @param name what people call it, such as {@code x}
 * @param kind linear or rotary
 * @param controllerAxis the controller's own name or number of it, such as {@code 1} or {@code X}
 * @param unitsPerSi controller units (microsteps, millimetres, degrees) per metre or radian, positive
 * @param sign +1, or -1 when the controller counts the other way
 * @param originSi position, metres or radians, at which the controller reads zero
 * @param lowerLimitSi lowest position that the host allows
 * @param upperLimitSi highest position that the host allows
 * @param maxSpeedSiPerS speed of moves, per second
 * @param crawlSpeedSiPerS fastest jog while the axis has no reference, per second
 * @param crawlDistanceSi longest jog while the axis has no reference
 * @param toleranceSi how far from its target an axis may rest
 * @param backlashSi the last part of every move is made in this direction (its sign) over at least this distance; 0 for
 *     axes without play
 * @param parkSi where the axis rests when nobody uses the stage
 */
public record AxisSettings(
        String name,
        Kind kind,
        String controllerAxis,
        double unitsPerSi,
        int sign,
        double originSi,
        double lowerLimitSi,
        double upperLimitSi,
        double maxSpeedSiPerS,
        double crawlSpeedSiPerS,
        double crawlDistanceSi,
        double toleranceSi,
        double backlashSi,
        double parkSi) {
    /** What an axis does. */
    public enum Kind {
        /** Moves along a line; metres. */
        LINEAR,
        /** Turns; radians. */
        ROTARY;

        /**
         * The unit, for messages.
         *
         * @return {@code m} or {@code rad}
         */
        public String unit() {
            return this == LINEAR ? "m" : "rad";
        }
    }

    /** Checks everything and names all problems. */
    public AxisSettings {
        List<String> problems = new ArrayList<>();
        if (name.isBlank() || controllerAxis.isBlank()) {
            problems.add("name '" + name + "' and controllerAxis '" + controllerAxis + "' must not be blank");
        }
        requirePositive(problems, "unitsPerSi", unitsPerSi);
        requirePositive(problems, "maxSpeedSiPerS", maxSpeedSiPerS);
        requirePositive(problems, "crawlSpeedSiPerS", crawlSpeedSiPerS);
        requirePositive(problems, "crawlDistanceSi", crawlDistanceSi);
        requirePositive(problems, "toleranceSi", toleranceSi);
        if (sign != 1 && sign != -1) {
            problems.add("sign is " + sign + ", expected 1 or -1");
        }
        if (!Double.isFinite(originSi) || !Double.isFinite(backlashSi)) {
            problems.add("originSi " + originSi + " and backlashSi " + backlashSi + " must be finite");
        }
        if (!(lowerLimitSi < upperLimitSi) || Double.isInfinite(lowerLimitSi) || Double.isInfinite(upperLimitSi)) {
            problems.add("limits " + lowerLimitSi + " to " + upperLimitSi + ": expected finite and in this order");
        } else if (!(Math.abs(backlashSi) < upperLimitSi - lowerLimitSi)) {
            problems.add("backlashSi " + backlashSi + " is not shorter than the travel");
        }
        if (!(parkSi >= lowerLimitSi && parkSi <= upperLimitSi)) {
            problems.add("parkSi " + parkSi + " is outside the limits " + lowerLimitSi + " to " + upperLimitSi);
        }
        if (crawlSpeedSiPerS > maxSpeedSiPerS) {
            problems.add("crawlSpeedSiPerS " + crawlSpeedSiPerS + " is above maxSpeedSiPerS " + maxSpeedSiPerS);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("axis " + name + ": " + String.join("; ", problems));
        }
    }

    private static void requirePositive(List<String> problems, String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            problems.add(what + " is " + value + ", expected a positive number");
        }
    }

    /**
     * A linear axis, metres.
     *
     * @param name what people call it
     * @param controllerAxis the controller's own name or number of it
     * @return a builder with: 1000 units per metre (millimetres), limits 0 to 10 mm, 5 mm/s, crawl 0.5 mm/s over at most
     *     1 mm, tolerance 5 um (the regularity that volumes need), no backlash, parked at the lower limit; the speeds
     *     are those of a careful operator above a craniotomy
     */
    public static Builder linear(String name, String controllerAxis) {
        return new Builder(name, Kind.LINEAR, controllerAxis)
                .unitsPerSi(1000)
                .limits(0, 10e-3)
                .maxSpeed(5e-3)
                .crawl(0.5e-3, 1e-3)
                .tolerance(5e-6);
    }

    /**
     * A rotary axis, radians.
     *
     * @param name what people call it
     * @param controllerAxis the controller's own name or number of it
     * @return a builder with: degrees as controller units, limits of half a turn either way, 20 degrees/s, crawl 2
     *     degrees/s over at most 5 degrees, tolerance 0.1 degree (the step of the vendor's rotation), no backlash, parked
     *     at the lower limit
     */
    public static Builder rotary(String name, String controllerAxis) {
        return new Builder(name, Kind.ROTARY, controllerAxis)
                .unitsPerSi(180 / Math.PI)
                .limits(-Math.PI, Math.PI)
                .maxSpeed(Math.toRadians(20))
                .crawl(Math.toRadians(2), Math.toRadians(5))
                .tolerance(Math.toRadians(0.1));
    }

    /**
     * A position as the controller counts.
     *
     * @param si metres or radians
     * @return controller units
     */
    public double toController(double si) {
        return sign * (si - originSi) * unitsPerSi;
    }

    /**
     * A controller's position in metres or radians.
     *
     * @param units controller units
     * @return metres or radians
     */
    public double fromController(double units) {
        return sign * units / unitsPerSi + originSi;
    }

    /** Collects the settings of one axis. */
    public static final class Builder {
        private final String name;
        private final Kind kind;
        private final String controllerAxis;
        private double unitsPerSi;
        private int sign = 1;
        private double origin;
        private double lower;
        private double upper;
        private double maxSpeed;
        private double crawlSpeed;
        private double crawlDistance;
        private double tolerance;
        private double backlash;
        private double park = Double.NaN;

        private Builder(String name, Kind kind, String controllerAxis) {
            this.name = name;
            this.kind = kind;
            this.controllerAxis = controllerAxis;
        }

        /**
         * Sets the scale.
         *
         * @param value controller units per metre or radian
         * @return this
         */
        public Builder unitsPerSi(double value) {
            unitsPerSi = value;
            return this;
        }

        /**
         * Turns the direction round.
         *
         * @return this
         */
        public Builder reversed() {
            sign = -1;
            return this;
        }

        /**
         * Sets the position at which the controller reads zero.
         *
         * @param si metres or radians
         * @return this
         */
        public Builder origin(double si) {
            origin = si;
            return this;
        }

        /**
         * Sets the soft limits.
         *
         * @param lowerSi lowest position
         * @param upperSi highest position
         * @return this
         */
        public Builder limits(double lowerSi, double upperSi) {
            lower = lowerSi;
            upper = upperSi;
            return this;
        }

        /**
         * Sets the speed of moves.
         *
         * @param siPerS metres or radians per second
         * @return this
         */
        public Builder maxSpeed(double siPerS) {
            maxSpeed = siPerS;
            return this;
        }

        /**
         * Sets what a jog without reference may do.
         *
         * @param siPerS fastest
         * @param distanceSi longest
         * @return this
         */
        public Builder crawl(double siPerS, double distanceSi) {
            crawlSpeed = siPerS;
            crawlDistance = distanceSi;
            return this;
        }

        /**
         * Sets how far from its target the axis may rest.
         *
         * @param si metres or radians
         * @return this
         */
        public Builder tolerance(double si) {
            tolerance = si;
            return this;
        }

        /**
         * Sets direction and distance of the last part of every move.
         *
         * @param si metres or radians, signed
         * @return this
         */
        public Builder backlash(double si) {
            backlash = si;
            return this;
        }

        /**
         * Sets where the axis rests.
         *
         * @param si metres or radians
         * @return this
         */
        public Builder park(double si) {
            park = si;
            return this;
        }

        /**
         * Makes the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException naming all problems
         */
        public AxisSettings build() {
            return new AxisSettings(
                    name,
                    kind,
                    controllerAxis,
                    unitsPerSi,
                    sign,
                    origin,
                    lower,
                    upper,
                    maxSpeed,
                    crawlSpeed,
                    crawlDistance,
                    tolerance,
                    backlash,
                    Double.isNaN(park) ? lower : park);
        }
    }
}
