package org.fus.core.beamforming;

import org.fus.core.internal.kernel.FftScratch;
import org.fus.core.internal.layout.FramePanels;

/** What one task of a migration overwrites, whichever of its four steps it does. */
final class FkWork {
    final FftScratch time;
    final FftScratch lateral;
    final FftScratch depth;
    final FftScratch across;
    final float[] depthCells;
    final float[] acrossCells;
    /** Unit phasors, over frequency or depth. */
    final float[] re;

    final float[] im;
    /** Per depth frequency: the cell of the spectrum before its place, and weights of that and the next. */
    final int[] cell;

    final float[] left;
    final float[] right;

    FkWork(FkGeometry g, FkTransforms transforms, int width) {
        this.time = new FftScratch(transforms.time, width);
        this.lateral = new FftScratch(transforms.lateral, width);
        this.depth = transforms.depth.newScratch(width);
        this.across = transforms.across.newScratch(width);
        this.depthCells = new float[FramePanels.BASE + 2 * width * transforms.depth.workCells()];
        this.acrossCells = new float[FramePanels.BASE + 2 * width * transforms.across.workCells()];
        int phasors = Math.max(g.bins, g.grid.nz());
        this.re = new float[phasors];
        this.im = new float[phasors];
        this.cell = new int[g.depthBins];
        this.left = new float[g.depthBins];
        this.right = new float[g.depthBins];
    }

    static long bytes(FkGeometry g, FkTransforms transforms, int width) {
        long scratch = FftScratch.bytes(transforms.time, width)
                + FftScratch.bytes(transforms.lateral, width)
                + transforms.depth.scratchBytes(width)
                + transforms.across.scratchBytes(width);
        long cells = 2L * width * Float.BYTES * (transforms.depth.workCells() + transforms.across.workCells());
        return scratch + cells + 2L * Float.BYTES * Math.max(g.bins, g.grid.nz()) + 3L * Float.BYTES * g.depthBins;
    }
}
