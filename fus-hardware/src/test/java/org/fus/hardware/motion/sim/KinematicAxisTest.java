package org.fus.hardware.motion.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** On a clock that the test turns: the same result on any machine. */
class KinematicAxisTest {
    private static final double ACCELERATION = 500;
    private static final double SPEED = 50;
    private static final double PLAY = 0.02;

    private final AtomicLong clock = new AtomicLong();

    private KinematicAxis axis() {
        return new KinematicAxis(new KinematicAxis.Body(-1, 101, 40, SPEED, ACCELERATION, 20, 0, 1, PLAY), clock::get);
    }

    private void pass(double seconds) {
        clock.addAndGet(Math.round(seconds * 1e9));
    }

    private double untilRest(KinematicAxis axis) {
        double t = 0;
        double before = axis.velocity();
        while (axis.moving()) {
            pass(1e-3);
            t += 1e-3;
            double v = axis.velocity();
            assertThat(Math.abs(v)).isLessThanOrEqualTo(SPEED + 1e-9);
            if (axis.moving() && v != 0) { // the last step of all ends at the goal itself
                assertThat(Math.abs(v - before)).isLessThanOrEqualTo(ACCELERATION * 1e-3 + 1e-9);
            }
            before = v;
            assertThat(t).isLessThan(60);
        }
        return t;
    }

    private KinematicAxis homed() {
        KinematicAxis axis = axis();
        axis.home();
        pastTheSwitch(axis);
        return axis;
    }

    /** A switch stops the axis hard, which no acceleration limits. */
    private void pastTheSwitch(KinematicAxis axis) {
        for (int i = 0; i < 60_000 && axis.moving(); i++) {
            pass(1e-3);
        }
        assertThat(axis.moving()).isFalse();
    }

    @Test
    void powerUp_countsFromWhereItStands_withoutReference() {
        KinematicAxis axis = axis();
        assertThat(axis.count()).isZero();
        assertThat(axis.load()).isEqualTo(40);
        assertThat(axis.referenced()).isFalse();
        axis.home();
        pastTheSwitch(axis);
        assertThat(axis.referenced()).isTrue();
        assertThat(axis.count()).isZero();
        assertThat(axis.load()).isCloseTo(0, within(PLAY));
    }

    @Property(tries = 100)
    void move_anyTarget_arrivesExactlyAfterTheTimeOfATrapezoid(@ForAll @IntRange(min = 1, max = 9900) int hundredths) {
        KinematicAxis axis = homed();
        double d = hundredths / 100.0;
        axis.moveTo(d, SPEED);
        double t = untilRest(axis);
        assertThat(axis.count()).isEqualTo(d);
        assertThat(axis.load()).isCloseTo(d, within(PLAY / 2 + 1e-9));
        double ramp = SPEED * SPEED / ACCELERATION;
        double theory = d > ramp ? d / SPEED + SPEED / ACCELERATION : 2 * Math.sqrt(d / ACCELERATION);
        // steps of 1 ms: a few at each end, where the brake is applied a step late and the rest is crept
        assertThat(t).isBetween(theory - 3e-3, theory + 15e-3);
    }

    @Test
    void play_movesTheLoadOnlyWhenTaken() {
        KinematicAxis axis = homed();
        axis.moveTo(50, SPEED);
        untilRest(axis);
        double below = axis.load();
        axis.moveTo(50 - PLAY / 2, 1);
        untilRest(axis);
        assertThat(axis.load()).isEqualTo(below);
        axis.moveTo(60, SPEED);
        untilRest(axis);
        axis.moveTo(50, SPEED);
        untilRest(axis);
        assertThat(axis.load() - below).isCloseTo(PLAY, within(1e-9));
    }

    @Test
    void switches_stallAndStops_endMotions() {
        KinematicAxis axis = homed();
        axis.moveTo(200, SPEED);
        pastTheSwitch(axis);
        assertThat(axis.switchHit()).isTrue();
        assertThat(axis.load()).isCloseTo(101, within(0.1));
        axis.moveTo(50, SPEED);
        pass(0.5);
        assertThat(axis.moving()).isTrue();
        assertThat(axis.switchHit()).isFalse();
        axis.injectStall();
        pass(0.01);
        assertThat(axis.stalled()).isTrue();
        assertThat(axis.moving()).isFalse();
        axis.moveTo(10, SPEED);
        pass(0.5);
        double at = axis.count();
        axis.stop();
        double t = untilRest(axis);
        // braking from full speed takes v / a and v^2 / 2a, to a step
        assertThat(t).isCloseTo(SPEED / ACCELERATION, within(2e-3));
        assertThat(at - axis.count()).isCloseTo(SPEED * SPEED / 2 / ACCELERATION, within(SPEED * 2e-3));
        axis.moveTo(90, SPEED);
        pass(0.5);
        at = axis.count();
        axis.cut();
        pass(1);
        assertThat(axis.count()).isEqualTo(at);
    }

    @Test
    void homeSwitch_broken_findsNothing() {
        KinematicAxis axis = axis();
        axis.breakHomeSwitch(true);
        axis.home();
        pastTheSwitch(axis);
        assertThat(axis.referenced()).isFalse();
        assertThat(axis.switchHit()).isTrue();
    }

    @Test
    void body_impossible_isRefused() {
        assertThatThrownBy(() -> new KinematicAxis.Body(1, 0, 0, 1, 1, 1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
