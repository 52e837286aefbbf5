package org.fus.core.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.data.RfBlock;
import org.fus.core.run.RunContext;
import org.fus.core.sequence.GaussianPulse;

/**
 * Simulates the RF that every channel receives from a {@link Phantom}: each scatterer sends back the pulse, delayed by
 * its way, weighted by element directivity, attenuation, spreading and the elevation focus; then white noise per
 * channel, gain, and 14-bit conversion. Immutable and shareable; frames depend on the seed and their number alone, so
 * they may be computed in any order, in any blocks, and on any number of threads, with the same bits.
 *
 * <p>Simplifications: single scattering; a plane wave has no edges and does not spread; echoes lie in the image plane
 * (elevation only weighs them); scatterers stand still within a frame; the pulse does not change with depth. Tissue
 * regions are computed once at rest and then moved: on regions of 1.5 mm at 5 mm depth this differs from computing
 * them anew by less than -50 dB of their echo for displacements up to 10 um, and by less than -38 dB up to 20 um.
 *
 * <p>Cost: scatterers of blood x elements x transmits per frame, some 10 ns each with vector kernels.
 */
public final class ChannelSimulator {
    /** Largest sample of the 14-bit converter. Larger ones are clipped and counted. */
    public static final int FULL_SCALE = 8191;

    private static final int MAX_SAMPLES = 7000;
    private static final double HEADROOM = 0.75;

    private final ChannelFormat format;
    private final Phantom phantom;
    private final FrameSynthesis synthesis;
    private final float gain;
    private final float noiseRms;

    private ChannelSimulator(
            ChannelFormat format, Phantom phantom, FrameSynthesis synthesis, float gain, float noiseRms) {
        this.format = format;
        this.phantom = phantom;
        this.synthesis = synthesis;
        this.gain = gain;
        this.noiseRms = noiseRms;
    }

    /**
     * Prepares a simulation: computes the tissue at rest and frame 0, from which noise and gain follow. The gain brings
     * the largest echo of frame 0 to three quarters of {@link #FULL_SCALE}.
     *
     * @param format probe, firings and sample times; plane and diverging waves, at most 7000 samples per trace
     * @param pulse the two-way pulse, centred on the time of arrival
     * @param medium speed of sound and attenuation
     * @param phantom what is imaged
     * @param context where the work runs
     * @return the simulator
     * @throws IllegalArgumentException when traces are too long, the sampling is below twice the pulse's band, or no
     *     echo falls into the sampled window
     * @throws org.fus.core.error.FusUnsupportedException for focused transmits
     */
    public static ChannelSimulator plan(
            ChannelFormat format, GaussianPulse pulse, Medium medium, Phantom phantom, RunContext context) {
        Objects.requireNonNull(medium, "medium");
        if (format.sampleCount() > MAX_SAMPLES) {
            throw new IllegalArgumentException(format.sampleCount() + " samples per trace, the simulator takes at most "
                    + MAX_SAMPLES + "; shorten the receive window");
        }
        double highestHz = pulse.centerFrequencyHz() * (1 + pulse.fractionalBandwidth() / 2);
        if (format.samples().samplingFrequencyHz() < 2 * highestHz) {
            throw new IllegalArgumentException(
                    "sampling at " + format.samples().samplingFrequencyHz() + " Hz cannot hold a pulse that reaches "
                            + highestHz + " Hz at -6 dB; sample at twice that or more");
        }
        FrameSynthesis synthesis = new FrameSynthesis(format, pulse, medium, phantom, context);
        double noise = phantom.noiseBelowBloodDb() == Double.POSITIVE_INFINITY
                ? 0
                : bloodRms(format, synthesis, context) * Math.pow(10, -phantom.noiseBelowBloodDb() / 20);
        double peak = peak(format, synthesis, context);
        if (!(peak > 0)) {
            throw new IllegalArgumentException("no echo of the phantom falls into the sampled window of "
                    + format.sampleCount() + " samples from " + format.samples().startTimesS() + " s; check depths and"
                    + " receive times");
        }
        double gain = HEADROOM * FULL_SCALE / peak;
        return new ChannelSimulator(format, phantom, synthesis, (float) gain, (float) (noise * gain));
    }

    /** Over the samples of frame 0 that blood reaches, in the phantom's unit. Sums in a fixed order. */
    private static double bloodRms(ChannelFormat format, FrameSynthesis synthesis, RunContext context) {
        int traces = format.transmits() * format.channels();
        double[] power = new double[traces];
        long[] reached = new long[traces];
        synthesis.frames(0, 1, false, context, (frame, transmit, element, cells, from) -> {
            int i = transmit * format.channels() + element;
            for (int k = from; k < from + format.sampleCount(); k++) {
                if (cells[k] != 0) {
                    power[i] += (double) cells[k] * cells[k];
                    reached[i]++;
                }
            }
        });
        double sum = 0;
        long n = 0;
        for (int i = 0; i < traces; i++) {
            sum += power[i];
            n += reached[i];
        }
        if (n == 0) {
            throw new IllegalArgumentException("noise is relative to blood, but no blood echo of frame 0 falls into the"
                    + " sampled window; check vessel depths and receive times");
        }
        return Math.sqrt(sum / n);
    }

