package org.fus.core.beamforming;

import java.util.Locale;

/**
 * Receive apodization across the active aperture, as a function of {@code u = |offset| / aperture}: 0 in the middle, 0.5 at
 * the edge of the aperture. For a row of elements {@code u = |x - xe| F / z}.
 *
 * @param shape the function
 * @param taper of a Tukey window, the part of the aperture that is tapered, 0 (boxcar) to 1 (Hann); 0 for the others
 * @see <a href="https://doi.org/10.1109/PROC.1978.10837">Harris 1978, windows</a>
 */
public record ReceiveWindow(Shape shape, double taper) {
    /** The function. */
    public enum Shape {
        /** 1 everywhere. */
        BOXCAR,
        /** {@code 0.5 + 0.5 cos(2 pi u)}. */
        HANN,
        /** {@code 0.54 + 0.46 cos(2 pi u)}. */
        HAMMING,
        /** {@code 0.53836 + 0.46164 cos(2 pi u)}: the lowest highest side lobe, as USTB has it. */
        HAMMING_EQUIRIPPLE,
        /** {@code 0.42 + 0.5 cos(2 pi u) + 0.08 cos(4 pi u)}. */
        BLACKMAN,
        /** {@code 1 - 2 u}, also named after Bartlett. */
        TRIANGLE,
        /** 1 in the middle, half a cosine period down to 0 at each edge. */
        TUKEY
    }

    /** Every active element weighs 1. */
    public static final ReceiveWindow BOXCAR = new ReceiveWindow(Shape.BOXCAR, 0);

    /** {@code 0.5 + 0.5 cos(2 pi u)}, 0 at the edge. */
    public static final ReceiveWindow HANN = new ReceiveWindow(Shape.HANN, 0);

    /** {@code 0.54 + 0.46 cos(2 pi u)}. */
    public static final ReceiveWindow HAMMING = new ReceiveWindow(Shape.HAMMING, 0);

    /** {@code 0.53836 + 0.46164 cos(2 pi u)}. */
    public static final ReceiveWindow HAMMING_EQUIRIPPLE = new ReceiveWindow(Shape.HAMMING_EQUIRIPPLE, 0);

    /** {@code 0.42 + 0.5 cos(2 pi u) + 0.08 cos(4 pi u)}, 0 at the edge. */
    public static final ReceiveWindow BLACKMAN = new ReceiveWindow(Shape.BLACKMAN, 0);

    /** {@code 1 - 2 u}, 0 at the edge. */
    public static final ReceiveWindow TRIANGLE = new ReceiveWindow(Shape.TRIANGLE, 0);

    /** Checks the taper. */
    public ReceiveWindow {
        if (!(taper >= 0 && taper <= 1) || (shape != Shape.TUKEY && taper != 0)) {
            throw new IllegalArgumentException("taper " + taper + " of a " + shape
                    + " window: from 0 (boxcar) to 1 (Hann) for a Tukey window, 0 for any other");
        }
    }

    /**
     * A Tukey window.
     *
     * @param taper the part of the aperture that is tapered, 0 (boxcar) to 1 (Hann)
     * @return the window
     */
    public static ReceiveWindow tukey(double taper) {
        return new ReceiveWindow(Shape.TUKEY, taper);
    }

    /**
     * A window by its {@link #name}.
     *
     * @param name such as {@code hann} or {@code tukey:0.5}, in any case
     * @return the window
     * @throws IllegalArgumentException when there is none of that name
     */
    public static ReceiveWindow parse(String name) {
        String[] parts = name.strip().toUpperCase(Locale.ROOT).replace('-', '_').split(":", -1);
        try {
            Shape shape = Shape.valueOf(parts[0]);
            if (parts.length == (shape == Shape.TUKEY ? 2 : 1)) {
                return new ReceiveWindow(shape, parts.length == 2 ? Double.parseDouble(parts[1]) : 0);
            }
        } catch (IllegalArgumentException e) {
            throw unknown(name, e);
        }
        throw unknown(name, null);
    }

    private static IllegalArgumentException unknown(String name, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "no window '" + name + "': expected boxcar, hann, hamming, hamming-equiripple, blackman, triangle, or"
                        + " tukey:A with A from 0 to 1",
                cause);
    }

    /**
     * The name for people and recipes.
     *
     * @return what {@link #parse} understands
     */
    public String name() {
        String base = shape.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return shape == Shape.TUKEY ? base + ":" + taper : base;
    }

    /**
     * The weight of an element inside the aperture.
     *
     * @param u 0 to 0.5
     * @return 0 to 1
     */
    public double weight(double u) {
        return switch (shape) {
            case BOXCAR -> 1;
            case HANN -> 0.5 + 0.5 * Math.cos(2 * Math.PI * u);
            case HAMMING -> 0.54 + 0.46 * Math.cos(2 * Math.PI * u);
            case HAMMING_EQUIRIPPLE -> 0.53836 + 0.46164 * Math.cos(2 * Math.PI * u);
            case BLACKMAN -> 0.42 + 0.5 * Math.cos(2 * Math.PI * u) + 0.08 * Math.cos(4 * Math.PI * u);
            case TRIANGLE -> 1 - 2 * u;
            case TUKEY -> {
                double flat = 0.5 * (1 - taper);
                yield u <= flat ? 1 : 0.5 + 0.5 * Math.cos(2 * Math.PI * (u - flat) / taper);
            }
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
