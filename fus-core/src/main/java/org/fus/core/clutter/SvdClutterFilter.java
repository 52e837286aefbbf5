package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/**
 * Keeps some singular components of an ensemble: {@code S - V V^H S}, where S is the time x pixel matrix of the samples
 * and the columns of V are the temporal singular vectors of the components that a {@link ComponentRule} removes. Tissue
 * moves coherently and fills the first components; blood and noise follow. No mean is removed.
 *
 * <p>The vectors are the eigenvectors of {@code S S^H}. With n frames and P pixels, r of the components removed, the cost
 * is {@code 1.5 n^2 P} real multiply-adds for that matrix, about {@code 4 n^3} for its vectors and {@code 8 r n P} for the
 * filter. Work space, about 11 MB for 200 frames, is kept for the next block. Immutable; may be used by many threads at
 * once.
 *
 * <p>Frames with samples that are not finite are left out, with a warning.
 *
 * @see <a href="https://doi.org/10.1109/TMI.2015.2428634">Demene et al. 2015, spatiotemporal clutter filtering</a>
 */
public final class SvdClutterFilter implements ClutterFilter {
    /** Beyond this ratio of the largest to the first kept energy, {@link Precision#FAST} is not valid. */
    static final double FAST_RANGE = 1e6;

    private final ComponentRule rule;
    private final Precision precision;
    private final Optional<PixelMask> mask;
    private final WorkPool<SvdWorkspace> pool = new WorkPool<>();

