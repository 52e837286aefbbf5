package org.fus.hardware.motion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.fus.hardware.motion.MotionFault.Kind;
import org.fus.hardware.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stage over any controller. One worker talks to the controller; stop commands bypass it. */
final class DrivenStage implements MotionStage {
    private static final Logger LOG = LoggerFactory.getLogger(DrivenStage.class);

    /** After so many readings in a row that made no sense, the controller counts as broken. */
    private static final int MOST_MISSES = 3;

    /** A controller that still moves so long after a stop is reported all the same. */
    private static final long STOP_NS = 2_000_000_000L;

    private final String name;
    private final MotionController controller;
    private final String identity;
    private final List<StageEvent.ControllerLimits> controllerLimits;
    private final Thread worker;
    private final StageCallbacks callbacks;

    private final Object lock = new Object(); // guards what follows; never held over I/O
    private StageSettings settings;
    private StageStatus status;
    private Motion active;
    private CompletableFuture<StageStatus> resetting;
    private boolean emergency;
    private MotionFault broken; // null while line and controller work
    private boolean closed;
    private int misses; // worker only

    DrivenStage(String name, MotionController controller, StageSettings settings, ThreadFactory threads) {
        this.name = name;
        this.controller = controller;
        this.settings = settings;
        this.identity = controller.connect();
        this.controllerLimits = LimitGuard.apply(name, controller, settings);
        List<AxisReading> first = controller.read();
        requireAxes(first);
        this.status = statusOf(first, 1);
        this.callbacks = new StageCallbacks(name);
        this.worker = threads.newThread(this::work);
        worker.start();
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public List<StageEvent.ControllerLimits> controllerLimits() {
        return controllerLimits;
    }

    @Override
    public StageSettings settings() {
        synchronized (lock) {
            return settings;
        }
    }

    @Override
    public StageStatus status() {
        synchronized (lock) {
            return status;
        }
    }

    @Override
    public Flow.Publisher<StageEvent> events() {
        return callbacks.events();
    }

    @Override
    public CompletableFuture<StageStatus> home(Duration timeout) {
        return submit(s -> new Motion.Home(s, deadline(timeout)));
    }

    @Override
    public CompletableFuture<StageStatus> moveTo(double[] targetsSi, Duration timeout) {
        int axes = settings().axes().size();
        if (targetsSi.length != axes) {
            throw new IllegalArgumentException(
                    name + ": " + targetsSi.length + " targets, expected one per axis, " + axes);
        }
        if (Arrays.stream(targetsSi).anyMatch(Double::isInfinite)) {
            throw new IllegalArgumentException(name + ": targets " + Arrays.toString(targetsSi)
                    + ", expected numbers, or NaN for an axis that stays");
        }
        return submit(s -> new Motion.Move(s, targetsSi, deadline(timeout)));
    }

    @Override
    public CompletableFuture<StageStatus> park(Duration timeout) {
        return moveTo(
                settings().axes().stream().mapToDouble(AxisSettings::parkSi).toArray(), timeout);
    }

    @Override
    public CompletableFuture<StageStatus> jog(
            int axis, double distanceSi, double speedSiPerS, JogConfirmation confirmation) {
        int axes = settings().axes().size();
        if (axis < 0
                || axis >= axes
                || !Double.isFinite(distanceSi)
                || !(speedSiPerS > 0)
                || Double.isInfinite(speedSiPerS)) {
            throw new IllegalArgumentException(name + ": jog of axis " + axis + " by " + distanceSi + " at "
                    + speedSiPerS + ", expected axis 0 to " + (axes - 1) + ", a finite distance and a positive speed");
        }
        // twice the time that the way takes, and what an acceleration may need
        Duration longest = Duration.ofMillis((long) (2000 * Math.abs(distanceSi) / speedSiPerS) + 5000);
        return submit(s -> new Motion.Jog(s, axis, distanceSi, speedSiPerS, confirmation, deadline(longest)));
    }

    private long deadline(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    name + ": timeout of " + timeout + ", expected more than 0, at most a day");
        }
        return System.nanoTime() + timeout.toNanos();
    }

    private CompletableFuture<StageStatus> submit(Function<StageSettings, Motion> maker) {
        synchronized (lock) {
            Motion motion = maker.apply(settings);
            Optional<MotionFault> refused = unavailable().or(() -> motion.check(settings, status));
            if (refused.isPresent()) {
                callbacks.fail(motion.future, refused.get(), null);
                return motion.future;
            }
            active = motion;
            enter(motion.state());
            lock.notifyAll();
            return motion.future;
        }
    }

    private Optional<MotionFault> unavailable() {
        if (closed) {
            return Optional.of(MotionFault.of(Kind.CLOSED, "the stage is closed; open it again"));
        }
        if (emergency) {
            return Optional.of(MotionFault.of(
                    Kind.EMERGENCY_STOP, "emergency stop is in force; see that all is safe, then reset the stage"));
        }
        if (broken != null) {
            return Optional.of(
                    MotionFault.of(broken.kind(), "reset the stage, or open it again, since: " + broken.message()));
        }
        if (active != null || resetting != null) {
            return Optional.of(MotionFault.of(
                    Kind.BUSY, "another motion is under way (" + status.state() + "); await or stop it first"));
        }
        return Optional.empty();
    }

    @Override
    public void stop() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (active != null) {
                end(active, MotionFault.of(Kind.STOPPED, "stopped before its target, as asked"));
            }
        }
        controller.stop();
    }

    @Override
    public void emergencyStop() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            emergency = true;
            if (active != null) {
                active.permit.revoke(MotionFault.of(Kind.EMERGENCY_STOP, "cut off by an emergency stop"));
            }
        }
        controller.emergencyStop(); // first the hardware, then the news
        synchronized (lock) {
            if (closed) {
                return;
            }
            abort(MotionFault.of(
                    Kind.EMERGENCY_STOP, "cut off by an emergency stop; see that all is safe, then reset the stage"));
            enter(StageState.EMERGENCY_STOPPED);
        }
    }

    @Override
    public CompletableFuture<StageStatus> reset() {
        synchronized (lock) {
            CompletableFuture<StageStatus> future = new CompletableFuture<>();
            if (closed || active != null || resetting != null) {
                Kind kind = closed ? Kind.CLOSED : Kind.BUSY;
                String problem = closed ? "the stage is closed; open it again" : "busy; stop the motion first";
                callbacks.fail(future, MotionFault.of(kind, problem), null);
            } else {
                resetting = future;
                lock.notifyAll();
            }
            return future;
        }
    }

    @Override
    public void teachEnvelope(CollisionEnvelope envelope) {
        synchronized (lock) {
            CollisionEnvelope before = settings.envelope();
            settings = settings.withEnvelope(envelope);
            callbacks.publish(new StageEvent.EnvelopeChanged(System.nanoTime(), before, envelope));
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (active != null) {
                active.permit.revoke(MotionFault.of(Kind.CLOSED, "the stage was closed"));
            }
        }
        try {
            controller.stop();
        } catch (TransportException e) {
            LOG.warn("{}: closing without a stop command: {}", name, e.getMessage());
        }
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            abort(MotionFault.of(Kind.CLOSED, "the stage was closed"));
            if (resetting != null) {
                callbacks.fail(resetting, MotionFault.of(Kind.CLOSED, "the stage was closed"), null);
                resetting = null;
            }
            enter(StageState.CLOSED);
            lock.notifyAll();
        }
        controller.close(); // unblocks the worker
        callbacks.close();
        joinWorker();
    }

    private void joinWorker() {
        if (Thread.currentThread().equals(worker)) {
            return;
        }
        try {
            worker.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the worker ----

    private void work() {
        long dueNs = System.nanoTime();
        while (true) {
            Motion starting;
            CompletableFuture<StageStatus> reset;
            synchronized (lock) {
                awaitWork(dueNs);
                if (closed) {
                    return;
                }
                starting = active != null && !active.started ? active : null;
                reset = resetting;
            }
            long now = System.nanoTime();
            if (reset != null) {
                reset(reset);
            } else if (starting != null) {
                if (read()) {
                    start(starting);
                }
            } else if (now - dueNs >= 0) {
                dueNs = Math.max(dueNs + settings().readback().toNanos(), now);
                read();
            }
        }
    }

    private void awaitWork(long dueNs) {
        while (!closed && resetting == null && (active == null || active.started)) {
            // a broken line is not read: only a reset or a new connection mends it
            long left = broken != null ? Long.MAX_VALUE / 2 : dueNs - System.nanoTime();
            if (left <= 0) {
                return;
            }
            try {
                lock.wait(left / 1_000_000, (int) (left % 1_000_000));
            } catch (InterruptedException e) {
                LOG.debug("{}: worker interrupted; only close ends it", name);
            }
        }
    }

    private void start(Motion motion) {
        motion.started = true;
        try {
            StageStatus now;
            synchronized (lock) {
                if (motion.ending.isPresent()) {
                    return; // stopped before it began; the next reading ends it
                }
                now = status;
                Optional<MotionFault> refused = motion.check(settings, now);
                if (refused.isPresent()) {
                    throw new MotionException(name, refused.get());
                }
            }
            motion.start(controller, now);
        } catch (RuntimeException e) {
            stopAndFail(motion, e);
        }
    }

    /** Reads all axes; returns false when that failed. */
    private boolean read() {
        List<AxisReading> readings;
        try {
            readings = controller.read();
            requireAxes(readings);
            misses = 0;
        } catch (RuntimeException e) {
            missed(e);
            return false;
        }
        Motion motion;
        synchronized (lock) {
            if (closed) {
                return false;
            }
            status = statusOf(readings, status.readings() + 1);
            callbacks.publish(new StageEvent.PositionRead(status.hostTimeNs(), status));
            motion = active;
            if (motion == null) {
                enterRest();
                callbacks.publishNewFaults(readings);
            }
        }
        if (motion != null && motion.started) {
            progress(motion, readings);
        }
        return true;
    }

    private void progress(Motion motion, List<AxisReading> readings) {
        long now = System.nanoTime();
        try {
            if (motion.ending.isPresent()) {
                boolean moving = readings.stream().anyMatch(AxisReading::moving);
                if (!moving || now - motion.endingSinceNs > STOP_NS) {
                    fail(motion, motion.ending.get());
                }
                return;
            }
            for (AxisReading r : readings) {
                if (r.fault().isPresent()) {
                    throw new MotionException(name, r.fault().get());
                }
            }
            if (motion.future.isDone()) {
                throw new MotionException(name, MotionFault.of(Kind.STOPPED, "its future was cancelled"));
            }
            if (now - motion.deadlineNs > 0) {
                throw new MotionException(
                        name,
                        MotionFault.of(Kind.TIMEOUT, "not done within the time allowed; the stage has been stopped"));
            }
            boolean done = motion.progress(controller, readings, status(), now);
            synchronized (lock) {
                if (active != motion) { // an emergency stop came in between
                    return;
                }
                if (!done) {
                    if (motion.ending.isEmpty()) {
                        enter(motion.state());
                    }
                    return;
                }
                active = null;
                enterRest();
                callbacks.publish(new StageEvent.Arrived(now, status.positionsSi()));
                callbacks.complete(motion.future, status);
            }
        } catch (RuntimeException e) {
            stopAndFail(motion, e);
        }
    }

    /** Stops the axes, and lets the motion end when they rest. */
    private void stopAndFail(Motion motion, RuntimeException e) {
        try {
            controller.stop();
        } catch (RuntimeException stopping) {
            e.addSuppressed(stopping);
        }
        if (e instanceof TransportException) {
            broken(Kind.LINK_LOST, e);
            return;
        }
        MotionFault fault = e instanceof MotionException m && m.fault() != null
                ? m.fault()
                : MotionFault.of(Kind.PROTOCOL, String.valueOf(e.getMessage()));
        synchronized (lock) {
            end(motion, fault);
        }
    }

    private void end(Motion motion, MotionFault fault) {
        if (motion.ending.isEmpty()) {
            motion.permit.revoke(fault);
            motion.ending = Optional.of(fault);
            motion.endingSinceNs = System.nanoTime();
        }
    }

    private void fail(Motion motion, MotionFault fault) {
        synchronized (lock) {
            if (active == motion) {
                active = null;
                enterRest();
                callbacks.fail(motion.future, fault, null);
            }
        }
    }

    /** A reading failed. */
    private void missed(RuntimeException e) {
        if (e instanceof TransportException) {
            broken(Kind.LINK_LOST, e);
            return;
        }
        if (e instanceof MotionException m && m.fault() != null && m.fault().kind() == Kind.CONTROLLER_RESTARTED) {
            synchronized (lock) {
                status = status.withoutReference();
                abort(m.fault());
                enterRest();
            }
            return;
        }
        misses++;
        LOG.warn("{}: reading {} of at most {} failed: {}", name, misses, MOST_MISSES, e.getMessage());
        if (misses < MOST_MISSES) {
            synchronized (lock) {
                callbacks.publish(new StageEvent.Warning(System.nanoTime(), String.valueOf(e.getMessage())));
            }
            return;
        }
        try {
            controller.stop();
        } catch (RuntimeException stopping) {
            e.addSuppressed(stopping);
        }
        broken(Kind.PROTOCOL, e);
    }

    private void broken(Kind kind, RuntimeException cause) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            MotionFault fault = MotionFault.of(kind, String.valueOf(cause.getMessage()));
            broken = fault;
            if (active != null) {
                abort(fault);
            } else {
                callbacks.publish(fault);
            }
            status = status.withoutReference();
            enter(StageState.FAULTED);
        }
    }

    private void reset(CompletableFuture<StageStatus> future) {
        try {
            controller.reset();
            List<AxisReading> readings = controller.read();
            requireAxes(readings);
            for (AxisReading r : readings) {
                if (r.fault().isPresent()) {
                    throw new MotionException(name, r.fault().get());
                }
            }
            synchronized (lock) {
                if (closed) {
                    return;
                }
                emergency = false;
                broken = null;
                misses = 0;
                resetting = null;
                status = statusOf(readings, status.readings() + 1);
                enterRest();
                callbacks.complete(future, status);
            }
        } catch (RuntimeException e) {
            synchronized (lock) {
                resetting = null;
                MotionFault fault = e instanceof MotionException m && m.fault() != null
                        ? m.fault()
                        : MotionFault.of(
                                e instanceof TransportException ? Kind.LINK_LOST : Kind.PROTOCOL,
                                String.valueOf(e.getMessage()));
                callbacks.fail(future, fault, e);
            }
        }
    }

    // ---- small helpers; those that change state hold the lock ----

    private void abort(MotionFault fault) {
        Motion motion = active;
        if (motion != null) {
            active = null;
            motion.permit.revoke(fault);
            callbacks.fail(motion.future, fault, null);
        }
    }

    private void enterRest() {
        if (broken != null) {
            enter(StageState.FAULTED);
        } else if (emergency) {
            enter(StageState.EMERGENCY_STOPPED);
        } else {
            enter(status.isReferenced() ? StageState.READY : StageState.UNREFERENCED);
        }
    }

    private void enter(StageState state) {
        StageState before = status.state();
        if (before != state) {
            status = status.in(state);
            callbacks.publish(new StageEvent.StateChanged(System.nanoTime(), before, state));
        }
    }

    private void requireAxes(List<AxisReading> readings) {
        int axes = settings.axes().size();
        if (readings.size() != axes) {
            throw new MotionException(
                    name, MotionFault.of(Kind.PROTOCOL, readings.size() + " axes read, expected " + axes));
        }
    }

    private StageStatus statusOf(List<AxisReading> readings, long count) {
        List<Double> positions = new ArrayList<>();
        List<Boolean> referenced = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            positions.add(settings.axes().get(i).fromController(readings.get(i).position()));
            referenced.add(readings.get(i).referenced());
        }
        StageState state = status != null
                ? status.state()
                : referenced.contains(false) ? StageState.UNREFERENCED : StageState.READY;
        return new StageStatus(state, positions, referenced, System.nanoTime(), count);
    }
}
