package org.fus.core.clutter;

import java.util.Arrays;
import org.fus.core.internal.kernel.GramAccumulator;
import org.fus.core.internal.kernel.GramKernel;
import org.fus.core.internal.kernel.GramSums;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.ProjectionKernel;
import org.fus.core.internal.kernel.TemporalBasis;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.linalg.HermitianEigen;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/**
 * Everything that the decomposition of ensembles of one length needs, kept from block to block: nothing is allocated in
 * steady state. One call at a time.
 */
final class SvdWorkspace {
    /** Pixels are summed in as many slabs, whose sums are added in order: the bits do not depend on the threads. */
    static final int SLABS = 8;

    /** Pixels between two looks at the cancel token. */
    private static final int PIXELS_PER_LOOK = 16 * GramKernel.CHUNK;

    private final int frames;
    private final boolean fast;
    private final GramAccumulator[] slabs;
    private final GramSums total;
    private final HermitianEigen eigen;
    private final TemporalBasis basis = new TemporalBasis();
    private final double[][] re;
    private final double[][] im;
    private int[] everyPixel = {};
    private int[] pixels = {};
    private FramePanels row;
    private float[][] scratch = {};

    SvdWorkspace(int frames, boolean fast, int slabCount) {
        this.frames = frames;
        this.fast = fast;
        slabs = new GramAccumulator[slabCount];
        Arrays.setAll(slabs, s -> new GramAccumulator(frames, fast));
        total = new GramSums(frames);
        eigen = new HermitianEigen(frames);
        re = new double[frames][frames];
        im = new double[frames][frames];
    }

    GramSums total() {
        return total;
    }

    HermitianEigen eigen() {
        return eigen;
    }

    TemporalBasis basis() {
        return basis;
    }

    /** Indices 0, 1, 2, ... of at least so many pixels. */
    int[] everyPixel(int count) {
        if (everyPixel.length < count) {
            everyPixel = new int[count];
            Arrays.setAll(everyPixel, i -> i);
        }
        return everyPixel;
    }

    /** Room for the indices of so many pixels. */
    int[] pixels(int count) {
        if (pixels.length < count) {
            pixels = new int[count];
        }
        return pixels;
    }

    /** Room for the filtered frames of a row of pixels. */
    FramePanels row(FramePanels like, int count) {
        if (row == null || row.cells() != count || row.width() != like.width()) {
            row = FramePanels.allocateLike(like, frames, count);
        }
        return row;
    }

    /** Work space of one task of a projection on the basis. */
    float[] scratch(int task) {
        return scratch[task];
    }

    /** Makes the work space of all tasks, before they start. */
    void reserveScratch(int tasks) {
        int length = ProjectionKernel.scratchLength(basis);
        if (scratch.length < tasks || scratch[0].length < length) {
            scratch = new float[tasks][length];
        }
    }

    /** Sums the pixels {@code pixels[0 .. count)} of all pairs with a frame from {@code firstFrame} on, into total. */
    void sum(FramePanels x, int[] pixels, int count, int firstFrame, RunContext context) {
        GramKernel kernel = KernelProvider.active().gram();
        int chunks = (count + GramKernel.CHUNK - 1) / GramKernel.CHUNK;
        context.forEach("decompose", slabs.length, s -> {
            int from = boundary(chunks, s, count);
            int to = boundary(chunks, s + 1, count);
            slabs[s].sums().clear();
            for (int p = from; p < to; p += PIXELS_PER_LOOK) {
                context.checkCancelled("decompose");
                slabs[s].add(x, pixels, p, Math.min(p + PIXELS_PER_LOOK, to), firstFrame, kernel);
            }
        });
        total.clear();
        for (GramAccumulator slab : slabs) {
            total.add(slab.sums());
        }
    }

    private int boundary(int chunks, int slab, int count) {
        return (int) Math.min(count, (long) chunks * slab / slabs.length * GramKernel.CHUNK);
    }

    /** Decomposes the matrix of the sums in total. */
    void decompose(RunContext context) {
        context.checkCancelled("decompose");
        total.hermitian(eigen.re(), eigen.im());
        eigen.decompose();
    }

    /** Packs components {@code [0, low)} and {@code [high, frames)}, or those between, as the basis. */
    void pack(FramePanels x, int low, int high, boolean between) {
        if (between) {
            basis.reset(x, high - low);
            packRange(low, high, 0);
        } else {
            basis.reset(x, low + frames - high);
            packRange(0, low, 0);
            packRange(high, frames, low);
        }
    }

    private void packRange(int from, int to, int at) {
        if (from == to) {
            return;
        }
        eigen.vectors(from, to, re, im);
        for (int k = 0; k < to - from; k++) {
            basis.set(at + k, re[k], im[k]);
        }
    }

    /** One for this length, from the pool if it has one. */
    static SvdWorkspace from(WorkPool<SvdWorkspace> pool, int frames, boolean fast, int slabCount) {
        return pool.take(
                w -> w.frames == frames && w.fast == fast && w.slabs.length == slabCount,
                () -> new SvdWorkspace(frames, fast, slabCount));
    }
}
