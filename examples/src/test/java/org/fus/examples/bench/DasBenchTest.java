package org.fus.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.fus.core.run.Kernels;
import org.fus.core.run.RunContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Gates what is stable: the bytes that a block allocates, and that Java and C++ make one image. Times are not asserted. */
class DasBenchTest {
    @Test
    void run_steadyState_allocatesOnlyTheImage() {
        Assumptions.assumeTrue(Kernels.describe().startsWith("vector"), "vector kernels are not enabled");

        DasBench result = DasBench.run(5, RunContext.inline());

        // work space of 16 tasks; vectors that escape to the heap would be megabytes
        assertThat(result.allocatedBeyondOutputBytes()).isLessThan(300_000);
        assertThat(result.javaMsPerFrame()).isPositive();
    }
}
