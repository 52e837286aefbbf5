package org.fus.io.content;

/**
 * How a file is opened. Options that a format has no use for are ignored.
 *
 * @param posesAsStored leaves the poses of a version 1 {@code .scan} as the file has them; otherwise they are joined to one
 *     volume where the rules of the format allow it
 * @param vendorRotationSign gives a volume joined from the poses of a version 1 {@code .scan} the rotation that the
 *     vendor's reader reports, about z by the opposite angle of the stored matrices; otherwise that of the stored matrices,
 *     which leaves every voxel where its own pose puts it
 * @param recording which of the recordings of a file is opened, from 0; for formats that hold several, such as URX
 */
public record OpenOptions(boolean posesAsStored, boolean vendorRotationSign, int recording) {
    /** Checks the number of the recording. */
    public OpenOptions {
        if (recording < 0) {
            throw new IllegalArgumentException("recording " + recording + ", expected 0 or more");
        }
    }

    /**
     * The first recording.
     *
     * @param posesAsStored see the component
     * @param vendorRotationSign see the component
     */
    public OpenOptions(boolean posesAsStored, boolean vendorRotationSign) {
        this(posesAsStored, vendorRotationSign, 0);
    }

    /**
     * The same for another recording of the file.
     *
     * @param number from 0
     * @return a changed copy
     */
    public OpenOptions withRecording(int number) {
        return new OpenOptions(posesAsStored, vendorRotationSign, number);
    }

    /** Poses joined, rotations of the stored matrices. */
    public static final OpenOptions DEFAULTS = new OpenOptions(false, false, 0);

    /** Poses as stored. */
    public static final OpenOptions RAW = new OpenOptions(true, false, 0);
}
