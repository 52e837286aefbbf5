package org.fus.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fus.core.geometry.Vector3;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final double F = 7.5e6;

    @Test
    void matrixOfPanels_leavesABlankRowBetweenThem() {
        Probe probe = ProbeCatalogue.MATRIX1024_8;

        assertThat(probe.elements()).isEqualTo(1024);
        assertThat(probe.elementYM(0)).isCloseTo(-17 * 0.3e-3, within(1e-12));
        assertThat(probe.elementYM(8 * 32) - probe.elementYM(7 * 32)).isCloseTo(0.6e-3, within(1e-12));
        assertThat(probe.elementYM(9 * 32) - probe.elementYM(8 * 32)).isCloseTo(0.3e-3, within(1e-12));
        assertThat(probe.elementXM(31)).isCloseTo(15.5 * 0.3e-3, within(1e-12));
        assertThat(probe.isPlanar()).isFalse();
    }

    @Test
    void rowColumn_columnsAreLongAlongY_rowsAlongX() {
        Probe probe = ProbeCatalogue.RC15GV;

        assertThat(probe.elements()).isEqualTo(160);
        assertThat(Math.abs(probe.element(0).lengthAxis().y())).isEqualTo(1);
        assertThat(Math.abs(probe.element(80).lengthAxis().x())).isEqualTo(1);
        assertThat(probe.elementXM(79)).isCloseTo(39.5 * 0.11e-3, within(1e-12));
        assertThat(probe.elementYM(80)).isCloseTo(-39.5 * 0.11e-3, within(1e-12));
    }

    @Test
    void multiArray_rowsStandBehindEachOther() {
        Probe probe = ProbeCatalogue.ICO_PRIME_MULTI_ARRAY;

        assertThat(probe.elements()).isEqualTo(256);
        assertThat(probe.elementYM(64) - probe.elementYM(0)).isCloseTo(2.1e-3, within(1e-12));
        assertThat(probe.elementYM(0)).isCloseTo(-1.5 * 2.1e-3, within(1e-12));
    }

    @Test
    void convexNormals_pointAwayFromTheCentreOfTheArc() {
        Probe probe = ProbeCatalogue.C5_2V;
        for (int e = 0; e < probe.elements(); e += 7) {
            Element element = probe.element(e);
            Vector3 centre = element.centerM().minus(element.normal().times(probe.radiusM()));
            assertThat(centre.x()).isCloseTo(0, within(1e-12));
            assertThat(centre.z()).isCloseTo(-probe.radiusM() + probe.elementZM(64), within(1e-4));
        }
        assertThat(probe.isPlanar()).isTrue();
    }

    @Test
    void elementDistance_dependsOnItsKind() {
        Vector3 point = new Vector3(3e-3, 4e-3, 12e-3);
        for (Element.Kind kind : Element.Kind.values()) {
            Element element = new Element(Vector3.ZERO, Vector3.Z, Vector3.X, 1e-4, 6e-3, kind);
            double expected = switch (kind) {
                case POINT -> 13e-3;
                case SLICE -> Math.hypot(3e-3, 12e-3);
                case LINE -> Math.sqrt(9e-6 + 1e-6 + 144e-6);
            };
            assertThat(element.distanceM(point)).isCloseTo(expected, within(1e-15));
        }
    }

    @Test
    void impossibleFigures_areRefusedByName() {
        assertThatThrownBy(() -> Probe.linear("none", 0, 1e-4, F)).hasMessageContaining("none: 0 elements");
        assertThatThrownBy(() -> Probe.convex("round", 100, 1e-3, 10e-3, F).build())
                .hasMessageContaining("half a circle");
        assertThatThrownBy(() -> Probe.convex("flat", 4, 1e-3, -1, F).build()).hasMessageContaining("radiusM");
        assertThatThrownBy(() -> Probe.custom("any", Probe.Type.CUSTOM, List.of(), 1e-4, F))
                .hasMessageContaining("0 elements");
        assertThatThrownBy(() -> new Element(Vector3.ZERO, Vector3.Z, Vector3.Z, 1e-4, 1e-3, Element.Kind.POINT))
                .hasMessageContaining("right angle");
        assertThatThrownBy(() -> new Element(Vector3.ZERO, Vector3.Z, Vector3.X, 0, 1e-3, Element.Kind.POINT))
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> new Element(Vector3.ZERO, Vector3.Z, Vector3.X, 1e-4, Double.NaN, Element.Kind.LINE))
                .hasMessageContaining("lengthM");
    }
}
