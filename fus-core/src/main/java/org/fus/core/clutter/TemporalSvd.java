package org.fus.core.clutter;

import java.util.Arrays;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.GramKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.linalg.HermitianEigen;
import org.fus.core.run.RunContext;

/**
 * The temporal singular vectors of an ensemble: the eigenvectors of {@code S S^H}, where S is the time x pixel matrix of
 * its samples. Products are exact and sums are kept in double, so components 60 dB below the strongest are still right.
 * No mean is removed. Immutable.
 *
 * <p>Cost: {@code 4 frames^2 pixels / 2} multiply-adds for the matrix and about {@code 9 frames^3} for its vectors;
 * memory {@code 64 frames^2} bytes.
 *
 * @see <a href="https://doi.org/10.1109/TMI.2015.2428634">Demene et al. 2015, spatiotemporal clutter filtering</a>
 */
public final class TemporalSvd {
    /** Rows of one task, and pixels between two looks at the cancel token. */
    private static final int ROWS_PER_TASK = 16;

    private static final int PIXELS_PER_ROUND = 8192;

    private final double[] energies;
    private final double[][] re;
    private final double[][] im;

    private TemporalSvd(HermitianEigen.Result eigen) {
        this.energies = eigen.values();
        this.re = eigen.re();
        this.im = eigen.im();
    }

    /**
     * Decomposes an ensemble.
     *
     * @param ensemble frames of one block
     * @param context where to run; progress stage {@code decompose}
     * @return its components, strongest first
     */
    public static TemporalSvd of(IqEnsemble ensemble, RunContext context) {
        FramePanels x = ensemble.panels();
        int frames = x.frames();
        int row = GramKernel.padded(frames);
        double[] gRe = new double[row * row];
        double[] gIm = new double[row * row];
        GramKernel kernel = KernelProvider.active().gram();
        int tasks = (row + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
        for (int first = 0; first < x.cells(); first += PIXELS_PER_ROUND) {
            int from = first;
            int to = Math.min(first + PIXELS_PER_ROUND, x.cells());
            // Every task owns rows of the matrix and adds the pixels in order: the bits do not depend on the threads.
            context.forEach("decompose", tasks, task -> {
                int firstRow = task * ROWS_PER_TASK;
                int lastRow = Math.min(firstRow + ROWS_PER_TASK, row);
                double[] scratch = new double[GramKernel.scratchLength(frames)];
                kernel.accumulate(x, from, to, firstRow, lastRow, gRe, gIm, scratch);
            });
        }
        double[][] lowerRe = new double[frames][frames];
        double[][] lowerIm = new double[frames][frames];
        for (int i = 0; i < frames; i++) {
            for (int j = 0; j <= i; j++) {
                lowerRe[i][j] = gRe[j * row + i];
                lowerIm[i][j] = -gIm[j * row + i];
            }
        }
        context.checkCancelled("decompose");
        return new TemporalSvd(HermitianEigen.of(lowerRe, lowerIm));
    }

    /**
     * Energies of the components: eigenvalues of {@code S S^H}, the squared singular values, not normalised.
     *
     * @return one value per frame, largest first; a copy
     */
    public double[] energies() {
        return energies.clone();
    }

    /** Real parts of components {@code [from, to)}, {@code [component][frame]}. */
    double[][] re(int from, int to) {
        return Arrays.copyOfRange(re, from, to);
    }

    /** Imaginary parts of components {@code [from, to)}. */
    double[][] im(int from, int to) {
        return Arrays.copyOfRange(im, from, to);
    }
}
