package org.fus.core.render;

import java.util.Arrays;
import java.util.Objects;

/**
 * A table of {@value #SIZE} opaque colours from low to high values. Immutable.
 *
 * <p>The maps of this class are drawn through a few points in a perceptual colour space, with lightness a straight line
 * of the value: a step in the data looks equally large anywhere on the scale, and a grey print keeps the order.
 */
public final class ColorMap {
    /** The number of colours in a map. */
    public static final int SIZE = 256;

    /** Grey from black to white, for B-mode. */
    public static final ColorMap GRAY = new ColorMap("gray", grayTable());

    /** Black, red, orange, yellow, white, for power Doppler. */
    public static final ColorMap HOT = new ColorMap("hot", table(new double[][] {
        {0.00, 0.000, 20},
        {0.25, 0.105, 24},
        {0.45, 0.178, 30},
        {0.65, 0.190, 45},
        {0.80, 0.170, 72},
        {0.92, 0.160, 100},
        {1.00, 0.000, 108}
    }));

    /**
     * Blue for negative values (away from the probe), black for zero, red for positive values (towards the probe), the
     * convention of colour Doppler. Equally light on both sides.
     */
    public static final ColorMap VELOCITY = new ColorMap(
            "velocity",
            diverging(
                    new double[][] {{0.15, 0.00, 262}, {0.38, 0.17, 264}, {0.60, 0.17, 252}, {0.92, 0.06, 205}},
                    new double[][] {{0.15, 0.00, 27}, {0.38, 0.15, 27}, {0.60, 0.20, 35}, {0.92, 0.15, 98}}));

    private final String name;
    private final int[] argb;

    private ColorMap(String name, int[] argb) {
        this.name = name;
        this.argb = argb;
    }

    /**
     * A map of one's own.
     *
     * @param name what people call it
     * @param rgb {@value #SIZE} colours {@code 0xRRGGBB}, low to high values
     * @return the map
     */
    public static ColorMap of(String name, int[] rgb) {
        if (rgb.length != SIZE) {
            throw new IllegalArgumentException("colour map of " + rgb.length + " colours, expected " + SIZE);
        }
        return new ColorMap(
                Objects.requireNonNull(name, "name"),
                Arrays.stream(rgb).map(c -> 0xff000000 | c).toArray());
    }

    /**
     * The name for people.
     *
     * @return such as {@code hot}
     */
    public String name() {
        return name;
    }

    /**
     * One colour.
     *
     * @param index 0 (low) to 255 (high)
     * @return {@code 0xAARRGGBB}, opaque
     */
    public int argb(int index) {
        return argb[index];
    }

    /**
     * The colour at a place on the scale; places outside are those of the nearer end.
     *
     * @param fraction 0 (low) to 1 (high), not NaN
     * @return {@code 0xAARRGGBB}, opaque
     */
    public int at(double fraction) {
        return argb[(int) Math.clamp(Math.floor(fraction * SIZE), 0, SIZE - 1)];
    }

    @Override
    public String toString() {
        return "ColorMap[" + name + "]";
    }

    private static int[] grayTable() {
        int[] out = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            out[i] = OkLab.rgb(i, i, i);
        }
        return out;
    }

    /** Colours through points (lightness, chroma, hue in degrees) of rising lightness, evenly spaced in lightness. */
    private static int[] table(double[][] points) {
        int[] out = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            out[i] = along(points, i / (SIZE - 1.0));
        }
        return out;
    }

    private static int[] diverging(double[][] negative, double[][] positive) {
        int[] out = new int[SIZE];
        int half = SIZE / 2;
        for (int i = 0; i < half; i++) {
            double fraction = (i + 0.5) / (half - 0.5);
            out[half - 1 - i] = along(negative, fraction);
            out[half + i] = along(positive, fraction);
        }
        return out;
    }

    private static int along(double[][] points, double fraction) {
        double first = points[0][0];
        double lightness = first + fraction * (points[points.length - 1][0] - first);
        int k = 0;
        while (k < points.length - 2 && lightness > points[k + 1][0]) {
            k++;
        }
        double t = (lightness - points[k][0]) / (points[k + 1][0] - points[k][0]);
        double chroma = points[k][1] + t * (points[k + 1][1] - points[k][1]);
        double hue = points[k][2] + t * (points[k + 1][2] - points[k][2]);
        return OkLab.toRgb(lightness, chroma, hue);
    }
}
