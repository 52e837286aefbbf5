package org.fus.hardware.safety;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.fus.core.error.FusDeviceException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.motion.MotionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over a device and the stages around it, from {@link Builder#watch} to {@link #close}: heartbeat, voltage, probe,
 * temperature, motion, disk, and whether anybody looks. Whatever is wrong ends in one safe state: high voltage off, no firing,
 * the device {@link DeviceState#FAULTED} with the reason in its events, an entry in the audit log; the blocks so far are
 * delivered. Hosts set the output and start runs through the monitor. Thread-safe.
 */
public final class SafetyMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SafetyMonitor.class);

    /** Time between two looks at everything, milliseconds. */
    private static final long LOOK_MS = 50;

    /** How long a supply may take to follow a new target before its reading counts. */
    private static final double SETTLE_S = 1;

    private final UltrasoundDevice device;
    private final List<MotionStage> stages;
    private final SafetySettings settings;
    private final PressureModel pressure;
    private final Optional<LongSupplier> freeBytes;
    private final AuditLog audit;
    private final ScheduledExecutorService clock;

    private final Recorder recorder = new Recorder();

    private AcousticOutputSettings output;
    private UploadedProgram running;
    private volatile boolean motionAllowed;
    private volatile long lastTakenNs;
    private volatile long startedNs;
    private volatile long unsettledSinceNs;
    private volatile long lastHeartbeatNs;
    private volatile boolean closed;

    private SafetyMonitor(Builder b) {
        this.device = b.device;
        this.stages = List.copyOf(b.stages);
        this.settings = b.settings;
        this.pressure = b.pressure;
        this.freeBytes = b.freeBytes;
        this.audit = b.audit;
        this.output = b.initial;
        device.events().subscribe(recorder);
        clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fus-safety-", 0).factory());
        var _ = clock.scheduleAtFixedRate(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to set up a monitor.
     *
     * @param device the device to be watched
     * @return a builder
     */
    public static Builder of(UltrasoundDevice device) {
        return new Builder(device);
    }

    /**
     * The audit log.
     *
     * @return the log
     */
    public AuditLog audit() {
        return audit;
    }

    /**
     * The output settings in force.
     *
     * @return the settings
     */
    public synchronized AcousticOutputSettings output() {
        return output;
    }

    /**
     * Checks a program with the output settings in force, without changing anything.
     *
     * @param program the program
     * @param probe the probe it was made for
     * @return what may be done: refused, derated, or as it is
     */
    public Preflight preflight(AcquisitionProgram program, Probe probe) {
        return Preflight.check(device, program, probe, output(), pressure);
    }

    /**
     * Changes the output settings, and records old and new.
     *
     * @param wanted the settings
     * @param who the person
     * @param reason why
     * @throws IllegalArgumentException when the device cannot give that voltage; nothing is changed then
     */
    public synchronized void setOutput(AcousticOutputSettings wanted, String who, String reason) {
        Objects.requireNonNull(wanted, "wanted");
        AcousticOutputSettings before = output;
        device.setVoltage(wanted.voltageV());
        unsettledSinceNs = System.nanoTime();
        output = wanted;
        record(who, "acoustic output", before.toString(), wanted.toString(), reason);
    }

    /**
     * Checks, sets the voltage, and starts the program that was uploaded.
     *
     * @param program what the device holds
     * @param options ring and overflow
     * @param receiver takes the blocks
     * @return the run
     * @throws FusDeviceException when a check refuses the run, naming all problems
     */
    public Acquisition start(UploadedProgram program, RunOptions options, BlockReceiver receiver) {
        return start(program, options, receiver, false);
    }

    /**
     * The same for a program during which the stages may move, such as a continuous sweep.
     *
     * @param program what the device holds
     * @param options ring and overflow
     * @param receiver takes the blocks
     * @return the run
     * @throws FusDeviceException when a check refuses the run, naming all problems
     */
    public Acquisition startWhileMoving(UploadedProgram program, RunOptions options, BlockReceiver receiver) {
        return start(program, options, receiver, true);
    }

    private synchronized Acquisition start(
            UploadedProgram program, RunOptions options, BlockReceiver receiver, boolean moving) {
        Preflight preflight = preflight(program.program(), program.format().probe());
        List<String> problems = new ArrayList<>(preflight.refused());
        if (closed) {
            problems.add("the safety monitor is closed");
        }
        if (!moving && stages.stream().anyMatch(s -> s.status().state().inMotion())) {
            problems.add("motion: a stage is moving; wait until it has settled");
        }
        freeBytes().filter(free -> free < settings.diskReserveBytes()).ifPresent(free -> problems.add(lowDisk(free)));
        if (!problems.isEmpty()) {
            String all = String.join("; ", problems);
            record("safety monitor", "start refused", "", "", all);
            throw new FusDeviceException(device.info().name(), "start refused: " + all);
        }
        for (String line : preflight.derated()) {
            record(
                    "safety monitor",
                    "derated",
                    output.toString(),
                    preflight.settings().toString(),
                    line);
        }
        device.setVoltage(preflight.settings().voltageV());
        output = preflight.settings();
        running = program;
        motionAllowed = moving;
        long now = System.nanoTime();
        startedNs = now;
        lastTakenNs = now;
        unsettledSinceNs = now;
        beat();
        Acquisition run = device.start(program, options, block -> {
            receiver.accept(block);
            lastTakenNs = System.nanoTime();
        });
        record("safety monitor", "started", "", output.toString(), "estimates: " + preflight.output());
        return run;
    }

    /**
     * Stops everything at once, from any thread: high voltage first, then the axes. Waits for the command to the device to be
     * given, for nothing else.
     *
     * @param who the person or part
     * @param reason why
     */
    public void emergencyStop(String who, String reason) {
        device.emergencyStop();
        for (MotionStage stage : stages) {
            // each on its own, so that a line that hangs keeps nobody waiting
            Thread.ofVirtual().name("fus-emergency-stop").start(stage::emergencyStop);
        }
        Thread.ofVirtual().name("fus-audit").start(() -> record(who, "emergency stop", "", "", reason));
    }

    /**
     * A stage that refuses to move during an acquisition that does not allow it.
     *
     * @param stage one of the stages of this monitor
     * @return the stage to be given to the rest of the host
     */
    public MotionStage guard(MotionStage stage) {
        return new GuardedStage(stage, () -> device.state().mayFire() && !motionAllowed);
    }

    // the watch

    private void look() {
        try {
            if (System.nanoTime() - lastHeartbeatNs > settings.heartbeatS() * 1e9) {
                beat();
            }
            DeviceState state = device.state();
            if (!state.mayFire()) {
                return;
            }
            lookAtVoltage();
            lookAtProbe();
            lookAtMotion();
            lookAtConsumer();
            freeBytes()
                    .filter(free -> free < settings.diskReserveBytes())
                    .ifPresent(free -> trip(DeviceFault.Kind.DISK, lowDisk(free)));
        } catch (FusDeviceException e) {
            trip(DeviceFault.Kind.CRASHED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (closed) {
                return; // interrupted in the middle of a question to the device
            }
            // what cannot be watched must not fire
            LOG.error("the safety monitor failed", e);
            trip(DeviceFault.Kind.CRASHED, "the safety monitor failed: " + e);
        }
    }

    private void beat() {
        if (device.state() != DeviceState.FAULTED && device.state() != DeviceState.CLOSED) {
            device.heartbeat();
            lastHeartbeatNs = System.nanoTime();
        }
    }

    private void lookAtVoltage() {
        HighVoltageReading reading = device.highVoltage();
        if (!reading.settled() && (System.nanoTime() - unsettledSinceNs) * 1e-9 < SETTLE_S) {
            return;
        }
        double expected = reading.on() ? reading.targetV() : 0;
        double allowed = Math.max(settings.voltageToleranceV(), settings.voltageToleranceFraction() * expected);
        if (Math.abs(reading.measuredV() - expected) > allowed && device.state().mayFire()) {
            trip(
                    DeviceFault.Kind.HIGH_VOLTAGE,
                    String.format(
                            Locale.ROOT,
                            "the supply measures %.1f V, expected %.1f V within %.1f V",
                            reading.measuredV(),
                            expected,
                            allowed));
        }
    }

    private void lookAtProbe() {
        UploadedProgram program;
        synchronized (this) {
            program = running;
        }
        Optional<Probe> plugged =
                device.probes().stream().flatMap(p -> p.probe().stream()).findFirst();
        if (plugged.isEmpty()) {
            trip(DeviceFault.Kind.PROBE_REMOVED, "no probe is plugged in");
        } else if (program != null
                && !plugged.get().name().equals(program.format().probe().name())) {
            trip(
                    DeviceFault.Kind.PROBE_CHANGED,
                    "plugged in is " + plugged.get() + ", expected "
                            + program.format().probe());
        }
        double most = device.limits().probeTemperatureC();
        device.probes().stream()
                .filter(port -> port.temperatureC() > most)
                .forEach(port -> trip(
                        DeviceFault.Kind.TEMPERATURE,
                        "the probe has " + port.temperatureC() + " degrees Celsius, at most " + most + " are allowed"));
    }

    private void lookAtMotion() {
        if (motionAllowed) {
            return;
        }
        for (MotionStage stage : stages) {
            if (stage.status().state().inMotion()) {
                trip(DeviceFault.Kind.MOTION, "stage " + stage.identity() + " moves during an acquisition");
                stage.stop();
            }
        }
    }

    private void lookAtConsumer() {
        long now = System.nanoTime();
        double idleS = (now - lastTakenNs) * 1e-9;
        double onS = (now - startedNs) * 1e-9;
        if (device.state() == DeviceState.RUNNING && idleS > settings.freezeS()) {
            trip(
                    DeviceFault.Kind.FREEZE,
                    String.format(
                            Locale.ROOT,
                            "nobody took a block for %.1f s, at most %.1f s are allowed",
                            idleS,
                            settings.freezeS()));
        } else if (onS > settings.maximumOnS()) {
            trip(
                    DeviceFault.Kind.FREEZE,
                    String.format(
                            Locale.ROOT,
                            "the run lasts %.1f s, at most %.1f s are allowed",
                            onS,
                            settings.maximumOnS()));
        }
    }

    private Optional<Long> freeBytes() {
        return freeBytes.map(LongSupplier::getAsLong);
    }

    private static long usableBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            LOG.warn("{}: the free space is not known", folder, e);
            return 0; // what cannot be asked is taken as full
        }
    }

    private String lowDisk(long free) {
        return "disk: " + (free >> 20) + " MiB are free, at least " + (settings.diskReserveBytes() >> 20)
                + " MiB are needed; free some space";
    }

    private void trip(DeviceFault.Kind kind, String message) {
        device.trip(new DeviceFault(kind, message));
    }

    private void record(String who, String what, String oldValue, String newValue, String reason) {
        audit.add(new AuditEntry(Instant.now(), who, what, oldValue, newValue, reason));
    }

    /** Device events that belong into the audit log. */
    private final class Recorder implements Flow.Subscriber<DeviceEvent> {
        private volatile Flow.Subscription subscription;
        private volatile DeviceState lastState;

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(Long.MAX_VALUE);
        }

        /** Waits for events that are on their way, half a second at most, and takes no more. */
        void end() {
            long until = System.nanoTime() + 500_000_000;
            while (lastState != null && lastState != device.state() && System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            }
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onNext(DeviceEvent event) {
            String who = device.info().name();
            if (event instanceof DeviceEvent.StateChanged changed) {
                lastState = changed.to();
            }
            switch (event) {
                case DeviceEvent.Faulted f ->
                    record(who, "fault", "", f.fault().kind().name(), f.fault().message());
                case DeviceEvent.StateChanged s -> record(who, "state", s.from().name(), s.to().name(), s.reason());
                case DeviceEvent.HighVoltageChanged v ->
                    record(who, "high voltage", "", v.targetV() + " V", v.reason());
                case DeviceEvent.ProbeChanged p ->
                    record(who, "probe at " + p.port(), "", p.probe().orElse("none"), "plugged or pulled");
                case DeviceEvent.Overflowed o ->
                    record(who, "overflow", "", "block " + o.block(), o.lost() + " blocks lost in this run");
                case DeviceEvent.BlockLate l ->
                    record(who, "late block", "", "block " + l.block(), l.lateS() + " s late");
                case DeviceEvent.Warning w -> record(who, "warning", "", "", w.message());
            }
        }

        @Override
        public void onError(Throwable problem) {
            LOG.error("the audit log missed events of the device", problem);
        }

        @Override
        public void onComplete() {
            // the device is closed
        }
    }

    /** Cuts the high voltage by ending the run, and ends the watch. Device and stages stay open; closing again is harmless. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            device.stop();
            clock.shutdownNow();
            recorder.end();
            record("safety monitor", "closed", "", "", "nobody watches the device any more");
        }
    }

    /** Collects what a {@link SafetyMonitor} watches. Not thread-safe. */
    public static final class Builder {
        private final UltrasoundDevice device;
        private final List<MotionStage> stages = new ArrayList<>();
        private SafetySettings settings = SafetySettings.DEFAULT;
        private PressureModel pressure = PressureModel.UNCALIBRATED;
        private Optional<LongSupplier> freeBytes = Optional.empty();
        private AuditLog audit = AuditLog.inMemory();
        private AcousticOutputSettings initial;

        private Builder(UltrasoundDevice device) {
            this.device = Objects.requireNonNull(device, "device");
            double volts = device.highVoltage().targetV();
            this.initial = new AcousticOutputSettings(
                    volts,
                    Math.max(volts, AcousticOutputSettings.DEFAULT.voltageCapV()),
                    AcousticOutputSettings.DEFAULT.pulseCycles(),
                    AcousticOutputSettings.DEFAULT.dutyCycleCap());
        }

        /**
         * Adds a stage.
         *
         * @param stage stopped with the device, and must not move while it fires
         * @return this builder
         */
        public Builder stage(MotionStage stage) {
            stages.add(Objects.requireNonNull(stage, "stage"));
            return this;
        }

        /**
         * Sets what is watched for. Default: {@link SafetySettings#DEFAULT}.
         *
         * @param newSettings times and tolerances
         * @return this builder
         */
        public Builder settings(SafetySettings newSettings) {
            this.settings = Objects.requireNonNull(newSettings, "settings");
            return this;
        }

        /**
         * Sets the pressure of the probe. Default: {@link PressureModel#UNCALIBRATED}.
         *
         * @param model pressure per volt
         * @return this builder
         */
        public Builder pressure(PressureModel model) {
            this.pressure = Objects.requireNonNull(model, "pressure");
            return this;
        }

        /**
         * Watches the space where the recording goes. Default: no disk is watched.
         *
         * @param folder a folder on that disk
         * @return this builder
         */
        public Builder disk(Path folder) {
            return freeBytes(() -> usableBytes(folder));
        }

        /**
         * Watches the space of a store that is no folder. Default: none is watched.
         *
         * @param free bytes that are left; asked every 50 ms, so it must answer at once
         * @return this builder
         */
        public Builder freeBytes(LongSupplier free) {
            this.freeBytes = Optional.of(free);
            return this;
        }

        /**
         * Sets the audit log. Default: one in memory.
         *
         * @param log the log; the caller closes it
         * @return this builder
         */
        public Builder audit(AuditLog log) {
            this.audit = Objects.requireNonNull(log, "audit");
            return this;
        }

        /**
         * Starts to watch.
         *
         * @return the monitor; close it before the device
         */
        public SafetyMonitor watch() {
            return new SafetyMonitor(this);
        }
    }
}
