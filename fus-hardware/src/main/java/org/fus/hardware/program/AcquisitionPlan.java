package org.fus.hardware.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.plan.ScanPlan;
import org.fus.hardware.plan.ScanPlanner;
import org.fus.hardware.plan.VisitOrder;

/**
 * An acquisition as a person asks for it: what is fired, what is received, where the probe goes. {@link #program} is what a
 * device plays at each visit of a pose, {@link #scan} the visits. {@link AcquisitionPlans} makes the usual ones. Immutable.
 *
 * @param kind what kind of acquisition it is
 * @param probe the probe that it is for
 * @param firing what is fired
 * @param receiving what is received
 * @param visiting where, how often, in which order
 */
public record AcquisitionPlan(PlanKind kind, Probe probe, Firing firing, Receiving receiving, Visiting visiting) {
    /** Samples are taken in multiples of 64, what both public systems can do. */
    private static final int SAMPLE_STEP = 64;

    /**
     * What is fired: plane waves with evenly spaced tilts of {@code -maxTiltRad} to {@code maxTiltRad}; a row-column probe
     * fires them with its columns and then with its rows.
     *
     * @param waves tilts
     * @param maxTiltRad the largest tilt
     * @param centerFrequencyHz of the pulse, hertz
     * @param pulseCycles length of the pulse in periods
     * @param firingRateHz firings per second within a frame, hertz
     * @param frameRateHz compounded frames per second, hertz
     * @param soundSpeedMPerS metres per second
     * @param voltageV high voltage, volts
     */
    public record Firing(
            int waves,
            double maxTiltRad,
            double centerFrequencyHz,
            double pulseCycles,
            double firingRateHz,
            double frameRateHz,
            double soundSpeedMPerS,
            double voltageV) {}

    /**
     * What is received.
     *
     * @param nearM smallest depth, metres
     * @param farM largest depth, metres
     * @param samplingFrequencyHz hertz
     * @param framesPerBlock frames of one power Doppler image
     */
    public record Receiving(double nearM, double farM, double samplingFrequencyHz, int framesPerBlock) {}

    /**
     * Where, how often, in which order.
     *
     * @param centre the only pose, or the middle of a stack
     * @param poses the poses of {@link PlanKind#CUSTOM_POSES}; empty for other kinds
     * @param positions positions of a stack or a multi-array; 1 for other kinds
     * @param stepM distance of two positions of a stack, metres; a multi-array tiles the distance of its arrays instead
     * @param cycles repetitions of the volume
     * @param blocks blocks recorded at each visit
     * @param order order of the visits
     * @param seed of a random order
     */
    public record Visiting(
            UprightPose centre,
            List<UprightPose> poses,
            int positions,
            double stepM,
            int cycles,
            int blocks,
            VisitOrder order,
            long seed) {
        /** Copies. */
        public Visiting {
            Objects.requireNonNull(centre, "centre");
            Objects.requireNonNull(order, "order");
            poses = List.copyOf(poses);
        }
    }

