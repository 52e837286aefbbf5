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
     */
    List<BenchWork> prepare();
}
