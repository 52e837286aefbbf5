package org.fus.core.signal;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.internal.kernel.FirKernel;
import org.fus.core.internal.kernel.FirTaps;
import org.fus.core.internal.kernel.KernelProvider;
import org.fus.core.internal.kernel.TransposeKernel;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.internal.work.WorkPool;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.SampleAxis;

/**
 * The streaming demodulator: a complex band-pass FIR filter around the centre frequency, decimation and rotation to
 * baseband in one pass of float32. Output sample {@code m} stands exactly at the time of input sample
 * {@code m * decimation}: the filter has linear phase and its delay is taken out. Samples outside the record count as zero.
 *
 * <p>The low-pass is a sinc under a Hamming window with 8 zero crossings on either side ({@code 8 fs / cutoff + 1} taps:
 * 33 for a cutoff of {@code fs / 4}), stop band -53 dB. Its cutoff, where the gain is one half, is the Nyquist frequency
 * of the output or halfway to the mirror image of the pulse at {@code 2 fc}, whichever is lower; the gain is 1 within
 * 0.5 % up to 0.79 of the cutoff. At {@code fs = 4 fc}, decimation 2 keeps {@code fc} either side.
 */
public final class FirDemodulator implements Demodulator {
    private static final String STAGE = "demodulate";

    /** Rotations this near to whole turns are the rounding of whole turns. */
    private static final double WHOLE_TURN = 1e-8;

    /** Channels that share the scratch of a task. */
    private static final int CHANNELS_PER_TASK = 8;

    private final int decimation;
    private final FirKernel kernel;
    private final TransposeKernel transpose = KernelProvider.active().transpose();
    private final WorkPool<Rows> idle = new WorkPool<>();
    private final AtomicReference<Plan> last = new AtomicReference<>();

    private FirDemodulator(int decimation, FirKernel kernel) {
        this.decimation = decimation;
        this.kernel = kernel;
    }

    /**
     * A demodulator that keeps one complex sample of so many.
     *
     * @param decimation RF samples per IQ sample, at least 1
     * @return the demodulator
     */
    public static FirDemodulator decimatingBy(int decimation) {
        return withKernel(decimation, KernelProvider.active().fir());
    }

    static FirDemodulator withKernel(int decimation, FirKernel kernel) {
        if (decimation < 1) {
            throw new IllegalArgumentException("decimation " + decimation + ", expected at least 1");
        }
        return new FirDemodulator(decimation, Objects.requireNonNull(kernel, "kernel"));
    }

    @Override
    public ChannelFormat outputFormat(ChannelFormat rf) {
        cutoff(rf);
        SampleAxis axis = rf.samples();
        return rf.withSamples(new SampleAxis(
                axis.samplingFrequencyHz() / decimation, axis.startTimesS(), (axis.samples() - 1) / decimation + 1));
    }

    @Override
    public IqData demodulate(RfData rf, RunContext context) {
        return demodulate(rf, IqData.allocatePanels(plan(rf.format()).output, rf.frames()), context);
    }

    @Override
    public IqData demodulate(RfData rf, FramePanels panels, RunContext context) {
        return run(rf, plan(rf.format()), 0, panels, context);
    }

    @Override
    public IqData demodulate(RfData rf, int transmit, RunContext context) {
        Transmits.require(rf.format(), transmit);
        Plan plan = plan(rf.format().only(transmit));
        return run(rf, plan, transmit, IqData.allocatePanels(plan.output, rf.frames()), context);
    }

    /** Cycles per RF sample. */
    private double cutoff(ChannelFormat rf) {
        double fc = rf.sequence().centerFrequencyHz();
        double fs = rf.samples().samplingFrequencyHz();
        double image = 2 * fc / fs;
        double distance = Math.abs(image - Math.rint(image));
        double cutoff = Math.min(distance / 2, 0.5 / decimation);
        if (cutoff * rf.sampleCount() < 1) {
            throw new IllegalArgumentException("a centre frequency of " + fc + " Hz sampled at " + fs + " Hz with "
                    + rf.sampleCount() + " samples and decimation " + decimation
                    + " leaves a band of " + cutoff * fs + " Hz, less than one cycle in the whole record;"
                    + " use a sampling frequency away from 2 fc / n, a longer record or less decimation");
        }
        return cutoff;
    }

