package org.fus.examples.bench;

/** Does the same work as the rows of a suite in another way, call by call in turns with them. */
public interface Yardstick extends AutoCloseable {
    /**
     * One call.
     *
     * @param variant what does the work
     * @return milliseconds on the wall
     */
    double run(String variant);

    /**
     * The checksum of the last output of a variant.
     *
     * @param variant what did the work
     * @return as {@link BenchWork#checksum}
     */
    double checksum(String variant);

    @Override
    void close();
}
