package org.fus.hardware.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Frame;
import org.fus.core.geometry.PixelGrid;
import org.fus.hardware.plan.ScanPlan;
import org.fus.hardware.plan.VolumeRegularity;

/**
 * How the images of a scan become volumes. With one pose every block is a volume. The slices of several poses are joined to
 * one volume where they lie regularly; otherwise the series keeps its poses.
 *
 * @param poses poses of the scan
 * @param shape lengths of the axes of the series
 * @param geometry where its voxels are
 * @param placeOfSlice place along y of each slice {@code [pose][y of the image]} of a joined volume; empty for others
 * @param notes what a reader should know
 */
record VolumeLayout(
        int poses, FusSeries.Shape shape, FusSeries.Geometry geometry, List<Integer> placeOfSlice, List<String> notes) {

    static VolumeLayout of(ScanPlan scan, PixelGrid grid) {
        int poses = scan.poses().size();
        if (poses == 1) {
            return asStored(scan, grid, Math.toIntExact(scan.blocks()), List.of());
        }
        List<Affine3> slices = new ArrayList<>();
        for (Affine3 pose : scan.poses()) {
            for (int y = 0; y < grid.ny(); y++) {
                slices.add(pose.after(Affine3.translation(0, grid.yM(y), 0)));
            }
        }
        VolumeRegularity regularity = VolumeRegularity.of(slices);
        Affine3 middle = middle(slices);
        List<String> against = new ArrayList<>(regularity.problems());
        if (regularity.anglesRad().size() > 1) {
            against.add("the poses are turned differently");
        }
        List<double[]> places = slices.stream()
                .map(s -> middle.inverse().apply(s.at(0, 3), s.at(1, 3), s.at(2, 3)))
                .toList();
        if (places.stream().anyMatch(p -> Math.hypot(p[0], p[2]) > VolumeRegularity.STEP_TOLERANCE_M)) {
            against.add("the poses do not lie one behind the other in elevation");
        }
        if (!against.isEmpty()) {
            return asStored(
                    scan,
                    grid,
                    scan.cycles(),
                    List.of("the poses make no volume and are kept apart: " + String.join("; ", against)));
        }
        return joined(scan, grid, middle, places);
    }

    private static VolumeLayout asStored(ScanPlan scan, PixelGrid grid, int times, List<String> notes) {
        int poses = scan.poses().size();
        return new VolumeLayout(
                poses,
                new FusSeries.Shape(1, poses, times, grid.nz(), grid.ny(), grid.nx()),
                new FusSeries.Geometry(grid.dxM(), grid.dyM(), grid.dzM(), grid.voxelsToProbe(), scan.poses()),
                List.of(),
                notes);
    }

    private static VolumeLayout joined(ScanPlan scan, PixelGrid grid, Affine3 middle, List<double[]> places) {
        int n = places.size();
        List<Integer> ascending = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> places.get(s)[1]))
                .toList();
        double first = places.get(ascending.getFirst())[1];
        double stepM = (places.get(ascending.getLast())[1] - first) / (n - 1);
        Integer[] placeOfSlice = new Integer[n];
        for (int i = 0; i < n; i++) {
            placeOfSlice[ascending.get(i)] = i;
        }
        Affine3 voxelsToProbe = Frame.ARRAY_TO_PROBE
                .after(Affine3.translation(grid.x0M(), first, grid.z0M()))
                .after(Affine3.scale(grid.dxM(), stepM, grid.dzM()));
        return new VolumeLayout(
                scan.poses().size(),
                new FusSeries.Shape(1, 1, scan.cycles(), grid.nz(), n, grid.nx()),
                new FusSeries.Geometry(grid.dxM(), stepM, grid.dzM(), voxelsToProbe, List.of(middle)),
                List.of(placeOfSlice),
                List.of());
    }

    /** The pose of the first slice, moved to the middle of all. */
    private static Affine3 middle(List<Affine3> slices) {
        double[] m = slices.getFirst().toRowMajor();
        for (int row = 0; row < 3; row++) {
            int r = row;
            m[4 * row + 3] =
                    slices.stream().mapToDouble(s -> s.at(r, 3)).average().orElseThrow();
        }
        return Affine3.ofRowMajor(m);
    }

    boolean isJoined() {
        return !placeOfSlice.isEmpty();
    }

    /** Whether every block is a volume of its own. */
    boolean blocksAreVolumes() {
        return poses == 1;
    }

    /** Slices of an image at one pose. */
    int slicesPerPose() {
        return isJoined() ? shape.ny() / poses : shape.ny();
    }

    /** Where a slice of the image of a pose stands among the slices {@code [pose][y]} of a volume. */
    int slice(int pose, int y) {
        int s = pose * slicesPerPose() + y;
        return isJoined() ? placeOfSlice.get(s) : s;
    }

    /** Where a row of the image of a pose begins in a volume {@code [pose][z][y][x]}. */
    int rowStart(int pose, int z, int y) {
        int zy = isJoined() ? z * shape.ny() + slice(pose, y) : (pose * shape.nz() + z) * shape.ny() + y;
        return zy * shape.nx();
    }
}
