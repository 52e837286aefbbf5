package org.fus.hardware.live;

/**
 * How often views are made and shown: at most so many per second, and every second, fourth or eighth only while the chain is
 * short of time. This is the first thing that gives way. Thread-safe.
 */
final class DisplayRate {
    /** The least that a person needs to see that it still runs: one map of eight. */
    private static final int MOST = 8;

    /** Ensembles in time, one after the other, before more is shown again: not to swing with every pause. */
    private static final int CALM = 4;

    private final long shortestNs;
    private int divisor = 1;
    private int mostDivisor = 1;
    private int calm;

    DisplayRate(double displayHz) {
        this.shortestNs = (long) (1e9 / displayHz);
    }

    /** What the start of an ensemble shows: whether the chain is behind. */
    synchronized void pressure(boolean behind) {
        if (behind) {
            calm = 0;
            divisor = Math.min(MOST, 2 * divisor);
            mostDivisor = Math.max(mostDivisor, divisor);
        } else if (++calm >= CALM && divisor > 1) {
            calm = 0;
            divisor /= 2;
        }
    }

    synchronized int divisor() {
        return divisor;
    }

    synchronized int mostDivisor() {
        return mostDivisor;
    }

    /** The shutter of one stream. Used by one thread. */
    final class Shutter {
        private long items;
        private boolean shown;
        private long shownNs;

        /** Whether the next item is shown. */
        boolean next() {
            long now = System.nanoTime();
            boolean show = items++ % divisor() == 0 && (!shown || now - shownNs >= shortestNs);
            if (show) {
                shown = true;
                shownNs = now;
            }
            return show;
        }
    }
}
