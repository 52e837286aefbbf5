package org.fus.hardware.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.fus.core.geometry.Affine3;
import org.fus.hardware.motion.CollisionEnvelope.KeepOut;
import org.junit.jupiter.api.Test;

class MotionTypesTest {
    @Property(tries = 300)
    void axis_unitsThereAndBack_areTheSame(
            @ForAll @DoubleRange(min = -1, max = 1) double si,
            @ForAll @DoubleRange(min = 1, max = 1e8) double scale,
            @ForAll boolean reversed,
            @ForAll @DoubleRange(min = -1, max = 1) double origin) {
        AxisSettings.Builder b = AxisSettings.linear("x", "1").unitsPerSi(scale).origin(origin);
        AxisSettings axis = (reversed ? b.reversed() : b).build();
        assertThat(axis.fromController(axis.toController(si))).isCloseTo(si, within(1e-12));
        double step = axis.toController(si + 1e-3) - axis.toController(si);
        // a difference of numbers up to 2e8 in double
        assertThat(step).isCloseTo((reversed ? -1 : 1) * scale * 1e-3, within(1e-6));
    }

    @Test
    void axis_wrong_namesAllProblems() {
        assertThatThrownBy(() -> AxisSettings.linear("x", "1")
                        .unitsPerSi(-1)
                        .limits(2, 1)
                        .maxSpeed(0)
                        .park(5)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "axis x", "unitsPerSi is -1.0", "limits 2.0 to 1.0", "maxSpeedSiPerS is 0.0", "parkSi");
    }

    @Test
    void stage_wrong_namesAllProblems() {
        AxisSettings x = AxisSettings.linear("x", "1").build();
        assertThatThrownBy(() -> new StageSettings(
                        List.of(x, x),
                        List.of(0, 0),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        CollisionEnvelope.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("same name", "homingOrder is [0, 0]", "settle", "at least 10 readings");
        assertThatThrownBy(() -> StageSettings.of(x).axis("y")).hasMessageContaining("[x]");
    }

    @Property(tries = 300)
    void envelope_anyPointOnAnyWay_isSeen(@ForAll long seed) {
        Random r = new Random(seed);
        double[] from = point(r);
        double[] to = point(r);
        double[] lower = point(r);
        List<Double> lo = new ArrayList<>();
        List<Double> hi = new ArrayList<>();
        for (double v : lower) {
            lo.add(v);
            hi.add(v + 0.05 + r.nextDouble());
        }
        CollisionEnvelope e = CollisionEnvelope.NONE.with(3, new KeepOut("box", lo, hi));
        boolean blocked = e.blocked(from, to, new double[3]).isPresent();
        boolean touched = false;
        for (int k = 0; k < 2000; k++) { // points that unsynchronised axes may pass
            boolean inside = true;
            for (int i = 0; i < 3; i++) {
                double p = from[i] + r.nextDouble() * (to[i] - from[i]);
                inside &= p > lo.get(i) && p < hi.get(i);
            }
            touched |= inside;
        }
        assertThat(!touched || blocked).as("a forbidden point was reached").isTrue();
        boolean overlap = true;
        for (int i = 0; i < 3; i++) {
            overlap &= Math.min(hi.get(i), Math.max(from[i], to[i])) > Math.max(lo.get(i), Math.min(from[i], to[i]));
        }
        assertThat(blocked).isEqualTo(overlap);
    }

    private static double[] point(Random r) {
        return new double[] {r.nextDouble() * 2 - 1, r.nextDouble() * 2 - 1, r.nextDouble() * 2 - 1};
    }

    @Test
    void envelope_floorAndCeiling_allowTheirFaceWithinTheTolerance() {
        double[] tolerance = {1e-6, 1e-6, 1e-6};
        CollisionEnvelope floor = CollisionEnvelope.NONE.withFloor("gel", 3, 2, 5e-3);
        assertThat(floor.blocked(new double[] {0, 0, 6e-3}, new double[] {0, 0, 5e-3 - 0.5e-6}, tolerance))
                .isEmpty();
        assertThat(floor.blocked(new double[] {0, 0, 6e-3}, new double[] {0, 0, 5e-3 - 2e-6}, tolerance))
                .isPresent();
        CollisionEnvelope both = floor.withCeiling("arm", 3, 0, 1e-3);
        assertThat(both.blocked(new double[] {0, 0, 6e-3}, new double[] {2e-3, 0, 6e-3}, tolerance)
                        .orElseThrow()
                        .name())
                .isEqualTo("arm");
        assertThatThrownBy(() -> floor.withFloor("x", 2, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeepOut("k", List.of(1.0), List.of(1.0))).hasMessageContaining("keep-out box k");
    }

    @Property(tries = 300)
    void kinematics_positionsOfPose_giveThePoseAgain(
            @ForAll @DoubleRange(min = -1, max = 1) double x,
            @ForAll @DoubleRange(min = -1, max = 1) double z,
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double angle,
            @ForAll @DoubleRange(min = -3, max = 3) double stageTurn) {
        StageKinematics k = new StageKinematics(
                5,
                1,
                0,
                2,
                4,
                Affine3.ofEulerXyz(0.3, 0.2, stageTurn, 1, 2, 3),
                Affine3.ofEulerXyz(0, 0, 0.1, 2e-3, 0, 0));
        double[] p = {0.5, x, z, Double.NaN, angle};
        double[] back = k.positions(k.pose(p));
        for (int i : new int[] {0, 1, 2, 4}) {
            assertThat(back[i]).isCloseTo(p[i], within(1e-12));
        }
        assertThat(back[3]).isNaN();
    }

    @Test
    void kinematics_poseOutOfReach_isRefused() {
        StageKinematics three = StageKinematics.of(3, 0, 1, 2, -1);
        assertThat(three.positions(Affine3.translation(1, 2, 3))).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> three.positions(Affine3.ofEulerXyz(0, 0, 0.1, 0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this stage cannot");
        StageKinematics four = StageKinematics.of(4, 0, 1, 2, 3);
        assertThat(four.positions(Affine3.ofEulerXyz(0, 0, 0.1, 0, 0, 0))[3]).isCloseTo(0.1, within(1e-12));
        assertThatThrownBy(() -> four.positions(Affine3.ofEulerXyz(0.1, 0, 0, 0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StageKinematics.of(3, 0, 0, 2, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StageKinematics.of(3, 0, 1, 2, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
