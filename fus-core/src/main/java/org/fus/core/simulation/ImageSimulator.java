package org.fus.core.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;

/**
 * Beamformed frames of a {@link VascularScene} in real time: each echo of blood is put into the image as the point spread of
 * the probe with the phase that a beamformer gives, instead of being sent through all channels. A frame depends on the scene,
 * the pose, the time and the response alone, so that any frame can be computed again. Values are in units in which the
 * capillary bed at rest has a mean power of 1.
 *
 * <p>The point spread is a Gaussian: {@code 1.2 wavelengths x f-number 1.5} wide along x, {@code 0.44 c / (B f)} along z for a
 * two-way bandwidth B (half amplitude), each at least one pixel; in elevation as wide as the focus of the probe, or one slice
 * of the grid for a probe without elevation figures. Tissue stands still but for breathing and heart beat along depth.
 *
 * <p>One simulator serves one thread at a time; a frame of 128 x 91 pixels takes about a millisecond.
 */
public final class ImageSimulator {
    private static final double F_NUMBER = 1.5;
    private static final double DEFAULT_FRACTIONAL_BANDWIDTH = 0.67; // the lower end of arrays for fUS
    private static final double HALF_WIDTH_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));
    private static final int REGIONS_PER_SIDE = 4;

    private final VascularScene scene;
    private final PixelGrid grid;
    private final double turnsPerM;
    private final double widthYM;
    private final PointSpread spread;
    private final double amplitude;
    private final double noiseRms;
    private final List<Tube> tubes;
    private final double[][] capillaries;
    private final double[][] tissue;
    private final float[] tissueAmplitudes;
    private final List<TissueMotion> motions = new ArrayList<>();
    private Affine3 pose;
    private List<Plane> planes = List.of();

    /** What one slice of the grid sees. */
    @SuppressWarnings("ArrayRecordComponent") // of this class alone
    private record Plane(PlaneImage image, CapillaryBed bed, List<TubeView> tubes, float[] tissue, byte[] region) {}

    private ImageSimulator(VascularScene scene, Probe probe, PixelGrid grid, IqEnsemble.Timing timing) {
        this.scene = Objects.requireNonNull(scene, "scene");
        this.grid = Objects.requireNonNull(grid, "grid");
        double wavelengthM = timing.soundSpeedMPerS() / timing.centerFrequencyHz();
        this.turnsPerM = 2 / wavelengthM;
        double known = probe.fractionalBandwidth();
        double bandwidth = Double.isNaN(known) ? DEFAULT_FRACTIONAL_BANDWIDTH : known;
        double widthXM = Math.max(1.2 * wavelengthM * F_NUMBER, grid.dxM());
        double widthZM = Math.max(0.44 * wavelengthM / bandwidth, grid.dzM());
        double focused = ElevationBeam.widthM(probe, wavelengthM);
        this.widthYM = focused > 0 ? focused : grid.dyM();
        double sigmaX = widthXM / HALF_WIDTH_PER_SIGMA;
        double sigmaZ = widthZM / HALF_WIDTH_PER_SIGMA;
        this.spread = new PointSpread(grid, sigmaX, sigmaZ, turnsPerM);
        // the integral of the squared Gaussians: what scatterers of amplitude 1 and density 1 give to a pixel
        double cellM3 = Math.pow(Math.PI, 1.5) * sigmaX * sigmaZ * widthYM / HALF_WIDTH_PER_SIGMA;
        this.amplitude = 1 / Math.sqrt(VascularScene.CAPILLARIES_PER_M3 * cellM3);
        double clutter = Math.pow(10, scene.clutterAboveBloodDb() / 20);
        this.noiseRms = Math.pow(10, -scene.noiseBelowBloodDb() / 20) / Math.sqrt(2);
        this.tubes = scene.tubes();
        this.capillaries = scene.places(Seeds.Purpose.CAPILLARY, VascularScene.CAPILLARIES_PER_M3);
        this.tissue = scene.places(Seeds.Purpose.SCENE_TISSUE, VascularScene.TISSUE_PER_M3);
        this.tissueAmplitudes = new float[tissue[0].length];
        GaussianNoise.add(
                tissueAmplitudes,
                0,
                tissueAmplitudes.length,
                (float) (clutter / Math.sqrt(VascularScene.TISSUE_PER_M3 * cellM3)),
                Seeds.stream(scene.seed(), Seeds.Purpose.SCENE_TISSUE, 1));
        for (int r = 0; r < REGIONS_PER_SIDE * REGIONS_PER_SIDE; r++) {
            // without the drift, which a long recording would carry out of the image
            motions.add(new TissueMotion(0, 0, HeadMotion.of(scene.seed(), r).oscillations()));
        }
    }

    /**
     * Prepares a simulator.
     *
     * @param scene what is imaged
     * @param probe gives the width of the beam in elevation, and the bandwidth
     * @param grid where the pixels are; every slice is an image of its own
     * @param timing gives the frequency and the speed of sound
     * @return a simulator
     */
    public static ImageSimulator plan(VascularScene scene, Probe probe, PixelGrid grid, IqEnsemble.Timing timing) {
        return new ImageSimulator(scene, probe, grid, timing);
    }

    /**
     * Computes frames of a probe that stands still meanwhile.
     *
     * @param probeToLab where it stands; rigid
     * @param firstTimeS time of the first frame, seconds
     * @param intervalS time between two frames, seconds
     * @param count number of frames
     * @param response how strongly the region answers at a time in seconds: 0 at rest, 1 at full response
     * @param target takes {@code [frame][z][y][x][2]}, float32 in the byte order of the machine
     */
    public void frames(
            Affine3 probeToLab,
            double firstTimeS,
            double intervalS,
            int count,
            DoubleUnaryOperator response,
            MemorySegment target) {
        look(probeToLab);
        int rowFloats = 2 * grid.nx();
        for (int f = 0; f < count; f++) {
            double timeS = firstTimeS + f * intervalS;
            double change = scene.region().amplitude() * response.applyAsDouble(timeS);
            for (int y = 0; y < planes.size(); y++) {
                float[] image = frame(planes.get(y), y, timeS, change);
                for (int z = 0; z < grid.nz(); z++) {
                    long at = ((long) f * grid.nz() + z) * grid.ny() + y;
                    MemorySegment.copy(
                            image,
                            z * rowFloats,
                            target,
                            ValueLayout.JAVA_FLOAT,
                            at * rowFloats * Float.BYTES,
                            rowFloats);
                }
            }
        }
    }

    private float[] frame(Plane plane, int slice, double timeS, double change) {
        float[] image = plane.image().values();
        still(plane, timeS, image);
        if (noiseRms > 0) {
            SplittableRandom random = Seeds.stream(scene.seed(), Seeds.Purpose.NOISE, slice, Math.round(timeS * 1e9));
            GaussianNoise.add(image, 0, image.length, (float) noiseRms, random);
        }
        plane.bed().add(plane.image(), timeS, change);
        plane.tubes().forEach(t -> t.add(plane.image(), timeS, change));
        return image;
    }

    /** The tissue, each region turned by its displacement. */
    private void still(Plane plane, double timeS, float[] image) {
        float[] re = new float[motions.size()];
        float[] im = new float[motions.size()];
        for (int r = 0; r < re.length; r++) {
            double angle = -2 * Math.PI * turnsPerM * motions.get(r).zM(timeS);
            re[r] = (float) StrictMath.cos(angle);
            im[r] = (float) StrictMath.sin(angle);
        }
        for (int p = 0; p < plane.region().length; p++) {
            int r = plane.region()[p];
            float a = plane.tissue()[2 * p];
            float b = plane.tissue()[2 * p + 1];
            image[2 * p] = a * re[r] - b * im[r];
            image[2 * p + 1] = a * im[r] + b * re[r];
        }
    }

    /** Finds what is in view, unless the probe stands where it stood. */
    private void look(Affine3 probeToLab) {
        if (probeToLab.equals(pose)) {
            return;
        }
        Affine3 arrayToLab = probeToLab.after(Frame.ARRAY_TO_PROBE);
        Affine3 labToArray = arrayToLab.inverse();
        List<Plane> seen = new ArrayList<>();
        for (int y = 0; y < grid.ny(); y++) {
            seen.add(plane(y, arrayToLab, labToArray));
        }
        planes = seen;
        pose = probeToLab;
    }

    private Plane plane(int slice, Affine3 arrayToLab, Affine3 labToArray) {
        PlaneImage image =
                new PlaneImage(grid.nx() * grid.nz(), grid.yM(slice), widthYM, spread, arrayToLab, scene.region());
        List<TubeView> vessels = new ArrayList<>();
        for (int t = 0; t < tubes.size(); t++) {
            if (tubes.get(t).moved(labToArray).touchesPlane(grid.yM(slice), image.cutYM())) {
                vessels.add(new TubeView(scene, t, tubes.get(t), amplitude, labToArray));
            }
        }
        for (int i = 0; i < tissueAmplitudes.length; i++) {
            double[] p = labToArray.apply(tissue[0][i], tissue[1][i], tissue[2][i]);
            image.add(p[0], p[1], p[2], tissueAmplitudes[i], 0);
        }
        return new Plane(
                image,
                CapillaryBed.of(scene, capillaries, amplitude, turnsPerM, labToArray, image),
                vessels,
                Arrays.copyOf(image.values(), image.values().length),
                regions(slice, arrayToLab));
    }

    private byte[] regions(int slice, Affine3 arrayToLab) {
        byte[] out = new byte[grid.nx() * grid.nz()];
        for (int p = 0; p < out.length; p++) {
            double[] lab = arrayToLab.apply(grid.xM(p % grid.nx()), grid.yM(slice), grid.zM(p / grid.nx()));
            double column = (lab[0] + VascularScene.HALF_X_M) / (2 * VascularScene.HALF_X_M);
            double row = (-lab[2] - VascularScene.NEAR_M) / (VascularScene.FAR_M - VascularScene.NEAR_M);
            out[p] = (byte) (part(row) * REGIONS_PER_SIDE + part(column));
        }
        return out;
    }

    private static int part(double share) {
        return Math.clamp((long) Math.floor(share * REGIONS_PER_SIDE), 0, REGIONS_PER_SIDE - 1);
    }
}
