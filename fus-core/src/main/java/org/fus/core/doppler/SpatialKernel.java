package org.fus.core.doppler;

import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.PointGrid;

/**
 * A smoothing window over neighbouring pixels of a slice: a Hamming window along z times one along x, not normalised.
 * Beyond the border the image is mirrored with its edge pixel repeated (symmetric), as in PyMUST.
 *
 * @param nz pixels along z, odd
 * @param nx pixels along x, odd
 */
public record SpatialKernel(int nz, int nx) {
    /** One pixel: no smoothing. */
    public static final SpatialKernel NONE = new SpatialKernel(1, 1);

    /** Checks the sizes. */
    public SpatialKernel {
        requireOdd("z", nz);
        requireOdd("x", nx);
    }

    static void requireOdd(String axis, int n) {
        if (n < 1 || n % 2 == 0) {
            throw new IllegalArgumentException(
                    "kernel of " + n + " pixels along " + axis + ", expected an odd number of at least 1");
        }
    }

    /** Whether it changes nothing. */
    boolean isNone() {
        return nz == 1 && nx == 1;
    }

    /** Refuses images without neighbours. */
    static void requireLattice(ImageGrid grid, String what) {
        if (grid instanceof PointGrid) {
            throw new IllegalArgumentException(what + " needs neighbouring pixels, a list of points has none;"
                    + " beamform onto a grid, or leave the kernel out");
        }
    }

    /** Smooths values {@code [z][y][x]}, each slice y on its own. */
    double[] smooth(ImageGrid grid, double[] values) {
        double[] along = new double[values.length];
        filter(grid, values, along, hamming(nx), true);
        double[] out = new double[values.length];
        filter(grid, along, out, hamming(nz), false);
        return out;
    }

    private static void filter(ImageGrid grid, double[] in, double[] out, double[] window, boolean alongX) {
        int length = alongX ? grid.nx() : grid.nz();
        int step = alongX ? 1 : grid.ny() * grid.nx();
        int half = window.length / 2;
        for (int p = 0; p < in.length; p++) {
            int at = alongX ? p % grid.nx() : p / step;
            double sum = 0;
            for (int k = -half; k <= half; k++) {
                sum += window[k + half] * in[p + (mirror(at + k, length) - at) * step];
            }
            out[p] = sum;
        }
    }

    /** The index inside {@code [0, n)} that an index outside stands for: ... 1 0 | 0 1 2 ... n-1 | n-1 n-2 ... */
    private static int mirror(int i, int n) {
        int folded = Math.floorMod(i, 2 * n);
        return folded < n ? folded : 2 * n - 1 - folded;
    }

    private static double[] hamming(int n) {
        double[] w = new double[n];
        for (int k = 0; k < n; k++) {
            w[k] = n == 1 ? 1 : 0.54 - 0.46 * Math.cos(2 * Math.PI * k / (n - 1));
        }
        return w;
    }
}
