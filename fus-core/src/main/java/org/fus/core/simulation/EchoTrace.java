package org.fus.core.simulation;

import java.util.Arrays;
import org.fus.core.internal.kernel.EchoKernel;

/**
 * One trace under construction, with a guard on both sides that takes the echoes outside it, so that the inner loops
 * need not ask. Work space of one task.
 */
final class EchoTrace {
    private final EchoKernel kernel;
    private final int guard;
    private final int samples;
    private final float[] cells;
    private final int[] at;
    private final int[] row;
    private final float[] amplitude;
    private int firstCell;
    private int endCell;

    EchoTrace(EchoKernel kernel, int samples, int guard, int points) {
        this.kernel = kernel;
        this.guard = guard;
        this.samples = samples;
        this.cells = new float[samples + 2 * guard];
        this.at = new int[points];
        this.row = new int[points];
        this.amplitude = new float[points];
    }

    void clear() {
        Arrays.fill(cells, 0);
        firstCell = cells.length;
        endCell = 0;
    }

    /** Works out where the echoes of {@code n} points go. */
    void place(PulseTable pulse, int n, int[] ticksOut, float[] amplitudeOut, int[] ticksBack, float[] amplitudeBack) {
        int shift = guard - pulse.lead();
        int last = guard + samples;
        for (int i = 0; i < n; i++) {
            int ticks = ticksOut[i] + ticksBack[i] + PulseTable.HALF_STEP;
            at[i] = Math.min(Math.max((ticks >> PulseTable.TICK_BITS) + shift, 0), last);
            row[i] = pulse.row(ticks);
            amplitude[i] = amplitudeOut[i] * amplitudeBack[i];
        }
    }

    /** Notes which samples the placed echoes reach. */
    void measure(PulseTable pulse, int n) {
        for (int i = 0; i < n; i++) {
            firstCell = Math.min(firstCell, at[i]);
            endCell = Math.max(endCell, at[i] + pulse.length());
        }
    }

    /** Adds the placed echoes. */
    void add(PulseTable pulse, int n) {
        kernel.addRows(cells, pulse.rows(), pulse.length(), at, row, amplitude, n);
    }

    /** Adds the placed echoes with their amplitudes multiplied by a factor each. */
    void addScaled(PulseTable pulse, int n, float[] factor, float[] scaled) {
        for (int i = 0; i < n; i++) {
            scaled[i] = amplitude[i] * factor[i];
        }
        kernel.addRows(cells, pulse.rows(), pulse.length(), at, row, scaled, n);
    }

    float[] cells() {
        return cells;
    }

    /** The cell of sample 0. */
    int guard() {
        return guard;
    }

    /** First sample that the measured echoes reach. */
    int firstSample() {
        return Math.max(firstCell - guard, 0);
    }

    /** Behind the last sample that they reach. */
    int endSample() {
        return Math.min(endCell - guard, samples);
    }
}
