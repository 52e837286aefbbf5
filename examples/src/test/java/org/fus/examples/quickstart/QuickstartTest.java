package org.fus.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.fus.core.run.RunContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth checks hold whatever the truth is. Each case is a whole acquisition, so this class takes minutes. */
class QuickstartTest {
    private static ExecutorService pool;
    private static RunContext context;

    @BeforeAll
    static void start() {
        int processors = Runtime.getRuntime().availableProcessors();
        pool = Executors.newFixedThreadPool(processors);
        context = RunContext.of(pool, processors);
    }

    @AfterAll
    static void stop() {
        pool.shutdownNow();
    }

    static Stream<QuickstartOptions> truths() {
        QuickstartOptions usual = QuickstartOptions.DEFAULT;
        return Stream.of(
                usual.withSeed(1),
                usual.withSeed(2),
                usual.withSeed(3),
                usual.withSeed(4),
                usual.withSeed(5),
                usual.withFlowMPerS(-5e-3),
                usual.withFlowMPerS(0),
                usual.withVesselDepthM(7.3e-3));
    }

    @ParameterizedTest
    @MethodSource("truths")
    void run_anyTruth_isMeasured(QuickstartOptions options) {
        Quickstart result = Quickstart.run(options, context);

        assertThat(result.checks()).isNotEmpty().allMatch(TruthCheck::pass);
        assertThat(result.warnings()).isEmpty();
        double left = measured(result, "vessel 1, velocity of blood alone");
        // the measured column follows the truth: sign, and zero
        assertThat(Math.signum(Math.abs(left) < 0.1 ? 0 : left)).isEqualTo(Math.signum(options.flowMPerS()));
    }

    @Test
    void check_measurementOffTheTruth_fails() {
        assertThat(TruthCheck.within("v", "mm/s", 5, 0.6, 5.7).pass()).isFalse();
        assertThat(TruthCheck.within("v", "mm/s", 5, 0.6, Double.NaN).pass()).isFalse();
        assertThat(TruthCheck.atLeast("r", "dB", 10, 9.9).pass()).isFalse();
        assertThat(TruthCheck.atMost("w", "um", 75, 75.1).pass()).isFalse();
    }

    @Test
    void options_outOfRange_areRefusedWithUnits() {
        assertThatThrownBy(() -> QuickstartOptions.DEFAULT.withFlowMPerS(7e-3)).hasMessageContaining("mm/s");
        assertThatThrownBy(() -> QuickstartOptions.DEFAULT.withVesselDepthM(2e-3))
                .hasMessageContaining("mm");
        assertThatThrownBy(() -> new QuickstartOptions(1, 5e-3, 6.5e-3, 200)).hasMessageContaining("200 frames");
    }

    private static double measured(Quickstart result, String name) {
        return result.checks().stream()
                .filter(c -> c.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .measured();
    }
}
