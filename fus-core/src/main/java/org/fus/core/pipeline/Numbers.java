package org.fus.core.pipeline;

/** Numbers in what people type. */
final class Numbers {
    private Numbers() {}

    /** Checks how many parts follow the name. */
    static void requireCount(String what, String text, String[] parts, int least, int most, String form) {
        int count = parts.length - 1;
        if (count < least || count > most) {
            throw new IllegalArgumentException(what + " '" + text + "': expected " + form);
        }
    }

    static int whole(String what, String text, String part) {
        try {
            return Integer.parseInt(part);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    what + " '" + text + "': expected a whole number, got '" + part + "'", e);
        }
    }

    static double real(String what, String text, String part) {
        try {
            double value = Double.parseDouble(part);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " '" + text + "': expected a number, got '" + part + "'", e);
        }
        throw new IllegalArgumentException(what + " '" + text + "': expected a finite number, got '" + part + "'");
    }

    /** Whole numbers without a point. */
    static String text(double value) {
        double rounded = Math.rint(value * 1e9) / 1e9;
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
                ? Long.toString((long) rounded)
                : Double.toString(rounded);
    }
}
