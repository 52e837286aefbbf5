package org.fus.hardware.lsl;

/** The clock of the streams: seconds of the monotonic clock. On Linux it is the one that liblsl reads. */
public final class LslClock {
    private LslClock() {}

    /**
     * The time now.
     *
     * @return seconds since an arbitrary moment
     */
    public static double nowS() {
        return ofNanoTime(System.nanoTime());
    }

    /**
     * A host time, such as that of a trigger edge, on this clock.
     *
     * @param nanoTime a value of {@link System#nanoTime()}
     * @return seconds
     */
    public static double ofNanoTime(long nanoTime) {
        return nanoTime * 1e-9;
    }

    /**
     * A time of this clock as a host time.
     *
     * @param timeS seconds
     * @return what {@link System#nanoTime()} said then
     */
    public static long toNanoTime(double timeS) {
        return Math.round(timeS * 1e9);
    }
}
