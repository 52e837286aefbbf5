package org.fus.examples.quickstart;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.fus.core.data.DopplerFrame;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.Vessel;

/** Where a vessel lies in the image, and what the maps say there. The quickstart's vessels run straight down. */
final class VesselView {
    /** Clear of the point spread of a vessel's wall. */
    private static final double MARGIN_M = 0.4e-3;

    private final PixelGrid grid;
    private final Vessel vessel;

    VesselView(PixelGrid grid, Vessel vessel) {
        this.grid = grid;
        this.vessel = vessel;
    }

    /**
     * Mean velocity over the lumen, m/s towards the probe: within a row each pixel has the weight of its power; the rows
     * count alike, because it is attenuation that makes the deeper ones weaker.
     */
    double meanVelocityMPerS(DopplerFrame velocity, DopplerFrame power) {
        double[] sum = new double[grid.nz()];
        double[] weight = new double[grid.nz()];
        for (int p = 0; p < grid.size(); p++) {
            if (inLumen(p)) {
                sum[p / grid.nx()] += (double) power.at(p) * velocity.at(p);
                weight[p / grid.nx()] += power.at(p);
            }
        }
        return IntStream.range(0, grid.nz())
                .filter(iz -> weight[iz] > 0)
                .mapToDouble(iz -> sum[iz] / weight[iz])
                .average()
                .orElseThrow();
    }

    double meanPower(DopplerFrame power) {
        double sum = 0;
        int n = 0;
        for (int p = 0; p < grid.size(); p++) {
            if (inLumen(p)) {
                sum += power.at(p);
                n++;
            }
        }
        return sum / n;
    }

    /** Middle between the vessel's ends, metres: the first and last row within 13 dB of the brightest one. */
    double depthM(DopplerFrame power) {
        double[] row = new double[grid.nz()];
        for (int p = 0; p < grid.size(); p++) {
            if (Math.abs(xM(p) - vessel.centreXM()) <= vessel.radiusM()) {
                row[p / grid.nx()] += power.at(p);
            }
        }
        // attenuation takes about 6 dB from end to end, noise lies more than 20 dB below
        double threshold = Arrays.stream(row).max().orElseThrow() / 20;
        int first = 0;
        while (row[first] < threshold) {
            first++;
        }
        int last = row.length - 1;
        while (row[last] < threshold) {
            last--;
        }
        return (grid.zM(first) + grid.zM(last)) / 2;
    }

    /** Mean power beside all vessels at their depth, where tissue is all there is. */
    static double backgroundPower(PixelGrid grid, Phantom phantom, DopplerFrame power) {
        double sum = 0;
        int n = 0;
        for (int p = 0; p < grid.size(); p++) {
            if (isBackground(grid, phantom, p)) {
                sum += power.at(p);
                n++;
            }
        }
        return sum / n;
    }

    private static boolean isBackground(PixelGrid grid, Phantom phantom, int p) {
        for (Vessel v : phantom.vessels()) {
            VesselView view = new VesselView(grid, v);
            if (Math.abs(view.xM(p) - v.centreXM()) < v.radiusM() + MARGIN_M
                    || Math.abs(view.zM(p) - v.centreZM()) > v.lengthM() / 2) {
                return false;
            }
        }
        return Math.abs(grid.xM(p % grid.nx())) < 2.5e-3;
    }

    private boolean inLumen(int p) {
        return Math.abs(xM(p) - vessel.centreXM()) <= vessel.radiusM()
                && Math.abs(zM(p) - vessel.centreZM()) <= vessel.lengthM() / 2;
    }

    private double xM(int p) {
        return grid.xM(p % grid.nx());
    }

    private double zM(int p) {
        return grid.zM(p / grid.nx());
    }
}
