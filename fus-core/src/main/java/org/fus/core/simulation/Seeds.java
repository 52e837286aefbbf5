package org.fus.core.simulation;

import java.util.SplittableRandom;

/** Random numbers that depend on a seed and a place (what, which one, when) alone, never on what was drawn before. */
final class Seeds {
    /** What a stream of numbers is for. Every purpose has streams of its own. */
    enum Purpose {
        BLOOD_TRACK(1),
        BLOOD_LAP(2),
        TISSUE(3),
        MOTION(4),
        NOISE(5),
        SCENE(6),
        CAPILLARY(7),
        TUBE(8),
        TUBE_LAP(9),
        SCENE_TISSUE(10);

        private final int code;

        Purpose(int code) {
            this.code = code;
        }
    }

    private Seeds() {}

    static SplittableRandom stream(long seed, Purpose purpose, long... place) {
        long h = scramble(seed ^ 0x9E3779B97F4A7C15L * purpose.code);
        for (long p : place) {
            h = scramble(h + 0x9E3779B97F4A7C15L * (p + 1));
        }
        return new SplittableRandom(h);
    }

    /** Finalizer of MurmurHash3 with the constants of Stafford's variant 13: every input bit changes half the output. */
    private static long scramble(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
