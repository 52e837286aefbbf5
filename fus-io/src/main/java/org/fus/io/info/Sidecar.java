package org.fus.io.info;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.ImageGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.source.ByteSource;

/**
 * Reads a description that {@link FileInfo} wrote back into core types. The file of an array {@code v.npy} is
 * {@code v.npy.json}.
 */
public final class Sidecar {
    /** Appended to the whole name of a file. */
    public static final String SUFFIX = ".json";

    /** Far above any description of a real recording; a larger file is none. */
    private static final long MAX_BYTES = 256L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final JsonFields root;

    private Sidecar(String file, JsonFields root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a description.
     *
     * @param source the JSON document
     * @return the description
     * @throws FusFormatException when it is no description of this schema
     */
    public static Sidecar read(ByteSource source) {
        if (source.size() > MAX_BYTES) {
            throw new FusFormatException(
                    source.name(), "size", source.size() + " bytes, expected at most " + MAX_BYTES + "; is it JSON?");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) source.size());
        source.read(0, bytes);
        try {
            JsonNode tree = JSON.readTree(new String(bytes.array(), StandardCharsets.UTF_8));
            return of(source.name(), tree);
        } catch (JsonProcessingException e) {
            throw new FusFormatException(
                    source.name(),
                    "line " + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()),
                    "no JSON: " + e.getOriginalMessage() + "; write it anew, or remove it",
                    e);
        }
    }

    /**
     * Takes a description that stands within another document.
     *
     * @param file for messages
     * @param description names and values as {@link FileInfo#of} gives them, or the same as read from JSON
     * @return the description
     * @throws FusFormatException when it is no description of this schema
     */
    public static Sidecar of(String file, Map<?, ?> description) {
        return of(file, JSON.<JsonNode>valueToTree(description));
    }

    private static Sidecar of(String file, JsonNode tree) {
        JsonFields root = new JsonFields(file, "", tree);
        String schema = root.text("schema");
        if (!schema.equals(FileInfo.SCHEMA)) {
            throw new FusFormatException(file, "schema", "expected " + FileInfo.SCHEMA + ", got " + schema);
        }
        return new Sidecar(file, root);
    }

    /**
     * A failure of an entry.
     *
     * @param where the entry
     * @param problem what was expected, what was found
     * @return to be thrown
     */
    public FusFormatException failure(String where, String problem) {
        return new FusFormatException(file, where, problem);
    }

    /**
     * The kind of content.
     *
     * @return as {@link org.fus.io.content.Content#kind}
     */
    public String kind() {
        return root.text("kind");
    }

    /**
     * Lengths of the axes.
     *
     * @return in the order of the array
     */
    public List<Long> shape() {
        return root.objects("axes").stream()
                .map(axis -> (long) axis.integer("size"))
                .toList();
    }

    /**
     * Warnings of the source.
     *
     * @return in order
     */
    public List<String> warnings() {
        return root.texts("warnings");
    }

    /**
     * What has no place of its own.
     *
     * @return in order
     */
    public Map<String, Object> metadata() {
        return root.plain("metadata");
    }

    /**
     * What the samples of channel data mean.
     *
     * @return probe, sequence, sample axis
     */
    public ChannelFormat channelFormat() {
        return checked("probe, sequence, sampling", () -> {
            JsonFields sampling = root.object("sampling");
            if (shape().isEmpty()) {
                throw new IllegalArgumentException("axes: expected those of channel data, samples last, got none");
            }
            Probe probe = ProbeValues.read(root.object("probe"));
            SampleAxis samples = new SampleAxis(
                    sampling.number("samplingFrequencyHz"),
                    sampling.numbers("startTimesS"),
                    Math.toIntExact(shape().getLast()));
            TransmitSequence sequence = SequenceValues.read(root.object("sequence"));
            return root.has("channelMap")
                    ? new ChannelFormat(
                            probe, sequence, samples, SequenceValues.readChannelMap(root.object("channelMap")))
                    : new ChannelFormat(probe, sequence, samples);
        });
    }

    /**
     * The array of a program.
     *
     * @return the probe
     */
    public Probe probe() {
        return checked("probe", () -> ProbeValues.read(root.object("probe")));
    }

    /**
     * What a device is to do.
     *
     * @return the program
     */
    public AcquisitionProgram program() {
        return checked("program", () -> ProgramValues.read(root.object("program")));
    }

    /**
     * Where the pixels of an ensemble or a map are.
     *
     * @return the grid
     */
    public ImageGrid grid() {
        JsonFields g = root.object("grid");
        return checked("grid", () -> GridValues.read(g));
    }

    /**
     * The figures that Doppler needs of an ensemble.
     *
     * @return frame rate, frequency, speed of sound
     */
    public IqEnsemble.Timing timing() {
        JsonFields t = root.object("timing");
        return checked(
                "timing",
                () -> new IqEnsemble.Timing(
                        t.number("frameRateHz"), t.number("centerFrequencyHz"), t.number("soundSpeedMPerS")));
    }

    /**
     * What a map shows.
     *
     * @return the quantity
     */
    public DopplerFrame.Quantity quantity() {
        return checked("quantity", () -> DopplerFrame.Quantity.valueOf(root.text("quantity")));
    }

    /**
     * The lengths of the axes of a series.
     *
     * @return an axis that the description does not have is of length 1
     */
    public FusSeries.Shape seriesShape() {
        return checked("axes", () -> {
            int[] n = {1, 1, 1, 1, 1, 1};
            List<String> names = List.of("extra", "pose", "time", "z", "y", "x");
            for (JsonFields axis : root.objects("axes")) {
                int at = names.indexOf(axis.text("name"));
                if (at < 0) {
                    throw new FusFormatException(
                            file, "axes", "expected axes among " + names + ", got " + axis.text("name"));
                }
                n[at] = axis.integer("size");
            }
            return new FusSeries.Shape(n[0], n[1], n[2], n[3], n[4], n[5]);
        });
    }

    /**
     * Where the voxels of a series, ensemble or map are.
     *
     * @return from zero-based indices (ix, iy, iz) to the PROBE frame, metres
     */
    public Affine3 voxelsToProbe() {
        return checked("voxelsToProbe", () -> root.value("voxelsToProbe", this::affine));
    }

    /**
     * A series over a store.
     *
     * @param store holds the values
     * @return the series
     */
    public FusSeries series(FusSeries.Store store) {
        return checked("series", () -> {
            JsonFields voxel = root.object("voxelSizeM");
            return FusSeries.of(
                    seriesShape(),
                    new FusSeries.Geometry(
                            voxel.number("x"),
                            voxel.number("y"),
                            voxel.number("z"),
                            root.value("voxelsToProbe", this::affine),
                            affines("probeToLab")),
                    new FusSeries.Times(root.numbers("timesS"), root.numbers("sliceTimesS")),
                    metadata(),
                    provenance(),
                    store);
        });
    }

    /**
     * Where the values come from.
     *
     * @return the steps that made them
     */
    public Provenance provenance() {
        JsonFields p = root.object("provenance");
        List<Provenance.Step> steps = new ArrayList<>();
        for (JsonFields step : p.objects("steps")) {
            Map<String, String> parameters = new LinkedHashMap<>();
            step.plain("parameters").forEach((k, v) -> parameters.put(k, v.toString()));
            steps.add(new Provenance.Step(step.text("name"), parameters));
        }
        return new Provenance(p.text("software"), steps, p.texts("warnings"));
    }

    private List<Affine3> affines(String name) {
        return root.list(name, this::affine);
    }

    private Affine3 affine(String where, JsonNode rows) {
        double[] m = new double[16];
        for (int i = 0; i < 16; i++) {
            JsonNode v = rows.path(i / 4).path(i % 4);
            if (!v.isNumber()) {
                throw root.failure(where, "four rows of four numbers", rows);
            }
            m[i] = v.doubleValue();
        }
        return Affine3.ofRowMajor(m);
    }

    /** Says in which file a figure is impossible. */
    private <T> T checked(String where, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FusFormatException(file, where, e.getMessage() + "; correct the entry, or remove this file", e);
        }
    }
}
