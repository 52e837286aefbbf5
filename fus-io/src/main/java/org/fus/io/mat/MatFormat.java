package org.fus.io.mat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.Probe;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.StoredArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/**
 * Reads channel data of one plane wave from the variables {@code RF} (sample, channel, frame) and {@code param} of MUST
 * (Garcia 2021, doi:10.1109/IUS52206.2021.9593605): fs, fc, PRF in Hz, c in m/s, t0 and TXdelay in s, pitch and width in m,
 * bandwidth in percent. Defaults, as in MUST: c 1540 m/s, t0 0, TXdelay 0, width the pitch.
 */
public final class MatFormat implements FileFormat {
    private static final String NAME = "MATLAB v5 channel data";
    private static final String V73 = "MATLAB 7.3";

    /** Delays may differ from those of a plane wave by this part of a period: rounding to clock ticks. */
    private static final double DELAY_TOLERANCE_PERIODS = 0.05;

    /** Makes the reader. */
    public MatFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".mat");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.startsWith(Mat5File.TEXT) || head.startsWith(V73);
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        if (new String(source.head(V73.length()), StandardCharsets.ISO_8859_1).equals(V73)) {
            throw new FusUnsupportedException(
                    source.name() + ": MATLAB v7.3 files are not supported (expected version 5 to 7); save it with "
                            + "save(..., '-v7')");
        }
        Map<String, MatValue> variables = Mat5File.read(source, Set.of("RF", "param"));
        if (!(variables.get("RF") instanceof MatValue.Numbers(StoredArray rf))) {
            throw new FusFormatException(
                    source.name(),
                    "variable RF",
                    "expected real numbers (sample, channel, frame), got " + found(variables.get("RF"))
                            + "; save the channel data as RF and its parameters as param");
        }
        if (!(variables.get("param") instanceof MatValue.Struct(Map<String, MatValue> fields))) {
            throw new FusFormatException(
                    source.name(),
                    "variable param",
                    "expected a structure with fs, fc, PRF, pitch, got " + found(variables.get("param"))
                            + "; save the parameters of MUST as param");
        }
        MatParameters param = new MatParameters(source.name(), fields);
        try {
            return content(source, rf, param);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), "RF, param", e.getMessage(), e);
        }
    }

    private static Content content(ByteSource source, StoredArray rf, MatParameters param) {
        List<Long> shape = rf.shape();
        if (shape.size() < 2 || shape.size() > 3 || rf.size() == 0) {
            throw new FusFormatException(
                    source.name(),
                    "variable RF",
                    "expected (sample, channel) or (sample, channel, frame), got shape " + shape.reversed());
        }
        int samples = Math.toIntExact(shape.getLast());
        int channels = Math.toIntExact(shape.get(shape.size() - 2));
        int frames = shape.size() == 3 ? Math.toIntExact(shape.getFirst()) : 1;
        double elements = param.number("Nelements", channels);
        if (elements != channels) {
            throw new FusFormatException(
                    source.name(),
                    "param.Nelements",
                    "expected " + channels + ", the channels of RF, got " + elements
                            + "; the probe does not match the data");
        }
        double c = param.number("c", TransmitSequence.SOFT_TISSUE_M_PER_S);
        Probe probe = probe(channels, param);
        List<Double> delays = param.numbers("TXdelay");
        double tilt = tiltRad(source, delays, probe, c);
        double firstS = delays.stream().min(Double::compare).orElse(0.0);
        ChannelFormat format = new ChannelFormat(
                probe,
                new TransmitSequence(List.of(new Transmit.PlaneWave(tilt)), param.number("fc"), param.number("PRF"), c),
                SampleAxis.common(param.number("fs"), param.number("t0", 0) - firstS, 1, samples));
        Heap.require(source.name(), rf.size() * (Float.BYTES + rf.type().bytes()));
        float[][] values = new float[frames][];
        int perFrame = Math.multiplyExact(samples, channels);
        for (int f = 0; f < frames; f++) {
            values[f] = rf.floats((long) f * perFrame, perFrame);
        }
        Origin origin = new Origin(source.name(), NAME, rf.type().label(), param.plain(), List.of());
        return new Content.Channels(origin, ChannelRecording.of(RfArray.wrap(format, values)));
    }

    private static Probe probe(int elements, MatParameters param) {
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
    private static double tiltRad(ByteSource source, List<Double> delays, Probe probe, double c) {
        if (delays.isEmpty()) {
            return 0;
        }
        if (delays.size() != probe.elements()) {
            throw new FusFormatException(
                    source.name(),
                    "param.TXdelay",
                    "expected " + probe.elements() + " delays, one per element, got " + delays.size());
        }
        int last = delays.size() - 1;
        double slope = last == 0 ? 0 : (delays.get(last) - delays.getFirst()) / (last * probe.pitchM());
        for (int e = 0; e <= last; e++) {
            double error = delays.get(e) - delays.getFirst() - slope * e * probe.pitchM();
            if (!(Math.abs(error) * probe.centerFrequencyHz() <= DELAY_TOLERANCE_PERIODS)) {
                throw new FusUnsupportedException(source.name()
                        + ": param.TXdelay: only plane waves are supported (expected delays on a line, element " + e
                        + " is off by " + error + " s)");
            }
        }
        return Math.asin(Math.clamp(slope * c, -1, 1));
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= 1e-6 * Math.abs(b);
    }

    private static String found(MatValue value) {
        return switch (value) {
            case null -> "no such variable";
            case MatValue.Numbers n -> "numbers of shape " + n.array().shape().reversed();
            case MatValue.Struct s -> "a structure";
            case MatValue.Other o -> o.what();
        };
    }
}
