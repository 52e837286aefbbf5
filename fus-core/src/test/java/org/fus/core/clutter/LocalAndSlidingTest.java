package org.fus.core.clutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.PointGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.run.RunContext;
import org.fus.core.testing.AllocatedBytes;
import org.fus.core.testing.ClutteredBlood;
import org.fus.core.testing.Ensembles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LocalAndSlidingTest {
    private static final RunContext HERE = RunContext.inline();

    @Property
    void axis_windows_coverWithWeightsOfOneAndColoursThatDoNotTouch(
            @ForAll @IntRange(min = 1, max = 90) int length,
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 0, max = 9) int tenths) {
        WindowAxis axis = WindowAxis.of(length, size, tenths / 10.0);

        double[] sum = new double[length];
        double[][] weights = axis.weights();
        for (int w = 0; w < axis.count(); w++) {
            for (int i = 0; i < axis.size(); i++) {
                assertThat(weights[w][i]).isPositive();
                sum[axis.starts()[w] + i] += weights[w][i];
            }
            if (w + axis.colours() < axis.count()) {
                assertThat(axis.starts()[w + axis.colours()]).isGreaterThanOrEqualTo(axis.starts()[w] + axis.size());
            }
        }
        assertThat(sum)
                .containsExactly(
                        java.util.stream.DoubleStream.generate(() -> 1)
                                .limit(length)
                                .toArray(),
                        within(1e-12));
    }

    @Test
    void local_oneWindowForAll_equalsTheGlobalFilter() {
        IqEnsemble e = ClutteredBlood.of(40, 20, 30, 40, 1);

        IqEnsemble local = LocalSvdClutterFilter.of(
                        ComponentRule.removing(22), LocalSvdClutterFilter.Windows.of(100, 100))
                .apply(e, HERE);

        IqEnsemble global = SvdClutterFilter.removing(22).apply(e, HERE);
        // the same sums in another order, then float32 products of tissue 100 times the blood
        assertThat(Ensembles.relativeDifference(global, local)).isLessThan(1e-3);
    }

    @Test
    void local_anyNumberOfThreads_givesIdenticalBits() {
        IqEnsemble e = Ensembles.random(20, 33, 41, 2);
        LocalSvdClutterFilter filter =
                LocalSvdClutterFilter.of(ComponentRule.removing(4), new LocalSvdClutterFilter.Windows(9, 1, 11, 0.6));
        IqEnsemble one = filter.apply(e, HERE);
        for (int threads : new int[] {2, 7}) {
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                IqEnsemble many = filter.apply(e, RunContext.of(pool, threads));
                for (int f = 0; f < 20; f++) {
                    assertThat(many.copyFrame(f)).isEqualTo(one.copyFrame(f));
                }
            }
        }
    }

    @Test
    void local_reportsTheCutoffsOfItsWindows() {
        IqEnsemble e = ClutteredBlood.of(40, 30, 30, 60, 1);

        Map<String, String> p = LocalSvdClutterFilter.of(
                        new ComponentRule.TurningPoint(), LocalSvdClutterFilter.Windows.of(15, 15))
                .apply(e, HERE)
                .provenance()
                .steps()
                .getFirst()
                .parameters();

        assertThat(p).containsEntry("windows", "16").containsEntry("windowPixels", "225");
        assertThat(Integer.parseInt(p.get("removedFirstMedian"))).isBetween(4, 20);
    }

    @Test
    void local_whatCannotWork_isRefused() {
        IqEnsemble e = Ensembles.random(30, 10, 10, 1);
        LocalSvdClutterFilter.Windows small = LocalSvdClutterFilter.Windows.of(4, 4);
        assertThatThrownBy(() -> LocalSvdClutterFilter.of(ComponentRule.removing(3), small)
                        .apply(e, HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 pixels")
                .hasMessageContaining("30 frames");
        assertThatThrownBy(() -> new LocalSvdClutterFilter.Windows(4, 4, 4, 1)).hasMessageContaining("0 to 0.9");
        assertThatThrownBy(() -> LocalSvdClutterFilter.of(ComponentRule.removing(3), small)
                        .withPrecision(Precision.DOUBLE))
                .hasMessageContaining("FAST or ACCURATE");
        PointGrid points = PointGrid.of(List.of(new Vector3(0, 0, 1e-3), new Vector3(0, 0, 2e-3)));
        IqEnsemble loose = IqEnsemble.copyOf(points, Ensembles.TIMING, new float[2][4], Provenance.none());
        assertThatThrownBy(() -> LocalSvdClutterFilter.of(ComponentRule.removing(1), small)
                        .apply(loose, HERE))
                .hasMessageContaining("list of points");
    }

    @Test
    @Tag(AllocatedBytes.TAG)
    void local_steadyState_allocatesTheOutputAlone() {
        IqEnsemble e = Ensembles.random(64, 40, 40, 5);
        LocalSvdClutterFilter filter =
                LocalSvdClutterFilter.of(ComponentRule.removing(10), LocalSvdClutterFilter.Windows.of(20, 20));
        // two panels of 32 frames, and the objects of the call itself
        long most = 2L * 4 * 64 * 1600 + 64 * 1024;

        assertThat(AllocatedBytes.least(() -> filter.apply(e, HERE), most)).isLessThanOrEqualTo(most);
    }

    /** Each element of the Gram matrix is summed once in a fixed order, so that nothing can drift. */
    @Property(tries = 12)
    void sliding_afterManyBlocks_isTheFilterOfItsWindowBitForBit(@ForAll @IntRange(min = 1, max = 40) int blockFrames) {
        int frames = 400;
        int window = 64;
        IqEnsemble e = ClutteredBlood.of(frames, 6, 50, 50, 9);
        SlidingSvdFilter sliding = new SlidingSvdFilter(ComponentRule.removing(20), window);
        int last = 0;
        IqEnsemble filtered = sliding.next(e.slice(0, window), HERE);
        for (int f = window; f + blockFrames <= frames; f += blockFrames) {
            filtered = sliding.next(e.slice(f, blockFrames), HERE);
            last = f + blockFrames;
        }

        IqEnsemble scratch = SvdClutterFilter.removing(20).apply(e.slice(last - window, window), HERE);
        for (int f = 0; f < blockFrames; f++) {
            assertThat(filtered.copyFrame(f)).isEqualTo(scratch.copyFrame(window - blockFrames + f));
        }
    }

    @Test
    void sliding_growingWindow_filtersFromTheFirstBlockOn() {
        IqEnsemble e = ClutteredBlood.of(96, 10, 10, 40, 3);
        SlidingSvdFilter sliding = new SlidingSvdFilter(ComponentRule.removing(16), 64);

        List<IqEnsemble> parts = new ArrayList<>();
        for (int f = 0; f < 96; f += 24) {
            parts.add(sliding.next(e.slice(f, 24), HERE));
        }

        assertThat(parts.getFirst().frames()).isEqualTo(24);
        assertThat(parts.getFirst().provenance().steps().getLast().parameters()).containsEntry("windowFrames", "24");
        assertThat(parts.getLast().provenance().steps().getLast().parameters()).containsEntry("windowFrames", "64");
        IqEnsemble second = SvdClutterFilter.removing(16).apply(e.slice(0, 48), HERE);
        assertThat(parts.get(1).copyFrame(5)).isEqualTo(second.copyFrame(29));
        assertThatThrownBy(() -> sliding.next(e, HERE)).hasMessageContaining("no longer than the window");
        assertThatThrownBy(() -> new SlidingSvdFilter(ComponentRule.removing(16), 10))
                .hasMessageContaining("below the number of frames");
        assertThatThrownBy(() -> new SlidingSvdFilter(ComponentRule.removing(20), 64).next(e.slice(0, 8), HERE))
                .hasMessageContaining("below the number of frames");
    }
}
