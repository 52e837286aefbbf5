package org.fus.hardware.motion;

/**
 * The right of one motion to reach the controller. A stop takes it back; a controller asks for it under the same lock
 * under which it writes, so that no motion command follows the stop that was meant for it.
 */
public final class MotionPermit {
    private volatile MotionFault revoked;

    /** A permit that nobody has taken back. */
    public MotionPermit() {}

    /**
     * Takes the right back. The first reason stays.
     *
     * @param reason why
     */
    public synchronized void revoke(MotionFault reason) {
        if (revoked == null) {
            revoked = reason;
        }
    }

    /**
     * Passes only while the right stands.
     *
     * @param controller for the message
     * @throws MotionException with the reason, when it was taken back
     */
    public void check(String controller) {
        MotionFault reason = revoked;
        if (reason != null) {
            throw new MotionException(controller, reason);
        }
    }
}
