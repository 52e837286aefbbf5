package org.fus.hardware.sim;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.ClockGrid;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.ProbePort;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.HeldRun;
import org.fus.hardware.internal.LastResort;
import org.fus.hardware.trigger.DeviceTriggerPort;
import org.fus.hardware.trigger.TriggerEdge;
import org.fus.io.content.ChannelRecording;

/**
 * A scanner whose probe looks at a {@link Phantom}, or that replays a recording. Everything that a real one does around its
 * samples it does too: it connects with latency, its voltage ramps, its probe warms, its clock drifts, its watchdog trips;
 * {@link #faults} makes things go wrong.
 *
 * <p>Frames of a phantom are delivered as fast as they are computed, which is slower than a real scanner, and wait for room
 * in the ring; no frame is lost. Frames are numbered, and simulated, from 0 at each start, so two runs of one program give
 * the same bits.
 */
public final class SimulatedScanner implements UltrasoundDevice {
    /**
     * The limits of the simulated scanner: 256 channels, 1024 firings per frame, 7000 samples (what the simulator
     * takes), 125 MHz sampling, 30 kHz firing, blocks of 2 GiB, 40 V, 1 % of the time emitting, 43 degrees Celsius at the
     * probe (the limit for contact of IEC 60601-2-37), any time and frequency.
     */
    public static final DeviceLimits LIMITS =
            new DeviceLimits(256, 1024, 7000, 125e6, 30e3, 1L << 31, 40, 0.01, 43, ClockGrid.CONTINUOUS);

    // the pulse of a probe whose bandwidth is not known
    private static final double DEFAULT_FRACTIONAL_BANDWIDTH = 0.67;

    private static final String NAME = "simulated scanner";

    private final Phantom phantom;
    private final Medium medium;
    private final DeviceInfo info;
    private final DeviceLimits limits;
    private final ScannerCore core;
    private final Cleaner.Cleanable closing;

    private SimulatedScanner(Builder b) {
        if (b.probe.elements() > LIMITS.channels()) {
            throw new IllegalArgumentException(
                    "probe " + b.probe + " does not fit the " + LIMITS.channels() + " channels of the " + NAME);
        }
        double known = b.probe.fractionalBandwidth();
        double fractionalBandwidth = Double.isNaN(known) ? DEFAULT_FRACTIONAL_BANDWIDTH : known;
        BlockProducer producer;
        if (b.replay == null) {
            phantom = b.phantom.apply(b.probe);
            producer = new ChannelProducer(phantom, b.medium, fractionalBandwidth, b.context);
            info = new DeviceInfo(NAME, "fUS SDK channel simulator", Provenance.SOFTWARE);
            limits = LIMITS.withClocks(b.clocks);
        } else {
            phantom = null;
            producer = b.replay;
            info = new DeviceInfo(b.replayName, "fUS SDK replay", Provenance.SOFTWARE);
            limits = LIMITS;
        }
        medium = b.medium;
        connect(b.behaviour.connectLatencyS());
        core = new ScannerCore(info.name(), limits, b.behaviour, b.probe, producer, b.threads);
        ScannerCore c = core; // not this: the scanner must be able to get lost
        closing = LastResort.watch(this, c::highVoltageOff, c::close);
    }

