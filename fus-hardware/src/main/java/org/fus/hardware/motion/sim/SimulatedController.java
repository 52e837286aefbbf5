package org.fus.hardware.motion.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fus.hardware.motion.AxisReading;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.ControllerRange;
import org.fus.hardware.motion.MotionController;
import org.fus.hardware.motion.MotionException;
import org.fus.hardware.motion.MotionFault;
import org.fus.hardware.motion.MotionFault.Kind;
import org.fus.hardware.motion.MotionPermit;
import org.fus.hardware.transport.TransportException;

/** A controller that is nothing but kinematics. Its axes can be reached, to look at the truth and to inject faults. */
public final class SimulatedController implements MotionController {
    private static final String NAME = "simulated stage";
    private final List<KinematicAxis> axes;
    private final ControllerRange[] guarded;
    private boolean cut;
    private boolean closed;
    private boolean lost;

    /**
     * A controller of axes.
     *
     * @param axes the axes, in controller units
     */
    public SimulatedController(List<KinematicAxis> axes) {
        this.axes = List.copyOf(axes);
        this.guarded = new ControllerRange[axes.size()];
    }

    /**
     * Axes that suit settings: end switches 1 mm (or degree) beyond the limits, power-up in mid travel, 0.2 s to full
     * speed, homed at the lower switch of the controller's own counting.
     *
     * @param settings one axis
     * @param play between motor and load, metres or radians
     * @return the axis, in controller units
     */
    public static KinematicAxis axisFor(AxisSettings settings, double play) {
        double p = settings.toController(settings.lowerLimitSi());
        double q = settings.toController(settings.upperLimitSi());
        double lower = Math.min(p, q);
        double upper = Math.max(p, q);
        double unit = settings.unitsPerSi();
        double margin = (settings.kind() == AxisSettings.Kind.LINEAR ? 1e-3 : Math.toRadians(1)) * unit;
        double speed = settings.maxSpeedSiPerS() * unit;
        return new KinematicAxis(
                new KinematicAxis.Body(
                        lower - margin,
                        upper + margin,
                        (lower + upper) / 2,
                        speed,
                        speed / 0.2,
                        speed,
                        lower,
                        margin,
                        play * unit),
                System::nanoTime);
    }

    /**
     * The axes, for a look at the truth and for faults.
     *
     * @return the axes
     */
    public List<KinematicAxis> axes() {
        return axes;
    }

    /** Breaks the line: every further call fails as with an unplugged cable. */
    public synchronized void unplug() {
        lost = true;
    }

    @Override
    public String connect() {
        requireLine();
        return NAME + ", " + axes.size() + " axes";
    }

    @Override
    public synchronized Optional<ControllerRange> guard(int axis, ControllerRange range) {
        requireLine();
        guarded[axis] = range;
        return Optional.of(range);
    }

    @Override
    public synchronized List<AxisReading> read() {
        requireLine();
        List<AxisReading> all = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            KinematicAxis a = axes.get(i);
            Optional<MotionFault> fault = Optional.empty();
            if (a.stalled()) {
                fault = Optional.of(new MotionFault(Kind.STALL, i, "axis " + i + " has stalled; look for an obstacle"));
            } else if (a.switchHit()) {
                fault = Optional.of(new MotionFault(
                        Kind.LIMIT_SWITCH, i, "axis " + i + " is on an end switch; jog it off or home"));
            }
            all.add(new AxisReading(a.count(), a.moving(), a.referenced(), fault));
        }
        return all;
    }

    @Override
    public boolean homesTogether() {
        return false;
    }

    @Override
    public synchronized void home(int axis, MotionPermit permit) {
        admit(permit);
        axes.get(axis).home();
    }

    @Override
    public synchronized void move(double[] targets, double[] speeds, MotionPermit permit) {
        admit(permit);
        for (int i = 0; i < targets.length; i++) {
            ControllerRange r = guarded[i];
            if (!Double.isNaN(targets[i]) && r != null && (targets[i] < r.lower() || targets[i] > r.upper())) {
                throw new MotionException(
                        NAME,
                        new MotionFault(
                                Kind.SOFT_LIMIT,
                                i,
                                "axis " + i + " to " + targets[i] + ", controller allows " + r.lower() + " to "
                                        + r.upper()));
            }
        }
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isNaN(targets[i])) {
                axes.get(i).moveTo(targets[i], speeds[i]);
            }
        }
    }

    @Override
    public synchronized void jog(int axis, double distance, double speed, MotionPermit permit) {
        admit(permit);
        axes.get(axis).moveBy(distance, speed);
    }

    private void admit(MotionPermit permit) {
        requireLine();
        permit.check(NAME);
        if (cut) {
            throw new MotionException(NAME, MotionFault.of(Kind.EMERGENCY_STOP, "the power is cut; reset first"));
        }
    }

    @Override
    public synchronized void stop() {
        requireLine();
        axes.forEach(KinematicAxis::stop);
    }

    @Override
    public synchronized void emergencyStop() {
        requireLine();
        cut = true;
        axes.forEach(KinematicAxis::cut);
    }

    @Override
    public synchronized void reset() {
        requireLine();
        cut = false;
    }

    @Override
    public synchronized void close() {
        if (!lost) {
            axes.forEach(KinematicAxis::cut);
        }
        closed = true;
    }

    private synchronized void requireLine() {
        if (closed || lost) {
            throw new TransportException(NAME, closed ? "closed; open it again" : "unplugged; check the cable");
        }
    }
}
