package org.fus.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.doppler.ColorDoppler;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.run.RunContext;
import org.junit.jupiter.api.Test;

class ImageSimulatorTest {
    private static final IqEnsemble.Timing TIMING = new IqEnsemble.Timing(500, 15.625e6, 1540);

    /** 0.1 mm pixels around the region that answers, symmetric in x. */
    private static final PixelGrid GRID = PixelGrid.xz(-3e-3, 3e-3, 61, 2e-3, 6e-3, 41);

    private static final FunctionalRegion REGION =
            new FunctionalRegion(new Vector3(1e-3, 0, -4e-3), 0.5e-3, 0.3, HaemodynamicResponse.RODENT);

    /** Blood alone: clutter far below it, no noise. */
    private static final VascularScene BLOOD = new VascularScene(3, REGION, -200, Double.POSITIVE_INFINITY);

    private static float[] frames(VascularScene scene, Affine3 pose, double fromS, int count, double response) {
        return frames(
                ImageSimulator.plan(scene, ProbeCatalogue.ICO_PRIME, GRID, TIMING), GRID, pose, fromS, count, response);
    }

    private static float[] frames(
            ImageSimulator simulator, PixelGrid grid, Affine3 pose, double fromS, int count, double response) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment target = arena.allocate(8L * grid.size() * count, 8);
            simulator.frames(pose, fromS, 1 / TIMING.frameRateHz(), count, t -> response, target);
            return target.toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    private static double[] power(float[] frames, int pixels) {
        double[] out = new double[pixels];
        for (int i = 0; i < frames.length; i++) {
            out[i / 2 % pixels] += (double) frames[i] * frames[i] * 2 * pixels / frames.length;
        }
        return out;
    }

    @Test
    void response_raisesThePowerByWhatTheRegionSays() {
        int pixels = GRID.size();
        double[] rest = power(frames(BLOOD, Affine3.identity(), 10, 200, 0), pixels);
        double[] active = power(frames(BLOOD, Affine3.identity(), 10, 200, 1), pixels);
        double inside = 0;
        double insideRest = 0;
        double truth = 0;
        for (int p = 0; p < pixels; p++) {
            Vector3 at = GRID.pointM(p);
            double w = REGION.weight(at.x(), 0, -at.z());
            if (w > 0.8) {
                inside += active[p];
                insideRest += rest[p];
                truth += rest[p] * (1 + 0.3 * w);
            } else if (w < 1e-7) {
                // capillaries there do not answer at all; vessels by 1e-7 at most
                assertThat(active[p]).isCloseTo(rest[p], within(1e-5 * rest[p]));
            }
        }
        // the same scatterers in both; the beam is 0.47 mm thick, so that the region is seen a little weaker than in
        // its plane
        assertThat(inside / insideRest).isBetween(1 + 0.75 * (truth / insideRest - 1), truth / insideRest);
    }

    @Test
    void capillaryBed_atRest_hasAMeanPowerOfOne() {
        double[] power = power(frames(BLOOD, Affine3.identity(), 0, 400, 0), GRID.size());
        // rows from 3.3 mm on, below the penetrating vessels
        double mean =
                java.util.Arrays.stream(power).skip(13L * GRID.nx()).average().orElseThrow();
        // some 700 points of the bed, weighted by the beam: 5 %; larger vessels add a little
        assertThat(mean).isBetween(0.8, 1.3);
    }

    @Test
    void probe_movedByPixels_seesTheSceneMoved() {
        double[] moved = power(frames(BLOOD, Affine3.translation(0.5e-3, 0, 0), 1, 1, 0), GRID.size());
        double[] home = power(frames(BLOOD, Affine3.identity(), 1, 1, 0), GRID.size());
        double worst = 0;
        double largest = 0;
        for (int z = 0; z < GRID.nz(); z++) {
            for (int x = 8; x < GRID.nx() - 13; x++) { // at the edges other vessels come into view
                worst = Math.max(worst, Math.abs(moved[z * GRID.nx() + x] - home[z * GRID.nx() + x + 5]));
                largest = Math.max(largest, home[z * GRID.nx() + x]);
            }
        }
        // places of scatterers are rounded to 1/64 pixel: one that falls on the other side changes by 2 %
        assertThat(worst).isLessThan(0.03 * largest);
        assertThat(largest).isGreaterThan(3);
    }

