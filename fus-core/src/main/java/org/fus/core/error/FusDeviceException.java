package org.fus.core.error;

/** A device refused, vanished, or answered out of turn. */
public class FusDeviceException extends FusException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure of the form {@code device: problem}.
     *
     * @param device the device
     * @param problem what happened, and the remedy
     */
    public FusDeviceException(String device, String problem) {
        super(device + ": " + problem);
    }

    /**
     * Creates a failure of the form {@code device: problem} with its cause.
     *
     * @param device the device
     * @param problem what happened, and the remedy
     * @param cause the underlying failure
     */
    public FusDeviceException(String device, String problem, Throwable cause) {
        super(device + ": " + problem, cause);
    }
}
