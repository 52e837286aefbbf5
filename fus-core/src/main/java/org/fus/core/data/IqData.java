package org.fus.core.data;

import java.util.Objects;
import org.fus.core.internal.layout.FramePanels;

/**
 * Demodulated channel data: complex samples {@code [frame][transmit][channel][sample]}, kept frames-innermost. The phase
 * reference is {@code IQ(t) = LP(RF(t) exp(-j 2 pi f t))} with {@code t} counted from the first firing. Immutable.
 */
public final class IqData implements ChannelData {
    /**
     * Samples after each trace that stay zero. A delay outside the record is sent there, and a channel stride that is no
     * power of two keeps the channels out of each other's cache sets.
     */
    private static final int PAD = 5;

    private final ChannelFormat format;
    private final double demodulationFrequencyHz;
    private final FramePanels panels;

    private IqData(ChannelFormat format, double demodulationFrequencyHz, FramePanels panels) {
        this.format = Objects.requireNonNull(format, "format");
        this.demodulationFrequencyHz = demodulationFrequencyHz;
        this.panels = panels;
    }

    /**
     * Copies samples in plain order.
     *
     * @param format what the samples mean; its sampling frequency is that of the IQ samples
     * @param demodulationFrequencyHz the frequency that was mixed down to zero, hertz
     * @param frames one array per frame, {@code [transmit][channel][sample]} interleaved (re, im), finite
     * @return the data
     */
    public static IqData copyOf(ChannelFormat format, double demodulationFrequencyHz, float[][] frames) {
        int n = format.sampleCount();
        int traces = format.transmits() * format.channels();
        FramePanels panels = allocatePanels(format, frames.length);
        int stride = stride(format);
        for (int f = 0; f < frames.length; f++) {
            if (frames[f].length != 2 * traces * n) {
                throw new IllegalArgumentException("frame " + f + " has " + frames[f].length + " values, expected "
                        + 2 * traces * n + " (" + traces + " traces x " + n + " complex samples)");
            }
            for (int trace = 0; trace < traces; trace++) {
                for (int s = 0; s < n; s++) {
                    int i = 2 * (trace * n + s);
                    float re = frames[f][i];
                    float im = frames[f][i + 1];
                    if (!Float.isFinite(re) || !Float.isFinite(im)) {
                        throw new IllegalArgumentException("IQ sample is (" + re + ", " + im + ") at frame " + f
                                + ", trace " + trace + ", sample " + s + "; replace samples that are not finite");
                    }
                    panels.set(f, trace * stride + s, re, im);
                }
            }
        }
        return new IqData(format, demodulationFrequencyHz, panels);
    }

    /**
     * Takes panels that a demodulator of the engine has filled. Engine-internal: hosts use {@link #copyOf}.
     *
     * @param format what the samples mean
     * @param demodulationFrequencyHz the frequency that was mixed down to zero, hertz
     * @param panels made by {@link #allocatePanels}
     * @return the data
     */
    public static IqData ofPanels(ChannelFormat format, double demodulationFrequencyHz, FramePanels panels) {
        return new IqData(format, demodulationFrequencyHz, panels);
    }

    /**
     * Zeroed panels of the right size. Engine-internal.
     *
     * @param format what the samples mean
     * @param frames number of frames
     * @return panels with cell {@code (transmit * channels + channel) * stride(format) + sample}
     */
    public static FramePanels allocatePanels(ChannelFormat format, int frames) {
        int traces = Math.multiplyExact(format.transmits(), format.channels());
        return FramePanels.allocate(frames, Math.multiplyExact(traces, stride(format)));
    }

    /**
     * Cells from one trace to the next. Engine-internal.
     *
     * @param format what the samples mean
     * @return the sample count and the zero padding behind it, at least 2
     */
    public static int stride(ChannelFormat format) {
        return format.sampleCount() + PAD;
    }

    @Override
    public ChannelFormat format() {
        return format;
    }

    @Override
    public int frames() {
        return panels.frames();
    }

    /**
     * The frequency that was mixed down to zero.
     *
     * @return hertz
     */
    public double demodulationFrequencyHz() {
        return demodulationFrequencyHz;
    }

    /**
     * Copies one frame in plain order.
     *
     * @param frame from 0
     * @return {@code [transmit][channel][sample]} interleaved (re, im)
     */
    public float[] copyFrame(int frame) {
        int n = format.sampleCount();
        int traces = format.transmits() * format.channels();
        int stride = stride(format);
        float[] out = new float[2 * traces * n];
        for (int trace = 0; trace < traces; trace++) {
            for (int s = 0; s < n; s++) {
                out[2 * (trace * n + s)] = panels.re(frame, trace * stride + s);
                out[2 * (trace * n + s) + 1] = panels.im(frame, trace * stride + s);
            }
        }
        return out;
    }

    /**
     * The samples in the engine's layout. Engine-internal.
     *
     * @return the panels; not to be changed
     */
    public FramePanels panels() {
        return panels;
    }
}
