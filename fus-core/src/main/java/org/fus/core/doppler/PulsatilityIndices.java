package org.fus.core.doppler;

/**
 * Resistivity and pulsatility of a vessel from the course of its velocity, or of a quantity proportional to it, over the
 * heartbeat: {@code RI = (S - D) / S} and {@code PI = (S - D) / M} with systolic maximum S, diastolic minimum D and mean M
 * of a cycle, each averaged over the whole cycles of the record.
 *
 * @param resistivity (S - D) / S
 * @param pulsatility (S - D) / M
 * @param heartRateHz from the autocorrelation of the course
 * @param cycles whole cycles behind the figures
 * @see "Gosling and King 1974, Arterial assessment by Doppler-shift ultrasound, Proc. R. Soc. Med. 67:447"
 */
public record PulsatilityIndices(double resistivity, double pulsatility, double heartRateHz, int cycles) {
    /** Fewest cycles that show a heartbeat. */
    private static final int LEAST_CYCLES = 2;

    /** Part of a cycle by which the last one may be short: the period is known to about a percent. */
    private static final double ROUNDING = 0.1;

    /** Autocorrelation below which there is no heartbeat to speak of. */
    private static final double LEAST_CORRELATION = 0.3;

    /**
     * Finds the heartbeat and the indices.
     *
     * @param course speed of a vessel over time, such as {@link Spectrogram#envelopeMPerS} of spectral Doppler; its sign
     *     does not matter
     * @param sampleRateHz samples of the course per second
     * @param lowestHeartRateHz slowest heartbeat to look for, such as 4 in mice under anaesthesia
     * @param highestHeartRateHz fastest heartbeat to look for, such as 12
     * @return the indices
     * @throws IllegalArgumentException when the course is shorter than two of the slowest cycles, is sampled too slowly, or
     *     shows no heartbeat
     */
    public static PulsatilityIndices of(
            double[] course, double sampleRateHz, double lowestHeartRateHz, double highestHeartRateHz) {
        if (!(lowestHeartRateHz > 0) || !(highestHeartRateHz > lowestHeartRateHz) || !(sampleRateHz > 0)) {
            throw new IllegalArgumentException(
                    "heart rates from " + lowestHeartRateHz + " to " + highestHeartRateHz + " Hz at " + sampleRateHz
                            + " samples per second: all must be positive, the second above the first");
        }
        if (sampleRateHz < 4 * highestHeartRateHz) {
            throw new IllegalArgumentException("a heartbeat of up to " + highestHeartRateHz + " Hz needs at least "
                    + 4 * highestHeartRateHz + " samples per second, got " + sampleRateHz);
        }
        int longest = (int) Math.ceil(sampleRateHz / lowestHeartRateHz);
        if (course.length < LEAST_CYCLES * longest) {
            throw new IllegalArgumentException("a heartbeat of " + lowestHeartRateHz + " Hz or more needs "
                    + LEAST_CYCLES * longest + " samples (two cycles), got " + course.length
                    + "; record longer or raise the lowest heart rate");
        }
        double[] speed = new double[course.length];
        for (int i = 0; i < speed.length; i++) {
            if (!Double.isFinite(course[i])) {
                throw new IllegalArgumentException("sample " + i + " of the course is " + course[i]);
            }
            speed[i] = Math.abs(course[i]);
        }
        int shortest = Math.max(2, (int) Math.floor(sampleRateHz / highestHeartRateHz));
        double period = period(speed, shortest, longest);
        return measure(speed, period, sampleRateHz / period);
    }

    /** The lag of the largest autocorrelation, refined by a parabola; the first of equal ones. */
    private static double period(double[] speed, int shortest, int longest) {
        double mean = java.util.Arrays.stream(speed).average().orElseThrow();
        int best = -1;
        double most = LEAST_CORRELATION;
        for (int lag = shortest; lag <= longest; lag++) {
            double c = correlation(speed, mean, lag);
            boolean peak = c >= correlation(speed, mean, lag - 1) && c >= correlation(speed, mean, lag + 1);
            if (peak && c > most + 1e-3) {
                most = c;
                best = lag;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("the course shows no heartbeat between lags of " + shortest + " and "
                    + longest + " samples: no autocorrelation above " + LEAST_CORRELATION);
        }
        double before = correlation(speed, mean, best - 1);
        double after = correlation(speed, mean, best + 1);
        double curvature = before - 2 * most + after;
        return curvature < 0 ? best + 0.5 * (before - after) / curvature : best;
    }

    private static double correlation(double[] v, double mean, int lag) {
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int i = lag; i < v.length; i++) {
            double a = v[i] - mean;
            double b = v[i - lag] - mean;
            sum += a * b;
            first += a * a;
            second += b * b;
        }
        return first > 0 && second > 0 ? sum / Math.sqrt(first * second) : 0;
    }

    private static PulsatilityIndices measure(double[] speed, double period, double heartRateHz) {
        int cycles = (int) Math.floor(speed.length / period + ROUNDING);
        double systole = 0;
        double diastole = 0;
        double mean = 0;
        for (int c = 0; c < cycles; c++) {
            int from = (int) Math.round(c * period);
            int to = Math.min(speed.length, (int) Math.round((c + 1) * period));
            double high = 0;
            double low = Double.POSITIVE_INFINITY;
            double sum = 0;
            for (int i = from; i < to; i++) {
                high = Math.max(high, speed[i]);
                low = Math.min(low, speed[i]);
                sum += speed[i];
            }
            systole += high / cycles;
            diastole += low / cycles;
            mean += sum / (to - from) / cycles;
        }
        return new PulsatilityIndices((systole - diastole) / systole, (systole - diastole) / mean, heartRateHz, cycles);
    }
}
