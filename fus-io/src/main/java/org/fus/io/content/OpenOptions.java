package org.fus.io.content;

/**
 * How a file is opened. Options that a format has no use for are ignored.
 *
 * @param posesAsStored leaves the poses of a version 1 {@code .scan} as the file has them; otherwise they are joined to one
 *     volume where the rules of the format allow it
 * @param vendorRotationSign gives a volume joined from the poses of a version 1 {@code .scan} the rotation that the
 *     vendor's reader reports, about z by the opposite angle of the stored matrices; otherwise that of the stored matrices,
 *     which leaves every voxel where its own pose puts it
 */
public record OpenOptions(boolean posesAsStored, boolean vendorRotationSign) {
    /** Poses joined, rotations of the stored matrices. */
    public static final OpenOptions DEFAULTS = new OpenOptions(false, false);

    /** Poses as stored. */
    public static final OpenOptions RAW = new OpenOptions(true, false);
}
