package org.fus.hardware.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.fus.core.geometry.Affine3;
import org.fus.hardware.plan.ScanPlanner.Visits;
import org.junit.jupiter.api.Test;

class ScanPlannerTest {
    /**
     * The rules by which the vendor's reader puts poses together, written down a second time as matrix products, apart from
     * {@link VolumeRegularity}. Throws what the reader would.
     */
    private static double consolidatedStep(List<Affine3> poses) {
        double[] c = new double[3];
        for (Affine3 p : poses) {
            for (int i = 0; i < 3; i++) {
                c[i] += p.at(i, 3);
            }
        }
        Affine3 back = Affine3.translation(-c[0] / poses.size(), -c[1] / poses.size(), -c[2] / poses.size());
        List<Double> angles = new ArrayList<>();
        Set<Double> ys = new LinkedHashSet<>();
        for (Affine3 p : poses) {
            double cosRy = Math.cos(Math.asin(-p.at(2, 0)));
            double angle = Math.atan2(p.at(1, 0) / cosRy, p.at(0, 0) / cosRy);
            if (angles.stream().noneMatch(a -> Math.abs(a - angle) < 1e-6)) {
                angles.add(angle);
            }
            double y = Affine3.ofEulerXyz(0, 0, -angle, 0, 0, 0)
                    .after(back)
                    .after(p)
                    .at(1, 3);
            ys.add(Math.rint(y * 1e6) / 1e6 + 0.0);
        }
        assertThat(angles.size() * ys.size()).as("angles x elevations").isEqualTo(poses.size());
        List<Double> sorted = new ArrayList<>(ys);
        Collections.sort(sorted);
        List<Double> steps = new ArrayList<>();
        for (int i = 1; i < sorted.size(); i++) {
            steps.add(sorted.get(i) - sorted.get(i - 1));
        }
        List<Double> ordered = new ArrayList<>(steps);
        Collections.sort(ordered);
        double median = ordered.get(ordered.size() / 2);
        for (double s : steps) {
            assertThat(Math.abs(s - median)).as("irregular").isLessThanOrEqualTo(5e-6);
        }
        assertThat(Math.rint(median * 1e6)).as("cannot be collapsed").isBetween(100.0, 1000.0);
        return median;
    }

    private static Affine3 upright(double angle, double x, double y, double z) {
        return Affine3.ofEulerXyz(0, 0, angle, x, y, z);
    }

    @Property(tries = 300)
    void stack_anyStepAndPlace_givesAVolume(
            @ForAll @IntRange(min = 100_000, max = 1_000_000) int stepNm,
            @ForAll @IntRange(min = 2, max = 60) int slices,
            @ForAll @DoubleRange(min = -1.5, max = 1.5) double angle,
            @ForAll @IntRange(min = -20_000, max = 20_000) int placeUm,
            @ForAll VisitOrder order,
            @ForAll long seed) {
        double step = stepNm * 1e-9;
        double place = placeUm * 1e-6;
        ScanPlan plan =
                ScanPlanner.stack(upright(angle, place, -place / 3, 0.01), slices, step, new Visits(3, 2, order, seed));
        assertThat(plan.poses()).hasSize(slices);
        // each elevation is rounded to the micrometre
        assertThat(consolidatedStep(plan.poses())).isCloseTo(step, within(1.1e-6));
        List<Affine3> shuffled = new ArrayList<>(plan.poses());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(consolidatedStep(shuffled)).isCloseTo(step, within(1.1e-6));
        assertThat(plan.cycles()).isEqualTo(3);
        assertThat(plan.blocks()).isEqualTo(3L * 2 * slices);
        for (int c = 0; c < 3; c++) {
            int cycle = c;
            Set<Integer> visited = new HashSet<>();
            plan.steps().stream()
                    .filter(s -> s.cycle() == cycle)
                    .forEach(s ->
                            assertThat(visited.add(((ScanStep.Dwell) s).pose())).isTrue());
            assertThat(visited).hasSize(slices);
        }
        assertThat(ScanPlanner.stack(
                        upright(angle, place, -place / 3, 0.01), slices, step, new Visits(3, 2, order, seed)))
                .isEqualTo(plan);
    }

