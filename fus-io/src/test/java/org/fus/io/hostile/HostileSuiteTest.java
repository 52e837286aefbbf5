package org.fus.io.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.fus.io.internal.hdf.Hdf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Damaged files of every format: each is read, or refused with a format error that names the file, within two seconds and a
 * heap of 256 MiB. Run in a process of its own: all cases with {@code -Pfull}, every tenth damage of bytes otherwise;
 * {@code -Dfus.hostile=NAME} tries the specimens of that name only.
 */
@Tag("hostile")
class HostileSuiteTest {
    private static final int FULL_CASES = 20_000;
    private static final int DRAWN_PER_SPECIMEN = 550;
    private static final double MIN_STRUCTURAL = 0.6;
    private static final int SHARE = 10;
    private static final int SHOWN_FAILURES = 5;

    private static final boolean FULL = Boolean.getBoolean("fus.full");
    private static final String ONLY = System.getProperty("fus.hostile", "");
    private static final Tally BYTES = new Tally();
    private static final Tally NODES = new Tally();

    private static final Worker WORKER = new Worker();

    /** What became of the cases of a kind. */
    private static final class Tally {
        private int specimens;
        private int cases;
        private int structural;
        private int refused;

        @Override
        public String toString() {
            return "%d cases of %d files, %.1f %% of them in structure, %d refused, %d read"
                    .formatted(cases, specimens, 100.0 * structural / cases, refused, cases - refused);
        }
    }

    /** The cases of one specimen. */
    private static final class Trial {
        private final Specimen specimen;
        private final Structure structure;
        private final Tally tally;
        private final List<String> failures = new ArrayList<>();
        private int cases;

        Trial(Specimen specimen, Tally tally) {
            Reading.all(specimen.open(specimen.folder()));
            this.specimen = specimen;
            this.structure = Structure.of(specimen);
            this.tally = tally;
            tally.specimens++;
        }

        void run(Damage damage) {
            Specimen damaged = specimen.with(damage.of(specimen.files()));
            if (!specimen.opened().isEmpty() && damaged.opened().isEmpty()) {
                return;
            }
            cases++;
            tally.cases++;
            tally.structural += damage.hits(structure) ? 1 : 0;
            Outcome outcome = Outcome.of(WORKER, damaged);
            tally.refused += outcome.refused() ? 1 : 0;
            outcome.problem().ifPresent(problem -> failures.add(damage + "\n    " + problem));
        }

        void requireNoFailure() {
            assertThat(failures.stream().limit(SHOWN_FAILURES))
                    .as("%s: %d of %d cases", specimen, failures.size(), cases)
                    .isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> damagedBytes_endInAResultOrAFormatError() {
        return tests(specimen -> {
            Trial trial = new Trial(specimen, BYTES);
            List<Damage> damages = Damages.of(specimen, trial.structure, DRAWN_PER_SPECIMEN);
            // Which tenth depends on the specimen, so that it holds cuts and other damage alike.
            int first = FULL ? 0 : new Random(specimen.name().hashCode()).nextInt(SHARE);
            for (int i = first; i < damages.size(); i += FULL ? 1 : SHARE) {
                trial.run(damages.get(i));
            }
            trial.requireNoFailure();
        });
    }

    @TestFactory
    Stream<DynamicTest> wrongNodesAndEntries_endInAResultOrAFormatError() {
        return tests(specimen -> {
            Trial trial = new Trial(specimen, NODES);
            specimen.files().forEach((file, bytes) -> {
                if (Hdf.hasSignature(specimen.folder().file(file).orElseThrow())) {
                    HdfDamages.each(file, bytes, trial::run);
                } else if (file.endsWith(".json")) {
                    JsonDamages.each(file, bytes, trial::run);
                }
            });
            trial.requireNoFailure();
        });
    }

    @AfterAll
    static void mostCasesHitStructure() {
        System.out.println("hostile input, damaged bytes: " + BYTES);
        System.out.println("hostile input, wrong nodes and entries: " + NODES);
        System.out.printf(
                "hostile input, longest case %d ms of processor time, in a heap of %d MiB%n",
                WORKER.longestNs() / 1_000_000, Runtime.getRuntime().maxMemory() >> 20);
        assertThat((double) BYTES.structural / BYTES.cases)
                .as("share of the damage of bytes that hits structure")
                .isGreaterThanOrEqualTo(MIN_STRUCTURAL);
        if (ONLY.isEmpty()) {
            assertThat(BYTES.cases).isGreaterThanOrEqualTo(FULL ? FULL_CASES : FULL_CASES / SHARE);
            assertThat(NODES.cases).isPositive();
        }
    }

    private static Stream<DynamicTest> tests(java.util.function.Consumer<Specimen> test) {
        return Specimens.all()
                .filter(s -> s.name().contains(ONLY))
                .map(s -> DynamicTest.dynamicTest(s.name(), () -> test.accept(s)));
    }
}
