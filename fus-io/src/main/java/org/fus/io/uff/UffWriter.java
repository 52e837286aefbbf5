package org.fus.io.uff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.geometry.Vector3;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.IqRecording;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.AtomicFile;

/**
 * Writes channel data (RF or IQ) and beamformed frames as objects of USTB, version 1.2.0. Numbers of the format are of
 * single precision; the description of the SDK in the node {@code fus_sdk} keeps them, and what has no home, exactly. A wave
 * of any other kind than plane, diverging, focused or of one element has no place in the format: it stands there as a plane
 * wave of angle 0, which is reported, and comes back from the description.
 */
public final class UffWriter implements ContentWriter {
    private static final String VERSION = "v1.2.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Frames that are read at once. */
    private static final int BLOCK_FRAMES = 32;

    /** Makes the writer. */
    public UffWriter() {}

    @Override
    public String name() {
        return UffFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".uff");
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Channels
                || (content instanceof Content.Iq c && c.recording().grid() instanceof PixelGrid);
    }

    @Override
    public String holding() {
        return "channel data, or IQ images on a Cartesian grid";
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        HdfGroup root = new HdfGroup();
        root.attribute("version", VERSION);
        List<String> lost = new ArrayList<>();
        switch (content) {
            case Content.Channels c -> channels(root, c.recording(), lost);
            case Content.Iq c -> images(root, c.recording());
            default -> throw new IllegalStateException("the writer said that it does not hold this content");
        }
        Map<String, Object> info = new LinkedHashMap<>(FileInfo.of(content));
        info.put("file", target.toString());
        info.put("format", UffFormat.NAME);
        UffObjects.characters(root, UffNodes.DESCRIPTION, json(FileInfo.withoutNonFinite(info)));
        AtomicFile.write(target, options.existing(), root::writeTo);
        return lost;
    }

    private static void channels(HdfGroup root, ChannelRecording recording, List<String> lost) {
        ChannelFormat format = recording.format();
        double c = format.sequence().soundSpeedMPerS();
        HdfGroup o = UffObjects.object(root, "channel_data", UffNodes.CHANNEL_DATA);
        List<Transmit> transmits = format.sequence().transmits();
        double[] fromOrigin = new double[transmits.size()];
        for (int t = 0; t < fromOrigin.length; t++) {
            // A law of delays has no wavefront that passes the origin.
            fromOrigin[t] = format.samples().startTimesS().get(t)
                    - (transmits.get(t) instanceof Transmit.ElementDelays
                            ? 0
                            : TransmitDelays.originOffsetS(transmits.get(t), format.probe(), c));
        }
        UffObjects.scalar(o, "sampling_frequency", format.samples().samplingFrequencyHz());
        UffObjects.scalar(o, "initial_time", fromOrigin[0]);
        UffObjects.scalar(o, "sound_speed", c);
        UffObjects.scalar(o, "modulation_frequency", recording.demodulationFrequencyHz());
        UffObjects.scalar(o, "PRF", format.sequence().pulseRepetitionFrequencyHz());
        UffObjects.scalar(
                UffObjects.object(o, "pulse", "uff.pulse"),
                "center_frequency",
                format.sequence().centerFrequencyHz());
        UffObjects.probe(o, format.probe());
        HdfGroup sequence = UffObjects.array(o, "sequence", "uff.wave", transmits.size());
        for (int t = 0; t < transmits.size(); t++) {
            HdfGroup wave = transmits.size() == 1
                    ? sequence
                    : UffObjects.object(sequence, String.format("sequence_%04d", t + 1), "uff.wave");
            wave(wave, transmits.get(t), format, fromOrigin[t] - fromOrigin[0], t, lost);
        }
        List<Long> shape =
                List.of((long) recording.frames(), (long) format.transmits(), (long) format.channels(), (long)
                        format.sampleCount());
        if (recording.demodulationFrequencyHz() == 0) {
            UffObjects.data(o, "data", shape, out -> samples(out, recording, 0));
        } else {
            UffObjects.complex(o, "data", shape, out -> samples(out, recording, 0), out -> samples(out, recording, 1));
        }
    }

    private static void wave(
            HdfGroup wave, Transmit transmit, ChannelFormat format, double delayS, int t, List<String> lost) {
        boolean plane = true;
        Vector3 source = new Vector3(0, 0, Double.POSITIVE_INFINITY);
        double azimuth = 0;
        double elevation = 0;
        switch (transmit) {
            case Transmit.PlaneWave w -> {
                azimuth = w.tiltRad();
                elevation = w.elevationRad();
            }
            case Transmit.DivergingWave w -> {
                plane = false;
                source = w.sourceM();
            }
            case Transmit.FocusedWave w -> {
                plane = false;
                source = w.focusM();
            }
            case Transmit.SingleElement w -> {
                plane = false;
                source = format.probe().element(w.element()).centerM();
            }
            case Transmit.ElementDelays w ->
                lost.add(
                        "wave " + t + " has delays of its own, for which the format has no place; other software sees a"
                                + " plane wave, and the description in the file keeps the delays");
        }
        double distance = Double.POSITIVE_INFINITY;
        if (!plane) {
            distance = source.length();
            azimuth = Math.atan2(source.x(), source.z());
            elevation = distance == 0 ? 0 : Math.asin(source.y() / distance);
        }
        UffObjects.code(wave, "wavefront", "uff.wavefront", plane ? 0 : 1);
        UffObjects.scalar(wave, "delay", delayS);
        UffObjects.scalar(wave, "sound_speed", format.sequence().soundSpeedMPerS());
        HdfGroup point = UffObjects.object(wave, "source", "uff.point");
        UffObjects.scalar(point, "distance", distance);
        UffObjects.scalar(point, "azimuth", azimuth);
        UffObjects.scalar(point, "elevation", elevation);
        // USTB demands an apodization of every wave; without a window all elements fire alike.
        UffObjects.code(UffObjects.object(wave, "apodization", "uff.apodization"), "window", "uff.window", 0);
    }

    private static void samples(OutputStream out, ChannelRecording recording, int part) throws IOException {
        ChannelFormat format = recording.format();
        float[] trace = new float[format.sampleCount()];
        for (int first = 0; first < recording.frames(); first += BLOCK_FRAMES) {
            ChannelData data = recording.read(first, Math.min(BLOCK_FRAMES, recording.frames() - first));
            for (int f = 0; f < data.frames(); f++) {
                switch (data) {
                    case RfData rf -> {
                        for (int i = 0; i < format.transmits() * format.channels(); i++) {
                            rf.copyTrace(f, i / format.channels(), i % format.channels(), trace, 0);
                            UffObjects.write(out, trace, 0, 1);
                        }
                    }
                    case IqData iq -> UffObjects.write(out, iq.copyFrame(f), part, 2);
                }
            }
        }
    }

    private static void images(HdfGroup root, IqRecording recording) {
        PixelGrid g = recording.grid().cartesian();
        HdfGroup o = UffObjects.object(root, "beamformed_data", UffNodes.BEAMFORMED_DATA);
        UffObjects.scalar(o, "frame_rate", recording.timing().frameRateHz());
        UffObjects.scalar(o, "modulation_frequency", recording.timing().centerFrequencyHz());
        UffObjects.scalar(o, "sound_speed", recording.timing().soundSpeedMPerS());
        UffObjects.scan(o, g);
        List<Long> shape = List.of((long) recording.frames(), 1L, 1L, (long) g.size());
        UffObjects.complex(o, "data", shape, out -> pixels(out, recording, 0), out -> pixels(out, recording, 1));
    }

    private static void pixels(OutputStream out, IqRecording recording, int part) throws IOException {
        for (int first = 0; first < recording.frames(); first += BLOCK_FRAMES) {
            IqEnsemble data = recording.read(first, Math.min(BLOCK_FRAMES, recording.frames() - first));
            for (int f = 0; f < data.frames(); f++) {
                UffObjects.write(out, UffImages.zFastest(data.copyFrame(f), recording.grid(), 2), part, 2);
            }
        }
    }

    private static String json(Map<String, Object> info) {
        try {
            return JSON.writeValueAsString(info);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a description holds only plain values", e);
        }
    }
}
