package org.fus.core.simulation;

import org.fus.core.data.ChannelFormat;
import org.fus.core.probe.Probe;

/**
 * How much an echo weighs off the image plane: {@code exp(-y^2 / (2 sigma^2))} with the two-way half-amplitude width of
 * a focused rectangular aperture at its focus, {@code 0.886 wavelength focus / aperture} (0.47 mm for IcoPrime). The
 * width is taken as constant over depth; a probe without elevation figures weighs all echoes alike.
 */
final class ElevationBeam {
    private final double perSquareM;

    ElevationBeam(Probe probe, double wavelengthM) {
        this(widthM(probe, wavelengthM));
    }

    ElevationBeam(double widthM) {
        // half maximum at y = width / 2
        this.perSquareM = widthM > 0 ? 4 * Math.log(2) / (widthM * widthM) : 0;
    }

    /** Two-way half-amplitude width, metres; NaN for a probe without elevation figures. */
    static double widthM(Probe probe, double wavelengthM) {
        return 0.886 * wavelengthM * probe.elevationFocusM() / probe.elevationApertureM();
    }

    static ElevationBeam of(ChannelFormat format, Medium medium) {
        return new ElevationBeam(
                format.probe(), medium.soundSpeedMPerS() / format.sequence().centerFrequencyHz());
    }

    double weight(double yM) {
        return StrictMath.exp(-perSquareM * yM * yM);
    }
}
