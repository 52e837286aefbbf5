package org.fus.io.urx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.ChannelMap;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;

/**
 * A group: the events of one frame and what their samples are.
 *
 * @param path the node
 * @param iq whether samples are complex
 * @param soundSpeedMPerS that of the delays
 * @param events at least one
 */
record UrxGroup(String path, boolean iq, double soundSpeedMPerS, List<UrxEvent> events) {
    /** The probes of a file. */
    record ProbeSet(UrxNodes urx, List<String> paths, Map<Integer, Integer> counts) {
        static ProbeSet of(UrxNodes urx) {
            return new ProbeSet(urx, urx.items(UrxNodes.ACQUISITION + "/probes"), new HashMap<>());
        }

        int size() {
            return paths.size();
        }

        int elements(int probe) {
            return counts.computeIfAbsent(probe, p -> UrxProbes.count(urx, paths.get(p)));
        }
    }

    static UrxGroup read(UrxNodes urx, String path, ProbeSet probes, List<String> warnings) {
        String sampling = urx.text(path + "/sampling_type", "UNDEFINED");
        if (!List.of("RF", "IQ", "UNDEFINED").contains(sampling)) {
            throw urx.failure(path + "/sampling_type", "expected RF, IQ or UNDEFINED, got '" + sampling + "'");
        }
        double c = urx.number(path + "/sound_speed", Double.NaN);
        if (Double.isNaN(c)) {
            c = TransmitSequence.SOFT_TISSUE_M_PER_S;
            warnings.add(path + " states no speed of sound; " + c + " m/s are assumed");
        }
        boolean iq = sampling.equals("IQ");
        List<UrxEvent> events = urx.items(path + "/sequence").stream()
                .map(e -> UrxEvent.read(urx, e, probes, iq))
                .toList();
        if (events.isEmpty()) {
            throw urx.failure(path + "/sequence", "expected events, got none");
        }
        return new UrxGroup(path, iq, c, events);
    }

    /** Numbers of the events that make one array, for each such array; one list of all when every event is alike. */
    List<List<Integer>> parts() {
        List<List<Integer>> out = new ArrayList<>();
        for (int e = 0; e < events.size(); e++) {
            UrxEvent event = events.get(e);
            int at = e;
            out.stream()
                    .filter(part -> events.get(part.getFirst()).fits(event))
                    .findFirst()
                    .ifPresentOrElse(part -> part.add(at), () -> out.add(new ArrayList<>(List.of(at))));
        }
        return out;
    }

    /** Samples of one frame. */
    long size() {
        return events.stream().mapToLong(UrxEvent::size).reduce(0, Math::addExact);
    }

    /** Numbers of the probes that some of the events use. */
    List<Integer> probesOf(List<Integer> part) {
        TreeSet<Integer> used = new TreeSet<>();
        part.forEach(e ->
                used.addAll(List.of(events.get(e).transmitProbe(), events.get(e).receiveProbe())));
        return List.copyOf(used);
    }

    /** What the samples of some of the events mean, with an array made of some probes, those of the events at least. */
    ChannelFormat format(
            UrxNodes urx,
            ProbeSet probes,
            List<Integer> used,
            List<Integer> part,
            double firingsPerSecond,
            List<String> warnings) {
        List<UrxEvent> chosen = part.stream().map(events::get).toList();
        double center = centerFrequencyHz(urx, chosen.getFirst(), warnings);
        requireStill(urx, chosen);
        List<String> paths = used.stream().map(probes.paths()::get).toList();
        boolean one = used.size() == 1;
        Probe probe = one ? UrxProbes.read(urx, paths.getFirst(), center) : UrxProbes.together(urx, paths, center);
        int[] first = new int[used.size()];
        for (int i = 1; i < first.length; i++) {
            first[i] = first[i - 1] + probes.elements(used.get(i - 1));
        }
        List<Transmit> transmits = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        int[][][] channels = new int[chosen.size()][][];
        for (int t = 0; t < chosen.size(); t++) {
            UrxEvent event = chosen.get(t);
            int slot = used.indexOf(event.transmitProbe());
            Affine3 place = one ? Affine3.identity() : urx.transform(paths.get(slot) + "/transform");
            UrxWaves.Fired fired = new UrxWaves(urx, probe, soundSpeedMPerS, warnings)
                    .read(event.path(), first[slot], probes.elements(event.transmitProbe()), place);
            transmits.add(fired.transmit());
            starts.add(event.receiveOffsetS() - fired.timeZeroS());
            int shift = first[used.indexOf(event.receiveProbe())];
            channels[t] = event.elements().stream()
                    .map(es -> es.stream().mapToInt(e -> e + shift).toArray())
                    .toArray(int[][]::new);
        }
        ChannelMap map = ChannelMap.ofGroups(channels);
        boolean same = true;
        for (int t = 1; t < map.transmits(); t++) {
            same &= map.sameIn(0, t);
        }
        return new ChannelFormat(
                probe,
                new TransmitSequence(transmits, center, firingsPerSecond, soundSpeedMPerS),
                new SampleAxis(
                        chosen.getFirst().samplingFrequencyHz(),
                        starts,
                        chosen.getFirst().samples()),
                same ? map.only(0) : map);
    }

    /** A probe may stand anywhere, but the events of one frame are seen from one place. */
    private static void requireStill(UrxNodes urx, List<UrxEvent> events) {
        String first = events.getFirst().path() + "/receive_setup/probe_transform";
        for (UrxEvent event : events) {
            for (String setup : List.of("/transmit_setup", "/receive_setup")) {
                String at = event.path() + setup + "/probe_transform";
                if (!urx.isSamePlace(at, first)) {
                    throw new FusUnsupportedFormatException(
                            urx.file(),
                            at,
                            "the probe moves between the events of a frame (expected one place for all);"
                                    + " split the group");
                }
            }
        }
    }

    private static double centerFrequencyHz(UrxNodes urx, UrxEvent event, List<String> warnings) {
        List<String> pulses = urx.items(UrxNodes.ACQUISITION + "/excitations");
        List<String> used = urx.items(event.path() + "/transmit_setup/excitations");
        if (!used.isEmpty()) {
            String pulse = pulses.get(urx.reference(used.getFirst(), pulses.size()));
            double f = urx.number(pulse + "/transmit_frequency", Double.NaN);
            if (f > 0) {
                return f;
            }
        }
        double f = urx.number(event.path() + "/receive_setup/modulation_frequency", Double.NaN);
        if (f > 0) {
            warnings.add(event.path() + " states no transmit frequency; the modulation frequency is taken");
            return f;
        }
        warnings.add(event.path() + " states no transmit frequency; a quarter of the sampling frequency is assumed");
        return event.samplingFrequencyHz() / 4;
    }
}
