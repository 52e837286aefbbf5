package org.fus.hardware.sim;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusDeviceException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockSink;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceState;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;

/**
 * A scanner whose probe looks at a {@link Phantom}. It delivers frames as fast as it can compute them, which is slower
 * than a real scanner, and waits for the sink; no frame is ever lost. Frames are numbered, and simulated, from 0 at each
 * start, so two runs of one program give the same bits.
 */
public final class SimulatedScanner implements UltrasoundDevice {
    /**
     * The limits of the simulated scanner: 256 channels, 1024 firings per frame, 7000 samples (what the simulator
     * takes), 125 MHz sampling, 30 kHz firing, blocks of 2 GiB.
     */
    public static final DeviceLimits LIMITS = new DeviceLimits(256, 1024, 7000, 125e6, 30e3, 1L << 31);

    // the pulse of a probe whose bandwidth is not known
    private static final double DEFAULT_FRACTIONAL_BANDWIDTH = 0.67;

    private final Probe probe;
    private final Phantom phantom;
    private final Medium medium;
    private final RunContext context;
    private final ThreadFactory threads;
    private final DeviceInfo info =
            new DeviceInfo("simulated scanner", "fUS SDK channel simulator", Provenance.SOFTWARE);

    private final Object lock = new Object();
    private DeviceState state = DeviceState.CONNECTED;
    private UploadedProgram uploaded;
    private ChannelSimulator simulator;
    private SimulatedAcquisition current;

    private SimulatedScanner(Builder b) {
        this.probe = b.probe;
        this.phantom = b.phantom.apply(b.probe);
        this.medium = b.medium;
        this.context = b.context;
        this.threads = b.threads;
        if (probe.elements() > LIMITS.channels()) {
            throw new IllegalArgumentException(
                    "probe " + probe + " does not fit the " + LIMITS.channels() + " channels of the simulated scanner");
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
        return LIMITS;
    }

    @Override
    public Probe probe() {
        return probe;
    }

    /**
     * What the probe looks at: the truth behind the blocks.
     *
     * @return the phantom
     */
    public Phantom phantom() {
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

    @Override
    public DeviceState state() {
        synchronized (lock) {
            return state;
        }
    }

    @Override
    public List<String> validate(AcquisitionProgram program, Probe forProbe) {
        return ProgramCheck.problems(program, forProbe, probe, fractionalBandwidth(), LIMITS);
    }

    @Override
    public UploadedProgram upload(AcquisitionProgram program, Probe forProbe) {
        List<String> problems = validate(program, forProbe);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    info.name() + " cannot run this program: " + String.join("; ", problems));
        }
        requireNotBusy();
        // outside the lock: this takes seconds, and state() must not wait for it
        ChannelFormat format = new ChannelFormat(probe, program.sequence(), program.receive());
        GaussianPulse pulse = new GaussianPulse(program.sequence().centerFrequencyHz(), fractionalBandwidth());
        ChannelSimulator prepared = ChannelSimulator.plan(format, pulse, medium, phantom, context);
        synchronized (lock) {
            requireNotBusy();
            simulator = prepared;
            uploaded = new UploadedProgram(program, format);
            state = DeviceState.READY;
            return uploaded;
        }
    }

    private void requireNotBusy() {
        synchronized (lock) {
            require(state == DeviceState.CONNECTED || state == DeviceState.READY, "upload");
        }
    }

    @Override
    public Acquisition start(UploadedProgram program, BlockSink sink) {
        Objects.requireNonNull(sink, "sink");
        synchronized (lock) {
            require(state == DeviceState.READY, "start");
            if (!program.equals(uploaded)) {
                throw new FusDeviceException(
                        info.name(), "start: this is not the program that was uploaded last; upload it first");
            }
            SimulatedAcquisition run = new SimulatedAcquisition(simulator, program, sink, context, this::runEnds);
            Thread thread = Objects.requireNonNull(threads.newThread(run), "the thread factory gave no thread");
            run.runsOn(thread);
            thread.start();
            current = run;
            state = DeviceState.RUNNING;
            return run;
        }
    }

    /** Called by the run on its way out, first when it fires no more, then when its memory is gone. */
    private void runEnds(DeviceState next) {
        synchronized (lock) {
            if (state != DeviceState.CLOSED) {
                state = next;
            }
        }
    }

    @Override
    public void stop() {
        SimulatedAcquisition run;
        synchronized (lock) {
            run = current;
        }
        if (run != null) {
            run.stop();
            run.join();
        }
    }

    @Override
    public void close() {
        SimulatedAcquisition run;
        synchronized (lock) {
            state = DeviceState.CLOSED;
            run = current;
            simulator = null; // the echoes of the tissue are the largest thing here
            uploaded = null;
        }
        if (run != null) {
            run.stop();
            run.join();
        }
    }

    private double fractionalBandwidth() {
        double known = probe.fractionalBandwidth();
        return Double.isNaN(known) ? DEFAULT_FRACTIONAL_BANDWIDTH : known;
    }

    private void require(boolean allowed, String what) {
        if (!allowed) {
            throw new FusDeviceException(
                    info.name(),
                    what + " is not possible in state " + state
                            + switch (state) {
                                case CONNECTED -> "; upload a program first";
                                case RUNNING, STOPPING -> "; stop it and wait for its end first";
                                case CLOSED -> "; open it again";
                                case READY -> "";
                            });
        }
    }

    /** Collects the settings of a {@link SimulatedScanner}. Not thread-safe. */
    public static final class Builder {
        private Probe probe = ProbeCatalogue.ICO_PRIME;
        private Function<Probe, Phantom> phantom = BrainSlice.DEFAULT::phantom;
        private Medium medium = Medium.SOFT_TISSUE;
        private RunContext context = RunContext.inline();
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
