package org.fus.io.zea;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.internal.frames.LoadedChannels;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;

/**
 * Reads channel data of zea: {@code data/raw_data} (frame, transmit, sample, element, 1 for RF or 2 for IQ) with the probe
 * and the delays of {@code scan}. Each transmit is its law of delays; sample 0 of a transmit is at {@code initial_times}
 * after time zero of its delays.
 */
public final class ZeaFormat implements FileFormat {
    private static final String NAME = "zea channel data";
    private static final String RAW = "data/raw_data";
    private static final int AXES = 5;

    /** Positions of single precision are good to this part of a pitch. */
    private static final double REGULAR = 1e-3;

    /** Makes the reader. */
    public ZeaFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".hdf5", ".h5");
    }

    @Override
    public boolean recognises(FileHead head) {
        return head.hasNode(RAW) && head.hasNode("scan/t0_delays");
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        Hdf hdf = Hdf.open(source);
        try {
            return channels(source, hdf);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), "scan", String.valueOf(e.getMessage()), e);
        }
    }

    private static Content channels(ByteSource source, Hdf hdf) {
        HdfArray raw = hdf.array(RAW);
        List<Long> shape = raw.shape();
        if (shape.size() != AXES || shape.contains(0L) || shape.getLast() > 2) {
            throw hdf.failure(RAW, "expected (frame, transmit, sample, element, 1 or 2), got shape " + shape);
        }
        int frames = Math.toIntExact(shape.get(0));
        int transmits = Math.toIntExact(shape.get(1));
        int samples = Math.toIntExact(shape.get(2));
        int elements = Math.toIntExact(shape.get(3));
        int parts = Math.toIntExact(shape.get(4));
        double fs = hdf.number("scan/sampling_frequency");
        double center = hdf.number("scan/center_frequency");
        double modulation = hdf.number("scan/demodulation_frequency", parts == 2 ? center : 0);
        double c = hdf.number("scan/sound_speed", TransmitSequence.SOFT_TISSUE_M_PER_S);
        List<String> warnings = new ArrayList<>();
        if (!hdf.has("scan/sound_speed")) {
            warnings.add("the file states no speed of sound; 1540 m/s is assumed");
        }
        double prf = 1;
        if (hdf.has("scan/time_to_next_transmit")) {
            double[] periodsS = hdf.numbers("scan/time_to_next_transmit");
            if (periodsS.length == 0) {
                throw hdf.failure("scan/time_to_next_transmit", "expected at least one time in seconds, got none");
            }
            prf = 1 / periodsS[0];
        } else {
            warnings.add("the file states no pulse repetition frequency; 1 Hz is assumed, so frame times mean nothing");
        }
        double[] delays = numbers(hdf, "scan/t0_delays", (long) transmits * elements);
        double[] initial =
                hdf.has("scan/initial_times") ? numbers(hdf, "scan/initial_times", transmits) : new double[transmits];
        List<Transmit> laws = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        for (int t = 0; t < transmits; t++) {
            List<Double> law = new ArrayList<>();
            for (int e = 0; e < elements; e++) {
                law.add(delays[t * elements + e]);
            }
            laws.add(new Transmit.ElementDelays(law));
            starts.add(initial[t]);
        }
        ChannelFormat format = new ChannelFormat(
                probe(hdf, elements, center),
                new TransmitSequence(laws, center, prf, c),
                new SampleAxis(fs, starts, samples));
        if (parts == 2 && !(modulation > 0)) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    "scan/demodulation_frequency",
                    "expected a positive number" + " for IQ data, got " + modulation);
        }
        Origin origin = new Origin(
                source.name(), NAME, parts == 2 ? "complex64" : raw.type().label(), Map.of(), warnings);
        return new Content.Channels(
                origin,
                new LoadedChannels(
                        source.name(),
                        format,
                        frames,
                        parts == 2 ? modulation : 0,
                        f -> frame(raw, f, transmits, samples, elements, parts)));
    }

    /** (transmit, sample, element, part) to (transmit, element, sample, part). */
    private static float[] frame(HdfArray raw, int frame, int transmits, int samples, int elements, int parts) {
        float[] stored = raw.values(new long[] {frame, 0, 0, 0, 0}, new int[] {1, transmits, samples, elements, parts})
                .floats(
                        0,
                        Math.multiplyExact(
                                Math.multiplyExact(transmits, samples), Math.multiplyExact(elements, parts)));
        float[] out = new float[stored.length];
        for (int t = 0; t < transmits; t++) {
            for (int s = 0; s < samples; s++) {
                for (int e = 0; e < elements; e++) {
                    int from = ((t * samples + s) * elements + e) * parts;
                    int to = ((t * elements + e) * samples + s) * parts;
                    System.arraycopy(stored, from, out, to, parts);
                }
            }
        }
        return out;
    }

    private static Probe probe(Hdf hdf, int n, double centerHz) {
        double[] xyz = numbers(hdf, "scan/probe_geometry", 3L * n);
        double pitch = n == 1 ? 1e-4 : (xyz[3 * (n - 1)] - xyz[0]) / (n - 1);
        boolean linear = pitch > 0;
        for (int e = 0; e < n && linear; e++) {
            linear = Math.abs(xyz[3 * e] - (e - (n - 1) / 2.0) * pitch) <= REGULAR * pitch
                    && Math.abs(xyz[3 * e + 1]) <= REGULAR * pitch
                    && Math.abs(xyz[3 * e + 2]) <= REGULAR * pitch;
        }
        if (linear) {
            return Probe.linear("zea array", n, pitch, centerHz).build();
        }
        List<Element> elements = new ArrayList<>();
        for (int e = 0; e < n; e++) {
            // The format tells no sizes and no directions: points that look along z.
            elements.add(new Element(
                    new Vector3(xyz[3 * e], xyz[3 * e + 1], xyz[3 * e + 2]),
                    Vector3.Z,
                    Vector3.X,
                    1e-4,
                    Double.NaN,
                    Element.Kind.POINT));
        }
        return Probe.custom("zea array", Probe.Type.MATRIX, elements, Double.NaN, centerHz)
                .build();
    }

    private static double[] numbers(Hdf hdf, String path, long count) {
        double[] values = hdf.numbers(path);
        if (values.length != count) {
            throw hdf.failure(path, "expected " + count + " numbers by the shape of " + RAW + ", got " + values.length);
        }
        return values;
    }
}
