package org.fus.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class GeometryTest {
    @Property
    void inverse_ofAnyPose_undoesIt(
            @ForAll @DoubleRange(min = -3, max = 3) double rx,
            @ForAll @DoubleRange(min = -3, max = 3) double ry,
            @ForAll @DoubleRange(min = -3, max = 3) double rz,
            @ForAll @DoubleRange(min = -0.1, max = 0.1) double t) {
        Affine3 pose = Affine3.ofEulerXyz(rx, ry, rz, t, -2 * t, 3 * t).after(Affine3.scale(1e-4, 4e-4, 2e-4));

        double[] back = pose.inverse().after(pose).apply(3, -5, 7);

        assertThat(back[0]).isCloseTo(3, within(1e-9));
        assertThat(back[1]).isCloseTo(-5, within(1e-9));
        assertThat(back[2]).isCloseTo(7, within(1e-9));
    }

    @Test
    void ofEulerXyz_isRzRyRx() {
        Affine3 rx = Affine3.ofEulerXyz(0.3, 0, 0, 0, 0, 0);
        Affine3 ry = Affine3.ofEulerXyz(0, -0.5, 0, 0, 0, 0);
        Affine3 rz = Affine3.ofEulerXyz(0, 0, 1.1, 0, 0, 0);

        Affine3 product = rz.after(ry).after(rx);
        Affine3 direct = Affine3.ofEulerXyz(0.3, -0.5, 1.1, 0, 0, 0);

        for (int i = 0; i < 16; i++) {
            assertThat(direct.toRowMajor()[i]).isCloseTo(product.toRowMajor()[i], within(1e-15));
        }
        // each about its own axis, right-handed
        assertThat(rz.apply(1, 0, 0)[1]).isCloseTo(Math.sin(1.1), within(1e-15));
        assertThat(rx.apply(0, 1, 0)[2]).isCloseTo(Math.sin(0.3), within(1e-15));
        assertThat(ry.apply(0, 0, 1)[0]).isCloseTo(Math.sin(-0.5), within(1e-15));
    }

    @Test
    void voxelsToProbe_depthPointsIntoNegativeZ() {
        PixelGrid grid = PixelGrid.xz(-2e-3, 2e-3, 41, 1e-3, 5e-3, 81);

        double[] first = grid.voxelsToProbe().apply(0, 0, 0);
        double[] last = grid.voxelsToProbe().apply(40, 0, 80);

        assertThat(first).containsExactly(new double[] {-2e-3, 0, -1e-3}, within(1e-15));
        assertThat(last).containsExactly(new double[] {2e-3, 0, -5e-3}, within(1e-15));
    }

    @Test
    void impossibleFigures_areRefused() {
        assertThatThrownBy(() -> Affine3.scale(1, 0, 1).inverse()).hasMessageContaining("singular");
        assertThatThrownBy(() -> Affine3.ofRowMajor(new double[15])).hasMessageContaining("expected 16");
        assertThatThrownBy(() -> Affine3.ofRowMajor(new double[16])).hasMessageContaining("last row");
        assertThatThrownBy(() -> PixelGrid.xz(1, 0, 5, 0, 1, 5)).hasMessageContaining("beyond the start");
        assertThatThrownBy(() -> PixelGrid.xz(0, 1, 1, 0, 1, 5)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> new PixelGrid(0, 0, 0, 1e-4, 1e-4, 1e-4, 60_000, 1, 60_000))
                .hasMessageContaining("larger than");
        assertThatThrownBy(() -> new PixelGrid(Double.NaN, 0, 0, 1e-4, 1e-4, 1e-4, 2, 1, 2))
                .hasMessageContaining("x0M");
        assertThatThrownBy(() -> new PixelGrid(0, 0, 0, -1e-4, 1e-4, 1e-4, 2, 1, 2))
                .hasMessageContaining("dxM");
    }
}
