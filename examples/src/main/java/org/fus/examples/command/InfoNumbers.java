package org.fus.examples.command;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people: six digits, and no powers of ten where they can be avoided. */
final class InfoNumbers {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private InfoNumbers() {}

    /** Metres as millimetres, short times as milli- or microseconds: files hold SI units, people read small ones. */
    static String withUnit(double value, String unit) {
        if (unit.equals("m")) {
            return text(value * 1e3) + " mm";
        }
        if (unit.equals("s") && value < 0.1) {
            return value < 1e-4 ? text(value * 1e6) + " us" : text(value * 1e3) + " ms";
        }
        return text(value) + " " + unit;
    }

    static String text(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
        double size = Math.abs(value);
        return size >= 1e-4 && size < 1e9 ? rounded.toPlainString() : Double.toString(rounded.doubleValue());
    }
}
