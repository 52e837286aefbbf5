package org.fus.core.beamforming;

import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;

/** Finds grids that cannot be imaged. */
final class GridCheck {
    /** Rounding of positions, far below any wavelength. */
    private static final double TOLERANCE_M = 1e-9;

    private GridCheck() {}

    /** Adds one line for each kind of problem, naming the first pixel that has it. */
    static void collect(ChannelFormat format, ImageGrid grid, List<ReceiveChannels> groups, List<String> problems) {
        Probe probe = format.probe();
        double frontM = front(probe);
        int behind = -1;
        int offPlane = -1;
        int inside = -1;
        double planeM = probe.isPlanar() ? probe.elementYM(0) : Double.NaN;
        double sliceM = probe.isPlanar() ? probe.element(0).lengthM() : Double.NaN;
        for (int i = 0; i < grid.size(); i++) {
            Vector3 p = grid.pointM(i);
            behind = behind < 0 && p.z() < frontM - TOLERANCE_M ? i : behind;
            double offM = Math.abs(p.y() - planeM);
            boolean off = Double.isNaN(sliceM) ? offM > TOLERANCE_M : offM > sliceM / 2 + TOLERANCE_M;
            offPlane = offPlane < 0 && off ? i : offPlane;
            // only pixels at the depth of the elements can lie in one
            if (inside < 0 && p.z() <= frontM + TOLERANCE_M && isInElement(groups, p)) {
                inside = i;
            }
        }
        if (behind >= 0) {
            problems.add("the grid reaches to depth " + grid.pointM(behind).z() + " m (pixel " + behind
                    + "), behind the array at " + frontM + " m; start at its face or deeper");
        }
        if (offPlane >= 0) {
            problems.add("a " + probe.type() + " probe images the plane y = " + planeM + " m, pixel " + offPlane
                    + " of the grid is at y = " + grid.pointM(offPlane).y() + " m; use a grid in that plane");
        }
        if (inside >= 0) {
            problems.add("pixel " + inside + " at " + grid.pointM(inside)
                    + " m lies in an element; start the grid a wavelength deeper");
        }
    }

    private static double front(Probe probe) {
        double zM = Double.POSITIVE_INFINITY;
        for (int e = 0; e < probe.elements(); e++) {
            zM = Math.min(zM, probe.elementZM(e));
        }
        return zM;
    }

    private static boolean isInElement(List<ReceiveChannels> groups, Vector3 p) {
        for (ReceiveChannels channels : groups) {
            for (int c = 0; c < channels.count(); c++) {
                if (channels.isInElement(c, p)) {
                    return true;
                }
            }
        }
        return false;
    }
}
