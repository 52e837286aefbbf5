package org.fus.examples.bench;

import java.util.List;
import java.util.Optional;

/** Rows that share a native program. */
public interface BenchSuite {
    /**
     * What the rows are about.
     *
     * @return one or two words
     */
    String name();

    /**
     * The native program.
     *
     * @return empty when no row has a native yardstick
     */
    Optional<YardstickProgram> program();

    /**
     * Makes the inputs, large ones included.
     *
     * @return the rows in the order of the table
     * @throws YardstickUnavailableException when the inputs come from a program that this machine does not have
     */
    List<BenchWork> prepare() throws YardstickUnavailableException;

    /**
     * Starts what the rows are compared with.
     *
     * @return the native program, unless the suite brings another; empty when its rows have none
     * @throws YardstickUnavailableException when this machine has not what it needs
     */
    default Optional<Yardstick> start() throws YardstickUnavailableException {
        return program().isPresent()
                ? Optional.of(NativeYardstick.start(program().get()))
                : Optional.empty();
    }

    /** After the last call: deletes what {@link #prepare} left on the disk. */
    default void cleanUp() {}
}
