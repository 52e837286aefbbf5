package org.fus.core.clutter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.PointGrid;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/**
 * The singular value filter in overlapping windows of the image, each with components and, when the rule is automatic, a
 * cutoff of its own: for tissue that moves differently in different places, where one set of vectors for the whole image
 * must be long. The filtered windows are added with triangular weights whose sum is 1 everywhere.
 *
 * <p>Cost: that of {@link SvdClutterFilter} on the pixels of all windows together, and one set of eigenvectors per window.
 * Immutable; may be used by many threads at once.
 *
 * @see <a href="https://doi.org/10.1109/TMI.2016.2605819">Song et al. 2017, block-wise adaptive local clutter filtering</a>
 */
public final class LocalSvdClutterFilter implements ClutterFilter {
    /** Half of each window is shared with the next when nobody says otherwise. */
    public static final double DEFAULT_OVERLAP = 0.5;

    private static final double MAX_OVERLAP = 0.9;

    private final ComponentRule rule;
    private final Windows windows;
    private final Precision precision;
    private final WorkPool<SvdWorkspace> pool = new WorkPool<>();

    /**
     * The windows.
     *
     * @param nz pixels along z; more than the image has means all
     * @param ny pixels along y
     * @param nx pixels along x
     * @param overlap part of a window that the next one shares at least, 0 to 0.9
     */
    public record Windows(int nz, int ny, int nx, double overlap) {
        /** Checks the figures. */
        public Windows {
            if (nz < 1 || ny < 1 || nx < 1) {
                throw new IllegalArgumentException("windows of " + nz + " x " + ny + " x " + nx
                        + " pixels (z, y, x): each number must be at least 1");
            }
            if (!(overlap >= 0 && overlap <= MAX_OVERLAP)) {
                throw new IllegalArgumentException("windows overlap by " + overlap + ", expected 0 to " + MAX_OVERLAP);
            }
        }

        /**
         * Windows of a 2-D image that share half with the next.
         *
         * @param nz pixels along z
         * @param nx pixels along x
         * @return the windows; along y they take all
         */
        public static Windows of(int nz, int nx) {
            return new Windows(nz, Integer.MAX_VALUE, nx, DEFAULT_OVERLAP);
        }
    }

