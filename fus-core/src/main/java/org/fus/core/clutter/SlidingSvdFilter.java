package org.fus.core.clutter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.kernel.GramSums;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.PixelRanges;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/**
 * The singular value filter for live use: the components come from the latest frames, a window that moves on with every
 * block; what comes out are the filtered frames of the block.
 *
 * <p>Of the matrix of inner products of the frames, the part that belongs to frames still in the window is kept, and only
 * the rows and columns of the new frames are summed: with m new frames of a window of n, {@code 3 m n P} real
 * multiply-adds for P pixels instead of {@code 1.5 n^2 P}. No element is ever updated, each is summed once, in double, in
 * the order of a decomposition from scratch: there is no drift, the components are those of {@link SvdClutterFilter} on
 * the same window, bit for bit.
 *
 * <p>The first blocks fill the window. Blocks are kept as long as the window needs them.
 */
public final class SlidingSvdFilter implements ClutterStream {
    private final ComponentRule rule;
    private final int windowFrames;
    private final StreamGuard guard = new StreamGuard();
    private final WorkPool<SvdWorkspace> pool = new WorkPool<>();
    private IqEnsemble window;
    private GramSums sums;

    /**
     * A filter that has seen nothing yet.
     *
     * @param rule which components are kept
     * @param windowFrames frames of the window, at least 2
     */
    public SlidingSvdFilter(ComponentRule rule, int windowFrames) {
        this.rule = Objects.requireNonNull(rule, "rule");
        if (windowFrames < 2) {
            throw new IllegalArgumentException("window of " + windowFrames + " frames, expected at least 2");
        }
        rule.requireFrames(windowFrames);
        this.windowFrames = windowFrames;
    }

    @Override
    public IqEnsemble next(IqEnsemble block, RunContext context) {
        boolean first = guard.accept(block);
        if (block.frames() > windowFrames) {
            throw new IllegalArgumentException("block of " + block.frames() + " frames for a window of " + windowFrames
                    + "; pass blocks no longer than the window");
        }
        FiniteFrames.require(block.panels(), "the sliding singular value filter");
        int before = first ? 0 : window.frames();
        int leaving = Math.max(0, before + block.frames() - windowFrames);
        int staying = before - leaving;
        rule.requireFrames(staying + block.frames());
        IqEnsemble all = staying == 0 ? block : IqEnsemble.concatenate(List.of(window.slice(leaving, staying), block));
        SvdWorkspace work = SvdWorkspace.from(pool, all.frames(), false, SvdWorkspace.SLABS);
        FramePanels x = all.panels();
        work.sum(x, work.everyPixel(x.cells()), x.cells(), staying, context);
        if (staying > 0) {
            work.total().keep(sums, leaving, staying);
        }
        work.decompose(context);
        double[] energies = work.eigen().values();
        Selection selection = ComponentSelector.select(rule, energies, x.cells(), () -> {
            work.pack(x, 0, x.frames(), true);
            return SpatialSimilarityMatrix.of(x, work.basis(), work.everyPixel(x.cells()), x.cells(), context);
        });
        work.pack(x, selection.low(), selection.high(), false);
        FramePanels y = newFrames(x, staying, work, context);
        window = all;
        if (sums == null || sums.frames() != all.frames()) {
            sums = new GramSums(all.frames());
        }
        sums.clear();
        sums.add(work.total());
        pool.giveBack(work);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("windowFrames", Integer.toString(all.frames()));
        parameters.put("newFrames", Integer.toString(block.frames()));
        return IqEnsemble.ofPanels(
                block.grid(),
                block.timing(),
                y,
                SvdReport.of(block.provenance(), "sliding SVD clutter filter", energies, selection, false, parameters));
    }

    private static FramePanels newFrames(FramePanels x, int firstFrame, SvdWorkspace work, RunContext context) {
        int firstPanel = firstFrame / x.width();
        int skipped = firstPanel * x.width();
        FramePanels y = FramePanels.allocateLike(x, x.frames() - skipped, x.cells());
        ProjectionKernel kernel = KernelProvider.active().projection();
        work.reserveScratch(PixelRanges.tasks(x.cells()));
        PixelRanges.forEach(
                "filter",
                x.cells(),
                context,
                (task, from, to) ->
                        kernel.subtract(x, from, to, work.basis(), firstPanel, y, from, work.scratch(task)));
        return firstFrame == skipped ? y : y.slice(firstFrame - skipped, x.frames() - firstFrame);
    }
}
