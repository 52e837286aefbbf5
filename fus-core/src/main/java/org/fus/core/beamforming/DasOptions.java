package org.fus.core.beamforming;

import java.util.Objects;
import org.fus.core.sequence.TransmitModel;

/**
 * Choices of a delay-and-sum plan. Start from {@link #DEFAULTS} and change what differs.
 *
 * @param fNumber depth over width of the active aperture
 * @param window weights across the aperture
 * @param minimumApertureM the aperture is never narrower than this, metres; 0 for no such limit (the default)
 * @param acceptanceRad largest angle against its normal under which an element hears; pi/2 for no limit (the default)
 * @param interpolation how values between samples come about; linear by default
 * @param normalization what the sum is divided by; nothing by default
 * @param transmitModel how the arrival of focused waves is computed; unified by default
 * @param corrections what shifts echoes against the ideal clock; nothing by default
 * @param soundSpeedMPerS speed of sound in the medium, metres per second; NaN (the default) takes that of the sequence
 * @param memoryBudgetBytes most that the tables of a plan may take; a larger plan recomputes them in pieces each time it
 *     is applied, with the same result. 1 GiB by default.
 */
public record DasOptions(
        FNumber fNumber,
        ReceiveWindow window,
        double minimumApertureM,
        double acceptanceRad,
        Interpolation interpolation,
        Normalization normalization,
        TransmitModel transmitModel,
        TimeCorrections corrections,
        double soundSpeedMPerS,
        long memoryBudgetBytes) {
    private static final long DEFAULT_BUDGET = 1L << 30;

    /** F-number 1 and a boxcar: the full band of receive angles that 15 MHz elements hear, unweighted. */
    public static final DasOptions DEFAULTS = new DasOptions(1, ReceiveWindow.BOXCAR);

    /** Checks the choices. */
    public DasOptions {
        Objects.requireNonNull(fNumber, "fNumber");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(interpolation, "interpolation");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(transmitModel, "transmitModel");
        Objects.requireNonNull(corrections, "corrections");
        if (!(minimumApertureM >= 0) || !Double.isFinite(minimumApertureM)) {
            throw new IllegalArgumentException(
                    "minimumApertureM is " + minimumApertureM + ", expected metres, 0 for no limit");
        }
        if (!(acceptanceRad > 0) || !(acceptanceRad <= Math.PI / 2)) {
            throw new IllegalArgumentException(
                    "acceptanceRad is " + acceptanceRad + ", expected above 0 and up to pi/2 (no limit)");
        }
        if (soundSpeedMPerS <= 0 || Double.isInfinite(soundSpeedMPerS)) {
            throw new IllegalArgumentException("soundSpeedMPerS is " + soundSpeedMPerS
                    + ", expected a positive number, or NaN for that of the sequence");
        }
        if (memoryBudgetBytes < 0) {
            throw new IllegalArgumentException("memoryBudgetBytes is " + memoryBudgetBytes + ", expected at least 0");
        }
        if (window.shape() != ReceiveWindow.Shape.BOXCAR && fNumber instanceof FNumber.Fixed f && f.lateral() == 0) {
            throw new IllegalArgumentException("window " + window
                    + " needs an F-number above 0: the whole array (F-number 0) has no edge to taper to");
        }
    }

    /**
     * An aperture, and the defaults for the rest.
     *
     * @param fNumber depth over width of the active aperture; 0 takes the whole array
     * @param window weights across the aperture
     */
    public DasOptions(double fNumber, ReceiveWindow window) {
        this(
                FNumber.of(fNumber),
                window,
                0,
                Math.PI / 2,
                Interpolation.LINEAR,
                Normalization.SUM,
                TransmitModel.UNIFIED,
                TimeCorrections.NONE,
                Double.NaN,
                DEFAULT_BUDGET);
    }

    /**
     * The same with another F-number.
     *
     * @param value depth over width of the active aperture; 0 takes the whole array
     * @return a changed copy
     */
    public DasOptions withFNumber(double value) {
        return withFNumber(FNumber.of(value));
    }

    /**
     * The same with another F-number.
     *
     * @param value depth over width of the active aperture
     * @return a changed copy
     */
    public DasOptions withFNumber(FNumber value) {
        return new DasOptions(
                value,
                window,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                normalization,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another window.
     *
     * @param value weights across the aperture
     * @return a changed copy
     */
    public DasOptions withWindow(ReceiveWindow value) {
        return new DasOptions(
                fNumber,
                value,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                normalization,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another minimum aperture.
     *
     * @param value the aperture is never narrower than this, metres; 0 for no such limit
     * @return a changed copy
     */
    public DasOptions withMinimumApertureM(double value) {
        return new DasOptions(
                fNumber,
                window,
                value,
                acceptanceRad,
                interpolation,
                normalization,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another acceptance angle.
     *
     * @param value largest angle against its normal under which an element hears
     * @return a changed copy
     */
    public DasOptions withAcceptanceRad(double value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                value,
                interpolation,
                normalization,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another interpolation.
     *
     * @param value how values between samples come about
     * @return a changed copy
     */
    public DasOptions withInterpolation(Interpolation value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                acceptanceRad,
                value,
                normalization,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another normalisation.
     *
     * @param value what the sum is divided by
     * @return a changed copy
     */
    public DasOptions withNormalization(Normalization value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                value,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another transmit model.
     *
     * @param value how the arrival of focused waves is computed
     * @return a changed copy
     */
    public DasOptions withTransmitModel(TransmitModel value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                normalization,
                value,
                corrections,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with other corrections of time.
     *
     * @param value what shifts echoes against the ideal clock
     * @return a changed copy
     */
    public DasOptions withCorrections(TimeCorrections value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                normalization,
                transmitModel,
                value,
                soundSpeedMPerS,
                memoryBudgetBytes);
    }

    /**
     * The same with another speed of sound.
     *
     * @param value metres per second; NaN takes that of the sequence
     * @return a changed copy
     */
    public DasOptions withSoundSpeedMPerS(double value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                normalization,
                transmitModel,
                corrections,
                value,
                memoryBudgetBytes);
    }

    /**
     * The same with another memory budget.
     *
     * @param value most that the tables of a plan may take
     * @return a changed copy
     */
    public DasOptions withMemoryBudgetBytes(long value) {
        return new DasOptions(
                fNumber,
                window,
                minimumApertureM,
                acceptanceRad,
                interpolation,
                normalization,
                transmitModel,
                corrections,
                soundSpeedMPerS,
                value);
    }
}
