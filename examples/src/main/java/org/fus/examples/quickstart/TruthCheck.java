package org.fus.examples.quickstart;

/**
 * One line of the table: what the phantom says, what the images say.
 *
 * @param name what is compared
 * @param unit unit of both values
 * @param expected the value that the truth demands
 * @param tolerance what may lie between them, such as {@code +- 0.5}, {@code at least} or {@code at most}
 * @param measured the value from the images
 * @param pass whether the measured value is within the tolerance
 */
public record TruthCheck(String name, String unit, double expected, String tolerance, double measured, boolean pass) {
    static TruthCheck within(String name, String unit, double expected, double plusMinus, double measured) {
        String tolerance = String.format(java.util.Locale.ROOT, "+- %.3g", plusMinus);
        return new TruthCheck(name, unit, expected, tolerance, measured, Math.abs(measured - expected) <= plusMinus);
    }

    static TruthCheck atLeast(String name, String unit, double least, double measured) {
        return new TruthCheck(name, unit, least, "at least", measured, measured >= least);
    }

    static TruthCheck atMost(String name, String unit, double most, double measured) {
        return new TruthCheck(name, unit, most, "at most", measured, measured <= most);
    }
}
