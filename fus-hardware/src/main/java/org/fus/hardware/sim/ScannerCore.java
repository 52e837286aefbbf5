package org.fus.hardware.sim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusDeviceException;
import org.fus.core.geometry.Affine3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.Control;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.ProbePort;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.EventQueue;
import org.fus.hardware.internal.OutOfTurn;

/** The scanner behind {@link SimulatedScanner}, which does not know it, so that a lost scanner can be switched off. */
final class ScannerCore implements BlockRun.Scanner, BlockProducer.Surroundings {
    static final String PORT = "A";

    private static final long TICK_MS = 10;

    private final String name;
    private final DeviceLimits limits;
    private final SimulatedBehaviour behaviour;
    private final BlockProducer producer;
    private final ThreadFactory threads;
    private final Electronics electronics;
    private final ScannerTriggers triggers;
    private final StimulusHistory stimulus;
    private final EventQueue<DeviceEvent> events = new EventQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fus-sim-electronics-", 0).factory());

    private final Object lock = new Object();
    private DeviceState state = DeviceState.CONNECTED;
    private Optional<Probe> probe;
    private DeviceFault fault;
    private UploadedProgram uploaded;
    private BlockProducer.Filler filler;
    private BlockRun current;

    private volatile long lastHeartbeatNs;
    private volatile boolean watched;
    private volatile Supplier<Affine3> mount = Affine3::identity;
    private final InjectedFaults faults = new InjectedFaults(this);

    ScannerCore(
            SimulatedTier tier,
            SimulatedBehaviour behaviour,
            Probe probe,
            StimulusHistory stimulus,
            ThreadFactory threads) {
        this.name = tier.info().name();
        this.limits = tier.limits();
        this.behaviour = behaviour;
        this.probe = Optional.of(probe);
        this.producer = tier.producer();
        this.threads = threads;
        this.electronics = new Electronics(behaviour);
        this.stimulus = stimulus;
        this.triggers = new ScannerTriggers(behaviour, stimulus, 0);
        var _ = clock.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    // what the scanner guards by itself

    private void tick() {
        DeviceState now = state();
        if (!now.mayFire()) {
            return;
        }
        double silentS = (System.nanoTime() - lastHeartbeatNs) * 1e-9;
        if (watched && silentS > behaviour.watchdogS()) {
            trip(new DeviceFault(
                    DeviceFault.Kind.HEARTBEAT_LOST,
                    "no heartbeat of the host for " + Math.round(silentS * 1000) + " ms, expected one every "
                            + Math.round(behaviour.watchdogS() * 1000) + " ms"));
        }
        double celsius = electronics.temperatureC();
        if (celsius > limits.probeTemperatureC()) {
            trip(new DeviceFault(
                    DeviceFault.Kind.TEMPERATURE,
                    "the probe has " + celsius + " degrees Celsius, at most " + limits.probeTemperatureC()
                            + " are allowed; let it cool down"));
        }
    }

    // state

    DeviceState state() {
        synchronized (lock) {
            return state;
        }
    }

    private void change(DeviceState next, String reason) {
        if (state != next) {
            DeviceState before = state;
            state = next;
            events.publish(new DeviceEvent.StateChanged(System.nanoTime(), before, next, reason));
        }
    }

    private void cut(String reason) {
        boolean wasOn = electronics.isOn();
        electronics.cut();
        if (wasOn) {
            events.publish(new DeviceEvent.HighVoltageChanged(System.nanoTime(), 0, reason));
        }
    }

    private void require(boolean allowed, String what) {
        if (faults.crashed() && state != DeviceState.CLOSED) {
            throw OutOfTurn.noAnswer(name, what);
        }
        if (!allowed) {
            throw OutOfTurn.of(name, what, state, fault);
        }
    }

    // commands

    List<ProbePort> probes() {
        synchronized (lock) {
            return List.of(new ProbePort(PORT, probe, probe.isPresent() ? electronics.temperatureC() : Double.NaN));
        }
    }

    AcquisitionProgram defaultProgram() {
        return producer.defaultProgram(requireProbe());
    }

    private Probe requireProbe() {
        synchronized (lock) {
            return probe.orElseThrow(() -> new FusDeviceException(name, "no probe is plugged in; plug one in"));
        }
    }

    List<String> validate(AcquisitionProgram program, Probe forProbe) {
        Optional<Probe> connected;
        synchronized (lock) {
            connected = probe;
        }
        if (connected.isEmpty()) {
            return List.of("probe: the program is for " + forProbe + ", but none is plugged in");
        }
        List<String> problems =
                new java.util.ArrayList<>(ProgramCheck.problems(program, forProbe, connected.get(), limits));
        problems.addAll(producer.problems(program, forProbe));
        return List.copyOf(problems);
    }

    UploadedProgram upload(AcquisitionProgram program, Probe forProbe) {
        List<String> problems = validate(program, forProbe);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(name + " cannot run this program: " + String.join("; ", problems));
        }
        requireNotBusy();
        // outside the lock: this takes seconds, and state() must not wait for it
        Probe connected = requireProbe();
        var group = limits.clocks().actual(program.groups().getFirst());
        ChannelFormat format = new ChannelFormat(connected, group.sequence(), group.receive());
        BlockProducer.Filler prepared = producer.prepare(format, this);
        synchronized (lock) {
            requireNotBusy();
            filler = prepared;
            uploaded = new UploadedProgram(program, format, producer.content(format));
            electronics.load(uploaded);
            change(DeviceState.READY, "a program was uploaded");
            return uploaded;
        }
    }