    private FirTaps bandPass(double cutoff, double cyclesPerSample) {
        double[] h = LowPass.taps(cutoff);
        int reach = LowPass.reach(cutoff);
        double[] re = new double[h.length];
        double[] im = new double[h.length];
        for (int i = 0; i < h.length; i++) {
            double[] turn = MixingPhase.rotation(cyclesPerSample, i - reach);
            re[i] = 2 * h[i] * turn[0];
            im[i] = 2 * h[i] * turn[1];
        }
        return new FirTaps(re, im, decimation);
    }

    /** What depends on the format alone; kept, because blocks of one format follow each other. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Plan(
            ChannelFormat input,
            ChannelFormat output,
            int reach,
            FirTaps taps,
            float[][] turnRe,
            float[][] turnIm,
            boolean[] turned) {}

    private Plan plan(ChannelFormat input) {
        Plan known = last.get();
        if (known != null && known.input.equals(input)) {
            return known;
        }
        ChannelFormat output = outputFormat(input);
        double fc = input.sequence().centerFrequencyHz();
        double cutoff = cutoff(input);
        FirTaps taps = bandPass(cutoff, fc / input.samples().samplingFrequencyHz());
        float[][] turnRe = new float[output.transmits()][output.sampleCount()];
        float[][] turnIm = new float[output.transmits()][output.sampleCount()];
        boolean[] turned = new boolean[output.transmits()];
        for (int t = 0; t < output.transmits(); t++) {
            for (int m = 0; m < output.sampleCount(); m++) {
                double[] turn = MixingPhase.rotation(fc, output.samples().timeS(t, m));
                turnRe[t][m] = (float) turn[0];
                turnIm[t][m] = (float) turn[1];
                turned[t] |= Math.abs(turn[0] - 1) + Math.abs(turn[1]) > WHOLE_TURN;
            }
        }
        Plan plan = new Plan(input, output, LowPass.reach(cutoff), taps, turnRe, turnIm, turned);
        last.set(plan);
        return plan;
    }

    private IqData run(RfData rf, Plan plan, int firstTransmit, FramePanels panels, RunContext context) {
        ChannelFormat input = plan.input;
        ChannelFormat output = plan.output;
        int width = panels.width();
        int n = input.sampleCount();
        int channels = input.channels();
        int groups = (channels + CHANNELS_PER_TASK - 1) / CHANNELS_PER_TASK;
        context.forEach(STAGE, output.transmits() * groups * panels.count(), task -> {
            int panel = task % panels.count();
            int group = task / panels.count() % groups;
            int t = task / panels.count() / groups;
            Rows rows = idle.take(r -> r.fits(width, n, plan.reach), () -> new Rows(width, n, plan.reach));
            int end = Math.min(channels, (group + 1) * CHANNELS_PER_TASK);
            for (int c = group * CHANNELS_PER_TASK; c < end; c++) {
                rows.load(rf, panel * width, panels.framesIn(panel), firstTransmit + t, c, transpose);
                int at = panels.offset((t * channels + c) * IqData.stride(output));
                float[] panelValues = panels.panel(panel);
                kernel.filter(rows.values(), plan.taps, output.sampleCount(), panelValues, at, width);
                if (plan.turned[t]) {
                    kernel.turn(panelValues, at, width, plan.turnRe[t], plan.turnIm[t]);
                }
            }
            idle.giveBack(rows);
        });
        return IqData.ofPanels(output, input.sequence().centerFrequencyHz(), panels);
    }
}
