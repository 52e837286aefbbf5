package org.fus.core.simulation;

/** Scatterers as the simulator sees them: in the image plane, elevation weights multiplied into the amplitudes. */
@SuppressWarnings("ArrayRecordComponent") // work space of one task
record Points(double[] xM, double[] zM, double[] amplitude) {
    static Points of(Scatterers scatterers, ElevationBeam beam) {
        int n = scatterers.size();
        Points p = new Points(new double[n], new double[n], new double[n]);
        p.fill(0, scatterers, beam);
        return p;
    }

    /** Writes scatterers from a place on and returns the place behind them. */
    int fill(int from, Scatterers scatterers, ElevationBeam beam) {
        for (int i = 0; i < scatterers.size(); i++) {
            xM[from + i] = scatterers.xM(i);
            zM[from + i] = scatterers.zM(i);
            amplitude[from + i] = scatterers.amplitude(i) * beam.weight(scatterers.yM(i));
        }
        return from + scatterers.size();
    }

    int size() {
        return xM.length;
    }
}
