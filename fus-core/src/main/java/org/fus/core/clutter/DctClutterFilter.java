package org.fus.core.clutter;

import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * Removes the first coefficients of the discrete cosine transform (DCT-II) of every pixel along time. Products are
 * float32; the error is about 1e-6 of the tissue.
 *
 * @param removed number of coefficients; coefficient k oscillates at {@code k PRF / (2 frames)}
 */
public record DctClutterFilter(int removed) implements ClutterFilter {
    private static final String STEP = "DCT clutter filter";

    /** Checks the number. */
    public DctClutterFilter {
        if (removed < 1) {
            throw new IllegalArgumentException("DCT filter removes " + removed + " coefficients, expected at least 1");
        }
    }

    @Override
    public void requireFrames(int frames) {
        if (removed >= frames) {
            throw new IllegalArgumentException("DCT filter removes " + removed + " coefficients of an ensemble of "
                    + frames + " frames; the number must be below the number of frames");
        }
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        return TemporalSubspace.subtract(ensemble, vectors(ensemble.frames()), STEP, parameters(), context);
    }

    @Override
    public DopplerFrame power(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        return TemporalSubspace.power(ensemble, vectors(ensemble.frames()), STEP, parameters(), context);
    }

    private Map<String, String> parameters() {
        return Map.of("coefficients", Integer.toString(removed));
    }

    /** The orthonormal cosines. */
    double[][] vectors(int frames) {
        double[][] v = new double[removed][frames];
        for (int k = 0; k < removed; k++) {
            for (int t = 0; t < frames; t++) {
                v[k][t] = Math.sqrt((k == 0 ? 1.0 : 2.0) / frames) * Math.cos(Math.PI * (t + 0.5) * k / frames);
            }
        }
        return v;
    }
}
