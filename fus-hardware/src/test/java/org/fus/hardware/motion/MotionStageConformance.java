package org.fus.hardware.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fus.hardware.motion.MotionFault.Kind;
import org.fus.hardware.motion.MotionStage.JogConfirmation;
import org.fus.hardware.motion.ReplyShaper.Mischief;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every stage must do, over every driver. A test class per driver extends this and puts a simulated controller
 * behind it; the suite then looks at the truth in the simulator, not at what the driver says.
 */
@Timeout(40)
public abstract class MotionStageConformance {
    private static final Duration LONG = Duration.ofSeconds(15);

    private StageSettings settings;
    private StageRig rig;
    private MotionStage stage;
    private final ConcurrentLinkedQueue<StageEvent> events = new ConcurrentLinkedQueue<>();

    /** Controller units per metre. */
    protected abstract double unitsPerMetre();

    /** The controller's names of three axes. */
    protected abstract List<String> controllerAxes();

    /** Where the driver's controller counts zero, metres; its range is then negative, positive or both. */
    protected double originM() {
        return 0;
    }

    /** Whether the second axis counts the other way. */
    protected boolean reversible() {
        return true;
    }

    /** Puts driver and simulator together, with axes from {@link StageRig#fastAxis}. */
    protected abstract StageRig rig(StageSettings settings);

    private StageSettings makeSettings() {
        AxisSettings[] axes = new AxisSettings[3];
        for (int i = 0; i < 3; i++) {
            AxisSettings.Builder b = AxisSettings.linear(
                            List.of("x", "y", "z").get(i), controllerAxes().get(i))
                    .unitsPerSi(unitsPerMetre())
                    .origin(originM())
                    .limits(0, 10e-3)
                    .maxSpeed(0.1)
                    .crawl(2e-3, 0.5e-3)
                    .tolerance(10e-6)
                    .park(1e-3);
            if (i == 1 && reversible()) {
                b.reversed().origin(10e-3 - originM());
            }
            axes[i] = b.build();
        }
        return StageSettings.of(axes).withSettle(Duration.ofMillis(40)).withReadback(StageRig.READBACK);
    }

