package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.junit.jupiter.api.Test;

class BrainSliceTest {
    private static final Phantom DEFAULT = BrainSlice.DEFAULT.phantom(ProbeCatalogue.ICO_PRIME);

    @Test
    void phantom_default_isDenseAndWideEnough() {
        assertThat(DEFAULT.tissue()).hasSizeGreaterThanOrEqualTo(8);
        double[] x = {1, -1};
        double[] z = {1, -1};
        int n = 0;
        for (TissueRegion r : DEFAULT.tissue()) {
            for (int i = 0; i < r.atRest().size(); i++, n++) {
                x[0] = Math.min(x[0], r.atRest().xM(i));
                x[1] = Math.max(x[1], r.atRest().xM(i));
                z[0] = Math.min(z[0], r.atRest().zM(i));
                z[1] = Math.max(z[1], r.atRest().zM(i));
            }
        }
        double areaM2 = (x[1] - x[0]) * (z[1] - z[0]);
        assertThat(x[1] - x[0]).isGreaterThan(6e-3);
        assertThat(z[1] - z[0]).isGreaterThan(6e-3);
        assertThat(n / areaM2 * 130e-6 * 66e-6).as("per resolution cell").isGreaterThan(10);
    }

    @Test
    void phantom_regions_moveIndependentlyByAFewMicrometres() {
        List<double[]> tracks = new ArrayList<>();
        double speed = 0;
        for (TissueRegion r : DEFAULT.tissue()) {
            double[] z = new double[200];
            for (int f = 0; f < 200; f++) {
                z[f] = r.motion().zM(f / 500.0);
                assertThat(Math.abs(z[f])).isBetween(0.0, 12e-6);
                speed += f > 0
                        ? Math.abs(z[f] - z[f - 1])
                                * 500
                                / 199
                                / DEFAULT.tissue().size()
                        : 0;
            }
            tracks.add(z);
        }
        assertThat(speed).as("mean axial speed, m/s").isBetween(0.01e-3, 0.06e-3);
        for (int a = 0; a < tracks.size(); a++) {
            for (int b = 0; b < a; b++) {
                double apart = 0;
                for (int f = 0; f < 200; f++) {
                    double step = (tracks.get(a)[f] - tracks.get(a)[0]) - (tracks.get(b)[f] - tracks.get(b)[0]);
                    apart = Math.max(apart, Math.abs(step));
                }
                assertThat(apart).as("regions " + a + " and " + b).isGreaterThan(0.3e-6);
            }
        }
    }

    /** Tissue of the phantom's density and amplitude in the place of a vessel against the blood in it, as received. */
    @Test
    void phantom_clutter_isFortyDecibelsAboveBlood() {
        ChannelFormat format = SimulationFixtures.format(ProbeCatalogue.ICO_PRIME, 1, 4.8e-3, 8.2e-3);
        double ratio = 0;
        for (long seed = 1; seed <= 3; seed++) {
            Phantom p = BrainSlice.DEFAULT.withSeed(seed).phantom(ProbeCatalogue.ICO_PRIME);
            double blood = power(format, p.bloodOnly());
            double tissue = 0;
            for (Vessel v : p.vessels()) {
                tissue += power(format, tissueIn(p, v));
            }
            ratio += tissue / blood / 3;
        }
        // 2 x 1750 scatterers on either side, three times: 0.2 dB, and the two vessels' echoes overlap: 0.3 dB
        assertThat(10 * Math.log10(ratio)).isCloseTo(40, within(1.0));
    }

    private static Phantom tissueIn(Phantom p, Vessel v) {
        List<double[]> inside = new ArrayList<>();
        for (TissueRegion r : p.tissue()) {
            Scatterers s = r.atRest();
            for (int i = 0; i < s.size(); i++) {
                if (Math.abs(s.xM(i) - v.centreXM()) < v.radiusM()
                        && Math.abs(s.zM(i) - v.centreZM()) < v.lengthM() / 2) {
                    inside.add(new double[] {s.xM(i), s.zM(i), s.amplitude(i)});
                }
            }
        }
        Scatterers s = Scatterers.of(
                inside.stream().mapToDouble(q -> q[0]).toArray(),
                new double[inside.size()],
                inside.stream().mapToDouble(q -> q[1]).toArray(),
                inside.stream().mapToDouble(q -> q[2]).toArray());
        return new Phantom(1, List.of(new TissueRegion(s, TissueMotion.NONE)), List.of(), Double.POSITIVE_INFINITY);
    }

    private static double power(ChannelFormat format, Phantom p) {
        RfArray frame = SimulationFixtures.plan(format, Medium.SOFT_TISSUE, p)
                .withGain(1)
                .analogue(0, 1, RunContext.inline());
        double sum = 0;
        for (int e = 0; e < format.channels(); e++) {
            for (float v : SimulationFixtures.trace(frame, 0, 0, e)) {
                sum += (double) v * v;
            }
        }
        return sum;
    }

    @Test
    void phantom_flow_isOppositeInTheTwoVesselsAndFollowsTheParameters() {
        ChannelFormat format = SimulationFixtures.icoPrime(1, 4e-3, 9e-3);
        for (double flow : new double[] {5e-3, -3e-3}) {
            Phantom p = BrainSlice.DEFAULT
                    .withFlowMPerS(flow)
                    .withVesselDepthM(6e-3)
                    .phantom(ProbeCatalogue.ICO_PRIME);
            VesselTruth left = VesselTruth.of(p, 0, format, Medium.SOFT_TISSUE, 0, 20);
            VesselTruth right = VesselTruth.of(p, 1, format, Medium.SOFT_TISSUE, 0, 20);
            // weighted towards the middle of the vessel, where the flow is faster
            assertThat(left.meanAxialVelocityMPerS() / flow).isBetween(1.0, 1.2);
            assertThat(right.meanAxialVelocityMPerS() / flow).isBetween(-1.2, -1.0);
            assertThat(left.meanZM()).isCloseTo(6e-3, within(0.1e-3));
            assertThat(left.meanXM()).isNegative();
            assertThat(right.meanXM()).isPositive();
        }
    }

    @Test
    void new_tooShallow_saysHowDeep() {
        assertThatThrownBy(() -> BrainSlice.DEFAULT.withVesselDepthM(2e-3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.0 mm")
                .hasMessageContaining("deeper than");
    }
}
