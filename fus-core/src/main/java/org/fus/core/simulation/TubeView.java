package org.fus.core.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Vector3;

/**
 * A vessel as one image plane sees it. Scatterers travel along the axis at constant radius and enter again at the other end
 * with a fresh angle, as those of {@link Vessel}.
 */
final class TubeView {
    private final long seed;
    private final int number; // of the vessel in the scene
    private final Tube tube; // in the ARRAY frame
    private final double amplitude;
    private final Vector3 along;
    private final Vector3 u;
    private final Vector3 v;
    private final double[] radius;
    private final double[] lapsPerS;
    private final double[] start;
    private final long[] lap;
    private final double[] aside; // of the lap in hand: x, y, z from the axis

    TubeView(VascularScene scene, int number, Tube lab, double scale, Affine3 labToArray) {
        this.seed = scene.seed();
        this.number = number;
        this.tube = lab.moved(labToArray);
        this.amplitude = scale * lab.amplitude();
        this.along = tube.end().minus(tube.start());
        // directions across it are chosen in LAB, so that they do not depend on the pose
        this.u = Tube.apply(labToArray, lab.start().plus(lab.aside())).minus(tube.start());
        this.v = Tube.apply(labToArray, lab.start().plus(lab.axis().cross(lab.aside())))
                .minus(tube.start());
        int n = lab.scatterers();
        this.radius = new double[n];
        this.lapsPerS = new double[n];
        this.start = new double[n];
        this.lap = new long[n];
        this.aside = new double[3 * n];
        Arrays.fill(lap, Long.MIN_VALUE);
        for (int i = 0; i < n; i++) {
            SplittableRandom random = Seeds.stream(seed, Seeds.Purpose.TUBE, number, i);
            double share = random.nextDouble(); // r^2 / R^2: uniform over the cross-section
            radius[i] = lab.radiusM() * Math.sqrt(share);
            lapsPerS[i] = 2 * lab.meanSpeedMPerS() * (1 - share) / lab.lengthM();
            start[i] = random.nextDouble();
        }
    }

    /** Adds the blood to an image, with blood volumes of {@code 1 + change * share} where the region is. */
    void add(PlaneImage image, double timeS, double change) {
        for (int i = 0; i < start.length; i++) {
            double laps = start[i] + timeS * lapsPerS[i];
            double whole = Math.floor(laps);
            if (lap[i] != (long) whole) {
                begin(i, (long) whole);
            }
            double f = laps - whole;
            double y = tube.start().y() + f * along.y() + aside[3 * i + 1];
            if (Math.abs(y - image.planeYM()) > image.cutYM()) {
                continue;
            }
            double x = tube.start().x() + f * along.x() + aside[3 * i];
            double z = tube.start().z() + f * along.z() + aside[3 * i + 2];
            double a = amplitude;
            if (change != 0) {
                a *= Math.sqrt(1 + change * image.share(x, y, z));
            }
            image.add(x, y, z, (float) a, 0);
        }
    }

    private void begin(int i, long number0) {
        lap[i] = number0;
        SplittableRandom random = Seeds.stream(seed, Seeds.Purpose.TUBE_LAP, number, i, number0);
        double angle = 2 * Math.PI * random.nextDouble();
        Vector3 out = u.times(radius[i] * StrictMath.cos(angle)).plus(v.times(radius[i] * StrictMath.sin(angle)));
        aside[3 * i] = out.x();
        aside[3 * i + 1] = out.y();
        aside[3 * i + 2] = out.z();
    }
}
