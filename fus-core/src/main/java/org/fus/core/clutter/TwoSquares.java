package org.fus.core.clutter;

import java.util.Map;

/**
 * The two squares along the diagonal, {@code [0, first)} and {@code [first, second)}, whose indicator correlates best with
 * a similarity matrix.
 *
 * @param first end of the first square
 * @param second end of the second square
 * @param correlation of the indicator with the matrix, -1 to 1
 */
record TwoSquares(int first, int second, double correlation) {
    /** Tries all pairs; sums over squares come from running sums, so the search costs n^2. */
    static TwoSquares fit(double[][] similarity) {
        int n = similarity.length;
        double[] diagonalBlock = new double[n + 1];
        double[][] corner = new double[n + 1][n + 1];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double c = similarity[i][j];
                corner[i + 1][j + 1] = c + corner[i][j + 1] + corner[i + 1][j] - corner[i][j];
                squares += c * c;
            }
            diagonalBlock[i + 1] = corner[i + 1][i + 1];
        }
        double cells = (double) n * n;
        double mean = diagonalBlock[n] / cells;
        double deviation = Math.sqrt(Math.max(0, squares / cells - mean * mean));
        TwoSquares best = new TwoSquares(0, n, 0);
        for (int a = 1; a < n; a++) {
            for (int b = a + 1; b <= n; b++) {
                double second = corner[b][b] - corner[a][b] - corner[b][a] + corner[a][a];
                double inside = (double) a * a + (double) (b - a) * (b - a);
                double share = inside / cells;
                double covariance = (diagonalBlock[a] + second) / cells - share * mean;
                double scale = Math.sqrt(share * (1 - share)) * deviation;
                if (scale > 0 && covariance / scale > best.correlation) {
                    best = new TwoSquares(a, b, covariance / scale);
                }
            }
        }
        return best;
    }

    Selection selection(boolean removeNoise, int frames) {
        return new Selection(
                first,
                removeNoise ? second : frames,
                Map.of("similarityCorrelation", String.format(java.util.Locale.ROOT, "%.3f", correlation)));
    }
}
