package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/**
 * Keeps the singular components {@code [low, high)} of an ensemble: {@code S - V V^H S}, where the columns of V are the
 * temporal vectors of the others. Tissue moves coherently and fills the first components; blood and noise follow.
 *
 * @param low components removed at the strong end
 * @param high first component removed at the weak end; {@link #ALL} keeps them
 * @param precision arithmetic of the projection
 * @see <a href="https://doi.org/10.1109/TMI.2015.2428634">Demene et al. 2015, spatiotemporal clutter filtering</a>
 */
public record SvdClutterFilter(int low, int high, Precision precision) implements ClutterFilter {
    /** As {@code high}: nothing is removed at the weak end. */
    public static final int ALL = Integer.MAX_VALUE;

    private static final int PIXELS_PER_TASK = 1024;

    /** Arithmetic of the projection. The decomposition is always in double. */
    public enum Precision {
        /** Products and sums in float32: the error is about 1e-6 of the clutter. */
        SINGLE,
        /** Products and sums in double, rounded once at the end: the error is 6e-8 of the result. Slower. */
        DOUBLE
    }

    /** Checks the cutoffs. */
    public SvdClutterFilter {
        if (low < 0 || high <= low) {
            throw new IllegalArgumentException("SVD filter keeps components " + low + " to " + high
                    + ": the first must be 0 or more and the second larger than the first");
        }
        Objects.requireNonNull(precision, "precision");
    }

    /**
     * Removes the strongest components.
     *
     * @param components how many
     * @return a filter in {@link Precision#SINGLE}
     */
    public static SvdClutterFilter removing(int components) {
        return new SvdClutterFilter(components, ALL, Precision.SINGLE);
    }

    /**
     * The same with other arithmetic.
     *
     * @param value arithmetic of the projection
     * @return a changed copy
     */
    public SvdClutterFilter withPrecision(Precision value) {
        return new SvdClutterFilter(low, high, value);
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        int frames = ensemble.frames();
        if (low >= frames) {
            throw new IllegalArgumentException("SVD filter removes " + low + " components of an ensemble of " + frames
                    + " frames; the cutoff must be below the number of frames");
        }
        if (high != ALL && high > frames) {
            throw new IllegalArgumentException("SVD filter keeps components up to " + high + " of an ensemble of "
                    + frames + " frames; use at most " + frames);
        }
        TemporalSvd svd = TemporalSvd.of(ensemble, context);
        int end = Math.min(high, frames);
        double[][] re = join(svd.re(0, low), svd.re(end, frames));
        double[][] im = join(svd.im(0, low), svd.im(end, frames));
        FramePanels x = ensemble.panels();
        FramePanels y = FramePanels.allocate(frames, x.cells());
        if (precision == Precision.SINGLE) {
            subtractSingle(x, re, im, y, context);
        } else {
            subtractDouble(x, re, im, y, context);
        }
        return IqEnsemble.ofPanels(
                ensemble.grid(),
                ensemble.timing(),
                y,
                ensemble.provenance().with("SVD clutter filter", parameters(svd.energies(), end)));
    }

    private static void subtractSingle(FramePanels x, double[][] re, double[][] im, FramePanels y, RunContext context) {
        TemporalBasis basis = new TemporalBasis(x, re, im);
        ProjectionKernel kernel = KernelProvider.active().projection();
        forPixels(x, context, (from, to) -> {
            float[] scratch = new float[2 * ProjectionKernel.TILE * basis.componentsPadded()];
            kernel.subtract(x, from, to, basis, y, scratch);
        });
    }

    private static void subtractDouble(FramePanels x, double[][] re, double[][] im, FramePanels y, RunContext context) {
        int frames = x.frames();
        forPixels(x, context, (from, to) -> {
            double[] a = new double[frames];
            double[] b = new double[frames];
            double[] sumA = new double[frames];
            double[] sumB = new double[frames];
            for (int p = from; p < to; p++) {
                for (int t = 0; t < frames; t++) {
                    a[t] = x.re(t, p);
                    b[t] = x.im(t, p);
                    sumA[t] = a[t];
                    sumB[t] = b[t];
                }
                for (int k = 0; k < re.length; k++) {
                    subtractComponent(re[k], im[k], a, b, sumA, sumB);
                }
                for (int t = 0; t < frames; t++) {
                    y.set(t, p, (float) sumA[t], (float) sumB[t]);
                }
            }
        });
    }

    private static void subtractComponent(
            double[] vRe, double[] vIm, double[] a, double[] b, double[] sumA, double[] sumB) {
        double cRe = 0;
        double cIm = 0;
        for (int t = 0; t < a.length; t++) {
            cRe += vRe[t] * a[t] + vIm[t] * b[t];
            cIm += vRe[t] * b[t] - vIm[t] * a[t];
        }
        for (int t = 0; t < a.length; t++) {
            sumA[t] -= cRe * vRe[t] - cIm * vIm[t];
            sumB[t] -= cRe * vIm[t] + cIm * vRe[t];
        }
    }

    /** Work on a run of pixels. */
    private interface PixelRange {
        void accept(int from, int to);
    }

    private static void forPixels(FramePanels x, RunContext context, PixelRange work) {
        int tasks = (x.cells() + PIXELS_PER_TASK - 1) / PIXELS_PER_TASK;
        context.forEach("filter", tasks, task -> {
            int from = task * PIXELS_PER_TASK;
            work.accept(from, Math.min(from + PIXELS_PER_TASK, x.cells()));
        });
    }

    private static double[][] join(double[][] a, double[][] b) {
        return Stream.concat(Stream.of(a), Stream.of(b)).toArray(double[][]::new);
    }

    private Map<String, String> parameters(double[] energies, int end) {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("removedFirst", Integer.toString(low));
        p.put("keptUpTo", Integer.toString(end));
        p.put("precision", precision.name().toLowerCase(Locale.ROOT));
        p.put("largestEnergy", Double.toString(energies[0]));
        p.put("firstKeptEnergy", Double.toString(energies[low]));
        return p;
    }
}
