package org.fus.core.simulation;

import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Vector3;

/**
 * A straight vessel of any direction with parabolic flow from its start to its end.
 *
 * @param start middle of one end, metres
 * @param end middle of the other end, metres
 * @param radiusM radius, metres
 * @param meanSpeedMPerS speed averaged over the cross-section
 * @param scatterers how many scatterers are inside
 * @param amplitude of each of them
 */
record Tube(Vector3 start, Vector3 end, double radiusM, double meanSpeedMPerS, int scatterers, double amplitude) {
    Tube moved(Affine3 map) {
        return new Tube(apply(map, start), apply(map, end), radiusM, meanSpeedMPerS, scatterers, amplitude);
    }

    static Vector3 apply(Affine3 map, Vector3 p) {
        double[] m = map.apply(p.x(), p.y(), p.z());
        return new Vector3(m[0], m[1], m[2]);
    }

    /** Whether some of it lies within a distance of a plane of constant y. */
    boolean touchesPlane(double yM, double withinM) {
        double reach = withinM + radiusM;
        return Math.min(start.y(), end.y()) - reach < yM && yM < Math.max(start.y(), end.y()) + reach;
    }

    Vector3 axis() {
        return end.minus(start).unit();
    }

    /** A direction across the vessel. */
    Vector3 aside() {
        Vector3 axis = axis();
        return axis.cross(Math.abs(axis.x()) < 0.9 ? Vector3.X : Vector3.Y).unit();
    }

    double lengthM() {
        return end.minus(start).length();
    }
}
