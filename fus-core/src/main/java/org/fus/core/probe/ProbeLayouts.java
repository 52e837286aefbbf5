package org.fus.core.probe;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element.Kind;

/** Where the elements of the usual arrays are. */
final class ProbeLayouts {
    private ProbeLayouts() {}

    /** Positions of {@code n} points, {@code pitchM} apart, around 0. */
    static double[] centered(int n, double pitchM) {
        double[] at = new double[n];
        for (int i = 0; i < n; i++) {
            at[i] = (i - (n - 1) / 2.0) * pitchM;
        }
        return at;
    }

    /** Positions of panels of {@code perPanel} points each, with one point left blank between panels, around 0. */
    static double[] panels(int panels, int perPanel, double pitchM) {
        double[] all = centered(panels * (perPanel + 1) - 1, pitchM);
        double[] at = new double[panels * perPanel];
        for (int i = 0; i < at.length; i++) {
            at[i] = all[i + i / perPanel];
        }
        return at;
    }

    /** One straight row along x, or several of them, one behind the other along y. */
    static List<Element> rows(double[] xM, double[] yM, double widthM, double lengthM, Kind kind) {
        List<Element> elements = new ArrayList<>(Math.multiplyExact(xM.length, yM.length));
        for (double y : yM) {
            for (double x : xM) {
                elements.add(new Element(new Vector3(x, y, 0), Vector3.Z, Vector3.X, widthM, lengthM, kind));
            }
        }
        return elements;
    }

    /** Columns (long along y, side by side along x), then rows (long along x, side by side along y). */
    static List<Element> rowColumn(double[] columnXM, double[] rowYM, double widthM, double lengthM) {
        List<Element> elements = new ArrayList<>(columnXM.length + rowYM.length);
        for (double x : columnXM) {
            elements.add(new Element(new Vector3(x, 0, 0), Vector3.Z, Vector3.X, widthM, lengthM, Kind.LINE));
        }
        for (double y : rowYM) {
            elements.add(new Element(new Vector3(0, y, 0), Vector3.Z, Vector3.Y, widthM, lengthM, Kind.LINE));
        }
        return elements;
    }

    /** One row on an arc; z = 0 is the chord through the outermost elements. */
    static List<Element> arc(int n, double pitchM, double radiusM, double widthM, double lengthM) {
        if (!(radiusM > 0) || !Double.isFinite(radiusM)) {
            throw new IllegalArgumentException("radiusM is " + radiusM + ", expected a positive number");
        }
        double stepRad = 2 * Math.asin(pitchM / 2 / radiusM);
        double halfRad = stepRad * (n - 1) / 2;
        if (!(halfRad < Math.PI / 2)) {
            throw new IllegalArgumentException(
                    n + " elements of pitch " + pitchM + " m do not fit on half a circle of radius " + radiusM + " m");
        }
        double chordM = radiusM * Math.cos(halfRad);
        List<Element> elements = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            double angle = (i - (n - 1) / 2.0) * stepRad;
            double sin = Math.sin(angle);
            double cos = Math.cos(angle);
            elements.add(new Element(
                    new Vector3(radiusM * sin, 0, radiusM * cos - chordM),
                    new Vector3(sin, 0, cos),
                    new Vector3(cos, 0, -sin),
                    widthM,
                    lengthM,
                    Kind.SLICE));
        }
        return elements;
    }
}
