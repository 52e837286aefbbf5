package org.fus.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fus.core.probe.Probe;

/**
 * Recipe of a brain-like phantom: tissue in regions that move independently, and two vessels along the depth with
 * opposite flow. Tissue also fills the vessels' area, because a slice is thicker than a vessel. Immutable.
 *
 * @param seed everything random follows from it
 * @param flowMPerS mean speed of the flow, metres per second; positive flows towards the probe in the left vessel and
 *     away from it in the right one
 * @param vesselDepthM depth of the middle of the vessels and of the tissue, metres
 * @param clutterAboveBloodDb echo power of tissue over that of blood per imaged area, decibels
 * @param noiseBelowBloodDb see {@link Phantom#noiseBelowBloodDb}
 * @param volume how the blood volume changes
 */
public record BrainSlice(
        long seed,
        double flowMPerS,
        double vesselDepthM,
        double clutterAboveBloodDb,
        double noiseBelowBloodDb,
        BloodVolume volume) {
    /**
     * Seed 1, 5 mm/s (below the 12.3 mm/s at which 15.6 MHz and 500 frames per second alias, peak included), vessels at
     * 6.5 mm, clutter 40 dB above and noise 10 dB below blood, no function.
     */
    public static final BrainSlice DEFAULT = new BrainSlice(1, 5e-3, 6.5e-3, 40, 10, BloodVolume.AT_REST);

    /** Side of the square of tissue, metres. */
    public static final double TISSUE_SIDE_M = 6.2e-3;

    /** Distance of each vessel's axis from x = 0, metres. */
    public static final double VESSEL_OFFSET_M = 1.2e-3;

    /** Radius of the vessels, metres. */
    public static final double VESSEL_RADIUS_M = 0.25e-3;

    /** Length of the vessels, metres. */
    public static final double VESSEL_LENGTH_M = 3e-3;

    // 10 per resolution cell of 130 um x 66 um (the point spread of an IcoPrime-like probe at F#1), with some to spare
    private static final double SCATTERERS_PER_SQUARE_M = 10.2 / (130e-6 * 66e-6);
    private static final int COLUMNS = 4;
    private static final int ROWS = 4;

    /** Checks that vessels and tissue lie below the array. */
    public BrainSlice {
        double nearM = vesselDepthM - TISSUE_SIDE_M / 2;
        if (!(nearM > 0) || !Double.isFinite(vesselDepthM)) {
            throw new IllegalArgumentException("vessels at " + vesselDepthM * 1e3 + " mm: the tissue around them would"
                    + " begin at " + nearM * 1e3 + " mm; place them deeper than " + TISSUE_SIDE_M / 2 * 1e3 + " mm");
        }
        if (!Double.isFinite(flowMPerS) || !Double.isFinite(clutterAboveBloodDb)) {
            throw new IllegalArgumentException("flow of " + flowMPerS + " m/s and clutter " + clutterAboveBloodDb
                    + " dB above blood must be finite");
        }
    }

    /**
     * The same with another seed.
     *
     * @param newSeed everything random follows from it
     * @return a changed copy
     */
    public BrainSlice withSeed(long newSeed) {
        return new BrainSlice(newSeed, flowMPerS, vesselDepthM, clutterAboveBloodDb, noiseBelowBloodDb, volume);
    }

    /**
     * The same with another flow.
     *
     * @param mPerS mean speed, metres per second, negative to reverse both vessels
     * @return a changed copy
     */
    public BrainSlice withFlowMPerS(double mPerS) {
        return new BrainSlice(seed, mPerS, vesselDepthM, clutterAboveBloodDb, noiseBelowBloodDb, volume);
    }

    /**
     * The same with everything at another depth.
     *
     * @param depthM depth of the middle of the vessels, metres
     * @return a changed copy
     */
    public BrainSlice withVesselDepthM(double depthM) {
        return new BrainSlice(seed, flowMPerS, depthM, clutterAboveBloodDb, noiseBelowBloodDb, volume);
    }

    /**
     * The same with a functional response.
     *
     * @param newVolume how the blood volume changes
     * @return a changed copy
     */
    public BrainSlice withVolume(BloodVolume newVolume) {
        return new BrainSlice(seed, flowMPerS, vesselDepthM, clutterAboveBloodDb, noiseBelowBloodDb, newVolume);
    }

    /**
     * Depth at which the tissue begins.
     *
     * @return metres
     */
    public double nearM() {
        return vesselDepthM - TISSUE_SIDE_M / 2;
    }

    /**
     * Depth at which the tissue ends.
     *
     * @return metres
     */
    public double farM() {
        return vesselDepthM + TISSUE_SIDE_M / 2;
    }

    /**
     * Places the scatterers. The amplitude of the tissue is set so that its echo power per area is
     * {@code clutterAboveBloodDb} above that of the blood over the rectangles that the vessels cover in the image,
     * elevation weights included.
     *
     * @param probe the array that will look at it; its elevation focus decides how much blood it sees
     * @return the phantom, with the left vessel first
     */
    public Phantom phantom(Probe probe) {
        List<Vessel> vessels = List.of(vessel(-VESSEL_OFFSET_M, flowMPerS), vessel(VESSEL_OFFSET_M, -flowMPerS));
        double bloodPerSquareM = bloodPowerPerSquareM(vessels, probe);
        double amplitude =
                Math.pow(10, clutterAboveBloodDb / 20) * Math.sqrt(bloodPerSquareM / SCATTERERS_PER_SQUARE_M);
        List<TissueRegion> tissue = new ArrayList<>();
        for (int r = 0; r < ROWS * COLUMNS; r++) {
            tissue.add(region(r, amplitude));
        }
        return new Phantom(seed, tissue, vessels, noiseBelowBloodDb);
    }

    private Vessel vessel(double xM, double meanSpeedMPerS) {
        int scatterers = (int) Math.round(SCATTERERS_PER_SQUARE_M * 2 * VESSEL_RADIUS_M * VESSEL_LENGTH_M);
        return new Vessel(xM, 0, vesselDepthM, 0, VESSEL_RADIUS_M, VESSEL_LENGTH_M, meanSpeedMPerS, scatterers, volume);
    }

    private double bloodPowerPerSquareM(List<Vessel> vessels, Probe probe) {
        ElevationBeam beam = new ElevationBeam(probe, Medium.SOFT_TISSUE.soundSpeedMPerS() / probe.centerFrequencyHz());
        double power = 0;
        for (int v = 0; v < vessels.size(); v++) {
            Scatterers blood = vessels.get(v).at(0, seed, v).scatterers();
            for (int i = 0; i < blood.size(); i++) {
                double a = blood.amplitude(i) * beam.weight(blood.yM(i));
                power += a * a;
            }
        }
        if (power == 0) {
            throw new IllegalArgumentException("the vessels hold no blood at time 0, so that " + clutterAboveBloodDb
                    + " dB above blood means nothing; let the blood volume be positive at time 0");
        }
        return power / (vessels.size() * 2 * VESSEL_RADIUS_M * VESSEL_LENGTH_M);
    }

    private TissueRegion region(int r, double rmsAmplitude) {
        double widthM = TISSUE_SIDE_M / COLUMNS;
        double heightM = TISSUE_SIDE_M / ROWS;
        int column = r % COLUMNS;
        int row = r / COLUMNS;
        double leftM = -TISSUE_SIDE_M / 2 + column * widthM;
        double topM = nearM() + row * heightM;
        SplittableRandom random = Seeds.stream(seed, Seeds.Purpose.TISSUE, r);
        int n = (int) Math.ceil(SCATTERERS_PER_SQUARE_M * widthM * heightM);
        double[] x = new double[n];
        double[] z = new double[n];
        double[] amplitude = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = leftM + widthM * random.nextDouble();
            z[i] = topM + heightM * random.nextDouble();
            amplitude[i] = rmsAmplitude * GaussianNoise.next(random);
        }
        return new TissueRegion(Scatterers.own(x, new double[n], z, amplitude), HeadMotion.of(seed, r));
    }
}
