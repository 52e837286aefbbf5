package org.fus.core.doppler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.IqEnsemble;
import org.fus.core.internal.layout.TimeCourse;
import org.fus.core.run.RunContext;

/**
 * Spectral Doppler at a gate: the short-time Fourier transform of the frames with a Hann window, its power averaged over
 * the pixels of the gate. Computed in double. Cost: {@code 4 frames velocities} multiply-adds per pixel for windows that do
 * not overlap.
 *
 * @param windowFrames frames per window, at least 2; the resolution in velocity is {@code 2 c PRF / (2 f windowFrames)}
 * @param hopFrames frames from one window to the next, at least 1
 * @param velocities points of the velocity axis, at least {@code windowFrames}; more than that interpolates
 */
public record SpectralDoppler(int windowFrames, int hopFrames, int velocities) {
    /** Checks the figures. */
    public SpectralDoppler {
        if (windowFrames < 2 || hopFrames < 1 || velocities < windowFrames) {
            throw new IllegalArgumentException("spectral Doppler with windows of " + windowFrames + " frames every "
                    + hopFrames + " frames, " + velocities
                    + " velocities: expected at least 2, at least 1, and no fewer"
                    + " velocities than frames");
        }
    }

    /**
     * Computes the spectrogram of a gate.
     *
     * @param ensemble frames, filtered or not, at least {@link #windowFrames}
     * @param gate indices of the pixels of the gate, from {@code grid().index}
     * @param context where to run
     * @return power by time and velocity
     * @throws IllegalArgumentException when the ensemble is too short or the gate is empty or outside the grid
     */
    public Spectrogram of(IqEnsemble ensemble, int[] gate, RunContext context) {
        int frames = ensemble.frames();
        if (frames < windowFrames) {
            throw new IllegalArgumentException("spectral Doppler with windows of " + windowFrames
                    + " frames on an ensemble of " + frames + " frames; shorten the window or record longer");
        }
        if (gate.length == 0) {
            throw new IllegalArgumentException("the gate holds no pixel; expected at least one");
        }
        for (int pixel : gate) {
            Objects.checkIndex(pixel, ensemble.grid().size());
        }
        int windows = (frames - windowFrames) / hopFrames + 1;
        double[][] power = new double[windows][velocities];
        double[] hann = hann();
        double[] cos = new double[velocities];
        double[] sin = new double[velocities];
        for (int i = 0; i < velocities; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / velocities);
            sin[i] = Math.sin(2 * Math.PI * i / velocities);
        }
        context.forEach("doppler", windows, w -> {
            double[] re = new double[frames];
            double[] im = new double[frames];
            for (int pixel : gate) {
                TimeCourse.read(ensemble.panels(), pixel, re, im, 0);
                add(re, im, w * hopFrames, hann, cos, sin, power[w]);
            }
            for (int k = 0; k < velocities; k++) {
                power[w][k] /= gate.length;
            }
        });
        IqEnsemble.Timing timing = ensemble.timing();
        double nyquistMPerS = timing.soundSpeedMPerS() * timing.frameRateHz() / (4 * timing.centerFrequencyHz());
        double[] timesS = new double[windows];
        for (int w = 0; w < windows; w++) {
            timesS[w] = (w * hopFrames + (windowFrames - 1) / 2.0) / timing.frameRateHz();
        }
        double[] axis = new double[velocities];
        for (int k = 0; k < velocities; k++) {
            axis[k] = 2 * nyquistMPerS * (k - velocities / 2) / velocities;
        }
        Map<String, String> p = new LinkedHashMap<>();
        p.put("windowFrames", Integer.toString(windowFrames));
        p.put("hopFrames", Integer.toString(hopFrames));
        p.put("gatePixels", Integer.toString(gate.length));
        return new Spectrogram(timesS, axis, power, ensemble.provenance().with("spectral Doppler", p));
    }

    /** Adds the spectrum of one window; the sum over the frequencies is the weighted mean power. */
    private void add(double[] re, double[] im, int first, double[] window, double[] cos, double[] sin, double[] power) {
        for (int k = 0; k < velocities; k++) {
            int step = Math.floorMod(k - velocities / 2, velocities);
            double sumRe = 0;
            double sumIm = 0;
            int turn = 0;
            for (int t = 0; t < windowFrames; t++) {
                double a = window[t] * re[first + t];
                double b = window[t] * im[first + t];
                sumRe += a * cos[turn] + b * sin[turn];
                sumIm += b * cos[turn] - a * sin[turn];
                turn += step;
                turn -= turn >= velocities ? velocities : 0;
            }
            power[k] += (sumRe * sumRe + sumIm * sumIm) / velocities;
        }
    }

    /** Scaled so that the squares add up to 1; periodic, so that windows of two frames still have weight. */
    private double[] hann() {
        double[] w = new double[windowFrames];
        double squares = 0;
        for (int t = 0; t < windowFrames; t++) {
            w[t] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (t + 0.5) / windowFrames);
            squares += w[t] * w[t];
        }
        for (int t = 0; t < windowFrames; t++) {
            w[t] /= Math.sqrt(squares);
        }
        return w;
    }
}
