package org.fus.core.beamforming;

import org.fus.core.probe.Probe;

/** Depth over width of the active receive aperture. */
public sealed interface FNumber {
    /**
     * A given number.
     *
     * @param lateral along the width of the elements; 0 takes the whole array
     * @param elevation across it, for the small elements of a matrix; 0 takes the whole array
     */
    record Fixed(double lateral, double elevation) implements FNumber {
        /** Checks the numbers. */
        public Fixed {
            if (!(lateral >= 0 && elevation >= 0) || !Double.isFinite(lateral) || !Double.isFinite(elevation)) {
                double wrong = lateral >= 0 && Double.isFinite(lateral) ? elevation : lateral;
                throw new IllegalArgumentException(
                        "F-number " + wrong + " must be positive (such as 1), or 0 for the whole array");
            }
        }
    }

    /**
     * The aperture within which an element still hears with a share of its sensitivity: {@code F = 1 / (2 tan a)} where
     * {@code cos(a) sinc(width sin(a) / wavelength)} has fallen to the level. The wavelength is the shortest of the
     * probe's band (Perrot et al. 2021, doi:10.1016/j.ultras.2020.106309).
     *
     * @param level share of the sensitivity straight ahead, above 0 and below 1
     */
    record Directivity(double level) implements FNumber {
        /** Checks the level. */
        public Directivity {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("directivity level " + level + " must be above 0 and below 1");
            }
        }
    }

    /**
     * From the directivity of the elements, at the level that MUST takes.
     *
     * @return the choice: level 0.71, or -3 dB
     */
    static FNumber automatic() {
        return new Directivity(0.71);
    }

    /**
     * The same number in both directions.
     *
     * @param value depth over width; 0 takes the whole array
     * @return the choice
     */
    static FNumber of(double value) {
        return new Fixed(value, value);
    }

    /**
     * The figures for a probe.
     *
     * @param probe the array
     * @param soundSpeedMPerS speed of sound, metres per second
     * @return the numbers, lateral and elevation; 0 for the whole array
     */
    default Fixed resolve(Probe probe, double soundSpeedMPerS) {
        return switch (this) {
            case Fixed f -> f;
            case Directivity d -> {
                double bandwidth = Double.isNaN(probe.fractionalBandwidth()) ? 0 : probe.fractionalBandwidth();
                double shortestM = soundSpeedMPerS / (probe.centerFrequencyHz() * (1 + bandwidth / 2));
                double angle = angleAt(d.level(), probe.elementWidthM() / shortestM);
                double f = 1 / (2 * Math.tan(angle));
                yield new Fixed(f, f);
            }
        };
    }

    /** By bisection: the sensitivity falls from 1 straight ahead to 0 at 90 degrees or at its first zero. */
    private static double angleAt(double level, double widthOverWavelength) {
        double near = 0;
        double far = widthOverWavelength > 1 ? Math.asin(1 / widthOverWavelength) : Math.PI / 2;
        for (int i = 0; i < 60; i++) {
            double middle = (near + far) / 2;
            double x = Math.PI * widthOverWavelength * Math.sin(middle);
            double heard = Math.cos(middle) * (x == 0 ? 1 : Math.sin(x) / x);
            if (heard > level) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return near;
    }
}
