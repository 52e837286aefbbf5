package org.fus.hardware.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    // the width of a bucket
    private static final Percentage WIDTH = Percentage.withPercentage(100.0 / 64);

    @Property(tries = 200)
    void latency_anyTimes_quantilesAreThoseOfTheSortedTimes(@ForAll @Size(min = 1, max = 400) long[] times) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < times.length; i++) {
            times[i] = times[i] == Long.MIN_VALUE ? 0 : Math.abs(times[i]) >> (i % 60);
            histogram.add(times[i]);
        }
        Latency latency = histogram.latency();
        Arrays.sort(times);
        assertThat(latency.count()).isEqualTo(times.length);
        assertThat(latency.maxS()).isEqualTo(times[times.length - 1] * 1e-9);
        assertThat(latency.p50S()).isCloseTo(times[(times.length + 1) / 2 - 1] * 1e-9, WIDTH);
        assertThat(latency.p99S()).isCloseTo(times[(int) Math.ceil(0.99 * times.length) - 1] * 1e-9, WIDTH);
    }

    @Property(tries = 100)
    void latency_oneTime_isThatTime(@ForAll @LongRange(min = 0) long ns) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(ns);
        assertThat(histogram.latency()).isEqualTo(new Latency(1, ns * 1e-9, ns * 1e-9, ns * 1e-9));
    }

    @Test
    void latency_ofNothing_isNotANumber() {
        Latency none = new LatencyHistogram().latency();
        assertThat(none.count()).isZero();
        assertThat(none.p50S()).isNaN();
        assertThat(none).hasToString("-");
    }

    @Test
    void add_clocksReadInTheWrongOrder_countAsNothing() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(-5);
        assertThat(histogram.latency().maxS()).isZero();
    }
}
