package org.fus.core.signal;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;

/**
 * The reference demodulator, at the full sampling rate and in double precision: mixes down, then filters with a
 * Butterworth low-pass of order 5 forward and backward ({@code IQ = 2 filtfilt(RF exp(-j 2 pi fc t))}), as MUST does
 * (D. Garcia, doi:10.1109/IUS52206.2021.9593605). Suits band-pass sampled data too (for example {@code fs = 4/3 fc}).
 *
 * <p>Needs more than 18 samples per record. Costs some 40 multiplications in double per sample; for a live stream use
 * {@link FirDemodulator}.
 */
public final class ZeroPhaseDemodulator implements Demodulator {
    private static final int ORDER = 5;
    private static final String STAGE = "demodulate";

    /** Zero for the default cutoff. */
    private final double fractionalBandwidth;

    private ZeroPhaseDemodulator(double fractionalBandwidth) {
        this.fractionalBandwidth = fractionalBandwidth;
    }

    /**
     * The default cutoff: the centre frequency, at most half the Nyquist frequency.
     *
     * @return the demodulator
     */
    public static ZeroPhaseDemodulator standard() {
        return new ZeroPhaseDemodulator(0);
    }

    /**
     * A cutoff that follows from the bandwidth of the pulse: {@code fractionalBandwidth * fc / 2}.
     *
     * @param fractionalBandwidth full bandwidth over centre frequency, for example 0.77; positive
     * @return the demodulator
     */
    public static ZeroPhaseDemodulator ofBandwidth(double fractionalBandwidth) {
        if (!(fractionalBandwidth > 0) || !Double.isFinite(fractionalBandwidth)) {
            throw new IllegalArgumentException("fractional bandwidth is " + fractionalBandwidth
                    + ", expected a positive number such as 0.67 for 67 %");
        }
        return new ZeroPhaseDemodulator(fractionalBandwidth);
    }

    @Override
    public ChannelFormat outputFormat(ChannelFormat rf) {
        filter(rf).requireLength(rf.sampleCount());
        return rf;
    }

    @Override
    public IqData demodulate(RfData rf, RunContext context) {
        return demodulate(rf, IqData.allocatePanels(outputFormat(rf.format()), rf.frames()), context);
    }

    @Override
    public IqData demodulate(RfData rf, FramePanels panels, RunContext context) {
        return run(rf, outputFormat(rf.format()), 0, panels, context);
    }

    @Override
    public IqData demodulate(RfData rf, int transmit, RunContext context) {
        Transmits.require(rf.format(), transmit);
        ChannelFormat format = outputFormat(rf.format().only(transmit));
        return run(rf, format, transmit, IqData.allocatePanels(format, rf.frames()), context);
    }

    private IirFilter filter(ChannelFormat format) {
        double fc = format.sequence().centerFrequencyHz();
        double fs = format.samples().samplingFrequencyHz();
        double cutoff = fractionalBandwidth == 0 ? Math.min(2 * fc / fs, 0.5) : fractionalBandwidth * fc / fs;
        if (!(cutoff < 1)) {
            throw new IllegalArgumentException("a fractional bandwidth of " + fractionalBandwidth + " at " + fc
                    + " Hz puts the cutoff at " + cutoff * fs / 2
                    + " Hz, expected less than half the sampling frequency of "
                    + fs + " Hz; give a smaller bandwidth");
        }
        return IirFilter.butterworthLowPass(ORDER, cutoff);
    }

    private IqData run(RfData rf, ChannelFormat format, int firstTransmit, FramePanels panels, RunContext context) {
        IirFilter filter = filter(format);
        double fc = format.sequence().centerFrequencyHz();
        double[][] mixer = new double[format.transmits()][];
        for (int t = 0; t < mixer.length; t++) {
            mixer[t] = mixer(format.samples(), t, fc);
        }
        int channels = format.channels();
        context.forEach(STAGE, format.transmits() * channels, trace -> {
            int n = format.sampleCount();
            float[] samples = new float[n];
            double[] pairs = new double[2 * (n + 2 * filter.padding())];
            double[] state = new double[2 * (ORDER + 1)];
            double[] phase = mixer[trace / channels];
            int cell = trace * IqData.stride(format);
            for (int f = 0; f < rf.frames(); f++) {
                rf.copyTrace(f, firstTransmit + trace / channels, trace % channels, samples, 0);
                mix(samples, phase, pairs, 2 * filter.padding());
                filter.filterPairsBothWays(pairs, n, state);
                store(pairs, 2 * filter.padding(), n, panels, f, cell);
            }
        });
        return IqData.ofPanels(format, fc, panels);
    }

    private static double[] mixer(SampleAxis axis, int transmit, double fc) {
        double[] phase = new double[2 * axis.samples()];
        for (int k = 0; k < axis.samples(); k++) {
            double[] turn = MixingPhase.rotation(fc, axis.timeS(transmit, k));
            phase[2 * k] = 2 * turn[0];
            phase[2 * k + 1] = 2 * turn[1];
        }
        return phase;
    }

    private static void mix(float[] samples, double[] phase, double[] pairs, int at) {
        for (int k = 0; k < samples.length; k++) {
            pairs[at + 2 * k] = samples[k] * phase[2 * k];
            pairs[at + 2 * k + 1] = samples[k] * phase[2 * k + 1];
        }
    }

    private static void store(double[] pairs, int at, int n, FramePanels panels, int frame, int cell) {
        int width = panels.width();
        float[] panel = panels.panel(frame / width);
        int o = panels.offset(cell) + frame % width;
        for (int k = 0; k < n; k++, o += 2 * width) {
            panel[o] = (float) pairs[at + 2 * k];
            panel[o + width] = (float) pairs[at + 2 * k + 1];
        }
    }
}
