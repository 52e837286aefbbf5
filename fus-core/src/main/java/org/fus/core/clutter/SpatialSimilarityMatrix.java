package org.fus.core.clutter;

import org.fus.core.internal.kernel.GramKernel;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.KernelSet;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/** Correlation over pixels of the magnitudes of spatial singular vectors. */
final class SpatialSimilarityMatrix {
    private SpatialSimilarityMatrix() {}

    /**
     * Computes the matrix.
     *
     * @param basis all temporal vectors
     * @param pixels pixels that count, consecutive runs of them are fastest
     * @return {@code [component][component]}, 1 on the diagonal; 0 where a component has no spread
     */
    static double[][] of(FramePanels x, TemporalBasis basis, int[] pixels, int count, RunContext context) {
        int n = basis.components();
        int row = basis.componentsPadded();
        int strips = GramKernel.strips(n);
        double[] sums = new double[row];
        double[] products = new double[row * row];
        double[] packed = new double[GramKernel.packedLength(n)];
        float[] magnitudes = new float[GramKernel.CHUNK * row];
        float[] scratch = new float[ProjectionKernel.scratchLength(basis)];
        KernelSet kernels = KernelProvider.active();
        for (int p0 = 0; p0 < count; p0 += GramKernel.CHUNK) {
            context.checkCancelled("similarity");
            int chunk = Math.min(GramKernel.CHUNK, count - p0);
            magnitudes(kernels.projection(), x, basis, pixels, p0, chunk, magnitudes, scratch);
            for (int p = 0; p < chunk; p++) {
                for (int k = 0; k < row; k++) {
                    double value = magnitudes[p * row + k];
                    sums[k] += value;
                    packed[
                            k / GramKernel.STRIP * GramKernel.STRIP_LENGTH
                                    + p * GramKernel.STRIP
                                    + k % GramKernel.STRIP] = value;
                }
            }
            for (int i = 0; i < n; i += GramKernel.ROWS) {
                int a = i / GramKernel.STRIP * GramKernel.STRIP_LENGTH + i % GramKernel.STRIP;
                kernels.gram().multiply(packed, a, 0, strips, chunk, products, i * row, row);
            }
        }
        return correlations(n, row, sums, products, count);
    }

    /** Runs of consecutive pixels go to the kernel at once. */
    private static void magnitudes(
            ProjectionKernel kernel,
            FramePanels x,
            TemporalBasis basis,
            int[] pixels,
            int p0,
            int chunk,
            float[] magnitudes,
            float[] scratch) {
        int row = basis.componentsPadded();
        int first = 0;
        while (first < chunk) {
            int last = first + 1;
            while (last < chunk && pixels[p0 + last] == pixels[p0 + last - 1] + 1) {
                last++;
            }
            float[] run = first == 0 ? magnitudes : new float[(last - first) * row];
            int pixel = pixels[p0 + first];
            kernel.magnitudes(x, pixel, pixel + last - first, basis, run, scratch);
            if (first > 0) {
                System.arraycopy(run, 0, magnitudes, first * row, run.length);
            }
            first = last;
        }
    }

    private static double[][] correlations(int n, int row, double[] sums, double[] products, int count) {
        double[][] c = new double[n][n];
        double[] deviation = new double[n];
        for (int k = 0; k < n; k++) {
            deviation[k] = Math.sqrt(Math.max(0, products[k * row + k] - sums[k] * sums[k] / count));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double scale = deviation[i] * deviation[j];
                double covariance = products[i * row + j] - sums[i] * sums[j] / count;
                c[i][j] = scale > 0 ? covariance / scale : 0;
            }
        }
        return c;
    }
}
