package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.fus.core.data.ChannelFormat;
import org.junit.jupiter.api.Test;

class VesselTest {
    private static final double RADIUS = 0.25e-3;
    private static final double LENGTH = 3e-3;

    private static Vessel vessel(double tiltRad, double speed, int n, BloodVolume volume) {
        return new Vessel(1e-3, 0.1e-3, 6e-3, tiltRad, RADIUS, LENGTH, speed, n, volume);
    }

    @Property(tries = 50)
    void at_anyTime_scatterersStayInsideTheCylinder(
            @ForAll @DoubleRange(min = -1.2, max = 1.2) double tilt,
            @ForAll @DoubleRange(min = -0.02, max = 0.02) double speed,
            @ForAll @DoubleRange(min = 0, max = 1000) double timeS) {
        Scatterers s =
                vessel(tilt, speed, 50, BloodVolume.AT_REST).at(timeS, 5, 0).scatterers();
        for (int i = 0; i < s.size(); i++) {
            double x = s.xM(i) - 1e-3;
            double y = s.yM(i) - 0.1e-3;
            double z = s.zM(i) - 6e-3;
            double along = x * Math.sin(tilt) + z * Math.cos(tilt);
            double aside = x * Math.cos(tilt) - z * Math.sin(tilt);
            assertThat(Math.abs(along)).isLessThanOrEqualTo(LENGTH / 2 * (1 + 1e-9));
            assertThat(Math.hypot(aside, y)).isLessThanOrEqualTo(RADIUS * (1 + 1e-9));
        }
    }

    @Test
    void at_laterFrame_movesEachScattererByItsSpeedTowardsTheProbe() {
        Vessel v = vessel(0.3, 4e-3, 500, BloodVolume.AT_REST);
        double dt = 1e-3;
        Vessel.Blood before = v.at(0.1, 9, 0);
        Vessel.Blood after = v.at(0.1 + dt, 9, 0);
        int moved = 0;
        for (int i = 0; i < 500; i++) {
            double dx = after.scatterers().xM(i) - before.scatterers().xM(i);
            double dz = after.scatterers().zM(i) - before.scatterers().zM(i);
            double step = before.speedMPerS()[i] * dt;
            if (Math.hypot(dx, dz) < LENGTH / 2) { // the others have entered anew
                assertThat(dz).isCloseTo(-step * Math.cos(0.3), within(1e-12));
                assertThat(dx).isCloseTo(-step * Math.sin(0.3), within(1e-12));
                moved++;
            }
        }
        assertThat(moved).isGreaterThan(490);
    }

    @Test
    void at_radius_followsTheParabola() {
        Vessel.Blood blood = vessel(0, 5e-3, 20_000, BloodVolume.AT_REST).at(0.7, 3, 0);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            double r = Math.hypot(
                    blood.scatterers().xM(i) - 1e-3, blood.scatterers().yM(i) - 0.1e-3);
            assertThat(blood.speedMPerS()[i]).isCloseTo(10e-3 * (1 - r * r / RADIUS / RADIUS), within(1e-9));
            sum += blood.speedMPerS()[i];
        }
        // speeds are uniform between 0 and 10 mm/s: four standard errors are 4 * 2.9 / sqrt(20000) = 0.08 mm/s
        assertThat(sum / 20_000).isCloseTo(5e-3, within(0.08e-3));
    }

    @Test
    void at_secondLap_bringsOtherAmplitudes() {
        Vessel v = vessel(0, 5e-3, 200, BloodVolume.AT_REST);
        Vessel.Blood first = v.at(0, 1, 0);
        Vessel.Blood later = v.at(60, 1, 0);
        int same = 0;
        for (int i = 0; i < 200; i++) {
            same += first.scatterers().amplitude(i) == later.scatterers().amplitude(i) ? 1 : 0;
        }
        assertThat(same).isLessThan(5); // only what is all but stuck to the wall
    }

    @Test
    void at_functionalResponse_activatesAsManyScatterers() {
        BloodVolume stimulus = BloodVolume.response(0.3, t -> t >= 10 && t < 20 ? 1 : 0);
        Vessel v = vessel(0, 5e-3, 1000, stimulus);
        assertThat(v.at(5, 1, 0).scatterers().size()).isEqualTo(1000);
        assertThat(v.at(15, 1, 0).scatterers().size()).isEqualTo(1300);
        assertThatThrownBy(() -> vessel(0, 5e-3, 10, t -> -1).at(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
    }

    @Test
    void truth_followsFlowSignAndTilt() {
        ChannelFormat format = SimulationFixtures.icoPrime(1, 4e-3, 8e-3);
        for (double speed : new double[] {5e-3, -5e-3, 0}) {
            Phantom p = new Phantom(
                    4, List.of(), List.of(vessel(0.5, speed, 3000, BloodVolume.AT_REST)), Double.POSITIVE_INFINITY);
            VesselTruth truth = VesselTruth.of(p, 0, format, Medium.SOFT_TISSUE, 0, 50);
            // the elevation focus prefers the middle of the vessel, so that the mean lies above that of the flow
            assertThat(truth.meanAxialVelocityMPerS()).isCloseTo(speed * Math.cos(0.5), within(0.15 * 5e-3));
            assertThat(Math.signum(truth.meanAxialVelocityMPerS())).isEqualTo(Math.signum(speed));
            // 1500 effective scatterers over 3 mm: standard error 0.02 mm
            assertThat(truth.meanZM()).isCloseTo(6e-3, within(0.1e-3));
            assertThat(truth.meanXM()).isCloseTo(1e-3, within(0.1e-3));
        }
    }

    @Test
    void new_vesselAboveTheArray_saysSo() {
        assertThatThrownBy(() -> new Vessel(0, 0, 1e-3, 0, RADIUS, LENGTH, 0, 10, BloodVolume.AT_REST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below the array");
    }
}