    private static void connect(double latencyS) {
        try {
            Thread.sleep(Math.round(latencyS * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("connecting to the " + NAME);
        }
    }

    /**
     * Starts with an IcoPrime-like probe on {@link BrainSlice#DEFAULT} in soft tissue, computing on one thread.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public DeviceLimits limits() {
        return limits;
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
     * @throws FusUnsupportedException when the scanner replays a recording
     */
    public Phantom phantom() {
        if (phantom == null) {
            throw new FusUnsupportedException(info.name() + ": a replay has no phantom");
        }
        return phantom;
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
        return core;
    }

    /**
     * The trigger lines: inputs in1, in2, outputs out1, out2, which come back in as loop-out1, loop-out2.
     *
     * @return lines for a {@link org.fus.hardware.trigger.DeviceTriggerPort}
     */
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

    @Override
    public DeviceState state() {
        return core.state();
    }

    @Override
    public List<String> validate(AcquisitionProgram program, Probe forProbe) {
        return core.validate(program, forProbe);
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

    /** Collects the settings of a {@link SimulatedScanner}. Not thread-safe. */
    public static final class Builder {
        private Probe probe = ProbeCatalogue.ICO_PRIME;
        private Function<Probe, Phantom> phantom = BrainSlice.DEFAULT::phantom;
        private Medium medium = Medium.SOFT_TISSUE;
        private RunContext context = RunContext.inline();
        private SimulatedBehaviour behaviour = SimulatedBehaviour.DEFAULT;
        private ReplayProducer replay;
        private String replayName;
        private ClockGrid clocks = ClockGrid.CONTINUOUS;
        private ThreadFactory threads =
                Thread.ofPlatform().daemon().name("fus-simulated-scanner").factory();

        private Builder() {}

        /**
         * Plugs in a probe. Default: IcoPrime.
         *
         * @param newProbe the probe
         * @return this builder
         */
        public Builder probe(Probe newProbe) {
            this.probe = Objects.requireNonNull(newProbe, "probe");
            return this;
        }

        /**
         * Places a phantom below the probe. Default: {@link BrainSlice#DEFAULT}.
         *
         * @param newPhantom what is imaged
         * @return this builder
         */
        public Builder phantom(Phantom newPhantom) {
            Objects.requireNonNull(newPhantom, "phantom");
            this.phantom = p -> newPhantom;
            return this;
        }

        /**
         * Places a slice of brain below the probe.
         *
         * @param slice its recipe
         * @return this builder
         */
        public Builder phantom(BrainSlice slice) {
            this.phantom = slice::phantom;
            return this;
        }

        /**
         * Sets what the sound travels through. Default: {@link Medium#SOFT_TISSUE}.
         *
         * @param newMedium the medium
         * @return this builder
         */
        public Builder medium(Medium newMedium) {
            this.medium = Objects.requireNonNull(newMedium, "medium");
            return this;
        }

        /**
         * Sets where the simulation computes. Default: on the device's own thread alone. Cancelling it ends an upload or
         * a run with {@link org.fus.core.error.FusCancelledException}.
         *
         * @param newContext executor, progress and cancellation
         * @return this builder
         */
        public Builder context(RunContext newContext) {
            this.context = Objects.requireNonNull(newContext, "context");
            return this;
        }

        /**
         * Sets who makes the thread that calls the sink. Default: a daemon thread named {@code fus-simulated-scanner}.
         *
         * @param newThreads the factory
         * @return this builder
         */
        public Builder threads(ThreadFactory newThreads) {
            this.threads = Objects.requireNonNull(newThreads, "threads");
            return this;
        }

        /**
         * Gives the scanner clocks, on which it fires and samples; a replay keeps those of its recording. Default:
         * {@link ClockGrid#CONTINUOUS}.
         *
         * @param newClocks the clocks
         * @return this builder
         */
        public Builder clocks(ClockGrid newClocks) {
            this.clocks = Objects.requireNonNull(newClocks, "clocks");
            return this;
        }

        /**
         * Sets how the electronics behave. Default: {@link SimulatedBehaviour#DEFAULT}.
         *
         * @param newBehaviour voltage, temperature, clock
         * @return this builder
         */
        public Builder behaviour(SimulatedBehaviour newBehaviour) {
            this.behaviour = Objects.requireNonNull(newBehaviour, "behaviour");
            return this;
        }

        /**
         * Replays RF samples in place of a phantom, with the probe of the recording.
         *
         * @param name what the device is called
         * @param recording RF samples
         * @param gain factor of the samples by time since the start of a run, seconds
         * @param paced true for the pace of the recording: blocks that nobody takes overflow; false for as fast as they are
         *     taken
         * @param repeats whether the recording starts again at its end
         * @return this builder
         * @throws org.fus.core.error.FusUnsupportedException when the samples are demodulated
         */
        public Builder replay(
                String name, ChannelRecording recording, DoubleUnaryOperator gain, boolean paced, boolean repeats) {
            this.replay = new ReplayProducer(recording, gain, paced, repeats);
            this.replayName = Objects.requireNonNull(name, "name");
            this.probe = recording.format().probe();
            return this;
        }

        /**
         * Opens the scanner.
         *
         * @return a connected device
         * @throws IllegalArgumentException when the probe has too many elements
         */
        public SimulatedScanner open() {
            return new SimulatedScanner(this);
        }
    }
}
