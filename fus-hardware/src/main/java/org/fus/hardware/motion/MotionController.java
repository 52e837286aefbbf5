package org.fus.hardware.motion;

import java.util.List;
import java.util.Optional;

/**
 * What a driver implements: one controller, in its own units. {@link MotionStage} does the rest. All methods but
 * {@link #stop}, {@link #emergencyStop} and {@link #close} are called by one thread. They return soon: a motion is
 * started, not awaited; {@link #read} tells how it goes. Failures are {@link MotionException} (kind
 * {@code PROTOCOL} for replies that make no sense) or {@link org.fus.hardware.transport.TransportException}.
 *
 * <p>Motion commands are absolute, or a jog of the caller's distance: nothing that a controller answered ever becomes
 * part of one, so a wrong reply can end a motion but not make one.
 */
public interface MotionController extends AutoCloseable {
    /**
     * Finds out who is there.
     *
     * @return model and firmware
     */
    String connect();

    /**
     * Makes the controller guard a range by itself, and reads it back.
     *
     * @param axis index of the axis
     * @param range the range that the host guards, controller units
     * @return the range that the controller says it guards; empty when it cannot tell
     */
    Optional<ControllerRange> guard(int axis, ControllerRange range);

    /**
     * Reads all axes.
     *
     * @return one reading per axis
     */
    List<AxisReading> read();

    /**
     * Tells whether {@link #home} of any axis homes all of them.
     *
     * @return true when it does
     */
    boolean homesTogether();

    /**
     * Starts to look for a reference.
     *
     * @param axis index of the axis
     * @param permit checked before anything that moves is written
     */
    void home(int axis, MotionPermit permit);

    /**
     * Starts a move.
     *
     * @param targets absolute target per axis, controller units; NaN leaves an axis alone
     * @param speeds units per second per axis
     * @param permit checked before anything that moves is written
     */
    void move(double[] targets, double[] speeds, MotionPermit permit);

    /**
     * Starts a move of one axis by a distance, reference or not.
     *
     * @param axis index of the axis
     * @param distance controller units, signed
     * @param speed units per second, positive
     * @param permit checked before anything that moves is written
     */
    void jog(int axis, double distance, double speed, MotionPermit permit);

    /** Makes all axes decelerate to a stop. Writes and returns; any thread. */
    void stop();

    /** Stops all axes in the hardest way that the controller has. Writes and returns; any thread. */
    void emergencyStop();

    /** Brings the controller back after an emergency stop or a fault; does not move. */
    void reset();

    /** Lets go of the line. Any state, any thread, any number of times. */
    @Override
    void close();
}
