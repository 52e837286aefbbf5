package org.fus.core.clutter;

/**
 * Overlapping windows along one axis, spread evenly so that first and last touch the ends, with weights that add up to 1
 * at every pixel.
 *
 * @param length pixels of the axis
 * @param size pixels of a window
 * @param starts first pixel of each window, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // read by the filter, never compared
record WindowAxis(int length, int size, int[] starts) {
    /**
     * Lays windows out.
     *
     * @param overlap part of a window that the next one shares at least, 0 to 0.9
     */
    static WindowAxis of(int length, int wanted, double overlap) {
        int size = Math.min(wanted, length);
        int step = Math.max(1, (int) Math.floor(size * (1 - overlap)));
        int count = (length - size + step - 1) / step + 1;
        int[] starts = new int[count];
        for (int i = 1; i < count; i++) {
            starts[i] = (int) ((long) i * (length - size) / (count - 1));
        }
        return new WindowAxis(length, size, starts);
    }

    int count() {
        return starts.length;
    }

    /** Windows i and i + colours never overlap. */
    int colours() {
        int colours = 1;
        for (int i = 0; i + colours < starts.length; i++) {
            while (i + colours < starts.length && starts[i + colours] < starts[i] + size) {
                colours++;
            }
        }
        return colours;
    }

    /** Weights of every window, {@code [window][pixel of the window]}: triangles, divided by their sum at the pixel. */
    double[][] weights() {
        double[] sum = new double[length];
        double[][] weights = new double[starts.length][size];
        for (int w = 0; w < starts.length; w++) {
            for (int i = 0; i < size; i++) {
                weights[w][i] = Math.min(i + 1, size - i);
                sum[starts[w] + i] += weights[w][i];
            }
        }
        for (int w = 0; w < starts.length; w++) {
            for (int i = 0; i < size; i++) {
                weights[w][i] /= sum[starts[w] + i];
            }
        }
        return weights;
    }
}
