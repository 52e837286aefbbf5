package org.fus.core.doppler;

import java.util.Objects;
import org.fus.core.data.Provenance;

/** Power by time and axial velocity at a gate: what spectral Doppler shows. Immutable. */
public final class Spectrogram {
    private final double[] timesS;
    private final double[] velocitiesMPerS;
    private final double[][] power;
    private final Provenance provenance;

    Spectrogram(double[] timesS, double[] velocitiesMPerS, double[][] power, Provenance provenance) {
        this.timesS = timesS;
        this.velocitiesMPerS = velocitiesMPerS;
        this.power = power;
        this.provenance = Objects.requireNonNull(provenance, "provenance");
    }

    /**
     * Times of the middle of each window, from the first frame.
     *
     * @return seconds, ascending; a copy
     */
    public double[] timesS() {
        return timesS.clone();
    }

    /**
     * Axial velocities, positive towards the probe.
     *
     * @return metres per second, ascending; a copy
     */
    public double[] velocitiesMPerS() {
        return velocitiesMPerS.clone();
    }

    /**
     * Power, mean over the pixels of the gate. The sum over the velocities is the mean power of the windowed frames.
     *
     * @return {@code [time][velocity]} in squared units of the samples; a copy
     */
    public double[][] power() {
        double[][] copy = new double[power.length][];
        for (int t = 0; t < copy.length; t++) {
            copy[t] = power[t].clone();
        }
        return copy;
    }

    /**
     * How it came about.
     *
     * @return the steps
     */
    public Provenance provenance() {
        return provenance;
    }

    /**
     * The mean velocity of each window, weighted by power.
     *
     * @return metres per second; 0 where there is no power
     */
    public double[] meanVelocityMPerS() {
        double[] mean = new double[power.length];
        for (int t = 0; t < mean.length; t++) {
            double sum = 0;
            double weighted = 0;
            for (int k = 0; k < velocitiesMPerS.length; k++) {
                sum += power[t][k];
                weighted += power[t][k] * velocitiesMPerS[k];
            }
            mean[t] = sum > 0 ? weighted / sum : 0;
        }
        return mean;
    }

    /**
     * The envelope: the speed below which a part of the power lies, counted on the side of zero that holds more power.
     *
     * @param fraction part of the power of that side, such as 0.95
     * @return metres per second, negative where the flow goes away from the probe
     */
    public double[] envelopeMPerS(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "envelope at " + fraction + " of the power: expected more than 0 and at" + " most 1");
        }
        double[] envelope = new double[power.length];
        for (int t = 0; t < envelope.length; t++) {
            double towards = side(t, 1);
            double away = side(t, -1);
            envelope[t] = edge(t, towards >= away ? 1 : -1, fraction * Math.max(towards, away));
        }
        return envelope;
    }

    private double side(int t, int sign) {
        double sum = 0;
        for (int k = 0; k < velocitiesMPerS.length; k++) {
            sum += velocitiesMPerS[k] * sign > 0 ? power[t][k] : 0;
        }
        return sum;
    }

    private double edge(int t, int sign, double target) {
        int n = velocitiesMPerS.length;
        double sum = 0;
        double last = 0;
        for (int i = 0; i < n && sum < target; i++) {
            int k = sign > 0 ? i : n - 1 - i;
            if (velocitiesMPerS[k] * sign > 0) {
                sum += power[t][k];
                last = velocitiesMPerS[k];
            }
        }
        return last;
    }
}
