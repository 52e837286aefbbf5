package org.fus.core.doppler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.run.RunContext;

/**
 * The velocity in the image plane from looks along several directions: sub-sets of the transmits or of the receive
 * aperture, steered differently. A look that transmits along the unit vector t and receives from the direction r (both
 * pointing down into the tissue) measures the component of the velocity along {@code (t + r) / 2}, towards the probe
 * positive: {@code m = -(t + r) . v / 2}. Two or more looks give v by least squares; with three or more, what the looks
 * disagree on gives its standard error.
 *
 * @see <a href="https://doi.org/10.1109/TUFFC.2016.2582514">Yiu and Yu 2016, least-squares multi-angle Doppler
 *     estimators</a>
 */
public final class VectorDoppler {
    private VectorDoppler() {}

    /**
     * One look.
     *
     * @param ensemble frames beamformed with these angles, filtered
     * @param transmitAngleRad direction of the transmitted wave from the z axis, positive towards +x
     * @param receiveAngleRad direction from the centre of the receive aperture to the pixel, from the z axis, positive
     *     towards +x; 0 for an aperture centred above the pixel
     */
    public record Look(IqEnsemble ensemble, double transmitAngleRad, double receiveAngleRad) {
        /** Checks the angles. */
        public Look {
            if (!(Math.abs(transmitAngleRad) < Math.PI / 2) || !(Math.abs(receiveAngleRad) < Math.PI / 2)) {
                throw new IllegalArgumentException("look with angles " + transmitAngleRad + " and " + receiveAngleRad
                        + " rad: expected both between -pi/2 and pi/2");
            }
        }
    }

    /**
     * The velocities. Standard errors are NaN for two looks, which always agree.
     *
     * @param xMPerS lateral velocity, positive towards +x, {@code [z][y][x]}
     * @param zMPerS axial velocity, positive towards the probe, as in {@link ColorDoppler}
     * @param xErrorMPerS standard error of the lateral velocity
     * @param zErrorMPerS standard error of the axial velocity
     */
    public record Result(
            DopplerFrame xMPerS, DopplerFrame zMPerS, DopplerFrame xErrorMPerS, DopplerFrame zErrorMPerS) {}

    /**
     * Estimates the velocities.
     *
     * @param looks at least two, on one grid at one timing, with directions that differ
     * @param estimator the axial velocity of each look
     * @param context where to run
     * @return velocities and their errors
     * @throws IllegalArgumentException when the looks do not fit together
     */
    public static Result of(List<Look> looks, ColorDoppler estimator, RunContext context) {
        requireFit(looks);
        List<double[]> measured = new ArrayList<>();
        for (Look look : looks) {
            measured.add(estimator.velocityMPerS(look.ensemble, context));
        }
        Solver solver = new Solver(looks);
        ImageGrid grid = looks.getFirst().ensemble.grid();
        int n = grid.size();
        float[][] maps = new float[4][n];
        double[] m = new double[looks.size()];
        for (int p = 0; p < n; p++) {
            for (int k = 0; k < m.length; k++) {
                m[k] = measured.get(k)[p];
            }
            solver.solve(m, maps, p);
        }
        Provenance provenance = looks.getFirst()
                .ensemble
                .provenance()
                .with("vector Doppler", Map.of("looks", Integer.toString(looks.size())));
        DopplerFrame.Quantity axial = DopplerFrame.Quantity.AXIAL_VELOCITY;
        DopplerFrame.Quantity lateral = DopplerFrame.Quantity.LATERAL_VELOCITY;
        DopplerFrame.Quantity error = DopplerFrame.Quantity.VELOCITY_ERROR;
        return new Result(
                DopplerFrame.wrap(lateral, grid, maps[0], provenance),
                DopplerFrame.wrap(axial, grid, maps[1], provenance),
                DopplerFrame.wrap(error, grid, maps[2], provenance),
                DopplerFrame.wrap(error, grid, maps[3], provenance));
    }

    private static void requireFit(List<Look> looks) {
        if (looks.size() < 2) {
            throw new IllegalArgumentException("vector Doppler from " + looks.size() + " look(s), expected at least 2");
        }
        IqEnsemble first = looks.getFirst().ensemble;
        for (Look look : looks) {
            if (!look.ensemble.grid().equals(first.grid())
                    || !look.ensemble.timing().equals(first.timing())) {
                throw new IllegalArgumentException("looks of vector Doppler on different grids or timings: "
                        + first.grid() + " " + first.timing() + " and " + look.ensemble.grid() + " "
                        + look.ensemble.timing());
            }
        }
    }

    /** The least squares of two unknowns, the same matrix for every pixel. */
    private static final class Solver {
        /** The larger of the two directions' strengths over the smaller beyond which the weaker one is noise. */
        private static final double MAX_CONDITION = 1e8;

        private final double[] x;
        private final double[] z;
        private final double xx;
        private final double xz;
        private final double zz;

        Solver(List<Look> looks) {
            x = new double[looks.size()];
            z = new double[looks.size()];
            double a = 0;
            double b = 0;
            double c = 0;
            for (int k = 0; k < x.length; k++) {
                Look look = looks.get(k);
                x[k] = -(Math.sin(look.transmitAngleRad) + Math.sin(look.receiveAngleRad)) / 2;
                z[k] = (Math.cos(look.transmitAngleRad) + Math.cos(look.receiveAngleRad)) / 2;
                a += x[k] * x[k];
                b += x[k] * z[k];
                c += z[k] * z[k];
            }
            double determinant = a * c - b * b;
            double trace = a + c;
            if (!(determinant * MAX_CONDITION > trace * trace)) {
                throw new IllegalArgumentException(
                        "the looks of vector Doppler have one direction, so the lateral velocity"
                                + " cannot be told; expected angles that differ by a degree or more");
            }
            xx = c / determinant;
            xz = -b / determinant;
            zz = a / determinant;
        }

        void solve(double[] m, float[][] maps, int pixel) {
            double sumX = 0;
            double sumZ = 0;
            for (int k = 0; k < m.length; k++) {
                sumX += x[k] * m[k];
                sumZ += z[k] * m[k];
            }
            double vx = xx * sumX + xz * sumZ;
            double vz = xz * sumX + zz * sumZ;
            double squares = 0;
            for (int k = 0; k < m.length; k++) {
                double rest = m[k] - x[k] * vx - z[k] * vz;
                squares += rest * rest;
            }
            double variance = m.length > 2 ? squares / (m.length - 2) : Double.NaN;
            maps[0][pixel] = (float) vx;
            maps[1][pixel] = (float) vz;
            maps[2][pixel] = (float) Math.sqrt(variance * xx);
            maps[3][pixel] = (float) Math.sqrt(variance * zz);
        }
    }
}
