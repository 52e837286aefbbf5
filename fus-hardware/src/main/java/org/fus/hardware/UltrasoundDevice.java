package org.fus.hardware;

import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;

/**
 * A scanner: takes a program, runs it, delivers raw blocks. Thread-safe. See {@link DeviceState} for what may follow
 * what; a call out of turn gives a {@link org.fus.core.error.FusDeviceException} and changes nothing.
 */
public interface UltrasoundDevice extends AutoCloseable {
    /**
     * Which device this is.
     *
     * @return the description; available in every state
     */
    DeviceInfo info();

    /**
     * What it can do at most.
     *
     * @return the limits; available in every state
     */
    DeviceLimits limits();

    /**
     * The probe that is plugged in.
     *
     * @return the probe; available in every state
     */
    Probe probe();

    /**
     * Where the device stands.
     *
     * @return the state
     */
    DeviceState state();

    /**
     * Looks for everything that keeps a program from running, without changing the device.
     *
     * @param program the program
     * @param probe the probe it was made for
     * @return one line per problem: what, got, allowed; empty when the program can run
     */
    List<String> validate(AcquisitionProgram program, Probe probe);

    /**
     * Loads a program, in place of the one before. May take seconds.
     *
     * @param program the program
     * @param probe the probe it was made for
     * @return the program as the device will run it
     * @throws IllegalArgumentException naming all problems, when there are any; the program before stays
     * @throws org.fus.core.error.FusDeviceException when the device is running or closed
     */
    UploadedProgram upload(AcquisitionProgram program, Probe probe);

    /**
     * Starts the program and returns at once.
     *
     * @param program what {@link #upload} returned last
     * @param sink takes the blocks
     * @return the run
     * @throws org.fus.core.error.FusDeviceException when the device is not ready or holds another program
     */
    Acquisition start(UploadedProgram program, BlockSink sink);

    /**
     * Ends the run, if there is one, and waits until the sink has returned from its last block; when called from the
     * sink itself, does not wait. Failures of the run are left to {@link Acquisition#await}.
     */
    void stop();

    /**
     * Stops and lets go of everything, native memory included. May be called in any state, any number of times, from
     * any thread; from the sink, the memory goes when the sink returns.
     */
    @Override
    void close();
}