    @Property(tries = 200)
    void multiArray_anyNumberOfPositions_tilesTheArrays(
            @ForAll @IntRange(min = 3, max = 21) int positions,
            @ForAll @DoubleRange(min = -1.5, max = 1.5) double angle) {
        ScanPlan plan = ScanPlanner.multiArray(
                upright(angle, 1e-3, 2e-3, 0),
                ScanPlanner.MULTI_ARRAYS,
                ScanPlanner.MULTI_ARRAY_SPACING_M,
                positions,
                Visits.ONCE);
        assertThat(plan.poses()).hasSize(positions);
        List<Affine3> all = ScanPlanner.arrayPoses(plan.poses(), 4, 2.1e-3);
        assertThat(all).hasSize(4 * positions);
        assertThat(consolidatedStep(all)).isCloseTo(2.1e-3 / positions, within(1.1e-6));
    }

    @Test
    void multiArray_ofFourPositions_isTheVendorsSixteenSlices() {
        ScanPlan plan = ScanPlanner.multiArray(Affine3.identity(), 4, 2.1e-3, 4, Visits.ONCE);
        assertThat(consolidatedStep(ScanPlanner.arrayPoses(plan.poses(), 4, 2.1e-3)))
                .isCloseTo(525e-6, within(1.1e-6));
        assertThatThrownBy(() -> ScanPlanner.multiArray(Affine3.identity(), 4, 2.1e-3, 2, Visits.ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.00105 m");
    }

    @Property(tries = 200)
    void rotations_anyNumber_ofStacks_giveAVolumePerAngle(
            @ForAll @IntRange(min = 2, max = 30) int angles,
            @ForAll @IntRange(min = 2, max = 12) int slices,
            @ForAll @IntRange(min = 50, max = 500) int halfSteps,
            @ForAll @DoubleRange(min = -1, max = 1) double first) {
        ScanPlan plan =
                ScanPlanner.rotations(upright(first, 3e-3, -2e-3, 0), angles, slices, 2e-6 * halfSteps, Visits.ONCE);
        assertThat(plan.poses()).hasSize(angles * slices);
        assertThat(consolidatedStep(plan.poses())).isCloseTo(2e-6 * halfSteps, within(0.1e-6));
        VolumeRegularity r = VolumeRegularity.of(plan.poses());
        assertThat(r.anglesRad()).hasSize(angles);
        assertThat(r.elevationsM()).hasSize(slices);
    }

    @Test
    void rotations_stepOffTheGrid_isRefusedWithTheNextOne() {
        assertThatThrownBy(() -> ScanPlanner.rotations(Affine3.identity(), 5, 4, 525e-6, Visits.ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 2.0E-6");
        assertThat(ScanPlanner.rotations(Affine3.identity(), 8, 1, 1e-3, Visits.ONCE)
                        .poses())
                .hasSize(8);
    }

    @Test
    void orders_areWhatTheySay() {
        Visits v = new Visits(2, 1, VisitOrder.SERPENTINE, 0);
        ScanPlan plan = ScanPlanner.stack(Affine3.identity(), 3, 400e-6, v);
        assertThat(plan.steps().stream().map(s -> ((ScanStep.Dwell) s).pose())).containsExactly(0, 1, 2, 2, 1, 0);
        assertThat(VisitOrder.SERIAL.of(3, 1, 0)).containsExactly(0, 1, 2);
        assertThat(VisitOrder.RANDOM.of(50, 0, 9)).isNotEqualTo(VisitOrder.RANDOM.of(50, 1, 9));
        List<Integer> once = VisitOrder.RANDOM.of(50, 3, 9);
        assertThat(VisitOrder.RANDOM.of(50, 3, 9)).isEqualTo(once).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void sweep_blocksLieEvenlyOnTheWay() {
        ScanPlan plan = ScanPlanner.sweep(upright(0.3, 0, 0, 0), 4e-3, 1e-3, 0.4, 2);
        List<Affine3> blocks = plan.posePerBlock();
        assertThat(blocks).hasSize(20);
        assertThat(consolidatedStep(blocks.subList(0, 10))).isCloseTo(400e-6, within(1.1e-6));
        for (int i = 0; i < 10; i++) { // there and back again
            assertThat(blocks.get(19 - i).at(1, 3)).isCloseTo(blocks.get(i).at(1, 3), within(1e-12));
        }
        assertThatThrownBy(() -> ScanPlanner.sweep(Affine3.identity(), 1e-3, 1, 0.4, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("go slower");
    }

    @Test
    void impossiblePlans_areNamed() {
        assertThatThrownBy(() -> ScanPlanner.stack(Affine3.identity(), 5, 50e-6, Visits.ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowed 1.0E-4 to 0.001");
        Affine3 tilted = Affine3.ofEulerXyz(0.1, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> ScanPlanner.stack(tilted, 5, 400e-6, Visits.ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tilted");
        assertThatThrownBy(() -> ScanPlanner.custom(List.of(Affine3.scale(2, 1, 1)), Visits.ONCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pose 0 is not rigid");
        assertThatThrownBy(() -> new ScanPlan("x", List.of(tilted), List.of(new ScanStep.Dwell(0, 1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside 0 to 0");
        assertThat(ScanPlanner.singlePlane(tilted, 7).blocks()).isEqualTo(7);
    }

    @Test
    void regularity_irregularPoses_areTold() {
        List<Affine3> poses = List.of(
                Affine3.translation(0, 0, 0), Affine3.translation(0, 400e-6, 0), Affine3.translation(0, 820e-6, 0));
        assertThat(VolumeRegularity.of(poses).problems())
                .singleElement()
                .asString()
                .contains("differ");
        List<Affine3> mixed = List.of(upright(0, 0, -4e-4, 0), upright(0, 0, 4e-4, 0), upright(1, 0, 0, 0));
        assertThat(VolumeRegularity.of(mixed).problems()).anyMatch(p -> p.contains("not the product"));
    }

    @Property(tries = 300)
    void planeTarget_anyRigidBrain_putsThePlaneIntoTheImage(
            @ForAll @DoubleRange(min = -3, max = 3) double a,
            @ForAll @DoubleRange(min = -1.5, max = 1.5) double b,
            @ForAll @DoubleRange(min = -3, max = 3) double c,
            @ForAll @DoubleRange(min = 0, max = 0.02) double depth) {
        // a brain in millimetres, turned and shifted
        Affine3 brainToLab = Affine3.ofEulerXyz(a, b, c, 0.01, -0.02, 0.03).after(Affine3.scale(1e-3, 1e-3, 1e-3));
        PlaneTarget target = new PlaneTarget(
                new PlaneTarget.Vector(1, 2, 3), new PlaneTarget.Vector(0, 2, 0), new PlaneTarget.Vector(0.3, 0.1, -1));
        Affine3 pose = target.pose(brainToLab, depth);
        ScanPlanner.requireRigid("pose", pose);
        Affine3 labToBrain = brainToLab.inverse();
        double[] centre = labToBrain.after(pose).apply(0, 0, -depth);
        assertThat(centre).containsExactly(new double[] {1, 2, 3}, within(1e-9));
        double[] right = labToBrain.after(pose).apply(1e-3, 0, -depth);
        assertThat(right).containsExactly(new double[] {1, 3, 3}, within(1e-9)); // 1 mm along lateral
        double[] deep = labToBrain.after(pose).apply(0, 0, -depth - 1e-3);
        double[] normal = {-1, 0, -0.3}; // lateral x down
        double out = 0;
        for (int i = 0; i < 3; i++) {
            out += (deep[i] - centre[i]) * normal[i];
        }
        assertThat(out).as("depth stays in the plane").isCloseTo(0, within(1e-9));
    }

    @Test
    void planeTarget_upright_meetsTheCentreAndTellsTheTilt() {
        Affine3 brainToLab = Affine3.ofEulerXyz(0, Math.toRadians(1.5), 0.4, 0.01, 0, 0);
        PlaneTarget target = new PlaneTarget(
                new PlaneTarget.Vector(0, 1e-3, -5e-3),
                new PlaneTarget.Vector(1, 0, 0),
                new PlaneTarget.Vector(0, 0, -1));
        PlaneTarget.Reached reached = target.upright(brainToLab, 8e-3, Math.toRadians(2));
        assertThat(Math.toDegrees(reached.tiltRad())).isCloseTo(1.5, within(0.01));
        double[] centre = brainToLab.inverse().after(reached.probeToLab()).apply(0, 0, -8e-3);
        assertThat(centre).containsExactly(new double[] {0, 1e-3, -5e-3}, within(1e-12));
        assertThat(reached.probeToLab().at(2, 2)).isEqualTo(1);
        assertThatThrownBy(() -> target.upright(brainToLab, 8e-3, Math.toRadians(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tilted by 1.4");
    }
}
