package org.fus.core.sequence;

/**
 * The two-way pulse {@code exp(-t^2 / (2 sigma^2)) cos(2 pi f t)}, centred on its emission time.
 *
 * @param centerFrequencyHz f, hertz
 * @param fractionalBandwidth -6 dB bandwidth of the two-way spectrum over f, between 0 and 2
 */
public record GaussianPulse(double centerFrequencyHz, double fractionalBandwidth) {
    /** Checks the figures. */
    public GaussianPulse {
        if (!(centerFrequencyHz > 0) || !(fractionalBandwidth > 0) || !(fractionalBandwidth < 2)) {
            throw new IllegalArgumentException(
                    "Gaussian pulse of " + centerFrequencyHz + " Hz and fractional bandwidth " + fractionalBandwidth
                            + ": the frequency must be positive, the bandwidth between 0 and 2");
        }
    }

    /**
     * Standard deviation of the envelope: {@code sqrt(2 ln 2) / (pi B f)}.
     *
     * @return seconds
     */
    public double sigmaS() {
        return Math.sqrt(2 * Math.log(2)) / (Math.PI * fractionalBandwidth * centerFrequencyHz);
    }

    /**
     * The pulse at a time.
     *
     * @param tS seconds from its centre
     * @return between -1 and 1
     */
    public double at(double tS) {
        double u = tS / sigmaS();
        return Math.exp(-0.5 * u * u) * Math.cos(2 * Math.PI * centerFrequencyHz * tS);
    }
}
