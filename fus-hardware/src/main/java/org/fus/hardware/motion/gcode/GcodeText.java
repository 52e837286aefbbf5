package org.fus.hardware.motion.gcode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.StageSettings;

/** What both dialects share. */
final class GcodeText {
    private GcodeText() {}

    /** Axis letters of the settings, checked. */
    static List<String> letters(StageSettings settings, String allowed) {
        List<String> all = new ArrayList<>();
        for (AxisSettings a : settings.axes()) {
            if (a.controllerAxis().length() != 1 || !allowed.contains(a.controllerAxis())) {
                throw new IllegalArgumentException(
                        "G-code axis '" + a.controllerAxis() + "', expected one letter of " + allowed);
            }
            all.add(a.controllerAxis());
        }
        return all;
    }

    /** Micrometre steps and finer, no exponent, the same in every locale. */
    static String number(double v) {
        return String.format(Locale.ROOT, "%.4f", v);
    }

    /** Such as {@code X1.0000 Y2.0000 F600.0000}; the feed is per minute, and no axis gets faster than it may. */
    static String words(List<String> letters, double[] targets, double[] speeds) {
        StringBuilder b = new StringBuilder();
        double feed = Double.POSITIVE_INFINITY;
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                b.append(letters.get(i)).append(number(targets[i])).append(' ');
                feed = Math.min(feed, speeds[i] * 60);
            }
        }
        return b + "F" + number(feed);
    }
}
