package org.fus.core.data;

import java.util.Objects;
import org.fus.core.geometry.ImageGrid;

/** One map made from an ensemble: {@code [z][y][x]}, float32. Immutable. */
public final class DopplerFrame {
    /** What a map shows. */
    public enum Quantity {
        /** Mean squared magnitude of the (filtered) IQ frames. */
        POWER("power Doppler", "a.u."),
        /** Axial velocity, positive towards the probe. */
        AXIAL_VELOCITY("axial velocity", "m/s"),
        /** Mean magnitude of the IQ frames. */
        ENVELOPE("B-mode envelope", "a.u."),
        /** Mean squared magnitude, negative where the flow goes away from the probe. */
        SIGNED_POWER("signed power Doppler", "a.u."),
        /** Mean squared magnitude of flow towards the probe. */
        POWER_TOWARDS("power Doppler towards the probe", "a.u."),
        /** Mean squared magnitude of flow away from the probe. */
        POWER_AWAY("power Doppler away from the probe", "a.u."),
        /** Mean squared magnitude of a band of velocities. */
        BAND_POWER("power Doppler of a velocity band", "a.u."),
        /** Variance of the axial velocity. */
        VELOCITY_VARIANCE("velocity variance", "m2/s2"),
        /** Velocity along x, positive towards +x. */
        LATERAL_VELOCITY("lateral velocity", "m/s"),
        /** Standard error of a velocity. */
        VELOCITY_ERROR("standard error of velocity", "m/s"),
        /** Change of cerebral blood volume against a baseline: {@code 100 (power - baseline) / baseline}. */
        CBV_CHANGE("CBV change", "%"),
        /** Log-compressed B-mode, 0 at the brightest pixel. */
        LEVEL("B-mode", "dB");

        private final String label;
        private final String unit;

        Quantity(String label, String unit) {
            this.label = label;
            this.unit = unit;
        }

        /**
         * Whether values are powers, never negative, which a picture shows in decibels of ten per decade.
         *
         * @return true for power Doppler of any kind but signed
         */
        public boolean isPower() {
            return this == POWER || this == POWER_TOWARDS || this == POWER_AWAY || this == BAND_POWER;
        }

        /**
         * The name for people.
         *
         * @return such as {@code power Doppler}
         */
        public String label() {
            return label;
        }

        /**
         * The unit of the values.
         *
         * @return such as {@code m/s}
         */
        public String unit() {
            return unit;
        }
    }

    private final Quantity quantity;
    private final ImageGrid grid;
    private final float[] values;
    private final Provenance provenance;

    private DopplerFrame(Quantity quantity, ImageGrid grid, float[] values, Provenance provenance) {
        this.quantity = Objects.requireNonNull(quantity, "quantity");
        this.grid = Objects.requireNonNull(grid, "grid");
        this.values = values;
        this.provenance = Objects.requireNonNull(provenance, "provenance");
    }

    /**
     * Takes values without a copy; the caller must not change them afterwards.
     *
     * @param quantity what the map shows
     * @param grid where the pixels are
     * @param values {@code [z][y][x]} in the unit of the quantity
     * @param provenance where the map comes from
     * @return the map
     */
    public static DopplerFrame wrap(Quantity quantity, ImageGrid grid, float[] values, Provenance provenance) {
        if (values.length != grid.size()) {
            throw new IllegalArgumentException(
                    "map of " + values.length + " values for a grid of " + grid.size() + " pixels");
        }
        return new DopplerFrame(quantity, grid, values, provenance);
    }

    /**
     * What the map shows.
     *
     * @return the quantity, with its unit
     */
    public Quantity quantity() {
        return quantity;
    }

    /**
     * Where the pixels are.
     *
     * @return the grid
     */
    public ImageGrid grid() {
        return grid;
    }

    /**
     * Where the map comes from.
     *
     * @return the steps that made it
     */
    public Provenance provenance() {
        return provenance;
    }

    /**
     * One value.
     *
     * @param pixel index from {@link ImageGrid#index}
     * @return in the unit of the quantity
     */
    public float at(int pixel) {
        return values[pixel];
    }

    /**
     * All values.
     *
     * @return {@code [z][y][x]}, a copy
     */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public String toString() {
        return "DopplerFrame[" + quantity.label() + ", " + grid.nx() + " x " + grid.ny() + " x " + grid.nz()
                + " pixels (x, y, z)" + "]";
    }
}
