package org.fus.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.junit.jupiter.api.Test;

class FusSeriesTest {
    private static final PixelGrid GRID = new PixelGrid(-1e-3, 0, 2e-3, 1e-3, 0.4e-3, 0.5e-3, 3, 1, 2);

    @Test
    void ofFrames_maps_readsTheirExactValuesInOrder() {
        float third = 1f / 3;
        FusSeries series = FusSeries.ofFrames(
                List.of(map(0, 1, 2, 3, 4, third), map(10, 11, 12, 13, 14, 15)), List.of(0.4, 0.8), Map.of("a", 1));

        assertThat(series.shape()).isEqualTo(new FusSeries.Shape(1, 1, 2, 2, 1, 3));
        assertThat(series.read(0, 0, 0, 2)).containsExactly(0, 1, 2, 3, 4, third, 10, 11, 12, 13, 14, 15);
        assertThat(series.read(0, 0, 1, 1)).containsExactly(10, 11, 12, 13, 14, 15);
        assertThat(series.geometry().voxelsToProbe().apply(1, 0, 1)).containsExactly(0, 0, -2.5e-3);
        assertThat(series.metadata()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void read_outsideTheSeries_isRefused() {
        FusSeries series = FusSeries.ofFrames(List.of(map(0, 1, 2, 3, 4, 5)), List.of(0.4), Map.of());

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> series.read(0, 0, 0, 2)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> series.read(0, 0, 0, 0));
    }

    @Test
    void of_listsThatDoNotMatchTheShape_saysWhich() {
        FusSeries.Shape shape = new FusSeries.Shape(1, 2, 3, 1, 1, 1);
        FusSeries.Geometry onePose = new FusSeries.Geometry(1, 1, 1, Affine3.identity(), List.of(Affine3.identity()));
        FusSeries.Geometry twoPoses =
                new FusSeries.Geometry(1, 1, 1, Affine3.identity(), List.of(Affine3.identity(), Affine3.identity()));
        FusSeries.Times three = new FusSeries.Times(List.of(1.0, 2.0, 3.0), List.of());
        FusSeries.Times two = new FusSeries.Times(List.of(1.0, 2.0), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(shape, onePose, three))
                .withMessage("probeToLab has 1 entries, expected 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(shape, twoPoses, two))
                .withMessage("timesS has 2 entries, expected 3");
        assertThat(of(shape, twoPoses, three).shape().size()).isEqualTo(6);
    }

    @Test
    void metadata_nestedValues_areCopiedInOrderAndChecked() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("z", List.of(1, 2.5f, Map.of("k", true)));
        given.put("a", "text");
        FusSeries series = FusSeries.ofFrames(List.of(map(0, 1, 2, 3, 4, 5)), List.of(0.4), given);
        given.clear();

        assertThat(series.metadata())
                .containsExactly(Map.entry("z", List.of(1L, 2.5, Map.of("k", true))), Map.entry("a", "text"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        FusSeries.ofFrames(List.of(map(0, 1, 2, 3, 4, 5)), List.of(0.4), Map.of("bad", new int[1])))
                .withMessageContaining("metadata bad");
    }

    private static FusSeries of(FusSeries.Shape shape, FusSeries.Geometry geometry, FusSeries.Times times) {
        return FusSeries.of(shape, geometry, times, Map.of(), Provenance.none(), (e, p, t, n) -> new double[n]);
    }

    private static DopplerFrame map(float... values) {
        return DopplerFrame.wrap(DopplerFrame.Quantity.POWER, GRID, values, Provenance.none());
    }
}
