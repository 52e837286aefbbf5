package org.fus.core.internal.kernel;

import java.util.Arrays;
import org.fus.core.internal.layout.FramePanels;

/**
 * Temporal vectors in the two orders in which the projection kernels read them, float32. Can be packed anew for other
 * vectors; arrays grow and stay.
 */
public final class TemporalBasis {
    /** Values side by side. */
    public static final int BLOCK = 16;

    private int frames;
    private int components;
    private int framesPadded;
    private float[] analysis = {};
    private float[] synthesis = {};

    /** A basis that is still empty. */
    public TemporalBasis() {}

    /**
     * Packs vectors for ensembles laid out like {@code x}.
     *
     * @param re real parts, {@code [component][frame]}
     * @param im imaginary parts
     */
    public TemporalBasis(FramePanels x, double[][] re, double[][] im) {
        reset(x, re.length);
        for (int k = 0; k < re.length; k++) {
            set(k, re[k], im[k]);
        }
    }

    /** Makes room for a number of components, all zero. */
    public void reset(FramePanels x, int componentCount) {
        frames = x.frames();
        components = componentCount;
        framesPadded = (x.count() * x.width() + BLOCK - 1) / BLOCK * BLOCK;
        int analysisLength = 2 * componentsPadded() * framesPadded;
        int synthesisLength = 2 * components * framesPadded;
        if (analysis.length < analysisLength || synthesis.length < synthesisLength) {
            analysis = new float[analysisLength];
            synthesis = new float[synthesisLength];
        } else {
            Arrays.fill(analysis, 0);
            Arrays.fill(synthesis, 0);
        }
    }

    /** Sets one component, one value per frame. */
    public void set(int component, double[] re, double[] im) {
        for (int t = 0; t < frames; t++) {
            int a = analysisAt(component) + 2 * t * BLOCK;
            analysis[a] = (float) re[t];
            analysis[a + BLOCK] = (float) -im[t];
            int s = synthesisAt(t) + 2 * component * BLOCK;
            synthesis[s] = (float) -re[t];
            synthesis[s + BLOCK] = (float) -im[t];
        }
    }

    public int frames() {
        return frames;
    }

    public int components() {
        return components;
    }

    /** The components, rounded up to whole blocks. */
    public int componentsPadded() {
        return (components + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Conjugated vectors, {@code [block of components][frame][re x BLOCK | im x BLOCK]}. */
    public float[] analysis() {
        return analysis;
    }

    /** Index of the real part of a component at frame 0. */
    public int analysisAt(int component) {
        return component / BLOCK * 2 * BLOCK * framesPadded + component % BLOCK;
    }

    /** Negated vectors, {@code [block of frames][component][re x BLOCK | im x BLOCK]}. */
    public float[] synthesis() {
        return synthesis;
    }

    /** Index of the real part of component 0 at a frame. */
    public int synthesisAt(int frame) {
        return frame / BLOCK * 2 * BLOCK * components + frame % BLOCK;
    }
}
