package org.fus.hardware;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusUnsupportedException;
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
     * The connectors and what is plugged in.
     *
     * @return at least one; available in every state
     */
    List<ProbePort> probes();

    /**
     * The probe that is plugged in, at the first connector that has one.
     *
     * @return the probe; available in every state
     * @throws org.fus.core.error.FusDeviceException when there is none
     */
    default Probe probe() {
        return probes().stream()
                .flatMap(port -> port.probe().stream())
                .findFirst()
                .orElseThrow(() -> new FusDeviceException(info().name(), "no probe is plugged in; plug one in"));
    }

    /**
     * A program that this device can run with its probe: a usual one, or the one that was recorded.
     *
     * @return the program
     */
    AcquisitionProgram defaultProgram();

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
     * What the blocks of a program would hold.
     *
     * @param program a program that {@link #validate} finds nothing against
     * @param probe the probe it was made for
     * @return raw samples unless the device beamforms
     */
    default BlockContent content(AcquisitionProgram program, Probe probe) {
        return new BlockContent.Rf(new ChannelFormat(probe, program.sequence(), program.receive()));
    }

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
     * Starts a program of raw samples and returns at once.
     *
     * @param program what {@link #upload} returned last
     * @param sink takes the blocks
     * @return the run
     * @throws org.fus.core.error.FusUnsupportedException when the blocks of this device hold images
     * @throws org.fus.core.error.FusDeviceException when the device is not ready or holds another program
     */
    default Acquisition start(UploadedProgram program, BlockSink sink) {
        Objects.requireNonNull(sink, "sink");
        if (!(program.content() instanceof BlockContent.Rf)) {
            throw new FusUnsupportedException(info().name()
                    + ": the blocks of this device hold images, not raw samples (start it with a BlockReceiver)");
        }
        return start(program, RunOptions.DEFAULTS, block -> {
            sink.accept(block.rf());
            block.release();
        });
    }

    /**
     * Arms and starts the program and returns at once: high voltage rises, then the trigger of the program is awaited when
     * it has one, then it fires.
     *
     * @param program what {@link #upload} returned last
     * @param options size of the ring, and what an overflow does
     * @param receiver takes the blocks and releases them
     * @return the run
     * @throws org.fus.core.error.FusDeviceException when the device is not ready or holds another program
     */
    Acquisition start(UploadedProgram program, RunOptions options, BlockReceiver receiver);

    /**
     * Sets the high voltage of this and later runs; it is applied while the device is armed or running.
     *
     * @param volts 0 to the limit
     * @throws IllegalArgumentException when it lies outside the limits
     */
    void setVoltage(double volts);

    /**
     * Reads the high voltage back.
     *
     * @return a reading of now
     * @throws org.fus.core.error.FusDeviceException when the device does not answer
     */
    HighVoltageReading highVoltage();

    /**
     * Says that the host is alive. From the first heartbeat on, a device that may fire and hears nothing for
     * {@link #WATCHDOG_S} cuts the high voltage by itself and goes to {@link DeviceState#FAULTED}.
     *
     * @throws org.fus.core.error.FusDeviceException when the device does not answer
     */
    void heartbeat();

    /** Seconds without a heartbeat after which a device may cut its high voltage; at 1.1 s it has done so. */
    double WATCHDOG_S = 1.0;

    /**
     * Cuts the high voltage, ends the run and latches a fault. Does not wait; the blocks so far are still delivered. A device
     * that has a fault already keeps that one.
     *
     * @param reason what the events and {@link Acquisition#await} tell
     */
    void trip(DeviceFault reason);

    /**
     * Cuts the high voltage and ends the run, from any thread, in any state: the command is given when this returns, and it
     * waits for nobody. May be called any number of times.
     */
    void emergencyStop();

    /**
     * Makes the device usable again after a fault or an emergency stop: an explicit act of a person.
     *
     * @throws org.fus.core.error.FusDeviceException when the cause is still there, or the run has not ended
     */
    void reset();

    /**
     * What happens on the device. A subscriber that is more than 1024 events behind loses the newest ones.
     *
     * @return the events
     */
    Flow.Publisher<DeviceEvent> events();

    /**
     * Ends the run, if there is one, and waits until the sink has returned from its last block: what was acquired is
     * delivered. When called from the sink itself, does not wait. Failures of the run are left to {@link Acquisition#await}.
     */
    void stop();

    /**
     * Cuts the high voltage, stops, and lets go of everything, native memory included. The same is done when the virtual
     * machine ends, and when nobody holds the device any more. May be called in any state, any number of times, from
     * any thread; from the sink, the blocks that wait are still handed to it, then the memory goes. Blocks that a receiver holds stay
     * readable until they are released.
     */
    @Override
    void close();
}