    private static double peak(ChannelFormat format, FrameSynthesis synthesis, RunContext context) {
        float[] largest = new float[format.transmits() * format.channels()];
        synthesis.frames(0, 1, true, context, (frame, transmit, element, cells, from) -> {
            float most = 0;
            for (int k = from; k < from + format.sampleCount(); k++) {
                most = Math.max(most, Math.abs(cells[k]));
            }
            largest[transmit * format.channels() + element] = most;
        });
        double peak = 0;
        for (float v : largest) {
            peak = Math.max(peak, v);
        }
        return peak;
    }

    /**
     * The same simulation with another gain; the noise, which comes before it, changes along.
     *
     * @param newGain steps of the converter per unit of the phantom's amplitudes, positive
     * @return a changed copy
     */
    public ChannelSimulator withGain(double newGain) {
        if (!(newGain > 0) || !Double.isFinite(newGain)) {
            throw new IllegalArgumentException("gain is " + newGain + ", expected a positive number");
        }
        return new ChannelSimulator(format, phantom, synthesis, (float) newGain, (float) (noiseRms * (newGain / gain)));
    }

    /**
     * What the samples mean.
     *
     * @return the format
     */
    public ChannelFormat format() {
        return format;
    }

    /**
     * What is imaged.
     *
     * @return the phantom
     */
    public Phantom phantom() {
        return phantom;
    }

    /**
     * The gain.
     *
     * @return steps of the converter per unit of the phantom's amplitudes
     */
    public double gain() {
        return gain;
    }

    /**
     * Standard deviation of the noise on each channel.
     *
     * @return steps of the converter
     */
    public double noiseRms() {
        return noiseRms;
    }

    /**
     * Computes frames as a converter delivers them.
     *
     * @param firstFrame number of the first frame, from 0
     * @param count number of frames, at least 1
     * @param target receives int16 samples {@code [frame][transmit][channel][sample]} in native byte order; exactly
     *     {@link RfBlock#bytes} long
     * @param context where the work runs
     * @return how many samples were clipped at {@link #FULL_SCALE}
     */
    public long frames(long firstFrame, int count, MemorySegment target, RunContext context) {
        long expected = RfBlock.bytes(format, count);
        requireFrames(firstFrame, count);
        if (target.byteSize() != expected || target.isReadOnly()) {
            throw new IllegalArgumentException("target of " + target.byteSize() + " bytes"
                    + (target.isReadOnly() ? ", read-only" : "") + ", expected " + expected + " writable bytes for "
                    + count + " frames");
        }
        LongAdder clipped = new LongAdder();
        int samples = format.sampleCount();
        digitise(firstFrame, count, context, (frame, transmit, element, cells, from) -> {
            short[] line = new short[samples];
            int over = convert(cells, from, line);
            if (over > 0) {
                clipped.add(over);
            }
            long at = ((long) frame * format.transmits() + transmit) * format.channels() + element;
            MemorySegment.copy(line, 0, target, ValueLayout.JAVA_SHORT, at * samples * Short.BYTES, samples);
        });
        return clipped.sum();
    }

    /**
     * Computes frames before conversion: the same values, neither rounded nor clipped.
     *
     * @param firstFrame number of the first frame, from 0
     * @param count number of frames, at least 1
     * @param context where the work runs
     * @return RF in steps of the converter
     */
    public RfArray analogue(long firstFrame, int count, RunContext context) {
        requireFrames(firstFrame, count);
        int samples = format.sampleCount();
        float[][] frames = new float[count][Math.toIntExact(RfBlock.bytes(format, 1) / Short.BYTES)];
        digitise(
                firstFrame,
                count,
                context,
                (frame, transmit, element, cells, from) -> System.arraycopy(
                        cells, from, frames[frame], (transmit * format.channels() + element) * samples, samples));
        return RfArray.wrap(format, frames);
    }

    private static void requireFrames(long firstFrame, int count) {
        if (firstFrame < 0 || count < 1) {
            throw new IllegalArgumentException(
                    count + " frames from frame " + firstFrame + "; ask for at least 1, from 0 on");
        }
    }

    /** Gain and noise. */
    private void digitise(long firstFrame, int count, RunContext context, FrameSynthesis.TraceSink sink) {
        int samples = format.sampleCount();
        synthesis.frames(firstFrame, count, true, context, (frame, transmit, element, cells, from) -> {
            for (int k = from; k < from + samples; k++) {
                cells[k] *= gain;
            }
            if (noiseRms > 0) {
                GaussianNoise.add(
                        cells,
                        from,
                        samples,
                        noiseRms,
                        Seeds.stream(phantom.seed(), Seeds.Purpose.NOISE, firstFrame + frame, transmit, element));
            }
            sink.accept(frame, transmit, element, cells, from);
        });
    }

    /** Rounds to the nearest step and clips; returns how many samples were clipped. */
    private static int convert(float[] cells, int from, short[] line) {
        int clipped = 0;
        for (int k = 0; k < line.length; k++) {
            int v = (int) Math.floor(cells[from + k] + 0.5f);
            int kept = Math.min(Math.max(v, -FULL_SCALE), FULL_SCALE);
            clipped += v == kept ? 0 : 1;
            line[k] = (short) kept;
        }
        return clipped;
    }

    @Override
    public String toString() {
        return "ChannelSimulator[" + phantom.tissue().size() + " regions, "
                + phantom.vessels().size() + " vessels, " + format.probe().name() + "]";
    }
}
