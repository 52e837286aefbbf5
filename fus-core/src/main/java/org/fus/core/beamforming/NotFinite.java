package org.fus.core.beamforming;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.Provenance;
import org.fus.core.internal.layout.FramePanels;

/** Finds frames that hold NaN or infinity, so that they are told and not spread silently. */
final class NotFinite {
    private NotFinite() {}

    /** Adds a warning that names the frames, if there are any. */
    static Provenance report(FramePanels image, Provenance provenance) {
        List<Integer> frames = new ArrayList<>();
        for (int panel = 0; panel < image.count(); panel++) {
            float[] data = image.panel(panel);
            int width = image.width();
            float[] sum = new float[width];
            // 0 times a finite number is 0, times NaN or infinity NaN
            for (int at = FramePanels.BASE; at < data.length; at += width) {
                for (int f = 0; f < width; f++) {
                    sum[f] += 0 * data[at + f];
                }
            }
            for (int f = 0; f < image.framesIn(panel); f++) {
                if (sum[f] != 0) {
                    frames.add(panel * width + f);
                }
            }
        }
        return frames.isEmpty()
                ? provenance
                : provenance.warn(
                        "frames " + frames + " hold values that are not finite; leave them out of what follows");
    }
}
