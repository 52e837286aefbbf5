package org.fus.io.mat;

import java.util.List;
import java.util.Set;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.source.Heap;

/**
 * Channel data of one plane wave in the variables {@code RF} (sample, channel, frame) and {@code param} of MUST (Garcia 2021,
 * doi:10.1109/IUS52206.2021.9593605): fs, fc, PRF in Hz, c in m/s, t0 and TXdelay in s, pitch and width in m, bandwidth in
 * percent. Defaults, as in MUST: c 1540 m/s, t0 0, TXdelay 0, width the pitch.
 */
final class MustLayout implements MatLayout {
    /** Delays may differ from those of a plane wave by this part of a period: rounding to clock ticks. */
    private static final double DELAY_TOLERANCE_PERIODS = 0.05;

    @Override
    public String what() {
        return "RF and param (MUST)";
    }

    @Override
    public boolean fits(List<String> names) {
        return names.contains("RF");
    }

    @Override
    public Content read(MatFile file) {
        MatArray rf = file.numbers("RF", "real numbers (sample, channel, frame)");
        if (rf.type().parts() > 1) {
            throw file.failure("RF", "expected real numbers (sample, channel, frame), got complex ones");
        }
        MatFields param = file.struct("param", "a structure with fs, fc, PRF, pitch");
        return content(file, rf, param);
    }

    private Content content(MatFile file, MatArray rf, MatFields param) {
        List<Long> shape = rf.shape();
        if (shape.size() < 2 || shape.size() > 3 || rf.size() == 0) {
            throw file.failure(
                    "RF", "expected (sample, channel) or (sample, channel, frame), got shape " + rf.matlabShape());
        }
        int samples = Math.toIntExact(shape.getLast());
        int channels = Math.toIntExact(shape.get(shape.size() - 2));
        int frames = shape.size() == 3 ? Math.toIntExact(shape.getFirst()) : 1;
        double elements = param.number("Nelements", channels);
        if (elements != channels) {
            throw new FusFormatException(
                    file.name(),
                    "param.Nelements",
                    "expected " + channels + ", the channels of RF, got " + elements
                            + "; the probe does not match the data");
        }
        double c = param.number("c", TransmitSequence.SOFT_TISSUE_M_PER_S);
        Probe probe = probe(channels, param);
        List<Double> delays = param.numbers("TXdelay");
        double tilt = tiltRad(file, delays, probe, c);
        double firstS = delays.stream().min(Double::compare).orElse(0.0);
        ChannelFormat format = new ChannelFormat(
                probe,
                new TransmitSequence(List.of(new Transmit.PlaneWave(tilt)), param.number("fc"), param.number("PRF"), c),
                SampleAxis.common(param.number("fs"), param.number("t0", 0) - firstS, 1, samples));
        Heap.require(file.name(), rf.size() * (Float.BYTES + rf.type().bytes()));
        float[][] values = new float[frames][];
        int perFrame = Math.multiplyExact(samples, channels);
        for (int f = 0; f < frames; f++) {
            StoredArray frame = frames == 1 && shape.size() == 2
                    ? rf.range(new long[2], new int[] {channels, samples})
                    : rf.range(new long[] {f, 0, 0}, new int[] {1, channels, samples});
            values[f] = frame.floats(0, perFrame);
        }
        Origin origin = new Origin(file.name(), format(file), rf.type().label(), param.plain(Set.of()), List.of());
        return new Content.Channels(origin, ChannelRecording.of(RfArray.wrap(format, values)));
    }

    private static Probe probe(int elements, MatFields param) {
        double pitchM = param.number("pitch");
        double fc = param.number("fc");
        // A known probe of the same figures lends its name; the figures stay those of the file.
        String name = ProbeCatalogue.all().stream()
                .filter(p -> p.elements() == elements && near(p.pitchM(), pitchM) && near(p.centerFrequencyHz(), fc))
                .map(Probe::name)
                .findFirst()
                .orElse("linear array");
        return Probe.linear(name, elements, pitchM, fc)
                .elementWidthM(param.number("width", pitchM))
                .fractionalBandwidth(param.number("bandwidth", Double.NaN) / 100)
                .build();
    }

    /** The tilt of the plane wave that the delays make. */
    private static double tiltRad(MatFile file, List<Double> delays, Probe probe, double c) {
        if (delays.isEmpty()) {
            return 0;
        }
        if (delays.size() != probe.elements()) {
            throw new FusFormatException(
                    file.name(),
                    "param.TXdelay",
                    "expected " + probe.elements() + " delays, one per element, got " + delays.size());
        }
        int last = delays.size() - 1;
        double slope = last == 0 ? 0 : (delays.get(last) - delays.getFirst()) / (last * probe.pitchM());
        for (int e = 0; e <= last; e++) {
            double error = delays.get(e) - delays.getFirst() - slope * e * probe.pitchM();
            if (!(Math.abs(error) * probe.centerFrequencyHz() <= DELAY_TOLERANCE_PERIODS)) {
                throw new FusUnsupportedFormatException(
                        file.name(),
                        "param.TXdelay",
                        "only plane waves are supported (expected delays on a line, element " + e + " is off by "
                                + error + " s)");
            }
        }
        return Math.asin(Math.clamp(slope * c, -1, 1));
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= 1e-6 * Math.abs(b);
    }
}
