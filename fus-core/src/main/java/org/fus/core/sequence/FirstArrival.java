package org.fus.core.sequence;

import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;

/**
 * The first arrival from any element that fires. A row of slice elements is refined fourfold by cubic splines through its
 * positions and delays, as PyMUST does; others go by their elements.
 */
final class FirstArrival {
    private static final int REFINEMENT = 4;

    private final Probe probe;
    private final double soundSpeedMPerS;
    /** Of a refined row, positions and delays; otherwise null. */
    private final double[] xM;

    private final double[] zM;
    private final double[] delayS;

    private FirstArrival(Probe probe, double soundSpeedMPerS, double[] xM, double[] zM, double[] delayS) {
        this.probe = probe;
        this.soundSpeedMPerS = soundSpeedMPerS;
        this.xM = xM;
        this.zM = zM;
        this.delayS = delayS;
    }

    static FirstArrival of(Transmit transmit, Probe probe, double lawSpeed, double mediumSpeed) {
        double[] delays = TransmitDelays.delaysS(transmit, probe, lawSpeed);
        if (!probe.isPlanar()) {
            return new FirstArrival(probe, mediumSpeed, null, null, delays);
        }
        int n = 0;
        double[][] row = new double[3][probe.elements()];
        for (int e = 0; e < delays.length; e++) {
            if (!Double.isNaN(delays[e])) {
                row[0][n] = probe.elementXM(e);
                row[1][n] = probe.elementZM(e);
                row[2][n++] = delays[e];
            }
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = CubicSpline.resample(java.util.Arrays.copyOf(row[i], n), n == 1 ? 1 : REFINEMENT * n);
        }
        return new FirstArrival(probe, mediumSpeed, row[0], row[1], row[2]);
    }

    double timeS(Vector3 p) {
        double first = Double.POSITIVE_INFINITY;
        if (xM == null) {
            for (int e = 0; e < delayS.length; e++) {
                if (!Double.isNaN(delayS[e])) {
                    Element element = probe.element(e);
                    first = Math.min(first, delayS[e] + element.distanceM(p) / soundSpeedMPerS);
                }
            }
            return first;
        }
        for (int i = 0; i < xM.length; i++) {
            double dx = p.x() - xM[i];
            double dz = p.z() - zM[i];
            first = Math.min(first, delayS[i] + Math.sqrt(dx * dx + dz * dz) / soundSpeedMPerS);
        }
        return first;
    }
}
