package org.fus.io.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;

/** Series of random shape, place, times and metadata, each made from one seed. */
public final class AnySeries {
    private static final String[] TEXTS = {
        "",
        "plain",
        "sub-é",
        "日本語",
        "\"quoted\" \\ /",
        "line\nbreak\ttab",
        "𝄞 beyond the first plane",
        "x".repeat(70_000)
    };

    private AnySeries() {}

    /** Up to 2 extras, 3 poses, 4 times, 4 x 3 x 5 voxels; any rotation, any voxel size, any order of times. */
    public static FusSeries of(long seed) {
        Random r = new Random(seed);
        FusSeries.Shape s = new FusSeries.Shape(
                1 + r.nextInt(2),
                1 + r.nextInt(3),
                1 + r.nextInt(4),
                1 + r.nextInt(4),
                1 + r.nextInt(3),
                1 + r.nextInt(5));
        double[] voxel = {1e-5 + r.nextDouble() * 1e-3, 1e-5 + r.nextDouble() * 1e-3, 1e-5 + r.nextDouble() * 1e-3};
        Affine3 map = Affine3.scale(voxel[0], voxel[1], r.nextBoolean() ? -voxel[2] : voxel[2]);
        if (r.nextBoolean()) {
            map = pose(r).after(map);
        }
        List<Affine3> poses = new ArrayList<>();
        for (int p = 0; p < s.poses(); p++) {
            poses.add(r.nextInt(4) == 0 ? Affine3.identity() : pose(r));
        }
        double stepS = 0.05 + r.nextDouble();
        boolean regular = r.nextBoolean();
        List<Double> times = new ArrayList<>();
        for (int t = 0; t < s.times(); t++) {
            times.add((t + 1) * stepS + (regular ? 0 : 0.1 * r.nextDouble()));
        }
        List<Double> slices = new ArrayList<>();
        if (r.nextBoolean()) {
            for (int i = 0; i < s.times() * s.poses() * s.ny(); i++) {
                slices.add(r.nextDouble());
            }
        }
        long valueSeed = r.nextLong();
        Provenance provenance = r.nextBoolean()
                ? Provenance.none()
                : Provenance.none()
                        .with("step é", Map.of("k", TEXTS[r.nextInt(5)]))
                        .warn("a warning");
        return FusSeries.of(
                s,
                new FusSeries.Geometry(voxel[0], voxel[1], voxel[2], map, poses),
                new FusSeries.Times(times, slices),
                metadata(r),
                provenance,
                (e, p, t, n) -> values(s, valueSeed, ((long) e * s.poses() + p) * s.times() + t, n));
    }

    /** Any values that metadata may hold. */
    public static Map<String, Object> metadata(Random r) {
        Map<String, Object> m = new LinkedHashMap<>();
        int n = r.nextInt(6);
        for (int i = 0; i < n; i++) {
            m.put(
                    List.of("name é" + i, "Name" + i, "subjectTag", "anglesDeg", "TaskName", "integrationWindowS")
                            .get(r.nextInt(6)),
                    switch (r.nextInt(6)) {
                        case 0 -> r.nextLong();
                        case 1 -> r.nextGaussian() * Math.pow(10, r.nextInt(40) - 20);
                        case 2 -> r.nextBoolean();
                        case 3 -> List.of(1L, 0.1, TEXTS[r.nextInt(7)], List.of());
                        case 4 -> Map.of("inner", 1L / 3.0);
                        default -> TEXTS[r.nextInt(TEXTS.length)];
                    });
        }
        return m;
    }

    private static Affine3 pose(Random r) {
        return Affine3.ofEulerXyz(
                r.nextGaussian(), r.nextGaussian(), r.nextGaussian(), r.nextDouble(), r.nextDouble(), -r.nextDouble());
    }

    private static double[] values(FusSeries.Shape s, long seed, long firstVolume, int count) {
        double[] out = new double[(int) (count * s.voxels())];
        for (int i = 0; i < out.length; i++) {
            out[i] = new Random(seed + 31 * (firstVolume * s.voxels() + i)).nextGaussian() * 1e3;
        }
        return out;
    }

    /** All values, in the order of the axes. */
    public static double[] all(FusSeries s) {
        FusSeries.Shape shape = s.shape();
        double[] out = new double[(int) shape.size()];
        int at = 0;
        for (int e = 0; e < shape.extras(); e++) {
            for (int p = 0; p < shape.poses(); p++) {
                double[] part = s.read(e, p, 0, shape.times());
                System.arraycopy(part, 0, out, at, part.length);
                at += part.length;
            }
        }
        return out;
    }
}
