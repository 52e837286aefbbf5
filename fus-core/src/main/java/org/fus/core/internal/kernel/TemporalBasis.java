package org.fus.core.internal.kernel;

import org.fus.core.internal.layout.FramePanels;

/** Orthonormal temporal vectors in the two orders in which the projection kernels read them, float32. */
public final class TemporalBasis {
    private static final int LANES_MAX = 16;

    private final int components;
    private final int componentsPadded;
    private final int framesPadded;
    private final float[] analysis;
    private final float[] synthesis;

    /**
     * Packs vectors for ensembles laid out like {@code x}.
     *
     * @param re real parts, {@code [component][frame]}
     * @param im imaginary parts
     */
    public TemporalBasis(FramePanels x, double[][] re, double[][] im) {
        components = re.length;
        componentsPadded = (components + LANES_MAX - 1) / LANES_MAX * LANES_MAX;
        framesPadded = x.count() * x.width();
        analysis = new float[2 * componentsPadded * framesPadded];
        synthesis = new float[2 * components * framesPadded];
        for (int k = 0; k < components; k++) {
            for (int t = 0; t < x.frames(); t++) {
                analysis[2 * t * componentsPadded + k] = (float) re[k][t];
                analysis[(2 * t + 1) * componentsPadded + k] = (float) -im[k][t];
                synthesis[2 * k * framesPadded + t] = (float) re[k][t];
                synthesis[(2 * k + 1) * framesPadded + t] = (float) im[k][t];
            }
        }
    }

    public int components() {
        return components;
    }

    /** The components, rounded up to the widest vector. */
    public int componentsPadded() {
        return componentsPadded;
    }

    /** The frames, rounded up to whole panels. */
    public int framesPadded() {
        return framesPadded;
    }

    /** Conjugated vectors, {@code [frame][re x componentsPadded | im x componentsPadded]}. */
    public float[] analysis() {
        return analysis;
    }

    /** Vectors, {@code [component][re x framesPadded | im x framesPadded]}. */
    public float[] synthesis() {
        return synthesis;
    }
}