    private LocalSvdClutterFilter(ComponentRule rule, Windows windows, Precision precision) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.windows = Objects.requireNonNull(windows, "windows");
        this.precision = Objects.requireNonNull(precision, "precision");
        if (precision == Precision.DOUBLE) {
            throw new IllegalArgumentException("the local filter works in FAST or ACCURATE precision, got DOUBLE");
        }
    }

    /**
     * A filter in {@link Precision#ACCURATE}.
     *
     * @param rule which components each window keeps
     * @param windows their size and overlap
     * @return the filter
     */
    public static LocalSvdClutterFilter of(ComponentRule rule, Windows windows) {
        return new LocalSvdClutterFilter(rule, windows, Precision.ACCURATE);
    }

    /**
     * The same with other arithmetic.
     *
     * @param value {@link Precision#FAST} or {@link Precision#ACCURATE}
     * @return a changed copy
     */
    public LocalSvdClutterFilter withPrecision(Precision value) {
        return new LocalSvdClutterFilter(rule, windows, value);
    }

    @Override
    public void requireFrames(int frames) {
        rule.requireFrames(frames);
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        requireFrames(ensemble.frames());
        ImageGrid grid = ensemble.grid();
        if (grid instanceof PointGrid) {
            throw new IllegalArgumentException(
                    "the local filter needs neighbouring pixels, a list of points has none; beamform onto a grid");
        }
        WindowAxis[] axes = {
            WindowAxis.of(grid.nz(), windows.nz, windows.overlap),
            WindowAxis.of(grid.ny(), windows.ny, windows.overlap),
            WindowAxis.of(grid.nx(), windows.nx, windows.overlap)
        };
        int pixels = axes[0].size() * axes[1].size() * axes[2].size();
        FramePanels x = ensemble.panels();
        requireRoom(pixels, x.frames());
        FiniteFrames.require(x, "the local singular value filter");
        FramePanels y = FramePanels.allocateLike(x, x.frames(), x.cells());
        Run run = new Run(grid, axes, x, y, context);
        run.all();
        return IqEnsemble.ofPanels(grid, ensemble.timing(), y, run.report(ensemble.provenance(), pixels));
    }

    private void requireRoom(int pixels, int frames) {
        if (pixels < frames) {
            throw new IllegalArgumentException("windows of " + pixels + " pixels on an ensemble of " + frames
                    + " frames: a window with fewer pixels than frames leaves no component without tissue; enlarge the"
                    + " windows");
        }
    }

    /** One ensemble on its way through the windows. */
    private final class Run {
        private final ImageGrid grid;
        private final WindowAxis[] axes;
        private final FramePanels x;
        private final FramePanels y;
        private final RunContext context;
        private final double[][][] weights = new double[3][][];
        private final int[] cutoffs;
        private final boolean[] outOfRange;

        Run(ImageGrid grid, WindowAxis[] axes, FramePanels x, FramePanels y, RunContext context) {
            this.grid = grid;
            this.axes = axes;
            this.x = x;
            this.y = y;
            this.context = context;
            for (int a = 0; a < 3; a++) {
                weights[a] = axes[a].weights();
            }
            cutoffs = new int[axes[0].count() * axes[1].count() * axes[2].count()];
            outOfRange = new boolean[cutoffs.length];
        }

        /** Windows of one colour are disjoint and run side by side; colours follow each other in a fixed order. */
        void all() {
            int cz = axes[0].colours();
            int cy = axes[1].colours();
            int cx = axes[2].colours();
            for (int colour = 0; colour < cz * cy * cx; colour++) {
                int z0 = colour / (cy * cx);
                int y0 = colour / cx % cy;
                int x0 = colour % cx;
                int nz = (axes[0].count() - z0 + cz - 1) / cz;
                int ny = (axes[1].count() - y0 + cy - 1) / cy;
                int nx = (axes[2].count() - x0 + cx - 1) / cx;
                context.forEach("local filter", nz * ny * nx, task -> {
                    int wz = z0 + task / (ny * nx) * cz;
                    int wy = y0 + task / nx % ny * cy;
                    int wx = x0 + task % nx * cx;
                    window(wz, wy, wx);
                });
            }
        }

        private void window(int wz, int wy, int wx) {
            SvdWorkspace work = SvdWorkspace.from(pool, x.frames(), precision == Precision.FAST, 1);
            int sizeZ = axes[0].size();
            int sizeY = axes[1].size();
            int sizeX = axes[2].size();
            int count = sizeZ * sizeY * sizeX;
            int[] pixels = work.pixels(count);
            int next = 0;
            for (int iz = 0; iz < sizeZ; iz++) {
                for (int iy = 0; iy < sizeY; iy++) {
                    int at = grid.index(axes[0].starts()[wz] + iz, axes[1].starts()[wy] + iy, axes[2].starts()[wx]);
                    for (int ix = 0; ix < sizeX; ix++) {
                        pixels[next++] = at + ix;
                    }
                }
            }
            RunContext here = RunContext.inline();
            work.sum(x, pixels, count, 0, here);
            work.decompose(here);
            double[] energies = work.eigen().values();
            Selection s = ComponentSelector.select(rule, energies, count, () -> {
                work.pack(x, 0, x.frames(), true);
                return SpatialSimilarityMatrix.of(x, work.basis(), pixels, count, here);
            });
            int w = (wz * axes[1].count() + wy) * axes[2].count() + wx;
            cutoffs[w] = s.low();
            outOfRange[w] = precision == Precision.FAST
                    && s.kept() > 0
                    && !(energies[0] <= SvdClutterFilter.FAST_RANGE * energies[s.low()]);
            work.pack(x, s.low(), s.high(), false);
            addRows(work, pixels, wz, wy, wx);
            pool.giveBack(work);
        }

        private void addRows(SvdWorkspace work, int[] pixels, int wz, int wy, int wx) {
            ProjectionKernel kernel = KernelProvider.active().projection();
            int sizeY = axes[1].size();
            int sizeX = axes[2].size();
            work.reserveScratch(1);
            FramePanels row = work.row(x, sizeX);
            for (int r = 0; r < axes[0].size() * sizeY; r++) {
                int first = pixels[r * sizeX];
                kernel.subtract(x, first, first + sizeX, work.basis(), 0, row, 0, work.scratch(0));
                double weight = weights[0][wz][r / sizeY] * weights[1][wy][r % sizeY];
                for (int ix = 0; ix < sizeX; ix++) {
                    add(row, ix, first + ix, (float) (weight * weights[2][wx][ix]));
                }
            }
        }

        private void add(FramePanels row, int from, int to, float weight) {
            int length = 2 * x.width();
            for (int panel = 0; panel < x.count(); panel++) {
                float[] source = row.panel(panel);
                float[] target = y.panel(panel);
                int a = row.offset(from);
                int b = y.offset(to);
                for (int i = 0; i < length; i++) {
                    target[b + i] += weight * source[a + i];
                }
            }
        }

        Provenance report(Provenance before, int pixels) {
            int[] sorted = cutoffs.clone();
            Arrays.sort(sorted);
            Map<String, String> p = new LinkedHashMap<>();
            p.put("rule", rule.toString());
            p.put("windows", Integer.toString(sorted.length));
            p.put("windowPixels", Integer.toString(pixels));
            p.put("overlap", Double.toString(windows.overlap));
            p.put("precision", precision.name().toLowerCase(Locale.ROOT));
            p.put("removedFirstSmallest", Integer.toString(sorted[0]));
            p.put("removedFirstMedian", Integer.toString(sorted[sorted.length / 2]));
            p.put("removedFirstLargest", Integer.toString(sorted[sorted.length - 1]));
            Provenance after = before;
            int bad = 0;
            for (boolean b : outOfRange) {
                bad += b ? 1 : 0;
            }
            if (bad > 0) {
                after = after.warn("the fast clutter filter is not valid in " + bad + " of " + sorted.length
                        + " windows: the largest energy is more than 1e6 times that of the first component kept; use"
                        + " the accurate mode");
            }
            return after.with("local SVD clutter filter", p);
        }
    }

    @Override
    public String toString() {
        return "LocalSvdClutterFilter[" + rule + ", " + windows + ", " + precision + "]";
    }
}