    @BeforeEach
    void open() {
        settings = makeSettings();
        rig = rig(settings);
        stage = Stages.over("stage under test", rig.controller(), settings);
        stage.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription s) {
                s.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(StageEvent e) {
                events.add(e);
            }

            @Override
            public void onError(Throwable t) {
                throw new AssertionError(t);
            }

            @Override
            public void onComplete() {}
        });
    }

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            stage.close();
        }
        rig.simulator().close();
    }

    // ---- helpers ----

    private StageStatus home() {
        return stage.home(LONG).join();
    }

    private static MotionFault faultOf(CompletableFuture<StageStatus> f) {
        try {
            f.get(20, TimeUnit.SECONDS);
            throw new AssertionError("done, expected a fault");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(MotionException.class);
            return ((MotionException) e.getCause()).fault();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("not done after 20 s", e);
        }
    }

    /** The truth in metres. */
    private double loadM(int axis) {
        return settings.axes().get(axis).fromController(rig.axes().get(axis).load());
    }

    private double countM(int axis) {
        return settings.axes().get(axis).fromController(rig.axes().get(axis).count());
    }

    private double[] loads() {
        return new double[] {loadM(0), loadM(1), loadM(2)};
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitMoving(int axis) {
        for (int i = 0; i < 2000; i++) {
            if (Math.abs(rig.axes().get(axis).velocity()) > 0) {
                return;
            }
            sleep(1);
        }
        throw new AssertionError("axis " + axis + " does not move");
    }

    private void awaitEvent(Class<? extends StageEvent> type, java.util.function.Predicate<StageEvent> p) {
        for (int i = 0; i < 5000; i++) {
            if (events.stream().anyMatch(e -> type.isInstance(e) && p.test(e))) {
                return;
            }
            sleep(1);
        }
        throw new AssertionError("no " + type.getSimpleName() + " among " + List.copyOf(events));
    }

    // ---- references ----

    @Test
    void move_notReferenced_isRefusedAndNothingMoves() {
        assertThat(stage.status().state()).isEqualTo(StageState.UNREFERENCED);
        double[] before = loads();
        MotionFault fault = faultOf(stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG));
        assertThat(fault.kind()).isEqualTo(Kind.NOT_REFERENCED);
        assertThat(faultOf(stage.park(LONG)).kind()).isEqualTo(Kind.NOT_REFERENCED);
        sleep(60);
        assertThat(loads()).isEqualTo(before);
        awaitEvent(
                StageEvent.Faulted.class, e -> ((StageEvent.Faulted) e).fault().kind() == Kind.NOT_REFERENCED);
    }

    @Test
    void jog_notReferenced_needsConfirmationAndCrawls() {
        assertThat(faultOf(stage.jog(0, 0.2e-3, 1e-3, JogConfirmation.NONE)).kind())
                .isEqualTo(Kind.NOT_REFERENCED);
        assertThat(faultOf(stage.jog(0, 0.2e-3, 50e-3, JogConfirmation.OPERATOR_WATCHES))
                        .kind())
                .isEqualTo(Kind.JOG_REFUSED);
        assertThat(faultOf(stage.jog(0, 5e-3, 1e-3, JogConfirmation.OPERATOR_WATCHES))
                        .kind())
                .isEqualTo(Kind.JOG_REFUSED);
        for (int axis = 0; axis < 2; axis++) { // the second counts the other way on most drivers
            double before = loadM(axis);
            stage.jog(axis, 0.3e-3, 2e-3, JogConfirmation.OPERATOR_WATCHES).join();
            // play of 20 um may swallow a part
            assertThat(loadM(axis) - before).isCloseTo(0.3e-3, within(25e-6));
        }
        assertThat(stage.status().isReferenced()).isFalse();
    }

    @Test
    void home_findsAllReferences() {
        StageStatus done = home();
        assertThat(done.isReferenced()).isTrue();
        assertThat(stage.status().state()).isEqualTo(StageState.READY);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.axes().get(i).referenced()).isTrue();
            assertThat(done.positionsSi().get(i)).isCloseTo(countM(i), within(2e-6));
        }
        awaitEvent(StageEvent.StateChanged.class, e -> ((StageEvent.StateChanged) e).to() == StageState.HOMING);
    }

    @Test
    void home_brokenSwitch_failsAndStaysUnreferenced() {
        rig.axes().get(0).breakHomeSwitch(true);
        Kind kind = faultOf(stage.home(Duration.ofSeconds(4))).kind();
        assertThat(kind).isIn(Kind.STALL, Kind.LIMIT_SWITCH, Kind.TIMEOUT, Kind.CONTROLLER);
        assertThat(stage.status().isReferenced()).isFalse();
    }

    // ---- moves ----

    @Test
    void move_goesWhereItShould_inMetresScaleAndSign() {
        home();
        StageStatus done = stage.moveTo(new double[] {2e-3, 7e-3, 4e-3}, LONG).join();
        double[] wanted = {2e-3, 7e-3, 4e-3};
        for (int i = 0; i < 3; i++) {
            assertThat(done.positionsSi().get(i)).isCloseTo(wanted[i], within(10e-6));
            // half the play of 20 um, and the tolerance
            assertThat(loadM(i)).isCloseTo(wanted[i], within(20e-6));
        }
        assertThat(stage.status().state()).isEqualTo(StageState.READY);
        awaitEvent(StageEvent.Arrived.class, e -> true);
        stage.moveTo(new double[] {Double.NaN, 6e-3, Double.NaN}, LONG).join();
        assertThat(loadM(0)).isCloseTo(2e-3, within(20e-6));
        assertThat(loadM(1)).isCloseTo(6e-3, within(20e-6));
        stage.park(LONG).join();
        assertThat(loadM(2)).isCloseTo(1e-3, within(20e-6));
    }

    @Test
    void move_settles_beforeItIsDone() {
        home();
        long before = System.nanoTime();
        stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG).join();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(40_000_000L);
        awaitEvent(StageEvent.StateChanged.class, e -> ((StageEvent.StateChanged) e).to() == StageState.SETTLING);
    }

    @Test
    void move_outsideLimits_namesAllAxesAndNothingMoves() {
        home();
        double[] before = loads();
        MotionFault fault = faultOf(stage.moveTo(new double[] {11e-3, 5e-3, -1e-3}, LONG));
        assertThat(fault.kind()).isEqualTo(Kind.SOFT_LIMIT);
        assertThat(fault.message()).contains("x to 0.011 m", "z to -0.001 m").doesNotContain("y to");
        assertThat(faultOf(stage.jog(0, 20e-3, 10e-3, JogConfirmation.OPERATOR_WATCHES))
                        .kind())
                .isEqualTo(Kind.SOFT_LIMIT);
        sleep(60);
        assertThat(loads()).isEqualTo(before);
    }

    @Test
    void limits_inTheController_standEvenWhenTheHostFails() {
        home();
        boolean verified = stage.controllerLimits().stream().allMatch(StageEvent.ControllerLimits::verified);
        assumeThat(verified).as("the controller shows the limits it guards").isTrue();
        stage.close(); // the driver alone from here, as if the host's check did not exist
        try {
            rig.simulator().close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        rig = rig(settings);
        rig.controller().connect();
        for (int i = 0; i < 3; i++) {
            AxisSettings a = settings.axes().get(i);
            double p = a.toController(a.lowerLimitSi());
            double q = a.toController(a.upperLimitSi());
            rig.controller().guard(i, new ControllerRange(Math.min(p, q), Math.max(p, q)));
            rig.controller().home(i, new MotionPermit());
            for (int k = 0; k < 500 && !rig.controller().read().get(i).referenced(); k++) {
                sleep(10);
            }
        }
        double[] before = loads();
        double far = settings.axes().getFirst().toController(10.15e-3); // before the end switch
        assertThatThrownBy(() -> {
                    rig.controller()
                            .move(
                                    new double[] {far, Double.NaN, Double.NaN},
                                    new double[] {unitsPerMetre() * 0.05, 1, 1},
                                    new MotionPermit());
                    for (int k = 0; k < 50; k++) {
                        rig.controller()
                                .read()
                                .forEach(r -> r.fault().ifPresent(f -> {
                                    throw new MotionException("test", f);
                                }));
                        sleep(5);
                    }
                })
                .isInstanceOf(MotionException.class);
        sleep(100);
        // refused, or stopped at the limit itself
        assertThat(loadM(0)).isBetween(before[0] - 20e-6, 10e-3 + 20e-6);
        assertThat(loadM(1)).isEqualTo(before[1]);
        rig.controller().close();
    }

    @Test
    void jog_referenced_movesByTheDistance() {
        home();
        stage.moveTo(new double[] {5e-3, 5e-3, 5e-3}, LONG).join();
        StageStatus done = stage.jog(1, -1e-3, 20e-3, JogConfirmation.NONE).join();
        assertThat(done.positionsSi().get(1)).isCloseTo(4e-3, within(10e-6));
        assertThat(loadM(0)).isCloseTo(5e-3, within(20e-6));
    }

    @Test
    void backlash_isTakenUpFromTheSameSide() throws Exception {
        stage.close();
        rig.simulator().close();
        List<AxisSettings> axes = settings.axes().stream()
                .map(a -> new AxisSettings(
                        a.name(),
                        a.kind(),
                        a.controllerAxis(),
                        a.unitsPerSi(),
                        a.sign(),
                        a.originSi(),
                        a.lowerLimitSi(),
                        a.upperLimitSi(),
                        a.maxSpeedSiPerS(),
                        a.crawlSpeedSiPerS(),
                        a.crawlDistanceSi(),
                        a.toleranceSi(),
                        0.1e-3,
                        a.parkSi()))
                .toList();
        settings = new StageSettings(
                axes, settings.homingOrder(), settings.settle(), settings.readback(), settings.envelope());
        rig = rig(settings);
        stage = Stages.over("stage with backlash", rig.controller(), settings);
        home();
        stage.moveTo(new double[] {5e-3, 5e-3, 5e-3}, LONG).join();
        double[] fromBelow = loads();
        stage.moveTo(new double[] {6e-3, 6e-3, 6e-3}, LONG).join();
        stage.moveTo(new double[] {5e-3, 5e-3, 5e-3}, LONG).join();
        double[] fromAbove = loads();
        for (int i = 0; i < 3; i++) {
            // without the approach the load would rest 20 um elsewhere; a controller's count may differ by one step
            assertThat(fromAbove[i]).isCloseTo(fromBelow[i], within(1e-6));
        }
    }

    @Test
    void envelope_keepsTheProbeOutAndLetsItLeave() {
        home();
        stage.moveTo(new double[] {2e-3, 2e-3, 6e-3}, LONG).join();
        stage.teachEnvelope(CollisionEnvelope.NONE.withFloor("gel", 3, 2, 5e-3));
        double[] before = loads();
        MotionFault fault = faultOf(stage.moveTo(new double[] {2e-3, 2e-3, 4e-3}, LONG));
        assertThat(fault.kind()).isEqualTo(Kind.ENVELOPE);
        assertThat(fault.message()).contains("'gel'");
        assertThat(loads()).isEqualTo(before);
        stage.moveTo(new double[] {3e-3, 2e-3, 5e-3}, LONG).join(); // onto the floor
        stage.moveTo(new double[] {3e-3, 2e-3, 8e-3}, LONG).join(); // and off it
        awaitEvent(StageEvent.EnvelopeChanged.class, e -> true);
    }

    @Test
    void move_whileMoving_isRefused() {
        home();
        CompletableFuture<StageStatus> first = stage.moveTo(new double[] {9e-3, 9e-3, 9e-3}, LONG);
        assertThat(faultOf(stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG)).kind())
                .isEqualTo(Kind.BUSY);
        assertThat(first.join().positionsSi().getFirst()).isCloseTo(9e-3, within(10e-6));
    }

    @Test
    void move_wrongArguments_areNamedBeforeAnyWork() {
        assertThatThrownBy(() -> stage.moveTo(new double[2], LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 targets, expected one per axis, 3");
        assertThatThrownBy(() -> stage.moveTo(new double[3], Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stage.jog(3, 1e-3, 1e-3, JogConfirmation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- stopping ----

    @Test
    void stop_midMove_endsItShortAndKeepsTheReference() {
        home();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9.9e-3, 0.1e-3, 9.9e-3}, LONG);
        awaitMoving(0);
        sleep(20);
        stage.stop();
        assertThat(faultOf(move).kind()).isEqualTo(Kind.STOPPED);
        assertThat(rig.axes().stream().noneMatch(a -> a.moving())).isTrue();
        assertThat(loadM(0)).isBetween(0.0, 9.8e-3);
        assertThat(stage.status().isReferenced()).isTrue();
        stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG).join();
        assertThat(loadM(0)).isCloseTo(1e-3, within(20e-6));
    }

    @Test
    void timeout_stopsTheStage() {
        home();
        MotionFault fault = faultOf(stage.moveTo(new double[] {9.9e-3, 5e-3, 5e-3}, Duration.ofMillis(60)));
        assertThat(fault.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(rig.axes().stream().noneMatch(a -> a.moving())).isTrue();
        assertThat(loadM(0)).isLessThan(9.8e-3);
    }

    @Test
    void emergencyStop_cutsAndLatchesUntilReset() {
        home();
        stage.moveTo(new double[] {0.1e-3, 9.9e-3, 0.1e-3}, LONG).join();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9.9e-3, 0.1e-3, 9.9e-3}, LONG);
        awaitMoving(0);
        long before = System.nanoTime();
        stage.emergencyStop();
        // the SDK's limit is 50 ms to the command sent; ten times that for a loaded test machine
        assertThat(System.nanoTime() - before).isLessThan(500_000_000L);
        assertThat(faultOf(move).kind()).isEqualTo(Kind.EMERGENCY_STOP);
        sleep(150);
        double[] there = loads();
        assertThat(rig.axes().stream().noneMatch(a -> a.moving())).isTrue();
        assertThat(stage.status().state()).isEqualTo(StageState.EMERGENCY_STOPPED);
        assertThat(faultOf(stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG)).kind())
                .isEqualTo(Kind.EMERGENCY_STOP);
        assertThat(faultOf(stage.home(LONG)).kind()).isEqualTo(Kind.EMERGENCY_STOP);
        stage.emergencyStop();
        sleep(60);
        assertThat(loads()).isEqualTo(there);
        StageStatus reset = stage.reset().join();
        assertThat(loads()).isEqualTo(there);
        if (!reset.isReferenced()) {
            assertThat(faultOf(stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG))
                            .kind())
                    .isEqualTo(Kind.NOT_REFERENCED);
            home();
        }
        stage.moveTo(new double[] {1e-3, 1e-3, 1e-3}, LONG).join();
        assertThat(loadM(0)).isCloseTo(1e-3, within(20e-6));
    }

    @Test
    void emergencyStop_whileMovesPourIn_nothingMovesAfterIt() throws Exception {
        home();
        CountDownLatch go = new CountDownLatch(1);
        Thread mover = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 200; i++) {
                CompletableFuture<StageStatus> f =
                        stage.moveTo(new double[] {(i % 2 == 0 ? 8e-3 : 2e-3), 5e-3, 5e-3}, LONG);
                go.countDown();
                if (i % 4 == 0) {
                    stage.stop();
                }
                if (f.isCompletedExceptionally()) {
                    sleep(1);
                }
            }
        });
        assertThat(go.await(5, TimeUnit.SECONDS)).isTrue();
        sleep(50);
        stage.emergencyStop();
        sleep(200); // longer than any reply that is under way
        double[] there = loads();
        long motions = rig.axes().stream().mapToLong(a -> a.motions()).sum();
        mover.join(10_000);
        sleep(100);
        assertThat(loads()).isEqualTo(there);
        assertThat(rig.axes().stream().mapToLong(a -> a.motions()).sum()).isEqualTo(motions);
    }

    // ---- readback and faults ----

    @Test
    void readback_atLeastTenTimesPerSecond_alsoWhileMoving() {
        home();
        long before = stage.status().readings();
        long t0 = System.nanoTime();
        stage.moveTo(new double[] {9e-3, 9e-3, 9e-3}, LONG).join();
        sleep(600);
        double seconds = (System.nanoTime() - t0) / 1e9;
        assertThat((stage.status().readings() - before) / seconds).isGreaterThanOrEqualTo(10);
        assertThat(events.stream().filter(e -> e instanceof StageEvent.PositionRead))
                .hasSizeGreaterThan(5);
    }

    @Test
    void stall_isTyped() {
        assumeThat(rig.stallVisible())
                .as("this controller counts steps blindly")
                .isTrue();
        home();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9e-3, 5e-3, 5e-3}, LONG);
        awaitMoving(0);
        rig.axes().getFirst().injectStall();
        assertThat(faultOf(move).kind()).isIn(Kind.STALL, Kind.CONTROLLER);
        assertThat(rig.axes().stream().noneMatch(a -> a.moving())).isTrue();
    }

    @Test
    void limitSwitch_isTyped() {
        home();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9e-3, 5e-3, 5e-3}, LONG);
        awaitMoving(0);
        rig.axes().getFirst().triggerSwitch();
        assertThat(faultOf(move).kind()).isIn(Kind.LIMIT_SWITCH, Kind.STALL, Kind.CONTROLLER);
        for (int i = 0; i < 500 && rig.axes().stream().anyMatch(a -> a.moving()); i++) {
            sleep(2);
        }
        assertThat(rig.axes().stream().noneMatch(a -> a.moving())).isTrue();
    }

    @Test
    void restart_ofTheController_losesTheReference() {
        assumeThat(rig.restart()).as("a restart can be told").isNotNull();
        home();
        rig.axes().forEach(a -> a.forgetReference());
        rig.restart().run();
        for (int i = 0; i < 2000 && stage.status().isReferenced(); i++) {
            sleep(2);
        }
        assertThat(stage.status().isReferenced()).isFalse();
        assertThat(faultOf(stage.moveTo(new double[] {5e-3, 5e-3, 5e-3}, LONG)).kind())
                .isIn(Kind.NOT_REFERENCED, Kind.PROTOCOL);
    }

    // ---- bad lines ----

    @ParameterizedTest
    @EnumSource(Mischief.class)
    void hostileReplies_neverMoveAnAxisThatRests(Mischief mischief) {
        assumeThat(rig.line()).as("a line").isNotNull();
        home();
        stage.moveTo(new double[] {5e-3, 5e-3, 5e-3}, LONG).join();
        double[] before = loads();
        long motions = rig.axes().stream().mapToLong(a -> a.motions()).sum();
        rig.line().set(mischief);
        sleep(500);
        assertThat(loads()).isEqualTo(before);
        assertThat(rig.axes().stream().mapToLong(a -> a.motions()).sum()).isEqualTo(motions);
    }

    @ParameterizedTest
    @EnumSource(Mischief.class)
    void hostileReplies_duringMoves_neverLeaveTheWay(Mischief mischief) {
        assumeThat(rig.line()).as("a line").isNotNull();
        home();
        stage.moveTo(new double[] {2e-3, 5e-3, 5e-3}, LONG).join();
        rig.line().set(mischief);
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {8e-3, 5e-3, 5e-3}, Duration.ofSeconds(5));
        boolean arrived = move.handle((s, e) -> e == null).join();
        rig.line().set(Mischief.NONE);
        for (int i = 0; i < 500 && rig.axes().getFirst().moving(); i++) {
            sleep(5);
        }
        assertThat(loadM(0)).isBetween(2e-3 - 20e-6, 8e-3 + 20e-6);
        assertThat(loadM(1)).isCloseTo(5e-3, within(20e-6));
        assertThat(loadM(2)).isCloseTo(5e-3, within(20e-6));
        if (arrived) {
            assertThat(loadM(0)).isCloseTo(8e-3, within(20e-6));
        }
        if (mischief == Mischief.NONE || mischief == Mischief.SPLIT) {
            assertThat(arrived).as("a slow line is no fault").isTrue();
        }
    }

    @Test
    void badReplies_untilTheyEnd_resetBringsItBack() {
        assumeThat(rig.line()).as("a line").isNotNull();
        rig.line().set(Mischief.SILENT);
        awaitState(StageState.FAULTED);
        assertThat(faultOf(stage.home(LONG)).kind()).isEqualTo(Kind.PROTOCOL);
        rig.line().set(Mischief.NONE);
        stage.reset().join();
        home();
        stage.moveTo(new double[] {5e-3, 5e-3, 5e-3}, LONG).join();
        assertThat(loadM(0)).isCloseTo(5e-3, within(20e-6));
    }

    private void awaitState(StageState state) {
        for (int i = 0; i < 8000 && stage.status().state() != state; i++) {
            sleep(1);
        }
        assertThat(stage.status().state()).isEqualTo(state);
    }

    @Test
    void unplugged_failsTheMoveAndTellsSo() {
        assumeThat(rig.line()).as("a line").isNotNull();
        home();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9e-3, 5e-3, 5e-3}, LONG);
        awaitMoving(0);
        rig.line().unplug();
        assertThat(faultOf(move).kind()).isEqualTo(Kind.LINK_LOST);
        assertThat(stage.status().state()).isEqualTo(StageState.FAULTED);
        assertThat(stage.status().isReferenced()).isFalse();
        assertThat(faultOf(stage.reset()).kind()).isEqualTo(Kind.LINK_LOST);
        awaitEvent(
                StageEvent.Faulted.class, e -> ((StageEvent.Faulted) e).fault().kind() == Kind.LINK_LOST);
    }

    // ---- life cycle ----

    @Test
    void close_anyState_stopsAndMayBeRepeated() {
        home();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9e-3, 9e-3, 9e-3}, LONG);
        awaitMoving(0);
        stage.close();
        stage.close();
        assertThat(faultOf(move).kind()).isEqualTo(Kind.CLOSED);
        assertThat(stage.status().state()).isEqualTo(StageState.CLOSED);
        for (int i = 0; i < 500 && rig.axes().stream().anyMatch(a -> a.moving()); i++) {
            sleep(2);
        }
        assertThat(loadM(0)).isLessThan(8.9e-3);
        assertThat(faultOf(stage.home(LONG)).kind()).isEqualTo(Kind.CLOSED);
        assertThatCode(() -> {
                    stage.stop();
                    stage.emergencyStop();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void close_fromACallback_doesNotHang() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        var _ = stage.home(LONG).whenComplete((s, e) -> {
            stage.close();
            closed.countDown();
        });
        assertThat(closed.await(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelledFuture_stopsTheStage() {
        home();
        CompletableFuture<StageStatus> move = stage.moveTo(new double[] {9.9e-3, 5e-3, 5e-3}, LONG);
        awaitMoving(0);
        move.cancel(false);
        awaitState(StageState.READY);
        assertThat(loadM(0)).isLessThan(9.8e-3);
        assertThatThrownBy(move::join)
                .isInstanceOfAny(CompletionException.class, java.util.concurrent.CancellationException.class);
    }

    @Test
    void slowSubscriber_delaysNobody() {
        stage.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription s) {
                s.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(StageEvent e) {
                sleep(10_000);
            }

            @Override
            public void onError(Throwable t) {}

            @Override
            public void onComplete() {}
        });
        home();
        assertThat(stage.status().isReferenced()).isTrue();
    }
}
