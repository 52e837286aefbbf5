package org.fus.examples;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.PixelGrid;

/**
 * A plane {@code v = a x + b z + c} through the velocities of the pixels with enough power.
 *
 * @param slopeXPerS a, per second
 * @param slopeZPerS b, per second
 * @param explained the fraction of the variance that the plane explains
 */
record PlaneFit(double slopeXPerS, double slopeZPerS, double explained) {
    private static final int HALF_WINDOW = 3;

    /** Where the power, smoothed over 7 x 7 pixels (fewer at the edges), is above its 60th percentile. */
    static PlaneFit whereStrong(DopplerFrame velocity, DopplerFrame power) {
        PixelGrid grid = velocity.grid().cartesian();
        double[] smooth = smooth(power);
        double[] sorted = smooth.clone();
        Arrays.sort(sorted);
        double threshold = sorted[(int) (0.6 * (sorted.length - 1))];
        int[] strong = IntStream.range(0, smooth.length)
                .filter(i -> smooth[i] > threshold)
                .toArray();
        double n = strong.length;
        double mx = 0;
        double mz = 0;
        double mv = 0;
        for (int i : strong) {
            mx += grid.xM(i % grid.nx()) / n;
            mz += grid.zM(i / grid.nx()) / n;
            mv += velocity.at(i) / n;
        }
        double xx = 0;
        double xz = 0;
        double zz = 0;
        double xv = 0;
        double zv = 0;
        double vv = 0;
        for (int i : strong) {
            double x = grid.xM(i % grid.nx()) - mx;
            double z = grid.zM(i / grid.nx()) - mz;
            double v = velocity.at(i) - mv;
            xx += x * x;
            xz += x * z;
            zz += z * z;
            xv += x * v;
            zv += z * v;
            vv += v * v;
        }
        double det = xx * zz - xz * xz;
        double a = (xv * zz - zv * xz) / det;
        double b = (zv * xx - xv * xz) / det;
        return new PlaneFit(a, b, (a * xv + b * zv) / vv);
    }

    private static double[] smooth(DopplerFrame map) {
        PixelGrid grid = map.grid().cartesian();
        double[] out = new double[grid.size()];
        for (int z = 0; z < grid.nz(); z++) {
            for (int x = 0; x < grid.nx(); x++) {
                double sum = 0;
                int count = 0;
                for (int i = Math.max(0, z - HALF_WINDOW); i <= Math.min(grid.nz() - 1, z + HALF_WINDOW); i++) {
                    for (int j = Math.max(0, x - HALF_WINDOW); j <= Math.min(grid.nx() - 1, x + HALF_WINDOW); j++) {
                        sum += map.at(grid.index(i, 0, j));
                        count++;
                    }
                }
                out[grid.index(z, 0, x)] = sum / count;
            }
        }
        return out;
    }
}
