package org.fus.io.info;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.ImageGrid;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.SurfaceRegion;

/** Describes content as ordered names and values, and as JSON. */
public final class FileInfo {
    /** Version of the schema, in the entry {@code schema}. */
    public static final String SCHEMA = "fus-info/1";

    /**
     * Entry of the metadata with the names of those entries of a description that a file does not state and a reader had to
     * assume, such as {@code voxelSizeM}.
     */
    public static final String NOT_STATED = "notStated";

    /** Entry of the metadata of a bare array with the names of its axes, as Zarr calls it. */
    public static final String DIMENSION_NAMES = "dimension_names";

    /** Entries that every description has; {@code null} in JSON where they have no meaning. */
    private static final List<String> FIXED = List.of(
            "schema",
            "file",
            "format",
            "kind",
            "shape",
            "axes",
            "dtype",
            "voxelSizeM",
            "timesS",
            "timeReference",
            "voxelsToProbe",
            "probeToLab",
            "metadata",
            "probe",
            "sequence",
            "warnings");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private FileInfo() {}

    /**
     * Describes content.
     *
     * @param content what a file holds
     * @return names and values in order: strings, numbers, booleans, lists and maps; entries without a meaning are absent
     */
    public static Map<String, Object> of(Content content) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("schema", SCHEMA);
        info.put("file", content.origin().file());
        info.put("format", content.origin().format());
        info.put("kind", content.kind());
        info.put("dtype", content.origin().dtype());
        switch (content) {
            case Content.Channels c -> channels(info, c.recording());
            case Content.Iq c -> iq(info, c);
            case Content.Doppler c -> doppler(info, c.map());
            case Content.Series c -> series(info, c.series());
            case Content.Array c -> array(info, c);
            case Content.Transform c -> transform(info, c);
            case Content.Regions c -> regions(info, c);
            case Content.Program c -> program(info, c);
        }
        info.putIfAbsent("metadata", content.origin().metadata());
        info.put("warnings", content.origin().warnings());
        return info;
    }

    /**
     * Describes content as indented JSON.
     *
     * @param content what a file holds
     * @return {@link #of} with the fixed entries first, {@code null} where they have no meaning
     */
    public static String json(Content content) {
        return json(of(content));
    }

    /** The fixed entries first, then the others. */
    static String json(Map<String, Object> info) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        FIXED.forEach(name -> ordered.put(name, info.get(name)));
        ordered.putAll(info);
        try {
            return JSON.writeValueAsString(withoutNonFinite(ordered));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the description holds only plain values", e);
        }
    }

    /**
     * Names and values as JSON can hold them: null, for "not known", in place of numbers that are not finite.
     *
     * @param values strings, numbers, booleans, lists and maps
     * @return a changed copy
     */
    public static Map<String, Object> withoutNonFinite(Map<String, Object> values) {
        Map<String, Object> out = new LinkedHashMap<>(values);
        out.replaceAll((name, value) -> InfoValues.finite(value));
        return out;
    }

    /**
     * Sets the entry that tells where values come from, for descriptions of content that does not tell it itself.
     *
     * @param description as from {@link #of}; changed
     * @param provenance the steps that made the values
     */
    public static void putProvenance(Map<String, Object> description, Provenance provenance) {
        description.put("provenance", InfoValues.provenance(provenance));
    }

    private static void channels(Map<String, Object> info, ChannelRecording data) {
        ChannelFormat format = data.format();
        double frameRateHz = format.sequence().frameRateHz();
        axes(
                info,
                List.of(
                        axis("frame", data.frames(), "s", 1 / frameRateHz),
                        axis(
                                "transmit",
                                format.transmits(),
                                "s",
                                1 / format.sequence().pulseRepetitionFrequencyHz()),
                        axis("channel", format.channels(), "m", format.probe().pitchM()),
                        axis(
                                "sample",
                                format.sampleCount(),
                                "s",
                                1 / format.samples().samplingFrequencyHz())));
        info.put("timesS", frameTimes(data.frames(), frameRateHz));
        info.put("timeReference", "first firing of each frame, from that of the first frame");
        info.put("probe", ProbeValues.of(format.probe()));
        info.put("sequence", SequenceValues.of(format.sequence()));
        if (!format.channelMap().isIdentity(format.probe().elements())) {
            info.put("channelMap", SequenceValues.channelMap(format.channelMap()));
        }
        info.put(
                "sampling",
                InfoValues.map(
                        "samplingFrequencyHz", format.samples().samplingFrequencyHz(),
                        "startTimesS", format.samples().startTimesS(),
                        "demodulationFrequencyHz", data.demodulationFrequencyHz()));
        info.put("framesPerBlock", data.framesPerBlock());
    }

    private static void iq(Map<String, Object> info, Content.Iq content) {
        IqRecording ensemble = content.recording();
        ImageGrid grid = ensemble.grid();
        IqEnsemble.Timing timing = ensemble.timing();
        axes(
                info,
                List.of(
                        axis("frame", ensemble.frames(), "s", 1 / timing.frameRateHz()),
                        GridValues.axis(grid, "z"),
                        GridValues.axis(grid, "y"),
                        GridValues.axis(grid, "x")));
        grid(info, grid);
        info.put("timesS", frameTimes(ensemble.frames(), timing.frameRateHz()));
        info.put("timeReference", "first firing of each frame, from that of the first frame");
        info.put(
                "timing",
                InfoValues.map(
                        "frameRateHz", timing.frameRateHz(),
                        "centerFrequencyHz", timing.centerFrequencyHz(),
                        "soundSpeedMPerS", timing.soundSpeedMPerS()));
        info.put("framesPerBlock", ensemble.framesPerBlock());
        Map<String, Object> metadata = content.origin().metadata();
        VendorMetadata.probe(metadata).ifPresent(p -> info.put("probe", p));
        VendorMetadata.sequence(metadata).ifPresent(s -> info.put("sequence", s));
        info.put("provenance", InfoValues.provenance(ensemble.provenance()));
    }

    private static void doppler(Map<String, Object> info, DopplerFrame map) {
        ImageGrid grid = map.grid();
        axes(info, List.of(GridValues.axis(grid, "z"), GridValues.axis(grid, "y"), GridValues.axis(grid, "x")));
        grid(info, grid);
        info.put("quantity", map.quantity().name());
        info.put("unit", map.quantity().unit());
        info.put("provenance", InfoValues.provenance(map.provenance()));
    }

    private static void series(Map<String, Object> info, FusSeries series) {
        FusSeries.Shape shape = series.shape();
        FusSeries.Geometry geometry = series.geometry();
        List<Double> times = series.times().timesS();
        List<Map<String, Object>> axes = new ArrayList<>();
        if (shape.extras() > 1) {
            axes.add(axis("extra", shape.extras(), "", Double.NaN));
        }
        if (shape.poses() > 1) {
            axes.add(axis("pose", shape.poses(), "", Double.NaN));
        }
        axes.add(axis("time", shape.times(), "s", meanStep(times)));
        axes.add(axis("z", shape.nz(), "m", geometry.dzM()));
        axes.add(axis("y", shape.ny(), "m", geometry.dyM()));
        axes.add(axis("x", shape.nx(), "m", geometry.dxM()));
        axes(info, axes);
        info.put("voxelSizeM", InfoValues.map("x", geometry.dxM(), "y", geometry.dyM(), "z", geometry.dzM()));
        info.put("timesS", times);
        info.put("timeReference", "end of the integration of each volume, from the start of the acquisition");
        info.put("voxelsToProbe", InfoValues.rows(geometry.voxelsToProbe()));
        info.put(
                "probeToLab",
                geometry.probeToLab().stream().map(InfoValues::rows).toList());
        info.put("metadata", series.metadata());
        VendorMetadata.probe(series.metadata()).ifPresent(p -> info.put("probe", p));
        VendorMetadata.sequence(series.metadata()).ifPresent(s -> info.put("sequence", s));
        info.put("sliceTimesS", series.times().sliceTimesS());
        info.put("provenance", InfoValues.provenance(series.provenance()));
    }

    private static void array(Map<String, Object> info, Content.Array content) {
        List<Long> shape = content.array().shape();
        List<?> names = content.origin().metadata().get(DIMENSION_NAMES) instanceof List<?> given
                        && given.size() == shape.size()
                ? given
                : List.of();
        info.put("shape", shape);
        info.put(
                "axes",
                IntStream.range(0, shape.size())
                        .mapToObj(i -> axis(
                                !names.isEmpty() && names.get(i) instanceof String name ? name : "axis" + i,
                                shape.get(i),
                                "",
                                Double.NaN))
                        .toList());
    }

    private static void program(Map<String, Object> info, Content.Program c) {
        axes(info, List.of(axis("unit", c.program().units().size(), "", Double.NaN)));
        info.put("probe", ProbeValues.of(c.probe()));
        info.put("program", ProgramValues.of(c.program()));
    }

    private static void transform(Map<String, Object> info, Content.Transform c) {
        axes(info, List.of(axis("row", 4, "", Double.NaN), axis("column", 4, "", Double.NaN)));
        info.put("from", c.from().name());
        info.put("to", c.to().name());
        info.put("matrix", InfoValues.rows(c.matrix()));
    }

    private static void regions(Map<String, Object> info, Content.Regions c) {
        axes(info, List.of(axis("region", c.regions().size(), "", Double.NaN)));
        info.put("frame", c.frame().name());
        info.put("regions", c.regions().stream().map(FileInfo::region).toList());
    }

    private static Map<String, Object> region(SurfaceRegion r) {
        SurfaceRegion.Color color = r.color();
        return InfoValues.map(
                "label",
                r.label(),
                "color",
                List.of(color.red(), color.green(), color.blue()),
                "vertices",
                r.vertexCount(),
                "faces",
                r.faceCount(),
                "bounds",
                InfoValues.bounds(r.vertices()));
    }

    private static void grid(Map<String, Object> info, ImageGrid grid) {
        GridValues.voxels(info, grid);
        info.put("grid", GridValues.of(grid));
    }

    private static void axes(Map<String, Object> info, List<Map<String, Object>> axes) {
        info.put("shape", axes.stream().map(a -> a.get("size")).toList());
        info.put("axes", axes);
    }

    static Map<String, Object> axis(String name, long size, String unit, double spacing) {
        return InfoValues.map("name", name, "size", size, "unit", unit, "spacing", spacing);
    }

    private static List<Double> frameTimes(int frames, double frameRateHz) {
        return IntStream.range(0, frames).mapToObj(f -> f / frameRateHz).toList();
    }

    private static double meanStep(List<Double> times) {
        int n = times.size();
        return n > 1 ? (times.getLast() - times.getFirst()) / (n - 1) : Double.NaN;
    }
}
