package org.fus.core.clutter;

import java.util.Map;
import java.util.function.Supplier;

/** Applies a rule to the energies of one ensemble. */
final class ComponentSelector {
    /** Energies below this part of the largest are rounding errors of the decomposition. */
    private static final double ROUNDING = 1e-14;

    private ComponentSelector() {}

    /**
     * Finds what a rule keeps.
     *
     * @param energies largest first
     * @param pixels pixels behind the decomposition
     * @param similarity correlations of the magnitudes of the spatial vectors, computed when a rule asks
     */
    static Selection select(ComponentRule rule, double[] energies, int pixels, Supplier<double[][]> similarity) {
        int n = energies.length;
        return switch (rule) {
            case ComponentRule.ByIndex(int low, int high) -> new Selection(low, Math.min(high, n));
            case ComponentRule.ByEnergy(double lowest, double highest) -> byEnergy(energies, lowest, highest);
            case ComponentRule.ByCumulativeEnergy(double lowest, double highest) ->
                byEnergy(cumulative(energies), lowest, highest);
            case ComponentRule.SpatialSimilarity(boolean removeNoise) ->
                TwoSquares.fit(similarity.get()).selection(removeNoise, n);
            case ComponentRule.TurningPoint() -> turningPoint(energies);
            case ComponentRule.NoiseFloor(double fraction) -> noiseFloor(energies, pixels * fraction);
            case ComponentRule.Both(ComponentRule first, ComponentRule second) ->
                select(first, energies, pixels, similarity).and(select(second, energies, pixels, similarity));
        };
    }

    private static Selection byEnergy(double[] energies, double lowest, double highest) {
        int low = 0;
        while (low < energies.length && energies[low] > highest) {
            low++;
        }
        int high = energies.length;
        while (high > low && energies[high - 1] < lowest) {
            high--;
        }
        return new Selection(low, high);
    }

    /** The energy of each component and all weaker ones. */
    private static double[] cumulative(double[] energies) {
        double[] sums = new double[energies.length];
        double sum = 0;
        for (int k = energies.length - 1; k >= 0; k--) {
            sum += energies[k];
            sums[k] = sum;
        }
        return sums;
    }

    private static Selection turningPoint(double[] energies) {
        int last = significant(energies) - 1;
        double first = 10 * Math.log10(energies[0]);
        double slope = last == 0 ? 0 : (10 * Math.log10(energies[last]) - first) / last;
        int turn = 0;
        double deepest = 0;
        for (int k = 1; k <= last; k++) {
            double below = first + slope * k - 10 * Math.log10(energies[k]);
            if (below > deepest) {
                deepest = below;
                turn = k;
            }
        }
        return new Selection(
                turn,
                energies.length,
                Map.of("turningPointBelowChordDb", String.format(java.util.Locale.ROOT, "%.2f", deepest)));
    }

    /** The number of energies that are more than rounding; at least 1. */
    private static int significant(double[] energies) {
        int count = 1;
        while (count < energies.length && energies[count] > ROUNDING * energies[0] && energies[count] > 0) {
            count++;
        }
        return count;
    }

    /** The longest run of weak components whose spread is no larger than that of white noise of their mean. */
    private static Selection noiseFloor(double[] energies, double independentPixels) {
        int n = significant(energies);
        double weakest = energies[n - 1];
        double sum = 0;
        int high = n;
        double level = 0;
        for (int k = n - 1; k >= 0; k--) {
            sum += energies[k];
            double mean = sum / (n - k);
            double spread = 4 * mean * Math.sqrt((n - k) / independentPixels);
            if (n - k > 1 && energies[k] - weakest <= spread) {
                high = k;
                level = mean;
            }
        }
        return new Selection(0, high, Map.of("noiseEnergyPerComponent", Double.toString(level)));
    }
}
