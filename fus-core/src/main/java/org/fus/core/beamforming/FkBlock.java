package org.fus.core.beamforming;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.fus.core.data.IqData;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.internal.kernel.CellKernel;
import org.fus.core.internal.kernel.KernelSet;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;

/** The migration of some frames side by side: their spectrum, and the image that grows wave by wave. */
final class FkBlock {
    private static final String STAGE = "beamform";

    /** Above this the spectrum of fewer frames is kept at a time. */
    private static final long LARGE_SPECTRUM_BYTES = 256L << 20;

    /** No fewer frames than fill a vector of 512 bits. */
    private static final int NARROW = 16;

    /** Cells of a task of a short loop. */
    private static final int PER_TASK = 16;

    private final FkGeometry g;
    private final FkTransforms transforms;
    private final KernelSet kernels;
    private final int width;
    private final WorkPool<FkWork> pool = new WorkPool<>();
    private final Supplier<FkWork> maker;
    /** Cells from one element or lateral frequency to the next: no power of two, which would crowd one cache set. */
    private final int stride;
    /** {@code [element, later lateral frequency][frequency]}. */
    private final float[] spectrum;
    /** {@code [z][lateral frequency]}, from the most negative one on. */
    private final float[] rows;

    private RunContext context = RunContext.inline();

    FkBlock(FkGeometry g, FkTransforms transforms, KernelSet kernels, int width) {
        this.g = g;
        this.transforms = transforms;
        this.kernels = kernels;
        this.width = width;
        this.maker = () -> new FkWork(g, transforms, width);
        this.stride = g.bins + 1;
        this.spectrum = new float[FramePanels.BASE + (int) spectrumFloats(g, width)];
        this.rows = new float[FramePanels.BASE + 2 * width * g.grid.nz() * g.columns];
    }

    /** How many frames of a panel to migrate at a time. */
    static int width(FkGeometry g, int panelWidth) {
        boolean split = panelWidth > NARROW && Float.BYTES * spectrumFloats(g, panelWidth) > LARGE_SPECTRUM_BYTES;
        int width = split ? NARROW : panelWidth;
        long largest = Math.max(spectrumFloats(g, width), 2L * width * g.grid.nz() * g.columns);
        if (largest > Integer.MAX_VALUE - 64) {
            throw new FusUnsupportedException("f-k migration of " + g.elements + " elements x " + g.samples
                    + " samples needs more than an array of 2^31 values for " + width
                    + " frames; use fewer samples or smaller paddings");
        }
        return width;
    }

    /** The spectrum and the growing image, which all threads of a call share. */
    static long sharedBytes(FkGeometry g, int width) {
        return Float.BYTES * (spectrumFloats(g, width) + 2L * width * g.grid.nz() * g.columns);
    }

    static long spectrumFloats(FkGeometry g, int width) {
        return 2L * width * g.columns * (g.bins + 1L);
    }

    int width() {
        return width;
    }

    /** Where to run from now on. */
    void runIn(RunContext where) {
        context = where;
    }

    void clear() {
        Arrays.fill(rows, 0);
    }

    /** Adds one wave of the frames from {@code lane} of a panel on. */
    void add(FramePanels channels, int panel, int lane, int wave) {
        forEach(g.columns, (w, element) -> overTime(channels, panel, lane, wave, element, w));
        forEach((g.bins + PER_TASK - 1) / PER_TASK, (w, task) -> overElements(task, w));
        forEach(g.columns, (w, column) -> overDepth(wave, column, w));
    }

    /** Evaluates the image and writes it. */
    void store(FramePanels image, int panel, int lane) {
        forEach(g.grid.nz(), (w, z) -> overLateral(image, panel, lane, z, w));
    }

    private void forEach(int tasks, ObjIntConsumer<FkWork> task) {
        context.forEach(STAGE, tasks, i -> {
            FkWork work = pool.take(w -> true, maker);
            task.accept(work, i);
            pool.giveBack(work);
        });
    }

    private int spectrumAt(int row, int bin) {
        return FramePanels.BASE + 2 * width * (row * stride + bin);
    }

