package org.fus.examples.bench;

import java.util.List;
import java.util.OptionalDouble;

/** Work of one row of the table: done by Java and, from the same input, by variants of a native program. */
public interface BenchWork {
    /**
     * What is done, for people.
     *
     * @return a few words
     */
    String name();

    /**
     * The native variants that do the same work; the fastest of them is the yardstick.
     *
     * @return names that the program of the suite knows
     */
    List<String> variants();

    /**
     * The ratio that is asked for, and the one that is aimed at.
     *
     * @return floor and goal of native time over Java time
     */
    Target target();

    /**
     * How many units, such as frames, one call makes; times are printed per unit.
     *
     * @return at least 1
     */
    int unitsPerCall();

    /**
     * What a unit is.
     *
     * @return such as {@code frame}
     */
    String unit();

    /** What comes before each call and is not timed: inputs anew where the work overwrites them. */
    default void prepareCall() {}

    /** One call. */
    void run();

    /**
     * The checksum of the last output, added up as the native program does it.
     *
     * @return a positive number
     */
    double checksum();

    /**
     * How far the checksums may be apart.
     *
     * @return relative; 1e-5 unless said otherwise
     */
    default double tolerance() {
        return 1e-5;
    }

    /**
     * What a call must allocate: its result.
     *
     * @return bytes
     */
    long outputBytes();

    /**
     * Calls before anything is timed, so that the compiler has seen the loops.
     *
     * @return 4 unless said otherwise
     */
    default int warmUpCalls() {
        return 4;
    }

    /**
     * Threads that the work uses.
     *
     * @return 1 unless said otherwise
     */
    default int threads() {
        return 1;
    }

    /**
     * The time that a call has in real life, where that and no native program is the yardstick.
     *
     * @return milliseconds per call, or empty
     */
    default OptionalDouble realTimeMs() {
        return OptionalDouble.empty();
    }

    /**
     * What {@link #realTimeMs} is, for people.
     *
     * @return {@code real time} unless said otherwise
     */
    default String realTime() {
        return "real time";
    }

    /**
     * Native milliseconds per unit above which the yardstick counts as slow, from the machine it was first tuned on.
     *
     * @return empty when nothing is known
     */
    default OptionalDouble slowYardstickMs() {
        return OptionalDouble.empty();
    }

    /**
     * Ratio of reference time over Java time: 1 is parity, more is better.
     *
     * @param floor asked for
     * @param goal aimed at
     */
    record Target(double floor, double goal) {}
}
