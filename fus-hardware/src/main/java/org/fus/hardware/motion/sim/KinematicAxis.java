package org.fus.hardware.motion.sim;

import java.util.function.LongSupplier;

/**
 * One motor axis with a body: limited acceleration and speed, play between motor and load, end switches, homing, and
 * faults on request. Lengths are in whatever unit the owner uses. Time passes by the clock that it was given, in steps of
 * 1 ms, whenever anybody looks. Thread-safe.
 *
 * <p>The motor counts from wherever it was switched on; {@link #count} is what a controller reports, {@link #load} is
 * where the load truly is.
 */
public final class KinematicAxis {
    private static final double STEP_S = 1e-3;
    private static final long STEP_NS = 1_000_000;

    /**
     * What the axis is made of.
     *
     * @param lowerSwitch true position of the lower end switch, at which homing looks
     * @param upperSwitch true position of the upper end switch
     * @param startLoad true position at power-up
     * @param maxSpeed units per second
     * @param acceleration units per second squared
     * @param homingSpeed units per second
     * @param homeCount what the motor counts after homing, at {@code lowerSwitch + pullOff}
     * @param pullOff distance from the switch after homing
     * @param play distance between motor and load when the direction changes
     */
    public record Body(
            double lowerSwitch,
            double upperSwitch,
            double startLoad,
            double maxSpeed,
            double acceleration,
            double homingSpeed,
            double homeCount,
            double pullOff,
            double play) {
        /** Checks everything. */
        public Body {
            if (!(lowerSwitch < upperSwitch)
                    || !(startLoad >= lowerSwitch && startLoad <= upperSwitch)
                    || !(maxSpeed > 0)
                    || !(acceleration > 0)
                    || !(homingSpeed > 0)
                    || !(pullOff >= 0)
                    || !(play >= 0)) {
                throw new IllegalArgumentException("axis with switches at " + lowerSwitch + " and " + upperSwitch
                        + ", start " + startLoad + ", speeds " + maxSpeed + " and " + homingSpeed + ", acceleration "
                        + acceleration + ", pull-off " + pullOff + ", play " + play
                        + ": expected switches in order with the start between them, speeds and acceleration positive");
            }
        }
    }

    private enum Mode {
        REST,
        MOVE,
        DECELERATE,
        SEEK_SWITCH,
        PULL_OFF
    }

    private final Body body;
    private final LongSupplier clockNs;
    private long timeNs;
    private Mode mode = Mode.REST;
    private double motor; // true position of the motor
    private double load;
    private double countOffset; // count = motor + countOffset
    private double velocity;
    private double target; // true position
    private double speed;
    private boolean referenced;
    private boolean switchHit;
    private boolean stalled;
    private boolean stallNext;
    private boolean homeSwitchBroken;
    private long motions;

    /**
     * An axis at power-up: no reference, count 0 wherever it stands.
     *
     * @param body what it is made of
     * @param clockNs such as {@code System::nanoTime}
     */
    public KinematicAxis(Body body, LongSupplier clockNs) {
        this.body = body;
        this.clockNs = clockNs;
        this.timeNs = clockNs.getAsLong();
        this.motor = body.startLoad();
        this.load = body.startLoad();
        this.countOffset = -motor;
        this.speed = body.maxSpeed();
    }

    /**
     * Starts a move to a count.
     *
     * @param count where to
     * @param atSpeed units per second; the axis takes less when its body allows less
     */
    public synchronized void moveTo(double count, double atSpeed) {
        advance();
        target = count - countOffset;
        speed = Math.min(Math.abs(atSpeed), body.maxSpeed());
        begin(Mode.MOVE);
    }

    /**
     * Starts a move by a distance from where the motor is.
     *
     * @param distance units
     * @param atSpeed units per second
     */
    public synchronized void moveBy(double distance, double atSpeed) {
        advance();
        moveTo(motor + countOffset + distance, atSpeed);
    }

    /** Starts homing: to the lower switch, and back by the pull-off. */
    public synchronized void home() {
        advance();
        referenced = false;
        speed = body.homingSpeed();
        begin(Mode.SEEK_SWITCH);
    }

    private void begin(Mode next) {
        motions++;
        switchHit = false;
        stalled = false;
        mode = next;
    }

    /** Decelerates to rest. */
    public synchronized void stop() {
        advance();
        if (mode != Mode.REST) {
            mode = Mode.DECELERATE;
        }
    }

    /** Stops at once, as with the power cut; the reference stays. */
    public synchronized void cut() {
        advance();
        mode = Mode.REST;
        velocity = 0;
    }

    /** Forgets the reference and counts from zero, as after a restart. */
    public synchronized void forgetReference() {
        advance();
        referenced = false;
    }

    /** Makes the axis stall half a unit step into its next, or its present, motion. */
    public synchronized void injectStall() {
        advance();
        stallNext = true;
    }

