package org.fus.examples.embed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.fus.core.beamforming.BeamformingMethod;
import org.fus.core.beamforming.Compounding;
import org.fus.core.beamforming.DasOptions;
import org.fus.core.beamforming.ReceiveWindow;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.RfArray;
import org.fus.core.doppler.BMode;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Pipeline;
import org.fus.core.pipeline.ProcessingRecipe;
import org.fus.core.pipeline.Product;
import org.fus.core.probe.Probe;
import org.fus.core.render.Figure;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.core.simulation.Medium;
import org.fus.core.simulation.Phantom;
import org.fus.core.simulation.Scatterers;
import org.fus.core.simulation.TissueMotion;
import org.fus.core.simulation.TissueRegion;
import org.fus.io.FusFiles;

/**
 * One scene for every beamformer: two points 0.14 mm apart, 0.9 of wavelength times F-number, above a cyst of 1 mm in
 * speckle; 64 elements, 5 plane waves, F-number 1.5, no noise.
 *
 * @param rf one frame of the scene
 */
public record BeamformerComparison(RfArray rf) {
    private static final double FREQUENCY_HZ = 15.625e6;
    private static final double POINT_Z_M = 4.2e-3;
    private static final double CYST_Z_M = 6.2e-3;
    private static final double CYST_RADIUS_M = 0.5e-3;
    private static final double RANGE_DB = 50;
    private static final PixelGrid GRID = PixelGrid.xz(-1.5e-3, 1.5e-3, 101, 3.8e-3, 7.2e-3, 114);

    /**
     * What a map shows of the scene.
     *
     * @param dipDb the largest envelope in the column between the points over the largest of all columns, decibels
     * @param cystDb the mean envelope inside the cyst over that of the speckle at both sides, decibels
     */
    public record Figures(double dipDb, double cystDb) {}

    /**
     * Simulates the scene, always the same.
     *
     * @return the scene
     */
    public static BeamformerComparison scene() {
        ChannelFormat format = new ChannelFormat(
                Probe.linear("64 elements", 64, 0.1e-3, FREQUENCY_HZ).build(),
                TransmitSequence.planeWaves(-0.14, 0.14, 5, FREQUENCY_HZ, 5000),
                SampleAxis.common(4 * FREQUENCY_HZ, 4e-6, 5, 512));
        Phantom phantom = new Phantom(
                1, List.of(new TissueRegion(scatterers(), TissueMotion.NONE)), List.of(), Double.POSITIVE_INFINITY);
        ChannelSimulator simulator = ChannelSimulator.plan(
                format, new GaussianPulse(FREQUENCY_HZ, 0.6), Medium.lossless(1540), phantom, RunContext.inline());
        return new BeamformerComparison(simulator.analogue(0, 1, RunContext.inline()));
    }

    private static Scatterers scatterers() {
        SplittableRandom random = new SplittableRandom(8);
        int speckle = 14_000;
        double[] x = new double[speckle + 2];
        double[] z = new double[speckle + 2];
        double[] amplitude = new double[speckle + 2];
        for (int i = 0; i < speckle; i++) {
            do {
                x[i] = random.nextDouble(-2.5e-3, 2.5e-3);
                z[i] = random.nextDouble(5.2e-3, 7.8e-3);
            } while (Math.hypot(x[i], z[i] - CYST_Z_M) < CYST_RADIUS_M);
            amplitude[i] = random.nextGaussian();
        }
        for (int i = 0; i < 2; i++) {
            x[speckle + i] = (i - 0.5) * 0.14e-3;
            z[speckle + i] = POINT_Z_M;
            amplitude[speckle + i] = 60;
        }
        return Scatterers.of(x, new double[speckle + 2], z, amplitude);
    }

    /**
     * Beamforms the scene.
     *
     * @param method as on the command line, such as {@code gcf:2}
     * @param compounding how waves come together
     * @return the envelope
     */
    public DopplerFrame envelope(String method, Compounding compounding) {
        DasOptions das = new DasOptions(1.5, ReceiveWindow.BOXCAR);
        ProcessingRecipe recipe = ProcessingRecipe.of(GRID, Product.BMODE)
                .withDas(das)
                .withMethod(BeamformingMethod.parse(method, compounding));
        return Pipeline.forRf(recipe, rf.format()).process(rf, RunContext.inline());
    }

    /**
     * Measures an image.
     *
     * @param envelope from {@link #envelope}
     * @return how far the points are apart and how dark the cyst is
     */
    public Figures figures(DopplerFrame envelope) {
        double between = 0;
        double largest = 0;
        double inside = 0;
        double speckle = 0;
        int insideCount = 0;
        int speckleCount = 0;
        for (int iz = 0; iz < GRID.nz(); iz++) {
            for (int ix = 0; ix < GRID.nx(); ix++) {
                double value = Math.abs(envelope.at(GRID.index(iz, 0, ix)));
                double x = GRID.xM(ix);
                double z = GRID.zM(iz);
                if (Math.abs(z - POINT_Z_M) < 0.3e-3) {
                    largest = Math.max(largest, value);
                    between = Math.abs(x) < GRID.dxM() / 2 ? Math.max(between, value) : between;
                }
                if (Math.hypot(x, z - CYST_Z_M) < 0.6 * CYST_RADIUS_M) {
                    inside += value;
                    insideCount++;
                } else if (Math.abs(x) > 0.8e-3 && Math.abs(z - CYST_Z_M) < CYST_RADIUS_M) {
                    speckle += value;
                    speckleCount++;
                }
            }
        }
        return new Figures(
                20 * Math.log10(between / largest), 20 * Math.log10(inside / insideCount / (speckle / speckleCount)));
    }

    /**
     * Draws an image, compressed to 50 dB.
     *
     * @param picture the PNG file
     * @param title what made the image
     * @param envelope from {@link #envelope}
     */
    public void draw(Path picture, String title, DopplerFrame envelope) {
        FusFiles.writeBytes(
                picture,
                Figure.of(BMode.compress(envelope, RANGE_DB)).withTitle(title).toPng());
    }

    /**
     * Draws and measures every method.
     *
     * @param folder receives {@code beamformer-das.png} and the others
     * @return the figures by method, in the order of the table
     */
    public Map<String, Figures> compare(Path folder) {
        Map<String, Figures> table = new LinkedHashMap<>();
        for (String name :
                List.of("das", "das-incoherent", "cf", "gcf", "pcf", "slsc", "dmas", "fdmas", "capon", "fk")) {
            boolean incoherent = name.equals("das-incoherent");
            DopplerFrame envelope =
                    envelope(incoherent ? "das" : name, incoherent ? Compounding.INCOHERENT : Compounding.COHERENT);
            draw(folder.resolve("beamformer-" + name + ".png"), name, envelope);
            table.put(name, figures(envelope));
        }
        return table;
    }

    /**
     * Draws the pictures of the user guide.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) {
        scene().compare(Path.of(arguments[0]))
                .forEach((name, f) -> System.out.printf(
                        Locale.ROOT, "%-16s dip %6.1f dB   cyst %6.1f dB%n", name, f.dipDb(), f.cystDb()));
    }
}
