package org.fus.core.internal.kernel;

import org.fus.core.internal.fft.SmoothLengths;
import org.fus.core.internal.layout.FramePanels;

/**
 * A Fourier sum at evenly spaced frequencies and evenly spaced places that need not fit each other, for all lanes:
 *
 * <pre>y[j] = sum over i of x[i] exp(2 pi j (first + i frequencyStep) (place + j placeStep))</pre>
 *
 * with products in turns. As a convolution with a chirp it costs two transforms of the length of input and output
 * together. Immutable.
 *
 * @see <a href="https://doi.org/10.1109/TAU.1969.1162034">Rabiner, Schafer, Rader 1969, the chirp z-transform</a>
 */
public final class ChirpZ {
    private final int inputs;
    private final int outputs;
    private final FftTables tables;
    private final Chirp before;
    private final Chirp filter;
    private final Chirp after;

    /** Unit phasors, or the transform of some. */
    private static final class Chirp {
        private final float[] re;
        private final float[] im;

        Chirp(int length) {
            this.re = new float[length];
            this.im = new float[length];
        }

        void set(int i, double turns, double scale) {
            double angle = 2 * Math.PI * (turns - Math.rint(turns));
            re[i] = (float) (scale * Math.cos(angle));
            im[i] = (float) (scale * Math.sin(angle));
        }
    }

    private ChirpZ(int inputs, int outputs, FftTables tables, Chirp before, Chirp filter, Chirp after) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.tables = tables;
        this.before = before;
        this.filter = filter;
        this.after = after;
    }

    /** Cells of a work area for so many inputs and outputs. */
    public static int workCells(int inputs, int outputs) {
        return SmoothLengths.evenAtLeast(Math.addExact(inputs, outputs) - 1);
    }

    /** A sum of {@code inputs} terms at {@code outputs} places, times {@code scale}. */
    public static ChirpZ of(
            int inputs, double first, double frequencyStep, int outputs, double place, double placeStep, double scale) {
        FftTables tables = FftTables.of(workCells(inputs, outputs));
        double turn = frequencyStep * placeStep;
        Chirp before = new Chirp(inputs);
        for (int i = 0; i < inputs; i++) {
            before.set(i, (first + i * frequencyStep) * place + 0.5 * turn * i * i, 1);
        }
        Chirp after = new Chirp(outputs);
        for (int j = 0; j < outputs; j++) {
            after.set(j, first * j * placeStep + 0.5 * turn * j * j, scale);
        }
        return new ChirpZ(inputs, outputs, tables, before, filter(tables, inputs, outputs, turn), after);
    }

    private static Chirp filter(FftTables tables, int inputs, int outputs, double turn) {
        int n = tables.length();
        double[] pairs = new double[2 * n];
        for (int l = 1 - inputs; l < outputs; l++) {
            double turns = -0.5 * turn * l * l;
            double angle = 2 * Math.PI * (turns - Math.rint(turns));
            int at = 2 * (l < 0 ? n + l : l);
            pairs[at] = Math.cos(angle) / n;
            pairs[at + 1] = Math.sin(angle) / n;
        }
        tables.exact().forward(pairs, 0, new double[tables.exact().workLength()]);
        Chirp filter = new Chirp(n);
        for (int k = 0; k < n; k++) {
            filter.re[k] = (float) pairs[2 * k];
            filter.im[k] = (float) pairs[2 * k + 1];
        }
        return filter;
    }

    /** Cells that {@link #transform} overwrites behind {@link FramePanels#BASE}; the inputs are its first. */
    public int workCells() {
        return tables.length();
    }

    public FftScratch newScratch(int width) {
        return new FftScratch(tables, width);
    }

    /** Bytes of a scratch. */
    public long scratchBytes(int width) {
        return FftScratch.bytes(tables, width);
    }

    /** Bytes that the tables hold, about. */
    public long bytes() {
        return 8L * (inputs + outputs + tables.length()) + 24L * tables.length();
    }

    /**
     * Turns the first cells of {@code work} from inputs into outputs.
     *
     * @param kernels the loops to use
     * @param work {@link #workCells} cells behind {@link FramePanels#BASE}
     * @param width lanes
     * @param scratch made by {@link #newScratch}
     */
    public void transform(KernelSet kernels, float[] work, int width, FftScratch scratch) {
        int at = FramePanels.BASE;
        int cell = 2 * width;
        CellKernel cells = kernels.cells();
        cells.multiply(work, at, width, before.re, before.im, 0, inputs, work, at);
        java.util.Arrays.fill(work, at + cell * inputs, at + cell * tables.length(), 0);
        kernels.fft().transform(tables, false, work, at, width, 1, scratch);
        cells.multiply(work, at, width, filter.re, filter.im, 0, tables.length(), work, at);
        kernels.fft().transform(tables, true, work, at, width, 1, scratch);
        cells.multiply(work, at, width, after.re, after.im, 0, outputs, work, at);
    }
}