    private void requireNotBusy() {
        synchronized (lock) {
            require(state == DeviceState.CONNECTED || state == DeviceState.READY, "upload");
        }
    }

    Acquisition start(UploadedProgram program, RunOptions options, BlockReceiver receiver) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(receiver, "receiver");
        synchronized (lock) {
            require(state == DeviceState.READY, "start");
            if (!program.equals(uploaded)) {
                throw new FusDeviceException(
                        name, "start: this is not the program that was uploaded last; upload it first");
            }
            if (!probe.map(Probe::name)
                    .equals(Optional.of(program.format().probe().name()))) {
                throw new FusDeviceException(
                        name,
                        "start: the program is for " + program.format().probe() + ", but plugged in is "
                                + probe.map(Probe::toString).orElse("no probe") + "; upload a program for it");
            }
            BlockRun run = new BlockRun(this, producer, filler, program, options, receiver);
            current = run;
            lastHeartbeatNs = System.nanoTime();
            change(DeviceState.ARMED, "started");
            electronics.switchOn();
            events.publish(new DeviceEvent.HighVoltageChanged(System.nanoTime(), electronics.targetV(), "armed"));
            run.begin(threads);
            return run;
        }
    }

    void setVoltage(double volts) {
        if (!(volts >= 0) || volts > limits.voltageV()) {
            throw new IllegalArgumentException(
                    name + ": high voltage of " + volts + " V, expected 0 to " + limits.voltageV() + " V");
        }
        synchronized (lock) {
            require(state != DeviceState.CLOSED, "setVoltage");
            electronics.target(volts);
        }
        events.publish(new DeviceEvent.HighVoltageChanged(System.nanoTime(), volts, "set"));
    }

    HighVoltageReading highVoltage() {
        synchronized (lock) {
            require(state != DeviceState.CLOSED, "highVoltage");
        }
        return electronics.reading();
    }

    void heartbeat() {
        synchronized (lock) {
            require(state != DeviceState.CLOSED, "heartbeat");
        }
        if (!faults.heartbeatsLost()) {
            lastHeartbeatNs = System.nanoTime();
            watched = true;
        }
    }

    void trip(DeviceFault reason) {
        cut(reason.toString());
        latch(reason, DeviceState.FAULTED);
    }

    void emergencyStop() {
        cut("emergency stop"); // before any lock
        latch(
                new DeviceFault(DeviceFault.Kind.EMERGENCY_STOP, "somebody called for an emergency stop"),
                DeviceState.EMERGENCY_STOPPED);
    }

    private void latch(DeviceFault reason, DeviceState next) {
        BlockRun run;
        synchronized (lock) {
            if (state == DeviceState.CLOSED
                    || state == DeviceState.EMERGENCY_STOPPED
                    || (state == DeviceState.FAULTED && next == DeviceState.FAULTED)) {
                return;
            }
            cut(reason.toString()); // a start may have come between the first cut and the lock
            fault = reason;
            change(next, reason.toString());
            run = current;
        }
        events.publish(new DeviceEvent.Faulted(System.nanoTime(), reason));
        if (run != null && !run.isDone()) {
            run.fail(new FusDeviceException(name, reason.toString()));
        }
    }

    void reset() {
        synchronized (lock) {
            require(!faults.crashed(), "reset");
            if (state != DeviceState.FAULTED && state != DeviceState.EMERGENCY_STOPPED) {
                require(state != DeviceState.CLOSED, "reset");
                return;
            }
            if (current != null && !current.isDone()) {
                throw new FusDeviceException(name, "reset: the run has not ended; wait for its end");
            }
            if (probe.isEmpty()) {
                throw new FusDeviceException(name, "reset: no probe is plugged in; plug one in");
            }
            if (electronics.temperatureC() > limits.probeTemperatureC()) {
                throw new FusDeviceException(
                        name,
                        "reset: the probe has " + electronics.temperatureC() + " degrees Celsius, at most "
                                + limits.probeTemperatureC() + " are allowed; let it cool down");
            }
            if (uploaded != null
                    && !probe.get().name().equals(uploaded.format().probe().name())) {
                uploaded = null;
            }
            change(uploaded == null ? DeviceState.CONNECTED : DeviceState.READY, "reset");
            fault = null;
        }
    }

    void stop() {
        BlockRun run;
        synchronized (lock) {
            run = current;
        }
        if (run != null) {
            run.stop();
            run.join();
        }
    }

    void close() {
        cut("closed");
        BlockRun run;
        synchronized (lock) {
            if (state != DeviceState.CLOSED) {
                change(DeviceState.CLOSED, "closed");
            }
            run = current;
            filler = null; // the echoes of the tissue are the largest thing here
            uploaded = null;
        }
        if (run != null) {
            run.stop();
            run.join();
        }
        clock.shutdownNow();
        triggers.close();
        events.close();
    }

    /** Nothing but the cut, for the last resort. */
    void highVoltageOff() {
        cut("the host is gone");
    }

    Flow.Publisher<DeviceEvent> events() {
        return events.events();
    }

    ScannerTriggers triggers() {
        return triggers;
    }

    InjectedFaults faults() {
        return faults;
    }

    /** Says where the probe is, from now on. */
    void follow(Supplier<Affine3> probeToLab) {
        mount = probeToLab;
    }

    // what the samples depend on

    @Override
    public Affine3 probeToLab() {
        return mount.get();
    }

    @Override
    public StimulusHistory stimulus() {
        return stimulus;
    }

    // what a run asks and tells

    @Override
    public void readyToFire(BlockRun run) throws InterruptedException {
        while (!run.isEnding() && !electronics.reading().settled()) {
            Thread.sleep(1);
        }
        Control control;
        synchronized (lock) {
            control = uploaded == null ? Control.IMMEDIATE : uploaded.program().control();
        }
        if (control.triggerIn().isPresent()) {
            triggers.await(control.triggerIn().get(), run::isEnding);
        }
        Thread.sleep(Math.round(control.timeOffsetS() * 1000));
        synchronized (lock) {
            if (!run.isEnding() && state == DeviceState.ARMED) {
                change(DeviceState.RUNNING, "fires");
            }
        }
        if (!run.isEnding()) {
            control.triggerOut().ifPresent(triggers::announce);
        }
    }

    @Override
    public void firingEnded() {
        cut("the run fires no more");
    }

    @Override
    public void lastBlock() {
        synchronized (lock) {
            if (state.mayFire()) {
                cut("the run fires no more");
                change(DeviceState.STOPPING, "the last block is on its way");
            }
        }
    }

    @Override
    public void ended(BlockRun run) {
        synchronized (lock) {
            if (state.mayFire() || state == DeviceState.STOPPING) {
                change(DeviceState.READY, "the run has ended");
            }
        }
    }

    @Override
    public long deviceTimeNs(long hostTimeNs) {
        return triggers.deviceTimeNs(hostTimeNs);
    }

    @Override
    public double lateS() {
        return faults.lateS();
    }

    @Override
    public double jitterS() {
        return behaviour.jitterS();
    }

    @Override
    public boolean takeForcedOverflow() {
        return faults.takeOverflow();
    }

    @Override
    public void blockLate(long block, double late) {
        events.publish(new DeviceEvent.BlockLate(System.nanoTime(), block, late));
    }

    @Override
    public void overflowed(long block, long lost) {
        events.publish(new DeviceEvent.Overflowed(System.nanoTime(), block, lost));
    }

    @Override
    public String name() {
        return name;
    }

    /** Another probe, or none, is at the connector. */
    void probeIs(Optional<Probe> now) {
        Optional<Probe> before;
        boolean firing;
        synchronized (lock) {
            before = probe;
            probe = now;
            firing = state.mayFire();
        }
        events.publish(new DeviceEvent.ProbeChanged(System.nanoTime(), PORT, now.map(Probe::name)));
        if (firing && now.isEmpty()) {
            trip(new DeviceFault(DeviceFault.Kind.PROBE_REMOVED, "the probe at connector " + PORT + " was pulled out"));
        } else if (firing && !now.map(Probe::name).equals(before.map(Probe::name))) {
            trip(new DeviceFault(
                    DeviceFault.Kind.PROBE_CHANGED,
                    "the probe at connector " + PORT + " is " + now.get() + ", expected "
                            + before.map(Probe::toString).orElse("none")));
        }
    }

    Electronics electronics() {
        return electronics;
    }
}
