package org.fus.hardware.live;

import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.geometry.Vector3;

/** A named set of pixels of a map. Immutable. */
public final class LiveRegion {
    private final String name;
    private final ImageGrid grid;
    private final int[] pixels;

    private LiveRegion(String name, ImageGrid grid, int[] pixels) {
        this.name = name;
        this.grid = grid;
        this.pixels = pixels;
        if (pixels.length == 0) {
            throw new IllegalArgumentException("region '" + name + "' holds no pixel of " + grid);
        }
    }

    /**
     * The pixels whose place satisfies a condition.
     *
     * @param name its name
     * @param grid the grid of the maps
     * @param inside tells by the place of a pixel in the ARRAY frame, metres
     * @return the region
     * @throws IllegalArgumentException when no pixel lies inside
     */
    public static LiveRegion where(String name, ImageGrid grid, Predicate<Vector3> inside) {
        return new LiveRegion(
                name,
                grid,
                IntStream.range(0, grid.size())
                        .filter(p -> inside.test(grid.pointM(p)))
                        .toArray());
    }

    /**
     * A rectangle of the imaging plane, borders included.
     *
     * @param name its name
     * @param grid the grid of the maps
     * @param xLowM smallest lateral place, metres
     * @param xHighM largest lateral place, metres
     * @param zLowM smallest depth, metres
     * @param zHighM largest depth, metres
     * @return the region
     * @throws IllegalArgumentException when no pixel lies inside
     */
    public static LiveRegion box(
            String name, ImageGrid grid, double xLowM, double xHighM, double zLowM, double zHighM) {
        return where(name, grid, p -> p.x() >= xLowM && p.x() <= xHighM && p.z() >= zLowM && p.z() <= zHighM);
    }

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Its size.
     *
     * @return pixels, at least 1
     */
    public int size() {
        return pixels.length;
    }

    /**
     * The grid it is a part of.
     *
     * @return the grid
     */
    public ImageGrid grid() {
        return grid;
    }

    /** The pixels, in order; not to be changed. */
    int[] pixels() {
        return pixels;
    }

    @Override
    public String toString() {
        return "LiveRegion[" + name + ", " + pixels.length + " pixels]";
    }
}