    private void overTime(FramePanels channels, int panel, int lane, int wave, int element, FkWork w) {
        int at = spectrumAt(element, 0);
        int size = 2 * width;
        if (element >= g.elements) {
            Arrays.fill(spectrum, at, at + size * g.bins, 0);
            return;
        }
        float[] from = channels.panel(panel);
        int trace = (wave * g.elements + element) * IqData.stride(g.format);
        int wide = channels.width();
        for (int s = 0; s < g.samples; s++) {
            int o = channels.offset(trace + s) + lane;
            // Every other sample with its sign changed, so that frequencies come out in ascending order.
            float sign = s % 2 == 0 ? 1 : -1;
            for (int f = 0; f < width; f++) {
                spectrum[at + size * s + f] = sign * from[o + f];
                spectrum[at + size * s + width + f] = sign * from[o + wide + f];
            }
        }
        Arrays.fill(spectrum, at + size * g.samples, at + size * g.bins, 0);
        kernels.fft().transform(transforms.time, false, spectrum, at, width, 1, w.time);
        double sin = g.waves.get(wave).sin;
        double delayS = sin * ((sin < 0 ? g.elements - 1 : 0) - element) * g.pitchM / g.soundSpeedMPerS;
        double startS = g.format.samples().startTimesS().get(wave);
        double baseband = g.firstHz - g.format.sequence().centerFrequencyHz();
        // The samples carry baseband, so their start turns it alone; the delay of an element turns the echo itself.
        PhaseRamp.fill(-g.firstHz * delayS - baseband * startS, -g.stepHz * (delayS + startS), w.re, w.im, g.bins);
        kernels.cells().multiply(spectrum, at, width, w.re, w.im, 0, g.bins, spectrum, at);
    }

    private void overElements(int task, FkWork w) {
        int size = 2 * width;
        for (int q = task * PER_TASK; q < Math.min((task + 1) * PER_TASK, g.bins); q++) {
            kernels.fft().transform(transforms.lateral, false, spectrum, spectrumAt(0, q), width, stride, w.lateral);
            double limit = Math.abs(g.firstHz + q * g.stepHz) / g.soundSpeedMPerS;
            for (int column = 0; column < g.columns; column++) {
                if (Math.abs(g.lateralPerM(column)) > limit) {
                    int at = spectrumAt(column, q);
                    Arrays.fill(spectrum, at, at + size, 0);
                }
            }
        }
    }

    private void overDepth(int wave, int column, FkWork w) {
        FkWave model = g.waves.get(wave);
        double lateral = g.lateralPerM(column);
        int count = g.depthBins;
        for (int m = 0; m < count; m++) {
            double depthHz = (g.firstDepthBin + m) * g.stepHz;
            double dataHz = model.dataHz(depthHz, lateral);
            double place = (dataHz - g.firstHz) / g.stepHz;
            int k = (int) Math.floor(place);
            boolean inside = k >= 0 && k < g.bins - 1 && dataHz > 0;
            double weight = inside ? depthHz / dataHz : 0;
            w.cell[m] = inside ? k : 0;
            w.left[m] = (float) (weight * (1 - (place - k)));
            w.right[m] = (float) (weight * (place - k));
        }
        CellKernel cells = kernels.cells();
        cells.interpolate(
                spectrum, spectrumAt(column, 0), width, w.cell, w.left, w.right, count, w.depthCells, FramePanels.BASE);
        transforms.depth.transform(kernels, w.depthCells, width, w.depth);
        int nz = g.grid.nz();
        double turnsPerM = lateral * model.shift;
        PhaseRamp.fill(turnsPerM * g.grid.z0M(), turnsPerM * g.grid.dzM(), w.re, w.im, nz);
        if (2 * column == g.columns) {
            Arrays.fill(w.im, 0); // the Nyquist frequency stands for both of its signs
        }
        int place = (column + g.columns / 2 - 1) % g.columns;
        for (int z = 0; z < nz; z++) {
            int to = FramePanels.BASE + 2 * width * (z * g.columns + place);
            cells.multiplyAdd(w.depthCells, FramePanels.BASE + 2 * width * z, width, w.re, w.im, z, 1, rows, to);
        }
    }

    private void overLateral(FramePanels image, int panel, int lane, int z, FkWork w) {
        int size = 2 * width;
        float[] work = w.acrossCells;
        System.arraycopy(rows, FramePanels.BASE + size * z * g.columns, work, FramePanels.BASE, size * g.columns);
        transforms.across.transform(kernels, work, width, w.across);
        float[] to = image.panel(panel);
        for (int x = 0; x < g.grid.nx(); x++) {
            int o = image.offset(z * g.grid.nx() + x) + lane;
            System.arraycopy(work, FramePanels.BASE + size * x, to, o, width);
            System.arraycopy(work, FramePanels.BASE + size * x + width, to, o + image.width(), width);
        }
    }
}
