package org.fus.core.geometry;

/** The frames of reference between which an {@link Affine3} maps. */
public enum Frame {
    /** Zero-based voxel indices (ix, iy, iz). */
    VOXEL,
    /** The engine's frame, metres: x lateral, y elevation, z depth, positive away from the probe. */
    ARRAY,
    /** The vendor's probe frame, metres: x lateral, y elevation, z negative away from the probe. */
    PROBE,
    /** The fixed frame of the motor stage, metres. */
    LAB,
    /** The vendor's brain frame; its units are those of the stored brain-to-lab matrix. */
    BRAIN,
    /** The frame of an atlas, metres. */
    ATLAS;

    /** The one place that turns ARRAY into PROBE coordinates: diag(1, 1, -1). Its own inverse. */
    public static final Affine3 ARRAY_TO_PROBE = Affine3.scale(1, 1, -1);
}
