package org.fus.hardware.program;

import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.plan.VisitOrder;
import org.fus.hardware.program.AcquisitionPlan.Firing;
import org.fus.hardware.program.AcquisitionPlan.Receiving;
import org.fus.hardware.program.AcquisitionPlan.Visiting;

/**
 * The usual acquisitions in one line each. All of them fire tilted plane waves at the centre frequency of the probe, with 2
 * periods and 25 V (the published limit of IcoPrime and L22-14v), for 1540 m/s, and sample four times per period. Depths are
 * 10 to 101 wavelengths, the 1 to 10 mm of the vendor's recordings at 15.625 MHz (PyIconeus). Blocks have at most 1 GiB.
 * Change what differs with the {@code with} methods.
 */
public final class AcquisitionPlans {
    private static final double VOLTAGE_V = 25;
    private static final double PULSE_CYCLES = 2;
    private static final double NEAR_WAVELENGTHS = 10;
    private static final double FAR_WAVELENGTHS = 101;
    private static final double SAMPLES_PER_PERIOD = 4;
    private static final long BLOCK_BYTES = 1L << 30;
    private static final int STACK_ANGIO = 40;
    private static final int STACK_FUNCTIONAL = 8;

    private AcquisitionPlans() {}

    /**
     * The usual plan of a kind.
     *
     * @param kind the kind; {@link PlanKind#CUSTOM_POSES} stands at home
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan of(PlanKind kind, Probe probe) {
        return switch (kind) {
            case FUS_2D -> fus2d(probe);
            case ANGIO_3D -> angio3d(probe);
            case FUS_3D_T -> fus3dT(probe);
            case CUSTOM_POSES -> customPoses(probe, List.of(UprightPose.HOME));
            case RCA -> rca(probe);
            case MULTI_ARRAY -> multiArray(probe);
            case ULM -> ulm(probe);
            case B_MODE -> bMode(probe);
            case M_MODE -> mMode(probe);
        };
    }

    /**
     * Functional imaging of one plane: 11 waves of -10 to 10 degrees at 5.5 kHz, 500 frames a second, 200 frames = 0.4 s per
     * image: the vendor's sequence (PyIconeus; fUSI-BIDS examples). 10 images.
     *
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan fus2d(Probe probe) {
        return plan(PlanKind.FUS_2D, probe, 11, 10, 500, 200, single(10));
    }

    /**
     * Angiography of a volume: as {@link #fus2d}, one image at each of 40 planes 0.2 mm apart; half a minute, the usual
     * duration.
     *
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan angio3d(Probe probe) {
        return plan(PlanKind.ANGIO_3D, probe, 11, 10, 500, 200, stack(STACK_ANGIO, 0.2e-3, 1));
    }

    /**
     * Functional imaging of a volume: as {@link #fus2d}, one image at each of 8 planes 0.4 mm apart (the thickness of a slice
     * of IcoPrime at its focus), 100 times, there and back again.
     *
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan fus3dT(Probe probe) {
        return plan(PlanKind.FUS_3D_T, probe, 11, 10, 500, 200, stack(STACK_FUNCTIONAL, 0.4e-3, 100));
    }

    /**
     * As {@link #fus2d}, one image at each of some poses, 100 times.
     *
     * @param probe the probe
     * @param poses at least one
     * @return the plan
     */
    public static AcquisitionPlan customPoses(Probe probe, List<UprightPose> poses) {
        Visiting visiting = new Visiting(UprightPose.HOME, poses, 1, 0, 100, 1, VisitOrder.SERPENTINE, 0);
        return plan(PlanKind.CUSTOM_POSES, probe, 11, 10, 500, 200, visiting);
    }

    /**
     * Volumes of a row-column probe without motors: 21 waves of -5.5 to 5.5 degrees of the columns and as many of the rows,
     * 310 volumes a second, 160 of them per image (Kim et al., 4-D fUS with an RC6gV). 10 images.
     *
     * @param probe a row-column probe
     * @return the plan
     */
    public static AcquisitionPlan rca(Probe probe) {
        return plan(PlanKind.RCA, probe, 21, 5.5, 310, 160, single(10));
    }

    /**
     * Volumes of a multi-array: 8 waves of -12 to 12 degrees at 4 kHz, 500 frames a second, 0.4 s per pose, 4 poses that tile
     * the distance of two arrays, 100 times (Bertolo et al. 2023).
     *
     * @param probe a multi-array
     * @return the plan
     */
    public static AcquisitionPlan multiArray(Probe probe) {
        return plan(PlanKind.MULTI_ARRAY, probe, 8, 12, 500, 200, stack(4, 0, 100));
    }

    /**
     * Localisation microscopy: 11 waves of -10 to 10 degrees, 1000 frames a second, blocks of 400 frames: the vendor's raw
     * recordings (PyIconeus); 1 kHz as in the rat brain of PALA (doi:10.1038/s41551-021-00824-8). 9 blocks.
     *
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan ulm(Probe probe) {
        return plan(PlanKind.ULM, probe, 11, 10, 1000, 400, single(9));
    }

    /**
     * Anatomy: 21 waves of -15 to 15 degrees, 100 frames a second, 10 of them per block: plane-wave compounding (Montaldo et
     * al. 2009, doi:10.1109/TUFFC.2009.1067). 10 blocks.
     *
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan bMode(Probe probe) {
        return plan(PlanKind.B_MODE, probe, 21, 15, 100, 10, single(10));
    }

    /**
     * Motion along the axis: one wave without tilt, 1000 times a second, for 10 s; pulsation and breathing of rodents lie
     * below 20 Hz.
     *
     * @param probe the probe
     * @return the plan
     */
    public static AcquisitionPlan mMode(Probe probe) {
        return plan(PlanKind.M_MODE, probe, 1, 0, 1000, 500, single(20));
    }

    private static Visiting single(int blocks) {
        return new Visiting(UprightPose.HOME, List.of(), 1, 0, 1, blocks, VisitOrder.SERIAL, 0);
    }

    private static Visiting stack(int positions, double stepM, int cycles) {
        return new Visiting(UprightPose.HOME, List.of(), positions, stepM, cycles, 1, VisitOrder.SERPENTINE, 0);
    }

    private static AcquisitionPlan plan(
            PlanKind kind, Probe probe, int waves, double tiltDeg, double frameRateHz, int frames, Visiting visiting) {
        double f = probe.centerFrequencyHz();
        double wavelengthM = TransmitSequence.SOFT_TISSUE_M_PER_S / f;
        int firings = (kind == PlanKind.RCA ? 2 : 1) * waves;
        Firing firing = new Firing(
                waves,
                Math.toRadians(tiltDeg),
                f,
                PULSE_CYCLES,
                firings * frameRateHz,
                frameRateHz,
                TransmitSequence.SOFT_TISSUE_M_PER_S,
                VOLTAGE_V);
        double near = tenths(NEAR_WAVELENGTHS * wavelengthM);
        double far = tenths(FAR_WAVELENGTHS * wavelengthM);
        AcquisitionPlan one =
                new AcquisitionPlan(kind, probe, firing, new Receiving(near, far, SAMPLES_PER_PERIOD * f, 1), visiting);
        long frameBytes = FrameBytes.of(probe, one.program().groups().getFirst());
        int perBlock = Math.clamp(BLOCK_BYTES / frameBytes, 1, frames);
        return new AcquisitionPlan(
                kind, probe, firing, new Receiving(near, far, SAMPLES_PER_PERIOD * f, perBlock), visiting);
    }

    /** To a tenth of a millimetre. */
    private static double tenths(double metres) {
        return Math.rint(metres * 1e4) / 1e4;
    }
}
