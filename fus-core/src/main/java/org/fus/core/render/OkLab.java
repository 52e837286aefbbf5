package org.fus.core.render;

/**
 * The colour space in which equal steps look equal (B. Ottosson 2020, "A perceptual color space for image processing",
 * in the public domain).
 */
final class OkLab {
    private OkLab() {}

    /** An opaque colour from lightness (0 to 1), chroma and hue; parts outside sRGB are clipped. */
    static int toRgb(double lightness, double chroma, double hueDeg) {
        double a = chroma * Math.cos(Math.toRadians(hueDeg));
        double b = chroma * Math.sin(Math.toRadians(hueDeg));
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return rgb(
                encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    /** The lightness of a colour, 0 to 1. */
    static double lightness(int rgb) {
        double r = decode(rgb >> 16 & 0xff);
        double g = decode(rgb >> 8 & 0xff);
        double b = decode(rgb & 0xff);
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    }

    static int rgb(int red, int green, int blue) {
        return 0xff000000 | red << 16 | green << 8 | blue;
    }

    private static double cube(double v) {
        return v * v * v;
    }

    /** Linear light to the 8-bit sRGB value (IEC 61966-2-1). */
    private static int encode(double linear) {
        double v = Math.clamp(linear, 0.0, 1.0);
        double coded = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * coded);
    }

    private static double decode(int value) {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}
