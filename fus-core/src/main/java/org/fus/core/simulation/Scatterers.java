package org.fus.core.simulation;

/** Point scatterers in the ARRAY frame: positions in metres and signed echo amplitudes. Immutable. */
public final class Scatterers {
    private final double[] xM;
    private final double[] yM;
    private final double[] zM;
    private final double[] amplitude;

    private Scatterers(double[] xM, double[] yM, double[] zM, double[] amplitude) {
        this.xM = xM;
        this.yM = yM;
        this.zM = zM;
        this.amplitude = amplitude;
    }

    /**
     * Copies positions and amplitudes.
     *
     * @param xM lateral positions, metres
     * @param yM elevation positions, metres
     * @param zM depths, metres, positive
     * @param amplitude signed echo amplitudes, any unit
     * @return the scatterers
     * @throws IllegalArgumentException when lengths differ, a value is not finite, or a depth is not positive
     */
    public static Scatterers of(double[] xM, double[] yM, double[] zM, double[] amplitude) {
        int n = xM.length;
        if (yM.length != n || zM.length != n || amplitude.length != n) {
            throw new IllegalArgumentException("scatterers with " + n + " x, " + yM.length + " y, " + zM.length
                    + " z and " + amplitude.length + " amplitudes; give the same number of each");
        }
        for (int i = 0; i < n; i++) {
            if (!(zM[i] > 0) || !Double.isFinite(xM[i] + yM[i] + zM[i] + amplitude[i])) {
                throw new IllegalArgumentException("scatterer " + i + " at (" + xM[i] + ", " + yM[i] + ", " + zM[i]
                        + ") m with amplitude " + amplitude[i] + ": all must be finite and the depth z positive");
            }
        }
        return new Scatterers(xM.clone(), yM.clone(), zM.clone(), amplitude.clone());
    }

    /**
     * One scatterer of amplitude 1 in the image plane.
     *
     * @param xM lateral position, metres
     * @param zM depth, metres, positive
     * @return the scatterer
     */
    public static Scatterers point(double xM, double zM) {
        return of(new double[] {xM}, new double[1], new double[] {zM}, new double[] {1});
    }

    /** Takes the arrays, which the caller gives up. */
    static Scatterers own(double[] xM, double[] yM, double[] zM, double[] amplitude) {
        return new Scatterers(xM, yM, zM, amplitude);
    }

    /**
     * The number of scatterers.
     *
     * @return 0 or more
     */
    public int size() {
        return xM.length;
    }

    /**
     * Lateral position.
     *
     * @param i scatterer, from 0
     * @return metres
     */
    public double xM(int i) {
        return xM[i];
    }

    /**
     * Elevation position.
     *
     * @param i scatterer, from 0
     * @return metres
     */
    public double yM(int i) {
        return yM[i];
    }

    /**
     * Depth.
     *
     * @param i scatterer, from 0
     * @return metres
     */
    public double zM(int i) {
        return zM[i];
    }

    /**
     * Signed echo amplitude.
     *
     * @param i scatterer, from 0
     * @return the amplitude, in the unit it was given in
     */
    public double amplitude(int i) {
        return amplitude[i];
    }
}