    /**
     * Breaks the home switch: homing runs into the end and finds nothing.
     *
     * @param broken whether it is broken
     */
    public synchronized void breakHomeSwitch(boolean broken) {
        advance();
        homeSwitchBroken = broken;
    }

    /** Puts an obstacle where the axis is: it triggers an end switch now. */
    public synchronized void triggerSwitch() {
        advance();
        hitSwitch();
    }

    /**
     * What the motor counts.
     *
     * @return units
     */
    public synchronized double count() {
        advance();
        return motor + countOffset;
    }

    /**
     * Where the load truly is.
     *
     * @return units
     */
    public synchronized double load() {
        advance();
        return load;
    }

    /**
     * How fast the motor turns.
     *
     * @return units per second, signed
     */
    public synchronized double velocity() {
        advance();
        return velocity;
    }

    /**
     * Tells whether a motion is under way.
     *
     * @return true when it is
     */
    public synchronized boolean moving() {
        advance();
        return mode != Mode.REST;
    }

    /**
     * Tells whether homing has succeeded.
     *
     * @return true when counts are places
     */
    public synchronized boolean referenced() {
        advance();
        return referenced;
    }

    /**
     * Tells whether the last motion ended at an end switch.
     *
     * @return true until the next motion
     */
    public synchronized boolean switchHit() {
        advance();
        return switchHit;
    }

    /**
     * Tells whether the last motion ended in a stall.
     *
     * @return true until the next motion
     */
    public synchronized boolean stalled() {
        advance();
        return stalled;
    }

    /**
     * Motions started since power-up; a test that nothing has moved looks here as well as at {@link #load}.
     *
     * @return the number
     */
    public synchronized long motions() {
        return motions;
    }

    private void advance() {
        long now = clockNs.getAsLong();
        while (now - timeNs >= STEP_NS) {
            if (mode == Mode.REST) {
                timeNs += (now - timeNs) / STEP_NS * STEP_NS;
                return;
            }
            timeNs += STEP_NS;
            step();
        }
    }

    private void step() {
        switch (mode) {
            case MOVE -> {
                if (approach(target)) {
                    rest();
                }
            }
            case PULL_OFF -> {
                if (approach(target)) {
                    countOffset = body.homeCount() - motor;
                    referenced = true;
                    rest();
                }
            }
            case SEEK_SWITCH -> accelerateTo(-speed);
            case DECELERATE -> {
                accelerateTo(0);
                if (velocity == 0) {
                    rest();
                }
            }
            case REST -> {}
        }
        if (stallNext && mode != Mode.REST) {
            stallNext = false;
            stalled = true;
            rest();
        }
        double before = motor;
        motor += velocity * STEP_S;
        if ((mode == Mode.MOVE || mode == Mode.PULL_OFF) && (before - target) * (motor - target) < 0) {
            motor = target; // the last millisecond of a braking ramp would pass it
            velocity = 0;
        }
        // play: the motor moves the load only when it touches one of its flanks
        load = Math.clamp(load, motor - body.play() / 2, motor + body.play() / 2);
        checkSwitches();
    }

    private void rest() {
        mode = Mode.REST;
        velocity = 0;
    }

    /** One step of a trapezoid: as fast as allowed, and never so fast that braking would come too late. */
    private boolean approach(double goal) {
        double d = goal - motor;
        // the fastest from which the axis can still brake after this step: v dt + v^2 / 2a = |d|
        double a = body.acceleration();
        double brake = a * (Math.sqrt(STEP_S * STEP_S + 2 * Math.abs(d) / a) - STEP_S);
        double wanted = Math.signum(d) * Math.min(speed, brake);
        if (Math.abs(d) <= body.acceleration() * STEP_S * STEP_S
                && Math.abs(velocity) <= 2 * body.acceleration() * STEP_S) {
            motor = goal;
            velocity = 0;
            load = Math.clamp(load, motor - body.play() / 2, motor + body.play() / 2);
            return true;
        }
        // within one step the motor must not pass the goal
        wanted = Math.signum(d) * Math.min(Math.abs(wanted), Math.abs(d) / STEP_S);
        accelerateTo(wanted);
        return false;
    }

    private void accelerateTo(double wanted) {
        double most = body.acceleration() * STEP_S;
        velocity += Math.clamp(wanted - velocity, -most, most);
    }

    private void checkSwitches() {
        if (mode == Mode.REST) {
            return;
        }
        if (load <= body.lowerSwitch()) {
            if (mode == Mode.SEEK_SWITCH && !homeSwitchBroken) {
                velocity = 0;
                target = body.lowerSwitch() + body.pullOff(); // what a slow second approach would find
                mode = Mode.PULL_OFF;
            } else if (velocity < 0) {
                hitSwitch();
            }
        } else if (load >= body.upperSwitch() && velocity > 0) {
            hitSwitch();
        }
    }

    private void hitSwitch() {
        switchHit = true;
        rest();
    }
}
