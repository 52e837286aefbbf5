package org.fus.io.uff;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.io.internal.hdf.HdfArray;

/** Probes: rows x, y, z, theta, phi, width, height, one column per element, metres and radians. */
final class UffProbes {
    private static final int ROWS = 7;

    /** Positions of single precision are good to this part of a pitch. */
    private static final double REGULAR = 1e-3;

    private UffProbes() {}

    static Probe read(UffNodes uff, String path, double centerFrequencyHz) {
        HdfArray stored = uff.hdf().array(path + "/geometry");
        List<Long> shape = stored.shape();
        if (shape.size() != 2 || shape.getFirst() != ROWS || shape.getLast() < 1) {
            throw uff.hdf().failure(path + "/geometry", "expected (7, elements), got shape " + shape);
        }
        double[] g = uff.hdf().numbers(path + "/geometry");
        return of(uff.type(path), g, g.length / ROWS, centerFrequencyHz);
    }

    /** A probe from its rows; a row of equal steps along x becomes a linear probe. */
    static Probe of(String name, double[] g, int n, double centerFrequencyHz) {
        double pitch = n == 1 ? width(g, n, 0) : (g[n - 1] - g[0]) / (n - 1);
        boolean linear = pitch > 0;
        for (int e = 0; e < n && linear; e++) {
            double expected = (e - (n - 1) / 2.0) * pitch;
            linear = Math.abs(g[e] - expected) <= REGULAR * pitch
                    && Math.abs(g[n + e]) <= REGULAR * pitch
                    && Math.abs(g[2 * n + e]) <= REGULAR * pitch
                    && g[3 * n + e] == 0
                    && g[4 * n + e] == 0
                    && width(g, n, e) == width(g, n, 0);
        }
        if (linear) {
            double width = Math.min(width(g, n, 0) > 0 ? width(g, n, 0) : pitch, pitch);
            double height = g[6 * n] > 0 ? g[6 * n] : Double.NaN;
            return Probe.linear(name, n, pitch, centerFrequencyHz)
                    .elementWidthM(width)
                    .elevation(height, Double.NaN)
                    .build();
        }
        // A row in the plane of x and z hears that plane; anything else is taken as points.
        boolean row = true;
        for (int e = 0; e < n; e++) {
            row &= g[n + e] == 0 && g[4 * n + e] == 0;
        }
        List<Element> elements = new ArrayList<>();
        for (int e = 0; e < n; e++) {
            double theta = g[3 * n + e];
            double phi = g[4 * n + e];
            Vector3 normal =
                    new Vector3(Math.sin(theta) * Math.cos(phi), Math.sin(phi), Math.cos(theta) * Math.cos(phi));
            Vector3 axis = new Vector3(Math.cos(theta), 0, -Math.sin(theta));
            double width = width(g, n, e) > 0 ? width(g, n, e) : 1e-4;
            double height = g[6 * n + e] > 0 ? g[6 * n + e] : Double.NaN;
            Vector3 center = new Vector3(g[e], g[n + e], g[2 * n + e]);
            elements.add(
                    new Element(center, normal, axis, width, height, row ? Element.Kind.SLICE : Element.Kind.POINT));
        }
        boolean arc = name.equals("uff.curvilinear_array");
        return Probe.custom(name, arc ? Probe.Type.CONVEX : Probe.Type.MATRIX, elements, Double.NaN, centerFrequencyHz)
                .build();
    }

    /** The rows of a probe. */
    static double[] rows(Probe probe) {
        int n = probe.elements();
        double[] g = new double[ROWS * n];
        for (int e = 0; e < n; e++) {
            Element element = probe.element(e);
            Vector3 c = element.centerM();
            Vector3 normal = element.normal();
            double[] column = {
                c.x(),
                c.y(),
                c.z(),
                Math.atan2(normal.x(), normal.z()),
                Math.asin(Math.clamp(normal.y(), -1, 1)),
                element.widthM(),
                Double.isNaN(element.lengthM()) ? 0 : element.lengthM()
            };
            for (int r = 0; r < ROWS; r++) {
                g[r * n + e] = column[r];
            }
        }
        return g;
    }

    private static double width(double[] g, int n, int e) {
        return g[5 * n + e];
    }
}
