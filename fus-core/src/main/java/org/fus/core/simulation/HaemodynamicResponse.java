package org.fus.core.simulation;

/**
 * How blood volume follows a stimulus: nothing for a delay, then the gamma-shaped impulse response
 * {@code x^(shape - 1) exp(-x) / (scale (shape - 1)!)} with {@code x = (t - delay) / scale}, whose integral is 1.
 *
 * @param delayS time from the stimulus to the first change, seconds, 0 or more
 * @param shape number of equal stages that the response passes, 1 to 20
 * @param scaleS duration of a stage, seconds, positive
 */
public record HaemodynamicResponse(double delayS, int shape, double scaleS) {
    /**
     * 0.5 s, then 4 stages of 0.5 s: the answer to a short stimulus is largest 2 s after it, as in rodents, where the peak is
     * reported at 2 to 4 s.
     */
    public static final HaemodynamicResponse RODENT = new HaemodynamicResponse(0.5, 4, 0.5);

    /** Checks the figures. */
    public HaemodynamicResponse {
        if (!(delayS >= 0) || shape < 1 || shape > 20 || !(scaleS > 0) || !Double.isFinite(delayS + scaleS)) {
            throw new IllegalArgumentException(
                    "haemodynamic response after " + delayS + " s in " + shape + " stages of " + scaleS
                            + " s: expected a delay of 0 or more, 1 to 20 stages of positive duration");
        }
    }

    /**
     * The response to one stimulus of constant strength.
     *
     * @param sinceOnsetS time since the stimulus began, seconds; negative before it
     * @param durationS how long it lasts, seconds
     * @return 0 at rest, 1 in the end under a stimulus that never ends
     */
    public double at(double sinceOnsetS, double durationS) {
        return integral(sinceOnsetS) - integral(sinceOnsetS - durationS);
    }

    /**
     * The mean delay between stimulus and response: the centre of the impulse response.
     *
     * @return seconds
     */
    public double meanLatencyS() {
        return delayS + shape * scaleS;
    }

    /** The integral of the impulse response: an Erlang distribution. */
    private double integral(double timeS) {
        double x = (timeS - delayS) / scaleS;
        if (!(x > 0)) {
            return 0;
        }
        double term = 1;
        double sum = 1;
        for (int k = 1; k < shape; k++) {
            term *= x / k;
            sum += term;
        }
        return 1 - StrictMath.exp(-x) * sum;
    }
}