    private SvdClutterFilter(ComponentRule rule, Precision precision, Optional<PixelMask> mask) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.precision = Objects.requireNonNull(precision, "precision");
        this.mask = mask;
    }

    /**
     * A filter by any rule.
     *
     * @param rule which components are kept
     * @return a filter in {@link Precision#ACCURATE}, its vectors from all pixels
     */
    public static SvdClutterFilter of(ComponentRule rule) {
        return new SvdClutterFilter(rule, Precision.ACCURATE, Optional.empty());
    }

    /**
     * Removes the strongest components.
     *
     * @param components how many
     * @return a filter in {@link Precision#ACCURATE}
     */
    public static SvdClutterFilter removing(int components) {
        return of(ComponentRule.removing(components));
    }

    /**
     * The same with other arithmetic.
     *
     * @param value arithmetic
     * @return a changed copy
     */
    public SvdClutterFilter withPrecision(Precision value) {
        return new SvdClutterFilter(rule, value, mask);
    }

    /**
     * The same with the temporal vectors taken from some pixels only; what they remove is removed from all pixels.
     *
     * @param value pixels to decompose, such as the brain without the skull
     * @return a changed copy
     */
    public SvdClutterFilter withMask(PixelMask value) {
        return new SvdClutterFilter(rule, precision, Optional.of(value));
    }

    /**
     * Which components are kept.
     *
     * @return the rule
     */
    public ComponentRule rule() {
        return rule;
    }

    /**
     * The arithmetic.
     *
     * @return {@link Precision#ACCURATE} unless changed
     */
    public Precision precision() {
        return precision;
    }

    @Override
    public void requireFrames(int frames) {
        rule.requireFrames(frames);
    }

    @Override
    public IqEnsemble apply(IqEnsemble ensemble, RunContext context) {
        return run(ensemble, context, (work, input, selection, provenance) -> {
            FramePanels x = input.panels();
            FramePanels y = FramePanels.allocateLike(x, x.frames(), x.cells());
            if (precision == Precision.DOUBLE) {
                DoubleProjection.subtract(x, work.eigen(), selection, y, context);
            } else {
                work.pack(x, selection.low(), selection.high(), false);
                subtract(x, work, y, context);
            }
            return IqEnsemble.ofPanels(input.grid(), input.timing(), y, provenance);
        });
    }

    @Override
    public DopplerFrame power(IqEnsemble ensemble, RunContext context) {
        if (precision == Precision.DOUBLE) {
            return ClutterFilter.super.power(ensemble, context);
        }
        return run(ensemble, context, (work, input, selection, provenance) -> {
            FramePanels x = input.panels();
            // the energy of the remainder takes two products with the removed vectors, that of the rest one with the
            // kept
            boolean fromKept = selection.kept() <= 2 * (x.frames() - selection.kept());
            work.pack(x, selection.low(), selection.high(), fromKept);
            float[] power = new float[x.cells()];
            energy(x, work, fromKept, power, context);
            for (int p = 0; p < power.length; p++) {
                power[p] /= x.frames();
            }
            return DopplerFrame.wrap(
                    DopplerFrame.Quantity.POWER,
                    input.grid(),
                    power,
                    provenance.with("power Doppler", Map.of("frames", Integer.toString(x.frames()))));
        });
    }

    /** What is made of a decomposed ensemble. */
    private interface Output<T> {
        T make(SvdWorkspace work, IqEnsemble input, Selection selection, Provenance provenance);
    }

    private <T> T run(IqEnsemble ensemble, RunContext context, Output<T> output) {
        requireFrames(ensemble.frames());
        if (mask.isPresent() && mask.get().size() != ensemble.grid().size()) {
            throw new IllegalArgumentException("mask of " + mask.get().size() + " pixels for an ensemble of "
                    + ensemble.grid().size() + " pixels; they must agree");
        }
        boolean fast = precision == Precision.FAST;
        SvdWorkspace work = SvdWorkspace.from(pool, ensemble.frames(), fast, SvdWorkspace.SLABS);
        FramePanels x = ensemble.panels();
        int[] pixels = mask.isPresent() ? mask.get().pixels() : work.everyPixel(x.cells());
        int count = mask.isPresent() ? mask.get().count() : x.cells();
        work.sum(x, pixels, count, 0, context);
        for (int f = 0; f < x.frames(); f++) {
            if (!Double.isFinite(work.total().energy(f))) {
                SvdWorkspace spoilt = work;
                return run(
                        FiniteFrames.keep(
                                ensemble, g -> !Double.isFinite(spoilt.total().energy(g))),
                        context,
                        output);
            }
        }
        work.decompose(context);
        double[] energies = work.eigen().values();
        Selection selection = ComponentSelector.select(rule, energies, count, () -> {
            work.pack(x, 0, x.frames(), true);
            return SpatialSimilarityMatrix.of(x, work.basis(), pixels, count, context);
        });
        Provenance provenance =
                SvdReport.of(ensemble.provenance(), "SVD clutter filter", energies, selection, fast, parameters());
        T result = output.make(work, ensemble, selection, provenance);
        pool.giveBack(work);
        return result;
    }

    private static void subtract(FramePanels x, SvdWorkspace work, FramePanels y, RunContext context) {
        ProjectionKernel kernel = KernelProvider.active().projection();
        work.reserveScratch(PixelRanges.tasks(x.cells()));
        PixelRanges.forEach(
                "filter",
                x.cells(),
                context,
                (task, from, to) -> kernel.subtract(x, from, to, work.basis(), 0, y, from, work.scratch(task)));
    }

    private static void energy(FramePanels x, SvdWorkspace work, boolean fromKept, float[] energy, RunContext context) {
        ProjectionKernel kernel = KernelProvider.active().projection();
        work.reserveScratch(PixelRanges.tasks(x.cells()));
        PixelRanges.forEach("filter", x.cells(), context, (task, from, to) -> {
            if (fromKept) {
                kernel.componentEnergy(x, from, to, work.basis(), energy, work.scratch(task));
            } else {
                kernel.remainderEnergy(x, from, to, work.basis(), energy, work.scratch(task));
            }
        });
    }

    private Map<String, String> parameters() {
        Map<String, String> p = new LinkedHashMap<>();
        p.put("precision", precision.name().toLowerCase(Locale.ROOT));
        mask.ifPresent(m -> p.put("maskedPixels", Integer.toString(m.count())));
        return p;
    }

    @Override
    public String toString() {
        return "SvdClutterFilter[" + rule + ", " + precision + "]";
    }
}
