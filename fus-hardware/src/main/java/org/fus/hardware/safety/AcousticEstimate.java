package org.fus.hardware.safety;

import java.util.Locale;
import org.fus.core.sequence.FiringGroup;

/**
 * Acoustic output of one group, by the formulas of the output display standard (IEC 62359). <b>An estimate</b>: without a
 * hydrophone measurement of the very probe ({@link PressureModel#calibrated}) it may be off by a factor, and even with one by
 * some 10 to 35 %. Not for clinical use.
 *
 * @param label {@code estimate, uncalibrated} or {@code estimate, calibrated pressure}
 * @param deratedPressurePa peak rarefactional pressure, lowered by 0.3 dB/(cm MHz), pascals
 * @param mechanicalIndex derated pressure in MPa over the square root of the frequency in MHz
 * @param isppaWPerM2 derated pulse-average intensity {@code p^2 / (2 rho c)}, watts per square metre
 * @param isptaWPerM2 derated temporal-average intensity: pulse-average times pulse length times firings per second, as if all
 *     firings met in one place, watts per square metre
 * @param thermalIndexSoft {@code W0 f / 210}, with the power W0 at the aperture in mW and f in MHz
 * @param thermalIndexCranial {@code W0 / (40 D)} with the equivalent diameter D of the aperture in cm: bone at the surface,
 *     the larger one for imaging through the skull
 */
public record AcousticEstimate(
        String label,
        double deratedPressurePa,
        double mechanicalIndex,
        double isppaWPerM2,
        double isptaWPerM2,
        double thermalIndexSoft,
        double thermalIndexCranial) {
    /** MI of 1.9 (FDA track 3). */
    public static final double MECHANICAL_INDEX_LIMIT = 1.9;

    /** ISPTA.3 of 720 mW/cm2 (FDA track 3). */
    public static final double ISPTA_LIMIT_W_PER_M2 = 7200;

    /** TI of 6 (FDA track 3). */
    public static final double THERMAL_INDEX_LIMIT = 6;

    /** Density times speed of sound of water, kg / (m2 s). */
    private static final double IMPEDANCE = 1000 * 1480.0;

    private static final double DERATING_DB_PER_CM_MHZ = 0.3;

    /**
     * Estimates the output of a group.
     *
     * @param group what is fired
     * @param settings voltage and length of the pulse
     * @param model pressure per volt
     * @return the estimate
     */
    public static AcousticEstimate of(FiringGroup group, AcousticOutputSettings settings, PressureModel model) {
        double mhz = group.sequence().centerFrequencyHz() * 1e-6;
        double waterPa = model.pascalPerVolt() * settings.voltageV();
        double pressurePa = waterPa * Math.pow(10, -DERATING_DB_PER_CM_MHZ * mhz * model.depthM() * 100 / 20);
        double pulseS = settings.pulseCycles() / group.sequence().centerFrequencyHz();
        double firingHz = group.sequence().pulseRepetitionFrequencyHz();
        double isppa = pressurePa * pressurePa / (2 * IMPEDANCE);
        // the power leaves through the aperture, at the pressure in water, averaged over time
        double powerMw = waterPa * waterPa / (2 * IMPEDANCE) * model.apertureAreaM2() * pulseS * firingHz * 1e3;
        double diameterCm = 2 * Math.sqrt(model.apertureAreaM2() / Math.PI) * 100;
        return new AcousticEstimate(
                model.calibrated() ? "estimate, calibrated pressure" : "estimate, uncalibrated",
                pressurePa,
                pressurePa * 1e-6 / Math.sqrt(mhz),
                isppa,
                isppa * pulseS * firingHz,
                powerMw * mhz / 210,
                powerMw / (40 * diameterCm));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "MI %.2f, ISPTA.3 %.1f mW/cm2, TIS %.2f, TIC %.2f (%s)",
                mechanicalIndex,
                isptaWPerM2 * 0.1,
                thermalIndexSoft,
                thermalIndexCranial,
                label);
    }
}
