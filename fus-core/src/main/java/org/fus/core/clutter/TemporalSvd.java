package org.fus.core.clutter;

import org.fus.core.data.IqEnsemble;
import org.fus.core.run.RunContext;

/**
 * The temporal singular value decomposition of an ensemble, to look at before a cutoff is chosen: the eigenvalues of
 * {@code S S^H}, where S is the time x pixel matrix of its samples. Products are exact and sums are kept in double, so
 * components 60 dB below the strongest are still right. No mean is removed. Immutable.
 *
 * <p>Cost: {@code 1.5 frames^2 pixels} real multiply-adds for the matrix and about {@code 4 frames^3} for its vectors;
 * memory about {@code 260 frames^2} bytes.
 *
 * @see <a href="https://doi.org/10.1109/TMI.2015.2428634">Demene et al. 2015, spatiotemporal clutter filtering</a>
 */
public final class TemporalSvd {
    private final double[] energies;
    private final double[][] similarity;

    private TemporalSvd(double[] energies, double[][] similarity) {
        this.energies = energies;
        this.similarity = similarity;
    }

    /**
     * Decomposes an ensemble.
     *
     * @param ensemble frames of one block
     * @param context where to run; progress stage {@code decompose}
     * @return its components, strongest first
     */
    public static TemporalSvd of(IqEnsemble ensemble, RunContext context) {
        int frames = ensemble.frames();
        int pixels = ensemble.grid().size();
        SvdWorkspace work = new SvdWorkspace(frames, false, SvdWorkspace.SLABS);
        int[] every = work.everyPixel(pixels);
        work.sum(ensemble.panels(), every, pixels, 0, context);
        work.decompose(context);
        double[] energies = work.eigen().values().clone();
        work.pack(ensemble.panels(), 0, frames, true);
        double[][] similarity = SpatialSimilarityMatrix.of(ensemble.panels(), work.basis(), every, pixels, context);
        return new TemporalSvd(energies, similarity);
    }

    /**
     * Energies of the components: eigenvalues of {@code S S^H}, the squared singular values, not normalised.
     *
     * @return one value per frame, largest first; a copy
     */
    public double[] energies() {
        return energies.clone();
    }

    /**
     * The spatial similarity matrix: correlations over the pixels of the magnitudes of the spatial singular vectors.
     *
     * @return {@code [component][component]}, 1 on the diagonal; a copy
     * @see <a href="https://doi.org/10.1109/TMI.2018.2789499">Baranger et al. 2018</a>
     */
    public double[][] similarity() {
        double[][] copy = new double[similarity.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = similarity[k].clone();
        }
        return copy;
    }
}
