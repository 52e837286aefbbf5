package org.fus.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.fus.core.run.Kernels;
import org.fus.core.run.RunContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gates what is stable: the bytes that a call allocates, and that Java and C++ agree. Times are not asserted. */
class BenchTest {
    @Test
    @Tag("allocation")
    void run_everySuite_allocatesOnlyItsResults() {
        Assumptions.assumeTrue(Kernels.describe().startsWith("vector"), "vector kernels are not enabled");

        // also fails when the checksums of Java and of a native variant are apart
        List<BenchRow> rows = Bench.engine().run(3, RunContext.inline());

        assertThat(rows).isNotEmpty();
        for (BenchRow row : rows) {
            // work space of the tasks; vectors that escape to the heap would be megabytes. Threads that meet in a new
            // order make a piece of work space late; without its pools the chain would take 500 MB
            assertThat(row.allocatedBytes()).as(row.work()).isLessThan(row.threads() == 1 ? 400_000 : 4_000_000);
            assertThat(row.javaMs()).as(row.work()).isPositive();
        }
    }

    @Test
    void run_files_agreesWithPlainJavaAndTheHdf5Library() {
        // fails when the checksums are apart
        List<BenchRow> rows = new Bench(List.of(new FileSuite(2, 16), new HdfSuite(8))).run(3, RunContext.inline());

        assertThat(rows).hasSizeGreaterThanOrEqualTo(4);
        for (BenchRow row : rows) {
            if (row.calls() == 0) {
                assertThat(row.work()).isEqualTo("HDF5 in chunks");
                assertThat(row.reference()).contains("python3-h5py");
            } else {
                assertThat(row.ratio()).as(row.work()).isPresent();
            }
        }
    }

    @Test
    void start_libraryThatIsAbsent_saysSo() {
        Assumptions.assumeTrue(canCompile(), "no yardstick can be compiled here");
        YardstickProgram program =
                new YardstickProgram("das_yardstick.cpp", List.of("a-library-that-nobody-has-installed"));

        assertThatThrownBy(() -> NativeYardstick.start(program))
                .isInstanceOf(YardstickUnavailableException.class)
                .hasMessageContaining("a-library-that-nobody-has-installed is not installed");
    }

    @Test
    void run_resultsThatDiffer_areRefused() {
        Assumptions.assumeTrue(canCompile(), "no yardstick can be compiled here");
        BenchSuite suite = new WrongSuite();

        assertThatThrownBy(() -> new Bench(List.of(suite)).run(3, RunContext.inline()))
                .hasMessageContaining("the library and the yardstick tile4 disagree");
    }

    private static boolean canCompile() {
        try (NativeYardstick yardstick = NativeYardstick.start(YardstickProgram.DAS)) {
            return yardstick.run("tile4") > 0;
        } catch (YardstickUnavailableException e) {
            return false;
        }
    }

    /** Claims the work of the native program and does none of it. */
    private static final class WrongSuite implements BenchSuite, BenchWork {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public Optional<YardstickProgram> program() {
            return Optional.of(YardstickProgram.DAS);
        }

        @Override
        public List<BenchWork> prepare() {
            return List.of(this);
        }

        @Override
        public List<String> variants() {
            return List.of("tile4");
        }

        @Override
        public Target target() {
            return new Target(1, 1);
        }

        @Override
        public int unitsPerCall() {
            return 1;
        }

        @Override
        public String unit() {
            return "call";
        }

        @Override
        public void run() {}

        @Override
        public double checksum() {
            return 1;
        }

        @Override
        public long outputBytes() {
            return 0;
        }
    }
}
