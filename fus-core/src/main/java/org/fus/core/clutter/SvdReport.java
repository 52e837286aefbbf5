package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fus.core.data.Provenance;

/** What a singular value filter tells about what it did. */
final class SvdReport {
    private SvdReport() {}

    static Provenance of(
            Provenance before,
            String step,
            double[] energies,
            Selection selection,
            boolean fast,
            Map<String, String> parameters) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("removedFirst", Integer.toString(selection.low()));
        p.put("keptUpTo", Integer.toString(selection.high()));
        p.putAll(parameters);
        p.putAll(selection.notes());
        p.put("largestEnergy", Double.toString(energies[0]));
        Provenance after = before;
        if (selection.kept() == 0) {
            after = after.warn(
                    "the clutter filter kept none of " + energies.length + " components: the result is empty");
        } else {
            double firstKept = energies[selection.low()];
            p.put("firstKeptEnergy", Double.toString(firstKept));
            if (fast && !(energies[0] <= SvdClutterFilter.FAST_RANGE * firstKept)) {
                after = after.warn(String.format(
                        Locale.ROOT,
                        "the fast clutter filter is not valid here: the largest energy is %.1e times that of the first"
                                + " component kept, the limit is %.0e; use the accurate mode",
                        energies[0] / firstKept,
                        SvdClutterFilter.FAST_RANGE));
            }
        }
        return after.with(step, p);
    }
}
