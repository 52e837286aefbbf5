package org.fus.hardware.bridge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockContent;
import org.fus.hardware.DeviceEvent;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceState;
import org.fus.hardware.HighVoltageReading;
import org.fus.hardware.ProbePort;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host, from its first message until its run has ended. */
final class BridgeSession implements Flow.Subscriber<DeviceEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(BridgeSession.class);

    /** How long the events of a device may be behind its state. */
    private static final long EVENTS_MS = 2000;

    private static final long RUN_END_MS = 10_000;
    private static final int MAX_SLOTS = 4096;
    private static final int MAX_LOADS = 8;

    private final UltrasoundDevice device;
    private final BridgeLink link;
    private final ScannerLog log;
    private final boolean sameMachine;
    private final Object told = new Object();
    private Flow.Subscription subscription;
    private boolean faultTold;
    private boolean resetSeen;
    private volatile UploadedProgram uploaded;
    private final AtomicInteger loads = new AtomicInteger();
    private Thread loading;
    private SentBlocks blocks;
    private Acquisition run;
    private int runNumber;
    private Thread ending;
    private volatile boolean leaving;

    BridgeSession(UltrasoundDevice device, BridgeLink link, ScannerLog log, boolean sameMachine) {
        this.device = device;
        this.link = link;
        this.log = log;
        this.sameMachine = sameMachine;
    }

    /** Serves until the host is gone and what it started has ended. */
    void serve() {
        log.note(System.nanoTime(), "host came", link.name());
        String why = "said goodbye";
        try {
            hello(link.read());
            device.events().subscribe(this);
            while (true) {
                BridgeLink.Incoming in = link.read();
                if (in.type() == MessageType.BYE) {
                    break;
                }
                handle(in);
            }
            goodbye();
        } catch (IOException | ProtocolFault e) {
            why = e.getMessage();
            vanished(why);
        } finally {
            log.note(System.nanoTime(), "host gone", why);
            endRun();
            join(loading);
            if (subscription != null) {
                subscription.cancel();
            }
            link.close();
        }
    }

    private void hello(BridgeLink.Incoming in) throws IOException {
        if (in.type() != MessageType.HELLO) {
            throw in.body().fault("it comes before HELLO");
        }
        int magic = in.body().u32();
        int version = in.body().u16();
        if (magic != BridgeServer.MAGIC) {
            throw in.body().fault("it does not begin with FUSB");
        }
        if (version != BridgeServer.VERSION) {
            String problem = "the host speaks version " + version + " of the bridge, the scanner "
                    + BridgeServer.VERSION + "; use the same version at both ends";
            link.send(BridgeMessage.refusal(in.type(), in.request(), problem));
            throw in.body().fault(problem);
        }
        WireWriter out = new WireWriter().u16(BridgeServer.VERSION);
        DeviceCodec.info(out, device.info());
        DeviceCodec.limits(out, device.limits());
        out.list(device.probes(), DeviceCodec::port);
        DeviceState state = device.state();
        boolean latched = state == DeviceState.FAULTED || state == DeviceState.EMERGENCY_STOPPED;
        out.flag(latched);
        if (latched) {
            boolean emergency = state == DeviceState.EMERGENCY_STOPPED;
            DeviceCodec.fault(
                    out,
                    new DeviceFault(
                            emergency ? DeviceFault.Kind.EMERGENCY_STOP : DeviceFault.Kind.HEARTBEAT_LOST,
                            "latched before this host came; remove the cause and reset"));
        }
        link.send(BridgeMessage.reply(in.type(), in.request(), out));
    }

    /** Answers a message; one that may take seconds on a thread of its own, so that the host is heard meanwhile. */
    private void handle(BridgeLink.Incoming in) throws IOException {
        switch (in.type()) {
            case DEFAULT_PROGRAM, VALIDATE, UPLOAD -> {
                if (loads.incrementAndGet() > MAX_LOADS) {
                    throw in.body().fault("more than " + MAX_LOADS + " of its kind wait for their replies");
                }
                WireReader body = in.body().copy();
                Thread before = loading;
                loading = Thread.ofPlatform().daemon().name("fus-bridge-load").start(() -> {
                    join(before); // replies come in order
                    try {
                        handle(in.type(), in.request(), body);
                    } catch (IOException | ProtocolFault e) {
                        LOG.debug("{}: {}", link.name(), e.getMessage());
                        link.close(); // the reader ends the session
                    } finally {
                        loads.decrementAndGet();
                    }
                });
            }
            default -> handle(in.type(), in.request(), in.body());
        }
    }

    private void handle(MessageType type, int request, WireReader body) throws IOException {
        WireWriter reply;
        try {
            reply = answer(type, body);
        } catch (ProtocolFault e) {
            throw e;
        } catch (RuntimeException e) { // what the device has against it goes to the host
            String why = String.valueOf(e.getMessage()).replace(device.info().name() + ": ", "");
            if (request == 0) {
                LOG.debug("{}: {} failed: {}", link.name(), type, why);
            } else {
                link.send(BridgeMessage.refusal(type, request, why));
            }
            return;
        }
        if (request != 0) {
            link.send(BridgeMessage.reply(type, request, reply));
        }
    }

    private WireWriter answer(MessageType type, WireReader in) {
        WireWriter out = new WireWriter();
        if (type != MessageType.PING && type != MessageType.STATUS && type != MessageType.RELEASE) {
            log.note(System.nanoTime(), type.toString(), "");
        }
        switch (type) {
            case PING -> in.end();
            case STATUS -> status(out);
            case DEFAULT_PROGRAM -> ProgramCodec.write(out, device.defaultProgram());
            case VALIDATE -> {
                AcquisitionProgram program = ProgramCodec.read(in);
                out.list(device.validate(program, probe(in)), WireWriter::text);
            }
            case UPLOAD -> {
                AcquisitionProgram program = ProgramCodec.read(in);
                uploaded = rawSamples(device.upload(program, probe(in)));
                var sequence = uploaded.format().sequence();
                out.f64(sequence.centerFrequencyHz()).f64(sequence.pulseRepetitionFrequencyHz());
                ProgramCodec.samples(out, uploaded.format().samples());
            }
            case START -> start(in);
            case STOP -> run().ifPresent(Acquisition::stop);
            case SET_VOLTAGE -> device.setVoltage(in.f64());
            case HEARTBEAT -> device.heartbeat();
            case TRIP -> device.trip(DeviceCodec.readFault(in));
            case EMERGENCY_STOP -> device.emergencyStop();
            case RESET -> out.flag(reset());
            case RELEASE -> {
                int ofRun = in.u32();
                int slot = in.u32();
                if (ofRun == runNumber && !blocks.release(slot)) {
                    throw in.fault("slot " + slot + " is released, but the host does not have it");
                }
            }
            default -> throw in.fault("it is not the host's to send now");
        }
        return out;
    }

    private void status(WireWriter out) {
        HighVoltageReading v = device.highVoltage();
        out.flag(v.on()).f64(v.targetV()).f64(v.measuredV()).flag(v.settled());
        out.list(device.probes(), (o, port) -> o.f64(port.temperatureC()));
    }

    /** The probe that a program is for: the one that is plugged in, when it has that name. */
    private Probe probe(WireReader in) {
        Probe asked = DeviceCodec.readProbe(in);
        return device.probes().stream()
                .flatMap(p -> p.probe().stream())
                .filter(p -> p.name().equals(asked.name()))
                .findFirst()
                .orElse(asked);
    }

    private static UploadedProgram rawSamples(UploadedProgram program) {
        if (program.content() instanceof BlockContent.Rf) {
            return program;
        }
        throw new FusUnsupportedException(
                "the device gives images; a bridge carries raw samples (expected a device that gives those)");
    }

    private void start(WireReader in) {
        int number = in.u32();
        int slots = in.u32();
        RunOptions.Overflow overflow = in.oneOf(Choices.OVERFLOW);
        long slotBytes = in.i64();
        String file = in.text();
        in.end();
        if (number < 1) {
            throw in.fault("run " + number + ", expected 1 or more");
        }
        if (uploaded == null) {
            throw new FusDeviceException(device.info().name(), "start: upload a program first");
        }
        if (slots < 2 || slots > MAX_SLOTS || slotBytes < uploaded.blockBytes()) {
            throw new FusDeviceException(
                    device.info().name(),
                    "start: a ring of " + slots + " slots of " + slotBytes + " bytes, expected 2 to " + MAX_SLOTS
                            + " slots of at least " + uploaded.blockBytes() + " bytes");
        }
        endRun(); // the one before has been told to the host, but its thread may still be leaving
        synchronized (told) {
            faultTold = false;
        }
        SentBlocks sent = new SentBlocks(link, slots, slotBytes, mapping(file, slots, slotBytes));
        try {
            device.heartbeat(); // the watchdog runs from here on, whatever becomes of the host
            run = device.start(uploaded, new RunOptions(slots, overflow), sent::take);
        } catch (RuntimeException e) {
            sent.close();
            throw e;
        }
        blocks = sent;
        runNumber = number;
        ending = Thread.ofPlatform().daemon().name("fus-bridge-run").start(() -> tellTheEnd(run, sent));
    }

    private SentBlocks.Mapping mapping(String file, int slots, long slotBytes) {
        if (file.isEmpty()) {
            return null;
        }
        if (!sameMachine) {
            throw new FusDeviceException(
                    device.info().name(),
                    "start: shared memory needs host and scanner on one machine, and the loopback address;"
                            + " use blocks=tcp");
        }
        Arena arena = Arena.ofShared();
        try {
            MemorySegment all = SharedRing.map(Path.of(file), Math.multiplyExact(slotBytes, slots), arena);
            return new SentBlocks.Mapping(arena, all);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw new FusDeviceException(device.info().name(), "start: " + e.getMessage(), e);
        }
    }

    private void tellTheEnd(Acquisition ended, SentBlocks sent) {
        String failure = "";
        try {
            ended.await();
        } catch (Throwable t) { // of the device or of the link; the host throws it
            failure = leaving
                    ? ""
                    : String.valueOf(t.getMessage()).replace(device.info().name() + ": ", "");
        }
        DeviceState state = device.state();
        if (state == DeviceState.FAULTED || state == DeviceState.EMERGENCY_STOPPED) {
            awaitEvent(() -> faultTold); // a fault is told before the end that it caused
        }
        WireWriter out = new WireWriter().text(failure).i64(ended.blocksLost());
        out.list(ended.warnings(), WireWriter::text);
        send(BridgeMessage.of(MessageType.RUN_ENDED, out));
        sent.close();
    }

    /** Whether the program is still there. */
    private boolean reset() {
        DeviceState before = device.state();
        synchronized (told) {
            resetSeen = false;
        }
        device.reset();
        if (before == DeviceState.FAULTED || before == DeviceState.EMERGENCY_STOPPED) {
            awaitEvent(() -> resetSeen); // the host must not hear of the fault after its reset
        }
        return device.state() == DeviceState.READY;
    }

    private Optional<Acquisition> run() {
        return Optional.ofNullable(run).filter(r -> !r.isDone());
    }

    private void vanished(String why) {
        if (device.state().mayFire()) {
            device.trip(new DeviceFault(
                    DeviceFault.Kind.HEARTBEAT_LOST, "the host is gone while the device fired: " + why));
        }
    }

    /** Cuts the high voltage, ends the run, and leaves the device as the host found it. */
    private void goodbye() {
        leaving = true;
        if (device.state().mayFire()) {
            device.emergencyStop();
            endRun();
            device.reset();
        }
    }

    private void endRun() {
        run().ifPresent(Acquisition::stop);
        join(ending);
        if (blocks != null) {
            blocks.close();
        }
    }

    private static void join(Thread thread) {
        if (thread != null) {
            try {
                thread.join(RUN_END_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send(BridgeMessage message) {
        try {
            link.send(message);
        } catch (IOException e) {
            LOG.debug(
                    "{}: {} not sent: {}", link.name(), message.type(), e.getMessage()); // the reader ends the session
        }
    }

    // what the device tells

    private interface Condition {
        boolean holds();
    }

    private void awaitEvent(Condition condition) {
        long until = System.nanoTime() + EVENTS_MS * 1_000_000;
        synchronized (told) {
            try {
                for (long left = EVENTS_MS; !condition.holds() && left > 0; ) {
                    told.wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        subscription = s;
        s.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(DeviceEvent event) {
        WireWriter out = new WireWriter();
        switch (event) {
            case DeviceEvent.StateChanged s -> {
                if (s.to() == DeviceState.RUNNING) {
                    send(BridgeMessage.of(MessageType.FIRING));
                }
                if (s.from() == DeviceState.FAULTED || s.from() == DeviceState.EMERGENCY_STOPPED) {
                    synchronized (told) {
                        resetSeen = true;
                        told.notifyAll();
                    }
                }
            }
            case DeviceEvent.HighVoltageChanged v ->
                send(BridgeMessage.of(MessageType.VOLTAGE, out.f64(v.targetV()).text(v.reason())));
            case DeviceEvent.Overflowed o ->
                send(BridgeMessage.of(MessageType.OVERFLOW, out.i64(o.block()).i64(o.lost())));
            case DeviceEvent.BlockLate l ->
                send(BridgeMessage.of(MessageType.LATE, out.i64(l.block()).f64(l.lateS())));
            case DeviceEvent.ProbeChanged p -> {
                List<ProbePort> ports = device.probes();
                for (int i = 0; i < ports.size(); i++) {
                    if (ports.get(i).name().equals(p.port())) {
                        DeviceCodec.port(out.u32(i), ports.get(i));
                        send(BridgeMessage.of(MessageType.PROBE, out));
                    }
                }
            }
            case DeviceEvent.Faulted f -> {
                DeviceCodec.fault(out, f.fault());
                send(BridgeMessage.of(MessageType.FAULT, out));
                synchronized (told) {
                    faultTold = true;
                    told.notifyAll();
                }
            }
            case DeviceEvent.Warning w -> send(BridgeMessage.of(MessageType.WARNING, out.text(w.message())));
        }
    }

    @Override
    public void onError(Throwable error) {
        LOG.warn("{}: events of the device end", link.name(), error);
    }

    @Override
    public void onComplete() {
        link.close(); // the device is closed
    }
}
