package org.fus.hardware.session;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.simulation.FunctionalRegion;
import org.fus.core.simulation.HaemodynamicResponse;
import org.fus.core.simulation.VascularScene;
import org.fus.hardware.motion.AxisSettings;
import org.fus.hardware.motion.MotionStage;
import org.fus.hardware.motion.StageKinematics;
import org.fus.hardware.motion.StageSettings;
import org.fus.hardware.motion.Stages;
import org.fus.hardware.motion.sim.SimulatedController;
import org.fus.hardware.plan.VisitOrder;
import org.fus.hardware.program.AcquisitionPlan;
import org.fus.hardware.program.AcquisitionPlans;
import org.fus.hardware.program.UprightPose;
import org.fus.hardware.sim.SimulatedBehaviour;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.hardware.trigger.DeviceTriggerPort;

/** A laboratory that is quick: a scanner of small images, a stage of four fast axes, the scanner's own trigger lines. */
final class SessionRig implements AutoCloseable {
    /** 0.2 mm pixels around the region. */
    static final PixelGrid GRID = PixelGrid.xz(-2e-3, 3e-3, 26, 2.5e-3, 5.5e-3, 16);

    /** 50 % more blood around x = 0.6 mm, y = 0.2 mm, 4.1 mm deep; half a second after the stimulus on the average. */
    static final FunctionalRegion REGION = new FunctionalRegion(
            new Vector3(0.6e-3, 0.2e-3, -4.1e-3), 0.5e-3, 0.5, new HaemodynamicResponse(0.05, 3, 0.15));

    static final double DRIFT_PPM = 200;

    final SimulatedScanner scanner;
    final SimulatedController controller;
    final MotionStage stage;
    final DeviceTriggerPort port;
    final Rig rig;

    SessionRig() {
        scanner = SimulatedScanner.builder()
                .scene(VascularScene.DEFAULT.withRegion(REGION))
                .grid(GRID)
                .behaviour(SimulatedBehaviour.DEFAULT
                        .withConnectLatencyS(0)
                        .withVoltage(25, 5000)
                        .withClock(DRIFT_PPM, 0.5e-3))
                .open();
        StageSettings settings = StageSettings.of(linear("x"), linear("y"), linear("z"), turn())
                .withSettle(Duration.ofMillis(5))
                .withReadback(Duration.ofMillis(5));
        controller = new SimulatedController(settings.axes().stream()
                .map(a -> SimulatedController.axisFor(a, 0))
                .toList());
        stage = Stages.over("stage", controller, settings);
        port = new DeviceTriggerPort("scanner", scanner.triggerLines(), 1e-3);
        rig = Rig.of(scanner)
                .withStage(stage, StageKinematics.of(4, 0, 1, 2, 3))
                .withDeviceTriggers(port);
    }

    private static AxisSettings linear(String name) {
        return AxisSettings.linear(name, name)
                .limits(-5e-3, 5e-3)
                .maxSpeed(0.2)
                .park(0)
                .build();
    }

    private static AxisSettings turn() {
        return AxisSettings.rotary("angle", "a").maxSpeed(10).park(0).build();
    }

    /** 4 planes 0.4 mm apart, there and back again; blocks of 60 frames in 60 ms. */
    static AcquisitionPlan plan(int cycles) {
        AcquisitionPlan usual = AcquisitionPlans.fus3dT(ProbeCatalogue.ICO_PRIME);
        AcquisitionPlan.Firing f = usual.firing();
        return new AcquisitionPlan(
                usual.kind(),
                usual.probe(),
                new AcquisitionPlan.Firing(
                        3, f.maxTiltRad(), f.centerFrequencyHz(), f.pulseCycles(), 3000, 1000, f.soundSpeedMPerS(), 20),
                new AcquisitionPlan.Receiving(
                        usual.receiving().nearM(), 6e-3, usual.receiving().samplingFrequencyHz(), 60),
                new AcquisitionPlan.Visiting(
                        UprightPose.HOME, List.of(), 4, 0.4e-3, cycles, 1, VisitOrder.SERPENTINE, 0));
    }

    AcquisitionSession session(SessionPlan plan, Path folder) {
        return AcquisitionSession.of(rig, plan, folder);
    }

    @Override
    public void close() {
        port.close();
        stage.close();
        scanner.close();
    }
}
