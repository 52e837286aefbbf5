package org.fus.io.urx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.ChannelMap;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.Origin;
import org.fus.io.internal.frames.LoadedChannels;
import org.fus.io.testing.AnySeries;

/** Channel data of random probe, waves, channels, type and metadata, each made from one seed. */
final class UrxSamples {
    private static final List<String> NAMES = List.of("", "IcoPrime", "sonde é", "日本語 𝄞", "n".repeat(70_000));

    private UrxSamples() {}

    static Content.Channels any(long seed) {
        Random r = new Random(seed);
        Probe probe = probe(r);
        ChannelFormat format = format(r, probe);
        boolean iq = r.nextBoolean();
        boolean whole = r.nextBoolean();
        int frames = 1 + r.nextInt(5);
        float[][] values =
                new float[frames][(iq ? 2 : 1) * format.transmits() * format.channels() * format.sampleCount()];
        for (float[] frame : values) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = whole ? r.nextInt(65536) - 32768 : (float) r.nextGaussian();
            }
        }
        Map<String, Object> metadata = new LinkedHashMap<>(AnySeries.metadata(r));
        if (r.nextBoolean()) {
            metadata.put(UrxMetadata.ENTRY, Map.of("authors", NAMES.get(r.nextInt(NAMES.size())), "system", "x"));
        }
        String dtype = whole ? "int16" : iq ? "complex64" : "float32";
        return new Content.Channels(
                new Origin("", "", dtype, metadata, List.of()),
                new LoadedChannels("made", format, frames, iq ? 4.9e6 : 0, f -> values[f].clone()));
    }

    static Probe probe(Random r) {
        String name = NAMES.get(r.nextInt(NAMES.size()));
        int n = 2 + r.nextInt(4);
        return switch (r.nextInt(5)) {
            case 0 -> Probe.convex(name, n, 3e-4, 40e-3, 5e6).build();
            case 1 -> Probe.rowColumn(name, n, n + 1, 1e-4, 1e-2, 5e6).build();
            case 2 -> Probe.matrix(name, n, 2, 2e-4, 5e6).build();
            case 3 -> Probe.multiArray(name, 2, n, 1e-4, 2e-3, 5e6).build();
            default ->
                Probe.linear(name, n, 1e-4 * (1 + r.nextDouble()), 5e6)
                        .elementWidthM(0.9e-4)
                        .elevation(1.5e-3, 8e-3)
                        .build();
        };
    }

    static ChannelFormat format(Random r, Probe probe) {
        List<Transmit> waves = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        int transmits = 1 + r.nextInt(4);
        for (int t = 0; t < transmits; t++) {
            waves.add(transmit(r, probe));
            starts.add(1e-5 * r.nextDouble());
        }
        return new ChannelFormat(
                probe,
                new TransmitSequence(waves, 5e6, 1000 + r.nextInt(9000), 1480 + r.nextInt(100)),
                new SampleAxis(20e6 + r.nextInt(1000), starts, 1 + r.nextInt(7)),
                channels(r, probe, transmits));
    }

    static Transmit transmit(Random r, Probe probe) {
        int n = probe.elements();
        TransmitAperture aperture = switch (r.nextInt(3)) {
            case 0 -> TransmitAperture.range(r.nextInt(n - 1), 2, n);
            case 1 -> TransmitAperture.ALL;
            default ->
                TransmitAperture.of(IntStream.range(0, n)
                        .mapToDouble(e -> e < 2 ? 1 : r.nextInt(2))
                        .toArray());
        };
        return switch (r.nextInt(5)) {
            case 0 -> new Transmit.PlaneWave(r.nextDouble() - 0.5, 0.2 * r.nextDouble(), aperture);
            case 1 ->
                new Transmit.DivergingWave(1e-3 * r.nextGaussian(), 1e-4, -1e-3 - 1e-2 * r.nextDouble(), aperture);
            case 2 -> new Transmit.FocusedWave(1e-3 * r.nextGaussian(), 0, 2e-2 + 1e-2 * r.nextDouble(), aperture);
            case 3 -> new Transmit.SingleElement(r.nextInt(n));
            default ->
                // Far from any wave: the first elements fire a millisecond apart.
                new Transmit.ElementDelays(IntStream.range(0, n)
                        .mapToObj(e -> e < 3 ? (e == 1 ? 1e-3 : 0.0) : Double.NaN)
                        .toList());
        };
    }

    private static ChannelMap channels(Random r, Probe probe, int transmits) {
        int n = probe.elements();
        return switch (r.nextInt(3)) {
            case 0 -> ChannelMap.identity(n);
            case 1 -> ChannelMap.ofGroups(new int[][] {{n - 1, 0}, {}, {1}});
            default -> {
                int[][] map = new int[transmits][];
                for (int t = 0; t < transmits; t++) {
                    map[t] = new int[] {r.nextInt(n), r.nextInt(n)};
                }
                yield ChannelMap.ofElementsPerTransmit(map);
            }
        };
    }

    static float[] frame(ChannelRecording recording, int frame) {
        ChannelData data = recording.read(frame, 1);
        if (data instanceof IqData iq) {
            return iq.copyFrame(0);
        }
        RfData rf = (RfData) data;
        int n = rf.format().sampleCount();
        int channels = rf.format().channels();
        float[] out = new float[rf.format().transmits() * channels * n];
        for (int i = 0; i < rf.format().transmits() * channels; i++) {
            rf.copyTrace(0, i / channels, i % channels, out, i * n);
        }
        return out;
    }
}
