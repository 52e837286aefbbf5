package org.fus.io.urx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.ChannelMap;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.content.Content;
import org.fus.io.content.SampleType;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.hdf.HdfGroup;

/** The objects that both formats share, written: what the core says first, then what the metadata add, then defaults. */
final class UrxObjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private UrxObjects() {}

    /** A file of version 1.2.0, the last one that is published. */
    static HdfGroup acquisition(HdfGroup root) {
        HdfGroup version = root.group("dataset").group("version");
        version.integers("major", SampleType.UINT16, new long[] {1});
        version.integers("minor", SampleType.UINT16, new long[] {2});
        version.integers("patch", SampleType.UINT16, new long[] {0});
        return root.group("dataset").group("acquisition");
    }

    /** Pulses of these frequencies. */
    static void pulses(HdfGroup acquisition, List<Double> transmitHz) {
        HdfGroup pulses = acquisition.group("excitations");
        for (int i = 0; i < transmitHz.size(); i++) {
            pulses.group(UrxNodes.item(i)).doubles("transmit_frequency", new double[] {transmitHz.get(i)});
        }
    }

    /** A group and its events. Strengths of elements, for which there is no place, are reported. */
    static HdfGroup group(
            HdfGroup acquisition,
            int index,
            ChannelFormat format,
            double modulationHz,
            SampleType type,
            int pulse,
            List<String> lost) {
        TransmitSequence sequence = format.sequence();
        HdfGroup group = acquisition.group("groups").group(UrxNodes.item(index));
        group.variableText("sampling_type", modulationHz > 0 ? "IQ" : "RF");
        group.variableText("data_type", type == SampleType.INT16 ? "INT16" : "FLOAT");
        group.doubles("sound_speed", new double[] {sequence.soundSpeedMPerS()});
        HdfGroup events = group.group("sequence");
        for (int t = 0; t < sequence.size(); t++) {
            HdfGroup event = events.group(UrxNodes.item(t));
            Transmit transmit = sequence.transmits().get(t);
            if (!UrxWaves.isPlain(transmit)) {
                lost.add("group " + index + ", event " + t + ": the strengths of the elements have no place in the"
                        + " format; the description in the file keeps them");
            }
            UrxWaves.write(event, transmit, format.probe(), sequence.soundSpeedMPerS(), pulse);
            receive(event.group("receive_setup"), format.samples(), t, format.channelMap(), modulationHz);
        }
        return group;
    }

    private static void receive(
            HdfGroup setup, SampleAxis axis, int transmit, ChannelMap channels, double modulationHz) {
        UrxProbes.reference(setup, "probe", 0);
        setup.doubles("sampling_frequency", new double[] {axis.samplingFrequencyHz()});
        setup.integers("number_samples", SampleType.UINT32, new long[] {axis.samples()});
        HdfGroup active = setup.group("active_elements");
        for (int c = 0; c < channels.channels(); c++) {
            int[] elements = channels.elements(channels.transmits() == 1 ? 0 : transmit, c);
            long[] row = new long[elements.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = elements[i];
            }
            active.integers(UrxNodes.item(c), SampleType.UINT32, row, row.length);
        }
        setup.doubles("modulation_frequency", new double[] {modulationHz > 0 ? modulationHz : Double.NaN});
        setup.doubles("time_offset", new double[] {axis.startTimesS().get(transmit)});
    }

    /** What the metadata say of the objects that are there. */
    static void addMetadata(HdfGroup acquisition, Content content, List<String> lost) {
        if (content.origin().metadata().get(UrxMetadata.ENTRY) instanceof Map<?, ?> kept) {
            Map<Object, Object> values = new LinkedHashMap<>(kept);
            // Entries of several probes do not tell of the one that they have become.
            if (values.get("probes") instanceof List<?> probes && probes.size() != 1) {
                values.remove("probes");
            }
            UrxTree.write(acquisition, values, UrxMetadata.ENTRY, lost);
        }
    }

    /** Fields that readers of the format demand and nothing has told of. */
    static void addDefaults(HdfGroup acquisition) {
        for (String name : List.of("authors", "description", "local_time", "country_code", "system")) {
            text(acquisition, name, "");
        }
        number(acquisition, "timestamp", Double.NaN);
        for (HdfGroup probe : items(acquisition, "probes")) {
            transform(probe, "transform");
        }
        for (HdfGroup pulse : items(acquisition, "excitations")) {
            text(pulse, "pulse_shape", "");
            number(pulse, "transmit_frequency", Double.NaN);
            number(pulse, "sampling_frequency", Double.NaN);
            row(pulse, "waveform");
        }
        for (HdfGroup group : items(acquisition, "groups")) {
            text(group, "description", "");
            for (HdfGroup event : items(group, "sequence")) {
                transform(event.group("transmit_setup"), "probe_transform");
                HdfGroup receive = event.group("receive_setup");
                transform(receive, "probe_transform");
                row(receive, "tgc_profile");
                number(receive, "tgc_sampling_frequency", Double.NaN);
            }
        }
    }

    /** The description of the SDK, which keeps what the format cannot say. */
    static void describe(HdfGroup root, Content content, Path target, String format) {
        Map<String, Object> info = new LinkedHashMap<>(FileInfo.of(content));
        info.put("file", target.toString());
        info.put("format", format);
        try {
            root.variableText(UrxNodes.DESCRIPTION, JSON.writeValueAsString(FileInfo.withoutNonFinite(info)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a description holds only plain values", e);
        }
    }

    static List<HdfGroup> items(HdfGroup parent, String name) {
        List<HdfGroup> out = new ArrayList<>();
        while (parent.hasGroup(name) && parent.group(name).hasGroup(UrxNodes.item(out.size()))) {
            out.add(parent.group(name).group(UrxNodes.item(out.size())));
        }
        return out;
    }

    private static void text(HdfGroup group, String name, String value) {
        if (!group.has(name)) {
            group.variableText(name, value);
        }
    }

    static void number(HdfGroup group, String name, double value) {
        if (!group.has(name)) {
            group.doubles(name, new double[] {value});
        }
    }

    private static void row(HdfGroup group, String name) {
        if (!group.has(name)) {
            group.doubles(name, new double[0], 0);
        }
    }

    private static void transform(HdfGroup group, String name) {
        if (!group.has(name)) {
            UrxProbes.identity(group, name);
        }
    }
}
