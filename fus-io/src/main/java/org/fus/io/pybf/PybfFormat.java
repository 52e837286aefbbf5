package org.fus.io.pybf;

import io.jhdf.HdfFile;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.error.FusException;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.Origin;
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
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

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
    public boolean recognises(byte[] head) {
        return head.length >= SIGNATURE.length
                && Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    @Override
    public Content read(ByteSource source) {
        try (HdfFile hdf = new HdfFile(new SourceChannel(source), URI.create("source:/"))) {
            return content(source, new HdfNodes(source, hdf));
        } catch (FusException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(source.name(), "pybf data", String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // The HDF5 library trusts the lengths, addresses and links of a file: a damaged one can make it fail in any
            // way, up to asking for more memory than there is.
            throw new FusFormatException(
                    source.name(),
                    "HDF5 structure",
                    "cannot be read (" + e + "); the file may be damaged: copy it again",
                    e);
        }
    }

    private static Content content(ByteSource source, HdfNodes hdf) {
        List<String> frames = hdf.numbered("data/rf_data", "frame_");
        List<Double> angles = hdf.numbersOfOnlyChild("data/tx_mode");
        double fs = hdf.number("data/f_sampling");
        double shiftS = hdf.number("data/correction_time_shift");
        double c = TransmitSequence.SOFT_TISSUE_M_PER_S;
        Probe probe = probe(hdf);
        List<Transmit> waves =
                angles.stream().<Transmit>map(Transmit.PlaneWave::new).toList();
        // Frames follow each other at fps, each of all waves.
        TransmitSequence sequence = new TransmitSequence(
                waves, hdf.number("trans_params/f_central"), hdf.number("data/fps") * waves.size(), c);
        List<Double> starts = waves.stream()
                .map(w -> TransmitDelays.originOffsetS(w, probe, c) - shiftS)
                .toList();
        HdfNodes.Shot first = hdf.shot(frames.getFirst() + "/shot_1", probe.elements());
        Heap.require(
                source.name(),
                Math.multiplyExact((long) frames.size() * waves.size(), 2L * Float.BYTES * first.size()));
        float[][] values = new float[frames.size()][];
        for (int f = 0; f < values.length; f++) {
            values[f] = new float[Math.multiplyExact(waves.size(), first.size())];
            for (int t = 0; t < waves.size(); t++) {
                hdf.copyShot(frames.get(f) + "/shot_" + (t + 1), first, values[f], t * first.size());
            }
        }
        ChannelFormat format = new ChannelFormat(probe, sequence, new SampleAxis(fs, starts, first.samples()));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("correction_time_shift", shiftS);
        metadata.put("fps", hdf.number("data/fps"));
        Origin origin = new Origin(
                source.name(),
                NAME,
                first.dtype(),
                metadata,
                List.of("the file states no speed of sound; 1540 m/s is assumed, as pybf does"));
        return new Content.Channels(origin, RfArray.wrap(format, values));
    }

    private static Probe probe(HdfNodes hdf) {
        String p = "trans_params/";
        int elements = Math.toIntExact(Math.round(hdf.number(p + "x_num_of_elements")));
        return Probe.linear("pybf linear array", elements, hdf.number(p + "x_pitch"), hdf.number(p + "f_central"))
                .elementWidthM(hdf.number(p + "x_width"))
                .elevation(hdf.number(p + "y_width"), Double.NaN)
                .fractionalBandwidth(hdf.number(p + "bandwidth"))
                .build();
    }
}
