package org.fus.core.render;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round numbers along an axis.
 *
 * @param values ascending, within the axis
 * @param decimals digits after the point that tell them apart
 */
record Ticks(List<Double> values, int decimals) {
    /** The finest round numbers (1, 2 or 5 times a power of ten apart) of which at most {@code most} steps fit; at least one. */
    static Ticks of(double low, double high, int most) {
        double span = high - low;
        double rough = span / Math.max(1, most);
        // An axis that ends on a round number shows it, although the ends carry rounding errors.
        double slack = 1e-6 * span;
        int decade = (int) Math.floor(Math.log10(rough));
        List<Double> values = List.of();
        BigDecimal step = BigDecimal.ONE;
        // A step longer than the axis can miss it; the next finer one then gives three ticks at most.
        for (double widest = rough * (1 - 1e-9); values.isEmpty(); widest = step.doubleValue() / 2.6) {
            step = atLeast(widest, decade);
            values = multiples(step, low - slack, high + slack);
        }
        return new Ticks(values, Math.max(0, step.stripTrailingZeros().scale()));
    }

    /** The smallest 1, 2 or 5 times a power of ten that is not below {@code width}, from a decade below it. */
    private static BigDecimal atLeast(double width, int decade) {
        for (int exponent = decade - 1; ; exponent++) {
            for (int digit : new int[] {1, 2, 5}) {
                BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                if (step.doubleValue() >= width) {
                    return step;
                }
            }
        }
    }

    private static List<Double> multiples(BigDecimal step, double low, double high) {
        BigDecimal from = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING);
        List<Double> values = new ArrayList<>();
        for (BigDecimal v = from.multiply(step); v.doubleValue() <= high; v = v.add(step)) {
            values.add(v.doubleValue());
        }
        return values;
    }

    /** The text beside a tick, with a true minus sign. */
    String label(double value) {
        double shown = value == 0 ? 0.0 : value; // no minus before zero
        return String.format(Locale.ROOT, "%." + decimals + "f", shown).replace('-', '−');
    }
}
