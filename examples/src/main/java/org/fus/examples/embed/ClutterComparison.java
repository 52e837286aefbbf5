package org.fus.examples.embed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.pipeline.Clutter;
import org.fus.core.render.Figure;
import org.fus.core.run.RunContext;
import org.fus.io.FusFiles;

/**
 * Compares clutter filters on tissue that moves differently in different places: image-level speckle whose phase follows
 * a displacement that differs in strength and delay from place to place, three vessels with slow flow 40 dB
 * below it, noise 60 dB below it. The contrast is the mean power in the vessels over that outside, in decibels.
 *
 * @param grid where the pixels are
 * @param frames the ensemble
 * @param vessel which pixels are vessels
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record ClutterComparison(PixelGrid grid, IqEnsemble frames, boolean[] vessel) {
    private static final int NX = 96;
    private static final int NZ = 96;
    private static final int FRAMES = 160;
    private static final double FRAME_RATE_HZ = 500;
    private static final double TISSUE = 100;
    private static final double NOISE = 0.1;

    /**
     * Makes the phantom, always the same.
     *
     * @return the phantom
     */
    public static ClutterComparison phantom() {
        SplittableRandom random = new SplittableRandom(20);
        PixelGrid grid = PixelGrid.xz(-4.75e-3, 4.75e-3, NX, 2e-3, 11.5e-3, NZ);
        float[][] data = new float[FRAMES][2 * NX * NZ];
        boolean[] vessel = new boolean[NX * NZ];
        for (int iz = 0; iz < NZ; iz++) {
            for (int ix = 0; ix < NX; ix++) {
                int p = grid.index(iz, 0, ix);
                vessel[p] = isVessel(ix, iz);
                double amplitude = TISSUE * Math.hypot(random.nextGaussian(), random.nextGaussian()) / Math.sqrt(2);
                double phase = random.nextDouble(2 * Math.PI);
                double flow = random.nextDouble(0.08, 0.35) * Math.PI;
                double bloodPhase = random.nextDouble(2 * Math.PI);
                for (int t = 0; t < FRAMES; t++) {
                    double turned = phase + motionRad(ix, iz, t / FRAME_RATE_HZ);
                    double re = amplitude * Math.cos(turned) + NOISE * random.nextGaussian();
                    double im = amplitude * Math.sin(turned) + NOISE * random.nextGaussian();
                    if (vessel[p]) {
                        bloodPhase += flow + 0.1 * random.nextGaussian();
                        re += Math.cos(bloodPhase);
                        im += Math.sin(bloodPhase);
                    }
                    data[t][2 * p] = (float) re;
                    data[t][2 * p + 1] = (float) im;
                }
            }
        }
        IqEnsemble.Timing timing = new IqEnsemble.Timing(FRAME_RATE_HZ, 15.625e6, 1540);
        return new ClutterComparison(grid, IqEnsemble.copyOf(grid, timing, data, Provenance.none()), vessel);
    }

    /**
     * A pulse wave of the heart that reaches one place after the other, stronger at the left, and breathing, stronger at the
     * right; a phase of 1.3 is a displacement of 10 um.
     */
    private static double motionRad(int ix, int iz, double timeS) {
        double right = (double) ix / (NX - 1);
        double deep = (double) iz / (NZ - 1);
        double lag = 5 * right + 3 * deep;
        double heart = 5 * Math.sin(2 * Math.PI * 8 * timeS - lag) + 1.5 * Math.sin(2 * Math.PI * 16 * timeS - 2 * lag);
        double breath = 6 * Math.sin(2 * Math.PI * 2.3 * timeS + 0.5);
        return (1 - 0.8 * right) * heart + (0.2 + 0.8 * right * deep) * breath;
    }

    private static boolean isVessel(int ix, int iz) {
        boolean upper = Math.abs(iz - 24 - 0.15 * ix) < 2.5;
        boolean lower = Math.abs(iz - 76 + 0.2 * ix) < 2.5;
        boolean column = Math.abs(ix - 62) < 2;
        return upper || lower || column;
    }

    /**
     * Filters the phantom.
     *
     * @param clutter a filter as on the command line, such as {@code svd:20} or {@code svd-local:24x24:6}
     * @param context where to run
     * @return power Doppler
     */
    public DopplerFrame power(String clutter, RunContext context) {
        return Clutter.parse(clutter).filter().power(frames, context);
    }

    /**
     * The contrast of a map.
     *
     * @param power power Doppler of the phantom
     * @return mean power in the vessels over that outside, decibels
     */
    public double contrastDb(DopplerFrame power) {
        double inside = 0;
        double outside = 0;
        int count = 0;
        for (int p = 0; p < vessel.length; p++) {
            if (vessel[p]) {
                inside += power.at(p);
                count++;
            } else {
                outside += power.at(p);
            }
        }
        return 10 * Math.log10(inside / count / (outside / (vessel.length - count)));
    }

    /**
     * Compares filters and draws the best of each kind.
     *
     * @param folder receives {@code clutter-global.png}, {@code clutter-local.png} and the others
     * @param context where to run
     * @return filter and contrast in decibels, in the order of the table
     */
    public Map<String, Double> compare(Path folder, RunContext context) {
        Map<String, Double> table = new LinkedHashMap<>();
        List<String> global = new ArrayList<>();
        for (int cutoff = 4; cutoff <= 100; cutoff += 6) {
            global.add("svd:" + cutoff);
        }
        List<String> local = new ArrayList<>();
        for (int cutoff = 4; cutoff <= 40; cutoff += 4) {
            local.add("svd-local:24x24:" + cutoff);
        }
        draw("clutter-none", "no filter", List.of("none"), folder, table, context);
        draw("clutter-butterworth", "Butterworth", List.of("butterworth:40:4"), folder, table, context);
        draw("clutter-global", "SVD", global, folder, table, context);
        draw("clutter-auto", "SVD, automatic", List.of("svd-auto:turning-point"), folder, table, context);
        draw("clutter-local", "local SVD", local, folder, table, context);
        draw(
                "clutter-local-auto",
                "local SVD, automatic",
                List.of("svd-local:24x24:turning-point"),
                folder,
                table,
                context);
        return table;
    }

    private void draw(
            String file,
            String title,
            List<String> filters,
            Path folder,
            Map<String, Double> table,
            RunContext context) {
        String best = null;
        DopplerFrame shown = null;
        double most = Double.NEGATIVE_INFINITY;
        for (String filter : filters) {
            DopplerFrame map = power(filter, context);
            double contrast = contrastDb(map);
            if (contrast > most) {
                most = contrast;
                best = filter;
                shown = map;
            }
        }
        table.put(best, most);
        draw(folder.resolve(file + ".png"), title, shown);
    }

    /**
     * Draws a map with its contrast in the title.
     *
     * @param picture the PNG file
     * @param title what made the map
     * @param power power Doppler of the phantom
     */
    public void draw(Path picture, String title, DopplerFrame power) {
        Figure figure = Figure.of(power).withTitle(String.format(Locale.ROOT, "%s: %.1f dB", title, contrastDb(power)));
        FusFiles.writeBytes(picture, figure.toPng());
    }

    /**
     * Draws the pictures of the user guide.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) {
        phantom()
                .compare(Path.of(arguments[0]), RunContext.inline())
                .forEach((filter, contrast) -> System.out.printf(Locale.ROOT, "%-32s %5.1f dB%n", filter, contrast));
    }
}
