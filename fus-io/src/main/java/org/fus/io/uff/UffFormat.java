package org.fus.io.uff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusFormatException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.frames.LoadedChannels;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;

/**
 * Reads channel data and beamformed data of USTB: the first object of either class at the root. Numbers of the format are
 * of single precision; a file that the SDK wrote has them in double precision as well, and those are believed.
 */
public final class UffFormat implements FileFormat {
    static final String NAME = "USTB UFF";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes the reader. */
    public UffFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".uff");
    }

    @Override
    public boolean recognises(FileHead head) {
        return UffNodes.of(head.source()).isPresent();
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        UffNodes uff = new UffNodes(Hdf.open(source));
        return read(uff, description(uff));
    }

    /** What the objects of the format say, and the description where there is one. */
    static Content read(UffNodes uff, Optional<Sidecar> description) {
        try {
            Optional<String> channels = uff.find(UffNodes.CHANNEL_DATA);
            if (channels.isPresent()) {
                return channels(uff, channels.get(), description);
            }
            String images = uff.find(UffNodes.BEAMFORMED_DATA)
                    .orElseThrow(() -> uff.hdf()
                            .failure(
                                    "",
                                    "expected an object of class uff.channel_data or "
                                            + "uff.beamformed_data, got none; is the file complete?"));
            return UffImages.read(uff, images, description);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(uff.hdf().source().name(), "/", String.valueOf(e.getMessage()), e);
        }
    }

    private static Content channels(UffNodes uff, String p, Optional<Sidecar> description) {
        Hdf hdf = uff.hdf();
        String file = hdf.source().name();
        boolean complex = hdf.isGroup(p + "/data");
        HdfArray re = hdf.array(complex ? p + "/data/real" : p + "/data");
        HdfArray im = complex ? hdf.array(p + "/data/imag") : re;
        if (!im.shape().equals(re.shape())) {
            throw hdf.failure(p + "/data/imag", "expected shape " + re.shape() + ", got " + im.shape());
        }
        int[] shape = UffNodes.shape(hdf, re);
        List<String> warnings = new ArrayList<>();
        double modulationHz = uff.number(0, p + "/modulation_frequency");
        ChannelFormat format = description
                .filter(d -> d.kind().equals("channel-data") && fits(d.shape(), shape))
                .map(Sidecar::channelFormat)
                .orElseGet(() -> format(uff, p, shape, modulationHz, warnings));
        if (format.transmits() != shape[1] || format.channels() != shape[2]) {
            throw hdf.failure(
                    p + "/data",
                    "expected " + format.transmits() + " waves and " + format.channels() + " channels by sequence and"
                            + " probe, got shape " + re.shape());
        }
        if (complex && !(modulationHz > 0)) {
            throw hdf.failure(
                    p + "/modulation_frequency", "expected a positive number for complex data, got " + modulationHz);
        }
        Map<String, Object> metadata = description.map(Sidecar::metadata).orElseGet(LinkedHashMap::new);
        Origin origin = new Origin(
                file,
                NAME + " " + uff.version(),
                complex ? "complex64" : re.type().label(),
                metadata,
                warnings);
        return new Content.Channels(
                origin,
                new LoadedChannels(
                        file,
                        format,
                        shape[0],
                        complex ? modulationHz : 0,
                        f -> complex ? UffNodes.frame(re, im, shape, f) : UffNodes.frame(re, shape, f)));
    }

    private static ChannelFormat format(
            UffNodes uff, String p, int[] shape, double modulationHz, List<String> warnings) {
        double fs = uff.positive(p + "/sampling_frequency");
        double c = uff.number(TransmitSequence.SOFT_TISSUE_M_PER_S, p + "/sound_speed");
        double prf = uff.number(Double.NaN, p + "/PRF", p + "/prf");
        if (!(prf > 0)) {
            warnings.add("the file states no pulse repetition frequency; 1 Hz is assumed, so frame times mean nothing");
            prf = 1;
        }
        double center = uff.number(modulationHz, p + "/pulse/center_frequency");
        if (!(center > 0)) {
            warnings.add("the file states no centre frequency; a quarter of the sampling frequency is assumed");
            center = fs / 4;
        }
        Probe probe = UffProbes.read(uff, p + "/probe", center);
        List<String> waves = uff.objects(p + "/sequence");
        List<Transmit> transmits = UffWaves.transmits(uff, waves, probe);
        List<Double> starts = UffWaves.startTimesS(uff, waves, transmits, probe, uff.number(0, p + "/initial_time"), c);
        return new ChannelFormat(
                probe, new TransmitSequence(transmits, center, prf, c), new SampleAxis(fs, starts, shape[3]));
    }

    private static boolean fits(List<Long> described, int[] shape) {
        return described.equals(List.of((long) shape[0], (long) shape[1], (long) shape[2], (long) shape[3]));
    }

    private static Optional<Sidecar> description(UffNodes uff) {
        if (!uff.has(UffNodes.DESCRIPTION)) {
            return Optional.empty();
        }
        String file = uff.hdf().source().name();
        try {
            Map<?, ?> fields = JSON.readValue(uff.hdf().text(UffNodes.DESCRIPTION), Map.class);
            return Optional.of(Sidecar.of(file + ": " + UffNodes.DESCRIPTION, fields == null ? Map.of() : fields));
        } catch (JsonProcessingException e) {
            throw new FusFormatException(
                    file,
                    UffNodes.DESCRIPTION,
                    "no JSON: " + e.getOriginalMessage() + "; remove the node to read the file without it",
                    e);
        }
    }
}
