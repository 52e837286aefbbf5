package org.fus.core.internal.fft;

/** Lengths that are products of 2, 3 and 5, for which transforms are fast. */
public final class SmoothLengths {
    private SmoothLengths() {}

    public static boolean isSmooth(int length) {
        if (length < 1) {
            return false;
        }
        int n = length;
        for (int prime : new int[] {2, 3, 5}) {
            while (n % prime == 0) {
                n /= prime;
            }
        }
        return n == 1;
    }

    /** The smallest even smooth length that is at least {@code atLeast}. */
    public static int evenAtLeast(int atLeast) {
        long n = Math.max(2, atLeast + (long) (atLeast & 1));
        while (n <= Integer.MAX_VALUE) {
            if (isSmooth((int) n)) {
                return (int) n;
            }
            n += 2;
        }
        throw new IllegalArgumentException("no transform length above " + atLeast + " fits 31 bits");
    }
}
