package org.fus.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.Product;
import org.fus.core.run.RunContext;
import org.fus.core.simulation.BrainSlice;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.VesselTruth;

/**
 * A simulated brain slice from the scanner to the maps, and the maps against the truth of its scatterers.
 *
 * @param bmode mean envelope before the filter
 * @param power power Doppler after the filter
 * @param velocity axial velocity after the filter
 * @param checks truth against measurement
 * @param warnings what device and engine have to say
 */
public record Quickstart(
        DopplerFrame bmode, DopplerFrame power, DopplerFrame velocity, List<TruthCheck> checks, List<String> warnings) {
    private static final double HALF_WIDTH_M = 3.2e-3;
    private static final double PIXEL_M = 50e-6;

    /**
     * Runs it.
     *
     * @param options what to change
     * @param context where to run
     * @return maps and checks
     */
    public static Quickstart run(QuickstartOptions options, RunContext context) {
        BrainSlice brain = BrainSlice.DEFAULT
                .withSeed(options.seed())
                .withFlowMPerS(options.flowMPerS())
                .withVesselDepthM(options.vesselDepthM());
        PixelGrid grid = gridOf(brain);
        Phantom phantom = brain.phantom(Acquired.PROBE);

        Acquired acquired = Acquired.of(phantom, grid, Acquired.FRAMES, context);
        IqEnsemble frames = acquired.ensemble();
        Clutter clutter = new Clutter.Svd(options.removedComponents());
        IqEnsemble filtered = clutter.filter().apply(frames, context);
        DopplerFrame power = Product.POWER.of(filtered, context);
        DopplerFrame velocity = Product.COLOR.of(filtered, context);
        DopplerFrame unfiltered = Product.POWER.of(frames, context);

        List<TruthCheck> checks = new ArrayList<>();
        addPointSpread(checks, context);
        addBloodAlone(checks, phantom, grid, context);
        addVessels(checks, phantom, acquired, new Maps(unfiltered, power, velocity), clutter);
        return new Quickstart(
                Pipeline.doppler(frames, new Clutter.None(), Product.BMODE, context),
                power,
                velocity,
                List.copyOf(checks),
                acquired.warnings());
    }

    /** Power before the filter, and the maps after it. */
    private record Maps(DopplerFrame unfiltered, DopplerFrame power, DopplerFrame velocity) {}

    /**
     * Whether every check passed.
     *
     * @return true when all did
     */
    public boolean passed() {
        return checks.stream().allMatch(TruthCheck::pass);
    }

    private static PixelGrid gridOf(BrainSlice brain) {
        int nx = (int) Math.round(2 * HALF_WIDTH_M / PIXEL_M) + 1;
        int nz = (int) Math.round((brain.farM() - brain.nearM()) / PIXEL_M) + 1;
        return PixelGrid.xz(-HALF_WIDTH_M, HALF_WIDTH_M, nx, brain.nearM(), brain.farM(), nz);
    }

    /** 130 um and 67 um are what F-number 1 and a 67 % pulse give at 15.6 MHz, directivity included. */
    private static void addPointSpread(List<TruthCheck> checks, RunContext context) {
        PointSpread point = PointSpread.at(0, 8e-3, context);
        checks.add(
                TruthCheck.within("point at 8 mm, lateral -6 dB width", "um", 130, 130 * 0.15, point.lateralM() * 1e6));
        checks.add(TruthCheck.atMost("point at 8 mm, axial -6 dB width", "um", 75, point.axialM() * 1e6));
    }

    /** The wide aperture lowers the Kasai velocity by 2 %. */
    private static void addBloodAlone(List<TruthCheck> checks, Phantom phantom, PixelGrid grid, RunContext context) {
        Phantom blood = phantom.bloodOnly();
        Acquired alone = Acquired.of(blood, grid, Acquired.FRAMES, context);
        DopplerFrame power = Product.POWER.of(alone.ensemble(), context);
        DopplerFrame velocity = Product.COLOR.of(alone.ensemble(), context);
        for (int v = 0; v < blood.vessels().size(); v++) {
            double truth = VesselTruth.of(blood, v, alone.format(), Medium.SOFT_TISSUE, 0, Acquired.FRAMES)
                    .meanAxialVelocityMPerS();
            double measured = new VesselView(grid, blood.vessels().get(v)).meanVelocityMPerS(velocity, power);
            checks.add(TruthCheck.within(
                    "vessel " + (v + 1) + ", velocity of blood alone (truth less 2 %)",
                    "mm/s",
                    0.98 * truth * 1e3,
                    Math.max(0.02 * Math.abs(truth), STANDING_M_PER_S) * 1e3,
                    measured * 1e3));
        }
    }

    /** What may be measured of blood that stands still. */
    private static final double STANDING_M_PER_S = 0.02e-3;

    private static void addVessels(
            List<TruthCheck> checks, Phantom phantom, Acquired acquired, Maps maps, Clutter clutter) {
        PixelGrid grid = maps.power().grid().cartesian();
        double background = VesselView.backgroundPower(grid, phantom, maps.power());
        double backgroundBefore = VesselView.backgroundPower(grid, phantom, maps.unfiltered());
        for (int v = 0; v < phantom.vessels().size(); v++) {
            VesselView view = new VesselView(grid, phantom.vessels().get(v));
            VesselTruth truth = VesselTruth.of(
                    phantom,
                    v,
                    acquired.format(),
                    Medium.SOFT_TISSUE,
                    0,
                    acquired.ensemble().frames());
            String name = "vessel " + (v + 1) + ", ";
            double ratioDb = decibel(view.meanPower(maps.power()) / background);
            double beforeDb = decibel(view.meanPower(maps.unfiltered()) / backgroundBefore);
            if (truth.meanAxialVelocityMPerS() == 0) {
                // the filter takes standing blood for tissue, as it must
                checks.add(TruthCheck.atMost(
                        name + "standing, over background after " + clutter.text(), "dB", 3, ratioDb));
            } else {
                addFlow(checks, name, truth, view, maps, clutter);
                checks.add(TruthCheck.atLeast(name + "over background after " + clutter.text(), "dB", 10, ratioDb));
                checks.add(TruthCheck.atLeast(name + "gain of the filter", "dB", 15, ratioDb - beforeDb));
            }
        }
    }

    private static void addFlow(
            List<TruthCheck> checks, String name, VesselTruth truth, VesselView view, Maps maps, Clutter clutter) {
        double velocity = truth.meanAxialVelocityMPerS();
        checks.add(TruthCheck.within(
                name + "velocity after " + clutter.text(),
                "mm/s",
                velocity * 1e3,
                0.12 * Math.abs(velocity) * 1e3,
                view.meanVelocityMPerS(maps.velocity(), maps.power()) * 1e3));
        // two pixels, and the vessel's ends are not sharp
        checks.add(TruthCheck.within(
                name + "depth of its middle", "mm", truth.meanZM() * 1e3, 0.1, view.depthM(maps.power()) * 1e3));
        double clutterDb = decibel(view.meanPower(maps.unfiltered()) / view.meanPower(maps.power()));
        // 40 dB were put in; the filter takes a part of the blood along
        checks.add(TruthCheck.within(name + "clutter over blood", "dB", 40, 4, clutterDb));
    }

    private static double decibel(double ratio) {
        return 10 * Math.log10(ratio);
    }
}
