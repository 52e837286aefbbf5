package org.fus.hardware.sim;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.VascularScene;
import org.fus.hardware.ClockGrid;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.IqRecording;

/** Collects the settings of a {@link SimulatedScanner}. Not thread-safe. */
public final class SimulatedScannerBuilder {
    private Probe probe = ProbeCatalogue.ICO_PRIME;
    private Function<Probe, Phantom> phantom = BrainSlice.DEFAULT::phantom;
    private Medium medium = Medium.SOFT_TISSUE;
    private RunContext context = RunContext.inline();
    private SimulatedBehaviour behaviour = SimulatedBehaviour.DEFAULT;
    private Function<SimulatedScannerBuilder, SimulatedTier> tier = SimulatedTier::channels;
    private VascularScene scene = VascularScene.DEFAULT;
    private Optional<PixelGrid> grid = Optional.empty();
    private String stimulusLine = "loop-out1";
    private ClockGrid clocks = ClockGrid.CONTINUOUS;
    private ThreadFactory threads =
            Thread.ofPlatform().daemon().name("fus-simulated-scanner").factory();

    SimulatedScannerBuilder() {}

    /**
     * Plugs in a probe. Default: IcoPrime.
     *
     * @param newProbe the probe
     * @return this builder
     */
    public SimulatedScannerBuilder probe(Probe newProbe) {
        this.probe = Objects.requireNonNull(newProbe, "probe");
        return this;
    }

    /**
     * Places a phantom below the probe. Default: {@link BrainSlice#DEFAULT}.
     *
     * @param newPhantom what is imaged
     * @return this builder
     */
    public SimulatedScannerBuilder phantom(Phantom newPhantom) {
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
    public SimulatedScannerBuilder phantom(BrainSlice slice) {
        this.phantom = slice::phantom;
        return this;
    }

    /**
     * Sets what the sound travels through. Default: {@link Medium#SOFT_TISSUE}.
     *
     * @param newMedium the medium
     * @return this builder
     */
    public SimulatedScannerBuilder medium(Medium newMedium) {
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
    public SimulatedScannerBuilder context(RunContext newContext) {
        this.context = Objects.requireNonNull(newContext, "context");
        return this;
    }

    /**
     * Sets who makes the thread that calls the sink. Default: a daemon thread named {@code fus-simulated-scanner}.
     *
     * @param newThreads the factory
     * @return this builder
     */
    public SimulatedScannerBuilder threads(ThreadFactory newThreads) {
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
    public SimulatedScannerBuilder clocks(ClockGrid newClocks) {
        this.clocks = Objects.requireNonNull(newClocks, "clocks");
        return this;
    }

    /**
     * Sets how the electronics behave. Default: {@link SimulatedBehaviour#DEFAULT}.
     *
     * @param newBehaviour voltage, temperature, clock
     * @return this builder
     */
    public SimulatedScannerBuilder behaviour(SimulatedBehaviour newBehaviour) {
        this.behaviour = Objects.requireNonNull(newBehaviour, "behaviour");
        return this;
    }

    /**
     * Computes images instead of channel data, in real time: the probe looks at a scene in the laboratory, from where it is
     * ({@link SimulatedScanner#follow}), and the scene answers to the stimulus line.
     *
     * @param newScene what is imaged
     * @return this builder
     */
    public SimulatedScannerBuilder scene(VascularScene newScene) {
        this.scene = Objects.requireNonNull(newScene, "scene");
        this.tier = SimulatedTier::images;
        return this;
    }

    /**
     * Sets the pixels of the images of a scene. Default: a column per element, a row per wavelength, over the depth that the
     * samples of the program reach.
     *
     * @param newGrid where the pixels are
     * @return this builder
     */
    public SimulatedScannerBuilder grid(PixelGrid newGrid) {
        this.grid = Optional.of(newGrid);
        return this;
    }

    /**
     * Sets the trigger line that stimulates while it is high. Default: {@code loop-out1}, on which output {@code out1} comes
     * back in.
     *
     * @param line one of in1, in2, loop-out1, loop-out2
     * @return this builder
     */
    public SimulatedScannerBuilder stimulusLine(String line) {
        if (!ScannerTriggers.INPUTS.contains(line)) {
            throw new IllegalArgumentException(
                    "stimulus line '" + line + "', expected one of " + ScannerTriggers.INPUTS);
        }
        this.stimulusLine = line;
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
    public SimulatedScannerBuilder replay(
            String name, ChannelRecording recording, DoubleUnaryOperator gain, boolean paced, boolean repeats) {
        ReplayProducer producer = new ReplayProducer(recording, gain, paced, repeats);
        this.probe = recording.format().probe();
        this.tier = b -> SimulatedTier.replay(name, producer);
        return this;
    }

    /**
     * Replays beamformed frames in place of a phantom.
     *
     * @param name what the device is called
     * @param recording IQ images
     * @param gain factor of the amplitude by time since the start of a run, seconds
     * @param paced as for RF samples
     * @param repeats as for RF samples
     * @return this builder
     */
    public SimulatedScannerBuilder replay(
            String name, IqRecording recording, DoubleUnaryOperator gain, boolean paced, boolean repeats) {
        IqReplayProducer producer = new IqReplayProducer(recording, gain, paced, repeats);
        this.probe = producer.probe();
        this.tier = b -> SimulatedTier.replay(name, producer);
        return this;
    }

    /**
     * Opens the scanner.
     *
     * @return a connected device
     * @throws IllegalArgumentException when the probe has too many elements
     */
    public SimulatedScanner open() {
        if (probe.elements() > SimulatedScanner.LIMITS.channels()) {
            throw new IllegalArgumentException("probe " + probe + " does not fit the "
                    + SimulatedScanner.LIMITS.channels() + " channels of the simulated scanner");
        }
        return new SimulatedScanner(tier.apply(this), this);
    }

    Probe probe() {
        return probe;
    }

    Function<Probe, Phantom> phantom() {
        return phantom;
    }

    Medium medium() {
        return medium;
    }

    RunContext context() {
        return context;
    }

    SimulatedBehaviour behaviour() {
        return behaviour;
    }

    VascularScene scene() {
        return scene;
    }

    Optional<PixelGrid> grid() {
        return grid;
    }

    String stimulusLine() {
        return stimulusLine;
    }

    ClockGrid clocks() {
        return clocks;
    }

    ThreadFactory threads() {
        return threads;
    }
}
