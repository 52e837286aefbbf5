package org.fus.io.pybf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/**
 * Reads plane-wave channel data of pybf: {@code data/rf_data/frame_i/shot_j} (channel, sample), angles
 * {@code data/tx_mode/PW_...}, probe {@code trans_params}. The file has no speed of sound; pybf assumes 1540 m/s.
 *
 * <p>In pybf sample {@code k} is at {@code k / fs - correction_time_shift} after the wavefront passed the origin; here time
 * counts from the first firing, so the start time of a wave is its origin offset less that shift.
 */
public final class PybfFormat implements FileFormat {
    private static final String NAME = "pybf HDF5 channel data";
    /** Makes the reader. */
    public PybfFormat() {}

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
        return head.hasNode("data/rf_data");
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        try {
            return content(source, Hdf.open(source));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(source.name(), "pybf data", String.valueOf(e.getMessage()), e);
        }
    }

    private static Content content(ByteSource source, Hdf hdf) {
        List<String> frames = numbered(hdf);
        List<Double> angles = angles(hdf);
        double fs = finite(hdf, "data/f_sampling");
        double shiftS = finite(hdf, "data/correction_time_shift");
        double c = TransmitSequence.SOFT_TISSUE_M_PER_S;
        Probe probe = probe(hdf);
        List<Transmit> waves =
                angles.stream().<Transmit>map(Transmit.PlaneWave::new).toList();
        // Frames follow each other at fps, each of all waves.
        TransmitSequence sequence = new TransmitSequence(
                waves, finite(hdf, "trans_params/f_central"), finite(hdf, "data/fps") * waves.size(), c);
        List<Double> starts = waves.stream()
                .map(w -> TransmitDelays.originOffsetS(w, probe, c) - shiftS)
                .toList();
        HdfArray first = shot(hdf, frames.getFirst() + "/shot_1", probe.elements());
        int samples = Math.toIntExact(first.shape().getLast());
        ChannelFormat format = new ChannelFormat(probe, sequence, new SampleAxis(fs, starts, samples));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("correction_time_shift", shiftS);
        metadata.put("fps", finite(hdf, "data/fps"));
        Origin origin = new Origin(
                source.name(),
                NAME,
                first.type().label(),
                metadata,
                List.of("the file states no speed of sound; 1540 m/s is assumed, as pybf does"));
        return new Content.Channels(origin, new Shots(hdf, format, frames, first));
    }

    private static Probe probe(Hdf hdf) {
        String p = "trans_params/";
        int elements = Math.toIntExact(Math.round(finite(hdf, p + "x_num_of_elements")));
        return Probe.linear("pybf linear array", elements, finite(hdf, p + "x_pitch"), finite(hdf, p + "f_central"))
                .elementWidthM(finite(hdf, p + "x_width"))
                .elevation(finite(hdf, p + "y_width"), Double.NaN)
                .fractionalBandwidth(finite(hdf, p + "bandwidth"))
                .build();
    }

    /** The paths {@code data/rf_data/frame_1}, {@code frame_2}, ... as far as they go. */
    private static List<String> numbered(Hdf hdf) {
        List<String> paths = new ArrayList<>();
        String path = "data/rf_data/frame_1";
        while (hdf.has(path)) {
            paths.add(path);
            path = "data/rf_data/frame_" + (paths.size() + 1);
        }
        if (paths.isEmpty()) {
            throw hdf.failure(
                    path,
                    "expected the groups of pybf channel data, got no such node; this HDF5 file holds something else");
        }
        return paths;
    }

    private static List<Double> angles(Hdf hdf) {
        List<String> children = hdf.isGroup("data/tx_mode") ? hdf.children("data/tx_mode") : List.of();
        if (children.size() != 1) {
            throw hdf.failure("data/tx_mode", "expected a group of one data set, the angles, got " + children);
        }
        return Arrays.stream(hdf.numbers("data/tx_mode/" + children.getFirst()))
                .boxed()
                .toList();
    }

    private static double finite(Hdf hdf, String path) {
        double v = hdf.number(path);
        if (!Double.isFinite(v)) {
            throw hdf.failure(path, "expected one finite number, got " + v);
        }
        return v;
    }

    private static HdfArray shot(Hdf hdf, String path, int elements) {
        HdfArray shot = hdf.array(path);
        if (shot.shape().size() != 2
                || shot.shape().getFirst() != elements
                || (shot.type() != SampleType.INT16 && shot.type() != SampleType.FLOAT32)) {
            throw hdf.failure(
                    path,
                    "expected int16 or float32 of (" + elements + " channels, samples), got "
                            + shot.type().label() + " of shape " + shot.shape()
                            + "; the probe does not match the data");
        }
        return shot;
    }

    /** Frames, each of one data set per wave. */
    private record Shots(Hdf hdf, ChannelFormat format, List<String> paths, HdfArray first)
            implements ChannelRecording {
        @Override
        public int frames() {
            return paths.size();
        }

        @Override
        public RfArray read(int firstFrame, int count) {
            Objects.checkFromIndexSize(firstFrame, count, paths.size());
            int size = Math.toIntExact(first.size());
            Heap.require(
                    hdf.source().name(),
                    Math.multiplyExact((long) count * format.transmits(), 2L * Float.BYTES * size));
            float[][] values = new float[count][];
            for (int f = 0; f < count; f++) {
                values[f] = new float[Math.multiplyExact(format.transmits(), size)];
                for (int t = 0; t < format.transmits(); t++) {
                    String path = paths.get(firstFrame + f) + "/shot_" + (t + 1);
                    HdfArray shot = shot(hdf, path, format.channels());
                    if (!shot.shape().equals(first.shape()) || shot.type() != first.type()) {
                        throw hdf.failure(
                                path,
                                "expected the shape and type of the first shot, " + first.shape() + " "
                                        + first.type().label() + ", got " + shot.shape() + " "
                                        + shot.type().label());
                    }
                    System.arraycopy(shot.floats(), 0, values[f], t * size, size);
                }
            }
            try {
                return RfArray.wrap(format, values);
            } catch (IllegalArgumentException e) {
                throw new FusFormatException(hdf.source().name(), "data/rf_data", String.valueOf(e.getMessage()), e);
            }
        }
    }
}
