package org.fus.core.geometry;

import java.util.Objects;

/**
 * A Cartesian grid in a frame of its own that is turned and shifted against the ARRAY frame: an oblique plane, a rotated
 * volume. Immutable.
 *
 * @param local the grid in its own frame
 * @param toArray from that frame to the ARRAY frame: a rotation and a translation in metres, no scaling
 */
public record OrientedGrid(PixelGrid local, Affine3 toArray) implements ImageGrid {
    /** Rotations composed in double stay orthonormal to far below this. */
    private static final double RIGID_TOLERANCE = 1e-9;

    /** Checks that the map is rigid. */
    public OrientedGrid {
        Objects.requireNonNull(local, "local");
        for (int i = 0; i < 3; i++) {
            for (int j = i; j < 3; j++) {
                double dot = 0;
                for (int r = 0; r < 3; r++) {
                    dot += toArray.at(r, i) * toArray.at(r, j);
                }
                if (!(Math.abs(dot - (i == j ? 1 : 0)) <= RIGID_TOLERANCE)) {
                    throw new IllegalArgumentException("columns " + i + " and " + j + " of toArray have the product "
                            + dot + "; a grid is turned and shifted only, give its steps in the local grid");
                }
            }
        }
    }

    @Override
    public int nx() {
        return local.nx();
    }

    @Override
    public int ny() {
        return local.ny();
    }

    @Override
    public int nz() {
        return local.nz();
    }

    @Override
    public Vector3 pointM(int pixel) {
        Vector3 p = local.pointM(pixel);
        double[] q = toArray.apply(p.x(), p.y(), p.z());
        return new Vector3(q[0], q[1], q[2]);
    }

    /**
     * The map from zero-based voxel indices (ix, iy, iz) to the PROBE frame, metres.
     *
     * @return the map
     */
    public Affine3 voxelsToProbe() {
        return Frame.ARRAY_TO_PROBE
                .after(toArray)
                .after(Affine3.translation(local.x0M(), local.y0M(), local.z0M()))
                .after(Affine3.scale(local.dxM(), local.dyM(), local.dzM()));
    }
}
