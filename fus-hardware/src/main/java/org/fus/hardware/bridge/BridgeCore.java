package org.fus.hardware.bridge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceInfo;
import org.fus.hardware.DeviceLimits;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.ProbePort;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.EventQueue;
import org.fus.hardware.internal.OutOfTurn;

/**
 * The host's side of a bridge, which does not know its {@link BridgeDevice}, so that a lost device can be switched off. The
 * state is the host's view: what the scanner has sent but nobody has taken yet still belongs to the run.
 */
final class BridgeCore implements BridgeRun.Device {
    private static final Duration QUICK = Duration.ofSeconds(2);

    /** Programs may take long to load: phantoms, tables of delays, slow lines. */
    private static final Duration SLOW = Duration.ofSeconds(60);

    private static final long TICK_MS = 50;
    private static final long PING_MS = 500;

    /** A scanner replies to pings; four in a row are lost for another reason than load. */
    private static final long SILENCE_MS = 2000;

    private static final long MESSAGE_MS = 5000;
    private static final long RUN_END_MS = 10_000;

    private final BridgeLink link;
    private final PendingCalls calls;
    private final ProgramCalls programs = new ProgramCalls(this::slowCall);
    private final boolean sharedMemory;
    private final ThreadFactory threads;
    private final DeviceInfo info;
    private final DeviceLimits limits;
    private final EventQueue<DeviceEvent> events = new EventQueue<>();
    private final Thread reading;
    private final ScheduledExecutorService clock;

    private final Object lock = new Object();
    private final List<ProbePort> ports;
    private DeviceState state = DeviceState.CONNECTED;
    private DeviceFault fault;
    private UploadedProgram uploaded;
    private BridgeRun current;
    private int runs;
    private boolean lost;
    private boolean byeSaid;

    private volatile boolean guarded;
    private volatile int slowCalls;
    private long pingedNs;

