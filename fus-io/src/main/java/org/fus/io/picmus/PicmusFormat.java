package org.fus.io.picmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;
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
 * Reads plane-wave channel data of the PICMUS challenge (Liebgott et al. 2016, doi:10.1109/ULTSYM.2016.7728908): RF or IQ,
 * one frame {@code (angle, channel, sample)}. Time counts from the moment at which a wave passes the origin of coordinates.
 */
public final class PicmusFormat implements FileFormat {
    private static final String NAME = "PICMUS channel data";
    private static final String P = "US/US_DATASET0000";
    private static final int COORDINATES = 3;

    /** Positions of single precision are good to this part of a pitch. */
    private static final double REGULAR = 1e-3;

    /** Makes the reader. */
    public PicmusFormat() {}

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
        return head.hasNode(P);
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        Hdf hdf = Hdf.open(source);
        if (!hdf.has(P + "/data/real") || !hdf.has(P + "/angles")) {
            throw new FusUnsupportedFormatException(
                    source.name(),
                    P,
                    "no plane-wave channel data (expected the"
                            + " nodes data/real and angles); scans and images of the challenge are not read");
        }
        try {
            return channels(source, hdf);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), P, String.valueOf(e.getMessage()), e);
        }
    }

    private static Content channels(ByteSource source, Hdf hdf) {
        HdfArray re = hdf.array(P + "/data/real");
        List<Long> shape = re.shape();
        if (shape.size() != 3 || shape.contains(0L)) {
            throw hdf.failure(P + "/data/real", "expected (angle, channel, sample), got shape " + shape);
        }
        double fs = number(hdf, "sampling_frequency");
        double modulationHz = number(hdf, "modulation_frequency");
        double c = number(hdf, "sound_speed");
        double initialS = number(hdf, "initial_time");
        boolean iq = modulationHz > 0;
        List<String> warnings = new ArrayList<>();
        double center = iq ? modulationHz : fs / 4;
        if (!iq) {
            warnings.add(
                    "the file states no centre frequency of its RF; a quarter of the sampling frequency is assumed");
        }
        double[] angles = hdf.numbers(P + "/angles");
        if (angles.length != shape.getFirst()) {
            throw hdf.failure(P + "/angles", "expected " + shape.getFirst() + " angles, got " + angles.length);
        }
        List<Transmit> waves = Arrays.stream(angles)
                .<Transmit>mapToObj(Transmit.PlaneWave::new)
                .toList();
        Probe probe = probe(hdf, shape.get(1), center);
        List<Double> starts = waves.stream()
                .map(w -> initialS + TransmitDelays.originOffsetS(w, probe, c))
                .toList();
        ChannelFormat format = new ChannelFormat(
                probe,
                new TransmitSequence(waves, center, number(hdf, "PRF"), c),
                new SampleAxis(fs, starts, Math.toIntExact(shape.get(2))));
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (String name : List.of("name", "version", "creation_date")) {
            hdf.attributeText(P, name).ifPresent(text -> metadata.put(name, text));
        }
        Origin origin =
                new Origin(source.name(), NAME, iq ? "complex64" : re.type().label(), metadata, warnings);
        return new Content.Channels(
                origin,
                new LoadedChannels(source.name(), format, 1, iq ? modulationHz : 0, frame -> values(hdf, re, iq)));
    }

    private static float[] values(Hdf hdf, HdfArray re, boolean iq) {
        float[] a = re.floats();
        if (!iq) {
            return a;
        }
        HdfArray im = hdf.array(P + "/data/imag");
        if (!im.shape().equals(re.shape())) {
            throw hdf.failure(im.path(), "expected shape " + re.shape() + ", got " + im.shape());
        }
        float[] b = im.floats();
        float[] out = new float[2 * a.length];
        for (int i = 0; i < a.length; i++) {
            out[2 * i] = a[i];
            out[2 * i + 1] = b[i];
        }
        return out;
    }

    private static Probe probe(Hdf hdf, long channels, double centerHz) {
        String path = P + "/probe_geometry";
        double[] xyz = hdf.numbers(path);
        if (xyz.length != COORDINATES * channels) {
            throw hdf.failure(
                    path,
                    "expected (3, " + channels + "), got " + hdf.array(path).shape());
        }
        int n = Math.toIntExact(channels);
        double pitch = n == 1 ? 1e-4 : (xyz[n - 1] - xyz[0]) / (n - 1);
        for (int e = 0; e < n; e++) {
            double off =
                    Math.abs(xyz[e] - (e - (n - 1) / 2.0) * pitch) + Math.abs(xyz[n + e]) + Math.abs(xyz[2 * n + e]);
            if (!(off <= REGULAR * pitch)) {
                throw hdf.failure(
                        path,
                        "expected a centred row of equal steps along x, element " + e + " is off by " + off + " m");
            }
        }
        return Probe.linear("PICMUS array", n, pitch, centerHz).build();
    }

    private static double number(Hdf hdf, String name) {
        return hdf.number(P + "/" + name);
    }
}
