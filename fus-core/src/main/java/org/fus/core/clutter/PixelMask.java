package org.fus.core.clutter;

import java.util.stream.IntStream;

/** Some of the pixels of a grid. Immutable. */
public final class PixelMask {
    private final int size;
    private final int[] pixels;

    private PixelMask(int size, int[] pixels) {
        this.size = size;
        this.pixels = pixels;
    }

    /**
     * The pixels that are true.
     *
     * @param inside one value per pixel, {@code [z][y][x]}
     * @return the mask
     * @throws IllegalArgumentException when no pixel is inside
     */
    public static PixelMask of(boolean[] inside) {
        int[] pixels = IntStream.range(0, inside.length).filter(p -> inside[p]).toArray();
        if (pixels.length == 0) {
            throw new IllegalArgumentException(
                    "mask of " + inside.length + " pixels holds none; expected at least one inside");
        }
        return new PixelMask(inside.length, pixels);
    }

    /**
     * Pixels of the grid.
     *
     * @return inside or not
     */
    public int size() {
        return size;
    }

    /**
     * Pixels inside.
     *
     * @return at least 1
     */
    public int count() {
        return pixels.length;
    }

    /** Indices of the pixels inside, ascending; not to be changed. */
    int[] pixels() {
        return pixels;
    }
}