    @Test
    void probe_turnedHalfARound_seesTheMirrorImage() {
        float[] home = frames(BLOOD, Affine3.identity(), 1, 1, 0);
        float[] turned = frames(BLOOD, Affine3.ofEulerXyz(0, 0, Math.PI, 0, 0, 0), 1, 1, 0);
        double error = 0;
        double sum = 0;
        for (int z = 0; z < GRID.nz(); z++) {
            for (int x = 0; x < GRID.nx(); x++) {
                for (int part = 0; part < 2; part++) {
                    double a = home[2 * (z * GRID.nx() + x) + part];
                    double b = turned[2 * (z * GRID.nx() + GRID.nx() - 1 - x) + part];
                    error += (a - b) * (a - b);
                    sum += a * a;
                }
            }
        }
        // mirrored places round to the other side of 1/64 pixel, phases to the other side of 1/8192 turn
        assertThat(error / sum).isLessThan(1e-3);
    }

    @Test
    void frame_computedAgain_hasTheSameBits() {
        VascularScene scene = VascularScene.DEFAULT;
        ImageSimulator one = ImageSimulator.plan(scene, ProbeCatalogue.ICO_PRIME, GRID, TIMING);
        float[] first = frames(one, GRID, Affine3.identity(), 5, 2, 0.5);
        frames(one, GRID, Affine3.translation(0, 0.4e-3, 0), 77, 3, 0);
        assertThat(frames(one, GRID, Affine3.identity(), 5, 2, 0.5)).containsExactly(first);
        assertThat(frames(scene.withSeed(2), Affine3.identity(), 5, 2, 0.5)).isNotEqualTo(first);
    }

    @Test
    void slices_ofAGrid_areTheImagesOfAMovedProbe() {
        PixelGrid stack = new PixelGrid(-1e-3, -0.2e-3, 3e-3, 0.1e-3, 0.4e-3, 0.1e-3, 21, 2, 11);
        PixelGrid single = new PixelGrid(-1e-3, 0, 3e-3, 0.1e-3, 0.4e-3, 0.1e-3, 21, 1, 11);
        float[] both = frames(
                ImageSimulator.plan(BLOOD, ProbeCatalogue.ICO_PRIME, stack, TIMING),
                stack,
                Affine3.identity(),
                1,
                1,
                0);
        for (int y = 0; y < 2; y++) {
            float[] one = frames(
                    ImageSimulator.plan(BLOOD, ProbeCatalogue.ICO_PRIME, single, TIMING),
                    single,
                    Affine3.translation(0, stack.yM(y), 0),
                    1,
                    1,
                    0);
            for (int z = 0; z < 11; z++) {
                for (int i = 0; i < 42; i++) {
                    // elevations are the same but for rounding of doubles
                    assertThat(both[42 * (2 * z + y) + i]).isCloseTo(one[42 * z + i], within(0.05f));
                }
            }
        }
    }

    @Test
    void point_thatMovesAway_hasTheVelocityOfColourDoppler() {
        PixelGrid grid = PixelGrid.xz(-1e-3, 1e-3, 21, 3e-3, 5e-3, 21);
        PointSpread spread = new PointSpread(grid, 70e-6, 50e-6, 2 * 15.625e6 / 1540);
        float[][] frames = new float[40][2 * grid.size()];
        for (int f = 0; f < 40; f++) {
            spread.add(frames[f], 0, 4e-3 + 5e-3 * f / 500, 1, 0);
        }
        DopplerFrame velocity = ColorDoppler.DEFAULT.of(
                IqEnsemble.copyOf(grid, TIMING, frames, Provenance.none()), RunContext.inline());
        // away is negative; the phase table rounds to 1/8192 turn, 0.4 % of the phase between two frames
        assertThat(velocity.at(grid.index(12, 0, 10))).isCloseTo(-5e-3f, within(5e-5f));
        int brightest = 0;
        for (int p = 0; p < grid.size(); p++) {
            double a = Math.hypot(frames[0][2 * p], frames[0][2 * p + 1]);
            double b = Math.hypot(frames[0][2 * brightest], frames[0][2 * brightest + 1]);
            brightest = a > b ? p : brightest;
        }
        assertThat(brightest).isEqualTo(grid.index(10, 0, 10));
    }

    @Test
    void scene_impossibleFigures_areNamed() {
        assertThatThrownBy(() -> new VascularScene(1, REGION, Double.NaN, 10)).hasMessageContaining("NaN dB");
        assertThatThrownBy(() -> new FunctionalRegion(Vector3.ZERO, 0, 0.1, HaemodynamicResponse.RODENT))
                .hasMessageContaining("radius 0.0 m");
    }
}
