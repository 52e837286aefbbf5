package org.fus.core.clutter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.internal.layout.FramePanels;

/** Frames that hold NaN or infinite samples, and what to do about them. */
final class FiniteFrames {
    private static final int NAMED = 8;

    private FiniteFrames() {}

    /**
     * The ensemble without bad frames, with a warning that names them.
     *
     * @param bad tells the bad frames
     * @throws IllegalArgumentException when no frame is left
     */
    static IqEnsemble keep(IqEnsemble ensemble, IntPredicate bad) {
        List<Integer> named =
                IntStream.range(0, ensemble.frames()).filter(bad).boxed().toList();
        List<IqEnsemble> parts = new ArrayList<>();
        for (int f = 0; f < ensemble.frames(); f++) {
            if (!bad.test(f)) {
                parts.add(ensemble.slice(f, 1));
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("every frame of the ensemble holds samples that are not finite;"
                    + " expected at least one without; check the channel data");
        }
        IqEnsemble kept = IqEnsemble.concatenate(parts);
        Provenance p =
                ensemble.provenance().warn(describe(named) + " hold samples that are not finite and were left out");
        return IqEnsemble.ofPanels(kept.grid(), kept.timing(), kept.panels(), p);
    }

    /**
     * Refuses an ensemble with bad frames, for filters along time that cannot leave one out.
     *
     * @throws IllegalArgumentException when there are some; the message names them
     */
    static void require(FramePanels x, String filter) {
        List<Integer> bad = new ArrayList<>();
        for (int panel = 0; panel < x.count(); panel++) {
            if (!isFinite(x.panel(panel))) {
                for (int f = panel * x.width(); f < panel * x.width() + x.framesIn(panel); f++) {
                    if (!isFinite(x, f)) {
                        bad.add(f);
                    }
                }
            }
        }
        if (!bad.isEmpty()) {
            throw new IllegalArgumentException(filter + " needs every frame in turn, but " + describe(bad)
                    + " hold samples that are not finite; replace them, or use a filter by singular"
                    + " components, which leaves frames out");
        }
    }

    /** Zero times a finite value is zero, times NaN or infinity NaN. */
    private static boolean isFinite(float[] values) {
        float sum = 0;
        for (float v : values) {
            sum += v * 0;
        }
        return sum == 0;
    }

    private static boolean isFinite(FramePanels x, int frame) {
        for (int p = 0; p < x.cells(); p++) {
            if (!Float.isFinite(x.re(frame, p)) || !Float.isFinite(x.im(frame, p))) {
                return false;
            }
        }
        return true;
    }

    private static String describe(List<Integer> frames) {
        String list = frames.stream()
                .limit(NAMED)
                .map(String::valueOf)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return (frames.size() == 1 ? "frame " : "frames ") + list + (frames.size() > NAMED ? ", ..." : "") + " ("
                + frames.size() + " in all)";
    }
}
