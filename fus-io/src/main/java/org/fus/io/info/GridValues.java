package org.fus.io.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.OrientedGrid;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.PointGrid;
import org.fus.core.geometry.PolarGrid;
import org.fus.core.geometry.Vector3;

/**
 * Grids as plain values of a description, and back. A Cartesian grid has no {@code type}; the others are {@code oriented},
 * {@code polar} and {@code points}.
 */
final class GridValues {
    private GridValues() {}

    static Map<String, Object> of(ImageGrid grid) {
        return switch (grid) {
            case PixelGrid g ->
                InfoValues.map(
                        "x0M", g.x0M(), "y0M", g.y0M(), "z0M", g.z0M(), "dxM", g.dxM(), "dyM", g.dyM(), "dzM", g.dzM(),
                        "nx", g.nx(), "ny", g.ny(), "nz", g.nz());
            case OrientedGrid g ->
                InfoValues.map("type", "oriented", "local", of(g.local()), "toArray", flat(g.toArray()));
            case PolarGrid g ->
                InfoValues.map(
                        "type", "polar",
                        "apexM", List.of(g.apexM().x(), g.apexM().y(), g.apexM().z()),
                        "range0M", g.range0M(),
                        "dRangeM", g.dRangeM(),
                        "azimuth0Rad", g.azimuth0Rad(),
                        "dAzimuthRad", g.dAzimuthRad(),
                        "elevation0Rad", g.elevation0Rad(),
                        "dElevationRad", g.dElevationRad(),
                        "nx", g.nx(),
                        "ny", g.ny(),
                        "nz", g.nz());
            case PointGrid g -> InfoValues.map("type", "points", "xyzM", coordinates(g));
        };
    }

    static ImageGrid read(JsonFields g) {
        return switch (g.textOr("type", "cartesian")) {
            case "cartesian" -> cartesian(g);
            case "oriented" ->
                new OrientedGrid(cartesian(g.object("local")), Affine3.ofRowMajor(array(g.numbers("toArray"))));
            case "polar" ->
                new PolarGrid(
                        vector(g.numbers("apexM"), 0),
                        g.number("range0M"),
                        g.number("dRangeM"),
                        g.number("azimuth0Rad"),
                        g.number("dAzimuthRad"),
                        g.number("elevation0Rad"),
                        g.number("dElevationRad"),
                        g.integer("nx"),
                        g.integer("ny"),
                        g.integer("nz"));
            case "points" -> points(g.numbers("xyzM"));
            default ->
                throw new IllegalArgumentException(
                        "grid is of type " + g.text("type") + ", expected none, oriented, polar or points");
        };
    }

    /** One axis of an image; a curved or loose grid has no step in metres along some. */
    static Map<String, Object> axis(ImageGrid grid, String name) {
        long size = switch (name) {
            case "z" -> grid.nz();
            case "y" -> grid.ny();
            default -> grid.nx();
        };
        return switch (grid) {
            case PixelGrid g -> FileInfo.axis(name, size, "m", step(g, name));
            case OrientedGrid g -> FileInfo.axis(name, size, "m", step(g.local(), name));
            case PolarGrid g ->
                switch (name) {
                    case "z" -> FileInfo.axis(name, size, "m", g.dRangeM());
                    case "y" -> FileInfo.axis(name, size, "rad", g.dElevationRad());
                    default -> FileInfo.axis(name, size, "rad", g.dAzimuthRad());
                };
            case PointGrid _ -> FileInfo.axis(name, size, "", Double.NaN);
        };
    }

    /** Voxel size and affines, where the grid has them. */
    static void voxels(Map<String, Object> info, ImageGrid grid) {
        switch (grid) {
            case PixelGrid g -> voxels(info, g, g.voxelsToProbe());
            case OrientedGrid g -> voxels(info, g.local(), g.voxelsToProbe());
            case PolarGrid _, PointGrid _ -> {}
        }
    }

    private static void voxels(Map<String, Object> info, PixelGrid steps, Affine3 voxelsToProbe) {
        info.put("voxelSizeM", InfoValues.map("x", steps.dxM(), "y", steps.dyM(), "z", steps.dzM()));
        info.put("voxelsToProbe", InfoValues.rows(voxelsToProbe));
        info.put("probeToLab", List.of(InfoValues.rows(Affine3.identity())));
    }

    private static double step(PixelGrid g, String axis) {
        return switch (axis) {
            case "z" -> g.dzM();
            case "y" -> g.dyM();
            default -> g.dxM();
        };
    }

    private static PixelGrid cartesian(JsonFields g) {
        return new PixelGrid(
                g.number("x0M"),
                g.number("y0M"),
                g.number("z0M"),
                g.number("dxM"),
                g.number("dyM"),
                g.number("dzM"),
                g.integer("nx"),
                g.integer("ny"),
                g.integer("nz"));
    }

    private static PointGrid points(List<Double> xyz) {
        List<Vector3> points = new ArrayList<>();
        for (int i = 0; i < xyz.size(); i += 3) {
            points.add(vector(xyz, i));
        }
        return PointGrid.of(points);
    }

    static Vector3 vector(List<Double> xyz, int from) {
        if (xyz.size() < from + 3) {
            throw new IllegalArgumentException("a vector has " + (xyz.size() - from) + " numbers, expected 3");
        }
        return new Vector3(xyz.get(from), xyz.get(from + 1), xyz.get(from + 2));
    }

    private static List<Double> coordinates(PointGrid g) {
        List<Double> xyz = new ArrayList<>();
        for (int p = 0; p < g.size(); p++) {
            Vector3 v = g.pointM(p);
            xyz.addAll(List.of(v.x(), v.y(), v.z()));
        }
        return xyz;
    }

    private static List<Double> flat(Affine3 map) {
        List<Double> values = new ArrayList<>();
        for (double v : map.toRowMajor()) {
            values.add(v);
        }
        return values;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }
}
