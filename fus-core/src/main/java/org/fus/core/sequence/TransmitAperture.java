package org.fus.core.sequence;

import java.util.Arrays;

/** Which elements fire, and how strongly: the transmit apodization. Immutable. */
public final class TransmitAperture {
    /** Every element fires with weight 1, whatever the probe. */
    public static final TransmitAperture ALL = new TransmitAperture(null);

    private final double[] weights;

    private TransmitAperture(double[] weights) {
        this.weights = weights;
    }

    /**
     * An aperture from the weights of all elements.
     *
     * @param weights one per element of the probe, finite; 0 does not fire; at least one fires
     * @return the aperture
     */
    public static TransmitAperture of(double... weights) {
        boolean fires = false;
        for (int e = 0; e < weights.length; e++) {
            if (!Double.isFinite(weights[e])) {
                throw new IllegalArgumentException(
                        "transmit weight of element " + e + " is " + weights[e] + ", expected a finite number");
            }
            fires |= weights[e] != 0;
        }
        if (!fires) {
            throw new IllegalArgumentException("none of " + weights.length + " elements fires; give one a weight");
        }
        return new TransmitAperture(weights.clone());
    }

    /**
     * A run of neighbours that fire with weight 1.
     *
     * @param first first element, from 0
     * @param count number of elements that fire, at least 1
     * @param elements number of elements of the probe
     * @return the aperture
     */
    public static TransmitAperture range(int first, int count, int elements) {
        if (first < 0 || count < 1 || first > elements - count) {
            throw new IllegalArgumentException("aperture of " + count + " elements from element " + first
                    + " does not lie within the " + elements + " elements of the probe");
        }
        double[] weights = new double[elements];
        Arrays.fill(weights, first, first + count, 1);
        return new TransmitAperture(weights);
    }

    /**
     * Whether every element fires with weight 1, whatever their number.
     *
     * @return true for {@link #ALL}
     */
    public boolean isAll() {
        return weights == null;
    }

    /**
     * The weight of an element.
     *
     * @param element from 0
     * @return 0 when it does not fire, as all beyond {@link #elements} do
     */
    public double weight(int element) {
        return weights == null ? 1 : element < weights.length ? weights[element] : 0;
    }

    /**
     * The number of elements that the aperture is made for.
     *
     * @return the number, or 0 when it is {@link #ALL}
     */
    public int elements() {
        return weights == null ? 0 : weights.length;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TransmitAperture a && Arrays.equals(weights, a.weights);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        if (weights == null) {
            return "all elements";
        }
        int fire = 0;
        for (double w : weights) {
            fire += w == 0 ? 0 : 1;
        }
        return fire + " of " + weights.length + " elements";
    }
}
