package org.fus.core.internal.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fus.core.internal.fft.ComplexFft;
import org.fus.core.internal.fft.SmoothLengths;

/**
 * How a transform of one length is cut into passes, and the roots of unity that they need. Decimation in time: a pass of
 * radix {@code r} over {@code done} values joins {@code r} finished transforms of length {@code done} into one of length
 * {@code r * done}. Two passes make a level: what lies between them stays in the first cache, so that the data travel
 * once per level. The arrays are not to be changed.
 */
public final class FftTables {
    /**
     * One or two passes.
     *
     * @param first radix of the first pass
     * @param second radix of the second pass, 1 when there is none
     * @param done length of the transforms that the level joins
     * @param firstRoots {@code [k][i] = exp(-2 pi j i k / (first done))}, i from 1, interleaved (re, im)
     * @param secondRoots the same for {@code second} and {@code first done}
     */
    @SuppressWarnings("ArrayRecordComponent") // read by kernels, never by hosts
    public record Level(int first, int second, int done, float[] firstRoots, float[] secondRoots) {
        public int size() {
            return first * second;
        }
    }

    /** Values of a leaf where the length allows it: as many streams of reads as a processor follows ahead. */
    private static final int LEAF = 16;

    private final ComplexFft exact;
    private final List<Level> levels;
    private final int[] leafPlace;

    private FftTables(ComplexFft exact, List<Level> levels, int[] leafPlace) {
        this.exact = exact;
        this.levels = levels;
        this.leafPlace = leafPlace;
    }

    public static FftTables of(int length) {
        if (!SmoothLengths.isSmooth(length)) {
            throw new IllegalArgumentException("transform of length " + length + ", expected a product of 2, 3 and 5");
        }
        List<Level> levels = new ArrayList<>();
        int done = 1;
        if (length % LEAF == 0) {
            levels.add(level(4, 4, done));
            done = LEAF;
        }
        List<Integer> radices = radices(length / done);
        int low = 0;
        int high = radices.size() - 1;
        while (low <= high) {
            // The largest with the smallest, so that levels are of similar size.
            int first = radices.get(low++);
            int second = low <= high ? radices.get(high--) : 1;
            levels.add(level(first, second, done));
            done *= first * second;
        }
        return new FftTables(ComplexFft.of(length), List.copyOf(levels), leafPlaces(length, levels));
    }

    public int length() {
        return exact.length();
    }

    /** The transform of one record in double precision, which says what a kernel must give. */
    public ComplexFft exact() {
        return exact;
    }

    /** From the smallest transforms to the whole; none for a length of 1. */
    public List<Level> levels() {
        return levels;
    }

    /** Which block of the work area the leaf transform over every {@code (length / leaf size)}-th value fills. */
    public int[] leafPlace() {
        return leafPlace;
    }

    private static Level level(int first, int second, int done) {
        return new Level(first, second, done, roots(first, done), roots(second, first * done));
    }

    /** As many eights as the power of two allows without a lone two, then fives and threes; largest first. */
    private static List<Integer> radices(int length) {
        List<Integer> radices = new ArrayList<>();
        int rest = length;
        int twos = Integer.numberOfTrailingZeros(rest);
        while (twos > 4 || twos == 3) {
            radices.add(8);
            twos -= 3;
        }
        for (; twos >= 2; twos -= 2) {
            radices.add(4);
        }
        if (twos == 1) {
            radices.add(2);
        }
        rest >>= Integer.numberOfTrailingZeros(rest);
        for (int prime : new int[] {5, 3}) {
            while (rest % prime == 0) {
                radices.add(prime);
                rest /= prime;
            }
        }
        radices.sort(Comparator.reverseOrder());
        return radices;
    }

    private static float[] roots(int radix, int done) {
        float[] roots = new float[2 * done * (radix - 1)];
        int o = 0;
        for (int k = 0; k < done; k++) {
            for (int i = 1; i < radix; i++) {
                double angle = -2 * Math.PI * ((long) i * k % ((long) radix * done)) / ((double) radix * done);
                roots[o++] = (float) Math.cos(angle);
                roots[o++] = (float) Math.sin(angle);
            }
        }
        return roots;
    }

    /** The order of leaves in which every later level finds its parts side by side: the digits reversed. */
    private static int[] leafPlaces(int length, List<Level> levels) {
        int leaves = levels.isEmpty() ? 0 : length / levels.getFirst().size();
        int[] place = new int[leaves];
        for (int r = 0; r < leaves; r++) {
            int at = 0;
            int rest = r;
            for (int l = levels.size() - 1; l > 0; l--) {
                int size = levels.get(l).size();
                at = at * size + rest % size;
                rest /= size;
            }
            place[r] = at;
        }
        return place;
    }
}