    BridgeCore(BridgeLink link, boolean sharedMemory, ThreadFactory threads) {
        this.link = link;
        this.calls = new PendingCalls(link);
        this.sharedMemory = sharedMemory;
        this.threads = threads;
        this.reading = threads.newThread(this::read);
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fus-bridge-watch-", 0).factory());
        reading.start();
        try {
            WireReader hello = calls.call(
                    link.name(),
                    MessageType.HELLO,
                    new WireWriter().u32(BridgeServer.MAGIC).u16(BridgeServer.VERSION),
                    QUICK,
                    () -> false);
            int version = hello.u16();
            if (version != BridgeServer.VERSION) {
                throw hello.fault("the scanner speaks version " + version + ", expected " + BridgeServer.VERSION);
            }
            info = DeviceCodec.readInfo(hello);
            limits = DeviceCodec.readLimits(hello);
            ports = new ArrayList<>(hello.list(hello.u32(), 11, DeviceCodec::readPort));
            if (hello.flag()) {
                fault = DeviceCodec.readFault(hello);
                state = latchedBy(fault);
            }
            hello.end();
        } catch (RuntimeException e) {
            clock.shutdownNow();
            link.close();
            throw e;
        }
        var _ = clock.scheduleAtFixedRate(this::watch, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private static DeviceState latchedBy(DeviceFault reason) {
        return reason.kind() == DeviceFault.Kind.EMERGENCY_STOP ? DeviceState.EMERGENCY_STOPPED : DeviceState.FAULTED;
    }

    // what the scanner says

    private void read() {
        try {
            while (true) {
                BridgeLink.Incoming in = link.read();
                if (in.isReply()) {
                    calls.reply(in);
                } else {
                    said(in.type(), in.body());
                }
            }
        } catch (IOException e) {
            lost(Objects.requireNonNullElse(e.getMessage(), "the connection has ended"), e);
        } catch (FusException e) {
            lost(e.getMessage().replace(link.name() + ": ", ""), e);
        } catch (RuntimeException e) { // whatever a scanner may say must not end this thread unnoticed
            lost(e.toString(), e);
        }
    }

    private void said(MessageType type, WireReader in) {
        long now = System.nanoTime();
        switch (type) {
            case FIRING -> fires();
            case VOLTAGE -> events.publish(new DeviceEvent.HighVoltageChanged(now, in.f64(), in.text()));
            case OVERFLOW -> {
                var overflowed = new DeviceEvent.Overflowed(now, in.i64(), in.i64());
                run().ifPresent(r -> r.lost(overflowed.lost()));
                events.publish(overflowed);
            }
            case LATE -> events.publish(new DeviceEvent.BlockLate(now, in.i64(), in.f64()));
            case PROBE -> probeChanged(in);
            case FAULT -> latch(DeviceCodec.readFault(in));
            case WARNING -> events.publish(new DeviceEvent.Warning(now, in.text()));
            case BLOCK_PART -> {
                fires();
                run().ifPresent(r -> r.part(in));
            }
            case BLOCK -> {
                fires();
                run().ifPresent(r -> r.block(in));
            }
            case RUN_ENDED -> {
                String failure = in.text();
                long blocksLost = in.i64();
                List<String> warnings = in.list(in.u32(), 2, WireReader::text);
                run().ifPresent(r -> r.deviceEnded(failure, info.name(), blocksLost, warnings));
            }
            default -> throw in.fault("it is the host's to send");
        }
    }

    private Optional<BridgeRun> run() {
        synchronized (lock) {
            return Optional.ofNullable(current);
        }
    }

    private void fires() {
        synchronized (lock) {
            if (state == DeviceState.ARMED) {
                change(DeviceState.RUNNING, "fires");
            }
        }
    }

    private void probeChanged(WireReader in) {
        int port = in.u32();
        ProbePort now = DeviceCodec.readPort(in);
        synchronized (lock) {
            if (port >= ports.size()) {
                throw in.fault("connector " + port + " of " + ports.size());
            }
            ports.set(port, now);
        }
        events.publish(new DeviceEvent.ProbeChanged(
                System.nanoTime(), now.name(), now.probe().map(Probe::name)));
    }

    private void latch(DeviceFault reason) {
        DeviceState next = latchedBy(reason);
        BridgeRun run;
        synchronized (lock) {
            if (state == DeviceState.CLOSED
                    || state == DeviceState.EMERGENCY_STOPPED
                    || (state == DeviceState.FAULTED && next == DeviceState.FAULTED)) {
                return;
            }
            fault = reason;
            change(next, reason.toString());
            run = current;
        }
        events.publish(new DeviceEvent.Faulted(System.nanoTime(), reason));
        if (run != null && !run.isDone()) {
            run.faulted(new FusDeviceException(name(), reason.toString()));
        }
    }

    private void lost(String why, Throwable cause) {
        BridgeRun run;
        boolean expected;
        synchronized (lock) {
            lost = true;
            expected = byeSaid;
            run = current;
        }
        link.close();
        calls.lost(new FusDeviceException(link.name(), why + "; close the device and open it again", cause));
        if (!expected) {
            latch(new DeviceFault(
                    DeviceFault.Kind.CRASHED,
                    "the scanner at " + link.name() + " is lost: " + why + "; close the device and open it again"));
        }
        if (run != null) {
            run.over();
        }
    }

    private String name() {
        return info == null ? link.name() : info.name();
    }

    // what the host watches, every 50 ms

    private void watch() {
        long now = System.nanoTime();
        String trouble = link.troubleAfter(slowCalls > 0 ? SLOW.toMillis() : SILENCE_MS, MESSAGE_MS);
        if (trouble == null && run().map(r -> r.isOverdue(RUN_END_MS)).orElse(false)) {
            trouble = "has not ended its run within " + RUN_END_MS + " ms";
        }
        if (trouble != null) {
            lost(trouble, null);
            clock.shutdown();
            return;
        }
        boolean beat = !guarded && state().mayFire();
        if (beat) {
            link.post(BridgeMessage.of(MessageType.HEARTBEAT));
        }
        if ((now - pingedNs) / 1_000_000 >= PING_MS) {
            pingedNs = now;
            link.post(new BridgeMessage(MessageType.PING, 0, Integer.MAX_VALUE, new WireWriter()));
        }
    }

    // state

    DeviceInfo info() {
        return info;
    }

    DeviceLimits limits() {
        return limits;
    }

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

    private void require(boolean allowed, String what) {
        if (lost && state != DeviceState.CLOSED) {
            throw OutOfTurn.noAnswer(name(), what);
        }
        if (!allowed) {
            throw OutOfTurn.of(name(), what, state, fault);
        }
    }

    private void requireOpen(String what) {
        synchronized (lock) {
            require(state != DeviceState.CLOSED, what);
        }
    }

    private WireReader call(MessageType type, WireWriter body) {
        return calls.call(name(), type, body, QUICK, () -> slowCalls > 0);
    }

    private WireReader slowCall(MessageType type, WireWriter body) {
        synchronized (lock) {
            slowCalls++;
        }
        try {
            return calls.call(name(), type, body, SLOW, () -> false);
        } finally {
            synchronized (lock) {
                slowCalls--;
            }
        }
    }

    // commands

    /** As they are now; as they were last, when the scanner does not answer. */
    List<ProbePort> probes() {
        List<Double> celsius = List.of();
        if (isAnswering()) {
            try {
                WireReader status = status();
                HighVoltageReading _ = reading(status);
                celsius = status.f64s(status.u32());
            } catch (FusDeviceException e) {
                celsius = List.of(); // probes() tells in every state; who asks for the voltage is told why
            }
        }
        synchronized (lock) {
            for (int i = 0; i < Math.min(ports.size(), celsius.size()); i++) {
                ProbePort port = ports.get(i);
                ports.set(i, new ProbePort(port.name(), port.probe(), celsius.get(i)));
            }
            return List.copyOf(ports);
        }
    }

    private boolean isAnswering() {
        synchronized (lock) {
            return !lost && state != DeviceState.CLOSED;
        }
    }

    private Optional<Probe> probe() {
        synchronized (lock) {
            return ports.stream().flatMap(p -> p.probe().stream()).findFirst();
        }
    }

    AcquisitionProgram defaultProgram() {
        requireOpen("defaultProgram");
        return programs.usual();
    }

    List<String> validate(AcquisitionProgram program, Probe forProbe) {
        requireOpen("validate");
        Optional<Probe> connected = probe();
        if (connected.isEmpty()) {
            return List.of("probe: the program is for " + forProbe + ", but none is plugged in");
        }
        return programs.problems(limits, program, forProbe, connected.get());
    }

    UploadedProgram upload(AcquisitionProgram program, Probe forProbe) {
        List<String> problems = validate(program, forProbe);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(name() + " cannot run this program: " + String.join("; ", problems));
        }
        requireNotBusy();
        ChannelFormat format = programs.load(program, forProbe, this::probe);
        synchronized (lock) {
            requireNotBusy();
            uploaded = new UploadedProgram(program, format);
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
        Path file = null;
        BridgeRun run;
        int number;
        synchronized (lock) {
            require(state == DeviceState.READY, "start");
            if (!program.equals(uploaded)) {
                throw new FusDeviceException(
                        name(), "start: this is not the program that was uploaded last; upload it first");
            }
            long slotBytes = SharedRing.slotBytes(program.blockBytes());
            Arena arena = Arena.ofShared();
            try {
                MemorySegment mapped = null;
                if (sharedMemory) {
                    long bytes = Math.multiplyExact(slotBytes, options.ringBlocks());
                    file = SharedRing.create(bytes);
                    mapped = SharedRing.map(file, bytes, arena);
                }
                run = new BridgeRun(this, ++runs, program, options, receiver, threads, arena, mapped);
            } catch (IOException e) {
                arena.close();
                SharedRing.delete(file);
                throw new FusDeviceException(name(), "start: " + e.getMessage(), e);
            }
            current = run;
            number = runs;
            change(DeviceState.ARMED, "started");
        }
        run.begin();
        try {
            WireWriter body = new WireWriter()
                    .u32(number)
                    .u32(options.ringBlocks())
                    .oneOf(Choices.OVERFLOW, options.overflow())
                    .i64(SharedRing.slotBytes(program.blockBytes()))
                    .text(file == null ? "" : file.toString());
            call(MessageType.START, body).end();
        } catch (RuntimeException e) {
            link.post(BridgeMessage.of(MessageType.STOP)); // it may have started all the same
            run.faulted(e);
            run.over();
            run.join();
            throw e;
        } finally {
            if (file != null) {
                SharedRing.delete(file); // both ends have mapped it
            }
        }
        return run;
    }

    void setVoltage(double volts) {
        if (!(volts >= 0) || volts > limits.voltageV()) {
            throw new IllegalArgumentException(
                    name() + ": high voltage of " + volts + " V, expected 0 to " + limits.voltageV() + " V");
        }
        requireOpen("setVoltage");
        call(MessageType.SET_VOLTAGE, new WireWriter().f64(volts)).end();
    }

    HighVoltageReading highVoltage() {
        requireOpen("highVoltage");
        return reading(status());
    }

    private WireReader status() {
        return call(MessageType.STATUS, new WireWriter());
    }

    private static HighVoltageReading reading(WireReader in) {
        return new HighVoltageReading(in.flag(), in.f64(), in.f64(), in.flag(), System.nanoTime());
    }

    void heartbeat() {
        requireOpen("heartbeat");
        guarded = true;
        call(MessageType.HEARTBEAT, new WireWriter()).end();
    }

    void trip(DeviceFault reason) {
        WireWriter body = new WireWriter();
        DeviceCodec.fault(body, reason);
        link.post(BridgeMessage.of(MessageType.TRIP, body));
        latch(reason);
    }

    void emergencyStop() {
        link.post(BridgeMessage.of(MessageType.EMERGENCY_STOP)); // before any lock
        latch(new DeviceFault(DeviceFault.Kind.EMERGENCY_STOP, "somebody called for an emergency stop"));
    }

    void reset() {
        synchronized (lock) {
            require(!lost, "reset");
            if (state != DeviceState.FAULTED && state != DeviceState.EMERGENCY_STOPPED) {
                require(state != DeviceState.CLOSED, "reset");
                return;
            }
            if (current != null && !current.isDone()) {
                throw new FusDeviceException(name(), "reset: the run has not ended; wait for its end");
            }
        }
        boolean kept = call(MessageType.RESET, new WireWriter()).flag();
        synchronized (lock) {
            if (state != DeviceState.CLOSED) {
                uploaded = kept ? uploaded : null;
                change(uploaded == null ? DeviceState.CONNECTED : DeviceState.READY, "reset");
                fault = null;
            }
        }
    }

    void stop() {
        run().ifPresent(r -> {
            r.stop();
            r.join();
        });
    }

    void close() {
        BridgeRun run;
        synchronized (lock) {
            if (state != DeviceState.CLOSED) {
                change(DeviceState.CLOSED, "closed");
            }
            byeSaid = true;
            run = current;
            uploaded = null;
        }
        link.post(BridgeMessage.of(MessageType.BYE)); // cuts the high voltage; the scanner then ends the connection
        if (run != null) {
            run.stop();
        }
        waitForTheEnd();
        link.close();
        if (run != null) {
            run.join();
        }
        clock.shutdownNow();
        events.close();
    }

    private void waitForTheEnd() {
        try {
            reading.join(RUN_END_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // then at once: the end of the connection cuts the voltage too
        }
    }

    /** Nothing but the cut, for the last resort. */
    void highVoltageOff() {
        link.post(BridgeMessage.of(MessageType.EMERGENCY_STOP));
    }

    Flow.Publisher<DeviceEvent> events() {
        return events.events();
    }

    // what a run asks and tells

    @Override
    public void askToStop() {
        link.post(BridgeMessage.of(MessageType.STOP));
    }

    @Override
    public void released(int run, int slot) {
        link.post(
                BridgeMessage.of(MessageType.RELEASE, new WireWriter().u32(run).u32(slot)));
    }

    @Override
    public void lastBlock() {
        synchronized (lock) {
            if (state.mayFire()) {
                change(DeviceState.STOPPING, "the last block is on its way");
            }
        }
    }

    @Override
    public void ended() {
        synchronized (lock) {
            if (state.mayFire() || state == DeviceState.STOPPING) {
                change(DeviceState.READY, "the run has ended");
            }
        }
    }
}