    /** Checks all figures and throws once. */
    public AcquisitionPlan {
        List<String> problems = PlanRules.problems(kind, probe, firing, receiving, visiting);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("acquisition plan: " + String.join("; ", problems));
        }
    }

    /**
     * The same at another depth.
     *
     * @param nearM smallest depth, metres
     * @param farM largest depth, metres
     * @return a changed copy
     */
    public AcquisitionPlan withDepthM(double nearM, double farM) {
        return new AcquisitionPlan(
                kind,
                probe,
                firing,
                new Receiving(nearM, farM, receiving.samplingFrequencyHz(), receiving.framesPerBlock()),
                visiting);
    }

    /**
     * The same with other firings.
     *
     * @param changed what is fired
     * @return a changed copy
     */
    public AcquisitionPlan withFiring(Firing changed) {
        return new AcquisitionPlan(kind, probe, changed, receiving, visiting);
    }

    /**
     * The same with other visits.
     *
     * @param changed where, how often, in which order
     * @return a changed copy
     */
    public AcquisitionPlan withVisiting(Visiting changed) {
        return new AcquisitionPlan(kind, probe, firing, receiving, changed);
    }

    /**
     * The same with another number of blocks at each visit.
     *
     * @param blocks at least 1
     * @return a changed copy
     */
    public AcquisitionPlan withBlocks(int blocks) {
        Visiting v = visiting;
        return withVisiting(
                new Visiting(v.centre(), v.poses(), v.positions(), v.stepM(), v.cycles(), blocks, v.order(), v.seed()));
    }

    /**
     * What a device plays at each visit: one group. All firings take samples of the same times: from the echo of the smallest
     * depth to that of the largest one at the edge of an aperture of f-number 1, with the largest tilt and the pulse.
     *
     * @return the program
     */
    public AcquisitionProgram program() {
        TransmitSequence sequence = new TransmitSequence(
                transmits(), firing.centerFrequencyHz(), firing.firingRateHz(), firing.soundSpeedMPerS());
        double startS = 2 * receiving.nearM() / firing.soundSpeedMPerS();
        double samples = Math.ceil((endS() - startS) * receiving.samplingFrequencyHz() / SAMPLE_STEP) * SAMPLE_STEP;
        SampleAxis receive = SampleAxis.common(receiving.samplingFrequencyHz(), startS, sequence.size(), (int) samples);
        int frames = receiving.framesPerBlock() * visiting.blocks();
        FiringGroup regular = new FiringGroup("frames", sequence, receive, frames, receiving.framesPerBlock());
        double periodS = 1 / firing.frameRateHz();
        boolean pauses = periodS - regular.schedule().periodS() > 1e-9; // the tick that FiringGroup.isPlain allows
        FiringGroup group = pauses
                ? new FiringGroup(
                        "frames",
                        sequence,
                        receive,
                        regular.events(),
                        receiving.framesPerBlock(),
                        Schedule.repeat(frames, periodS))
                : regular;
        return new AcquisitionProgram(List.of(group), group.name(), org.fus.core.sequence.Control.IMMEDIATE);
    }

    /**
     * Where the probe goes.
     *
     * @return poses and visits
     */
    public ScanPlan scan() {
        ScanPlanner.Visits visits =
                new ScanPlanner.Visits(visiting.cycles(), visiting.blocks(), visiting.order(), visiting.seed());
        var centre = visiting.centre().probeToLab();
        return switch (kind) {
            case ANGIO_3D, FUS_3D_T -> ScanPlanner.stack(centre, visiting.positions(), visiting.stepM(), visits);
            case MULTI_ARRAY ->
                ScanPlanner.multiArray(centre, arrays(probe), arraySpacingM(probe), visiting.positions(), visits);
            case CUSTOM_POSES ->
                ScanPlanner.custom(
                        visiting.poses().stream().map(UprightPose::probeToLab).toList(), visits);
            case FUS_2D, RCA, ULM, B_MODE, M_MODE -> ScanPlanner.singlePlane(centre, visiting.blocks());
        };
    }

    private double endS() {
        double extentM = extentM(probe);
        double receiveM = Math.hypot(receiving.farM(), Math.min(extentM, receiving.farM() / 2));
        double pathM = receiving.farM() + extentM * Math.sin(firing.maxTiltRad()) + receiveM;
        return pathM / firing.soundSpeedMPerS() + firing.pulseCycles() / firing.centerFrequencyHz();
    }

    private List<Transmit> transmits() {
        if (kind != PlanKind.RCA) {
            return tilts().<Transmit>mapToObj(Transmit.PlaneWave::new).toList();
        }
        TransmitAperture columns = along(Vector3.Y);
        TransmitAperture rows = along(Vector3.X);
        List<Transmit> all = new ArrayList<>();
        tilts().forEach(t -> all.add(new Transmit.PlaneWave(t, 0, columns)));
        tilts().forEach(t -> all.add(new Transmit.PlaneWave(0, t, rows)));
        return all;
    }

    private java.util.stream.DoubleStream tilts() {
        int n = firing.waves();
        return IntStream.range(0, n).mapToDouble(i -> n == 1 ? 0 : firing.maxTiltRad() * (2.0 * i / (n - 1) - 1));
    }

    /** The elements that are long along a direction. */
    private TransmitAperture along(Vector3 direction) {
        return TransmitAperture.of(IntStream.range(0, probe.elements())
                .mapToDouble(e -> Math.abs(probe.element(e).lengthAxis().dot(direction)) > 0.5 ? 1 : 0)
                .toArray());
    }

    static double extentM(Probe probe) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int e = 0; e < probe.elements(); e++) {
            Element element = probe.element(e);
            low[0] = Math.min(low[0], element.centerM().x());
            high[0] = Math.max(high[0], element.centerM().x());
            low[1] = Math.min(low[1], element.centerM().y());
            high[1] = Math.max(high[1], element.centerM().y());
        }
        return Math.max(high[0] - low[0], high[1] - low[1]);
    }

    private static double[] rowsOf(Probe probe) {
        return IntStream.range(0, probe.elements())
                .mapToDouble(probe::elementYM)
                .distinct()
                .sorted()
                .toArray();
    }

    static int arrays(Probe probe) {
        return rowsOf(probe).length;
    }

    static double arraySpacingM(Probe probe) {
        double[] rows = rowsOf(probe);
        return rows.length < 2 ? 0 : (rows[rows.length - 1] - rows[0]) / (rows.length - 1);
    }
}
