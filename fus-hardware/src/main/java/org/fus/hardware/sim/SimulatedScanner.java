package org.fus.hardware.sim;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.Affine3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockContent;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.ClockGrid;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.PoseFollower;
import org.fus.hardware.ProbePort;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.HeldRun;
import org.fus.hardware.internal.LastResort;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.TriggerEdge;

/**
 * A scanner whose probe looks at a {@link Phantom}, on channel level, or at a scene in the laboratory, whose images it computes in
 * real time, or that replays a recording. Everything that a real one does around its
 * samples it does too: it connects with latency, its voltage ramps, its probe warms, its clock drifts, its watchdog trips;
 * {@link #faults} makes things go wrong.
 *
 * <p>Frames of a phantom are delivered as fast as they are computed, which is slower than a real scanner, and wait for room
 * in the ring; no frame is lost. Frames are numbered, and simulated, from 0 at each start, so two runs of one program give
 * the same bits.
 */
public final class SimulatedScanner implements UltrasoundDevice, PoseFollower, DeviceTriggerPort.Owner {
    /**
     * The limits of the simulated scanner: 256 channels, 1024 firings per frame, 7000 samples (what the simulator
     * takes), 125 MHz sampling, 30 kHz firing, blocks of 2 GiB, 40 V, 1 % of the time emitting, 43 degrees Celsius at the
     * probe (the limit for contact of IEC 60601-2-37), any time and frequency.
     */
    public static final DeviceLimits LIMITS =
            new DeviceLimits(256, 1024, 7000, 125e6, 30e3, 1L << 31, 40, 0.01, 43, ClockGrid.CONTINUOUS);

    private final SimulatedTier tier;
    private final Medium medium;
    private final ScannerCore core;
    private final Cleaner.Cleanable closing;

    SimulatedScanner(SimulatedTier tier, SimulatedScannerBuilder b) {
        this.tier = tier;
        medium = b.medium();
        connect(tier.info().name(), b.behaviour().connectLatencyS());
        core = new ScannerCore(tier, b.behaviour(), b.probe(), new StimulusHistory(b.stimulusLine()), b.threads());
        ScannerCore c = core; // not this: the scanner must be able to get lost
        closing = LastResort.watch(this, c::highVoltageOff, c::close);
    }

    private static void connect(String name, double latencyS) {
        try {
            Thread.sleep(Math.round(latencyS * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("connecting to the " + name);
        }
    }

    /**
     * Starts with an IcoPrime-like probe on {@link BrainSlice#DEFAULT} in soft tissue, computing on one thread.
     *
     * @return a builder
     */
    public static SimulatedScannerBuilder builder() {
        return new SimulatedScannerBuilder();
    }

    @Override
    public DeviceInfo info() {
        return tier.info();
    }

    @Override
    public DeviceLimits limits() {
        return tier.limits();
    }

    @Override
    public List<ProbePort> probes() {
        return core.probes();
    }

    @Override
    public AcquisitionProgram defaultProgram() {
        return core.defaultProgram();
    }

    /**
     * What the probe looks at: the truth behind the blocks.
     *
     * @return the phantom
     * @throws FusUnsupportedException when the scanner replays a recording or computes images of a scene
     */
    public Phantom phantom() {
        return tier.phantom()
                .orElseThrow(() -> new FusUnsupportedException(info().name() + ": the " + info().model()
                        + " has no phantom (expected a scanner on channel level)"));
    }

    /**
     * What the sound travels through.
     *
     * @return the medium
     */
    public Medium medium() {
        return medium;
    }

    /**
     * Makes things go wrong.
     *
     * @return the faults
     */
    public SimulatedFaults faults() {
        return core.faults();
    }

    /**
     * The trigger lines: inputs in1, in2, outputs out1, out2, which come back in as loop-out1, loop-out2.
     *
     * @return lines for a {@link DeviceTriggerPort}
     */
    @Override
    public DeviceTriggerPort.Lines triggerLines() {
        return core.triggers();
    }

    /**
     * Makes an edge come in later.
     *
     * @param channel in1 or in2
     * @param slope which change
     * @param inS from now, seconds
     */
    public void scheduleEdge(String channel, TriggerEdge.Slope slope, double inS) {
        core.triggers().schedule(channel, slope, inS);
    }

    /** Only images of a scene depend on it; home unless told. */
    @Override
    public void follow(Supplier<Affine3> probeToLab) {
        core.follow(Objects.requireNonNull(probeToLab, "probeToLab"));
    }

    @Override
    public DeviceState state() {
        return core.state();
    }

    @Override
    public List<String> validate(AcquisitionProgram program, Probe forProbe) {
        return core.validate(program, forProbe);
    }

    @Override
    public BlockContent content(AcquisitionProgram program, Probe forProbe) {
        return tier.producer().content(new ChannelFormat(forProbe, program.sequence(), program.receive()));
    }

    @Override
    public UploadedProgram upload(AcquisitionProgram program, Probe forProbe) {
        return core.upload(program, forProbe);
    }

    @Override
    public Acquisition start(UploadedProgram program, RunOptions options, BlockReceiver receiver) {
        return new HeldRun(core.start(program, options, receiver), this);
    }

    @Override
    public void setVoltage(double volts) {
        core.setVoltage(volts);
    }

    @Override
    public HighVoltageReading highVoltage() {
        return core.highVoltage();
    }

    @Override
    public void heartbeat() {
        core.heartbeat();
    }

    @Override
    public void trip(DeviceFault reason) {
        core.trip(reason);
    }

    @Override
    public void emergencyStop() {
        core.emergencyStop();
    }

    @Override
    public void reset() {
        core.reset();
    }

    @Override
    public Flow.Publisher<DeviceEvent> events() {
        return core.events();
    }

    @Override
    public void stop() {
        core.stop();
    }

    @Override
    public void close() {
        core.close();
        closing.clean();
    }
}
