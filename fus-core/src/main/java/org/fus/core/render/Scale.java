package org.fus.core.render;

import org.fus.core.data.DopplerFrame;

/** How values become places on a colour bar. Immutable. */
public sealed interface Scale {
    /** Decibels below the maximum that a power map shows by default: 30, as fUS images commonly do. */
    double POWER_RANGE_DB = 30;

    /** Decibels below the maximum that a B-mode picture shows by default: 50, within the common 40 to 60. */
    double ENVELOPE_RANGE_DB = 50;

    /**
     * Per cent to each side that a map of CBV change shows by default: 30, so that evoked responses of 10 to 40 % are seen
     * and pixels without blood, where the change is noise, do not set the scale.
     */
    double CBV_RANGE_PERCENT = 30;

    /**
     * Decibels relative to the largest finite value of the map: {@code 10 log10} for powers, {@code 20 log10} for other
     * quantities. Values at or below {@code -rangeDb}, zero and negative ones included, have the lowest colour.
     *
     * @param rangeDb decibels between the ends of the scale, positive
     */
    record Decibel(double rangeDb) implements Scale {
        /** Checks the range. */
        public Decibel {
            if (!(rangeDb > 0) || !Double.isFinite(rangeDb)) {
                throw new IllegalArgumentException("rangeDb is " + rangeDb + ", expected a positive number of dB");
            }
        }
    }

    /**
     * Values as they are; those outside have the colour of the nearer end.
     *
     * @param low the value of the lowest colour, in the unit of the quantity
     * @param high the value of the highest colour, above {@code low}
     */
    record Linear(double low, double high) implements Scale {
        /** Checks the order. */
        public Linear {
            if (!(high > low) || !Double.isFinite(high - low)) {
                throw new IllegalArgumentException(
                        "scale from " + low + " to " + high + ": the end must lie above the start");
            }
        }
    }

    /**
     * What suits a map: power {@value #POWER_RANGE_DB} dB and envelope {@value #ENVELOPE_RANGE_DB} dB below the maximum;
     * velocity and signed power linear and symmetric about zero, out to the largest magnitude (1 mm/s when no velocity
     * exceeds 1 um/s, which is rounding noise); CBV change {@value #CBV_RANGE_PERCENT} % to each side; variance and log-compressed levels linear over all their values.
     *
     * @param map the map
     * @return its default scale
     */
    static Scale of(DopplerFrame map) {
        return switch (map.quantity()) {
            case POWER, POWER_TOWARDS, POWER_AWAY, BAND_POWER -> new Decibel(POWER_RANGE_DB);
            case ENVELOPE -> new Decibel(ENVELOPE_RANGE_DB);
            case AXIAL_VELOCITY, LATERAL_VELOCITY -> symmetric(largestMagnitude(map), 1e-6, 1e-3);
            case CBV_CHANGE -> new Linear(-CBV_RANGE_PERCENT, CBV_RANGE_PERCENT);
            case SIGNED_POWER -> symmetric(largestMagnitude(map), 0, 1);
            case VELOCITY_VARIANCE, VELOCITY_ERROR -> new Linear(0, Math.max(largestMagnitude(map), 1e-12));
            case LEVEL -> new Linear(-Math.max(largestMagnitude(map), 1), 0);
        };
    }

    private static Scale symmetric(double most, double noise, double range) {
        return most <= noise ? new Linear(-range, range) : new Linear(-most, most);
    }

    private static double largestMagnitude(DopplerFrame map) {
        double most = 0;
        for (int i = 0; i < map.grid().size(); i++) {
            float v = Math.abs(map.at(i));
            if (Float.isFinite(v)) {
                most = Math.max(most, v);
            }
        }
        return most;
    }
}
