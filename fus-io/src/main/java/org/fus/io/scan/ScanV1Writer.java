package org.fus.io.scan;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.Affine3;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.SampleType;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.Extension;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.AtomicFile;

/**
 * Writes a series as {@code .scan} version 1 (HDF5). Fields come from the metadata under the names of
 * {@link ScanMetadata}; the mode is that of the metadata where it fits the shape, otherwise {@code 4DscanCustom} for several
 * poses and {@code 2Dscan}, {@code 3Dscan}, {@code 4Dscan} by shape. One volume of several slices is written as such: a
 * reader takes it as it is. Values are written contiguous, as float64, and pass through without being kept.
 *
 * <p>What has no place in the format goes to the text {@code /fusExtension} ({@link Extension}), which other readers ignore.
 */
public final class ScanV1Writer implements ContentWriter {
    /** Makes the writer. */
    public ScanV1Writer() {}

    @Override
    public String name() {
        return ScanV1Format.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".scan");
    }

    @Override
    public String holding() {
        return "a series of power Doppler volumes";
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Series;
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        FusSeries series = ((Content.Series) content).series();
        ScanFields fields = new ScanFields(target.toString(), series.metadata());
        Layout layout = Layout.of(series, fields);
        Map<String, Object> difference = Extension.difference(series, plain(target, series, fields, layout));
        HdfGroup root = tree(series, fields, layout, Extension.json(difference));
        AtomicFile.write(target, options.existing(), root::writeTo);
        return Extension.report(difference);
    }

    /** How the axes of a series stand in the file. */
    private record Layout(String mode, int cycles, int repeats, boolean flat) {
        static Layout of(FusSeries series, ScanFields fields) {
            FusSeries.Shape s = series.shape();
            String mode = fields.text("acquisitionMode");
            boolean rca = mode.endsWith("RCA");
            boolean flat = s.poses() == 1 && s.extras() == 1;
            if (!ScanMetadata.MODES.contains(mode) || (!flat && s.poses() == 1 && !rca)) {
                String stack = s.times() == 1 ? "3Dscan" : "4Dscan";
                mode = !flat ? "4DscanCustom" : s.ny() == 1 ? "2Dscan" : stack;
            }
            long stored = fields.number("blockRepeats", 1) >= 1 ? (long) fields.number("blockRepeats", 1) : 1;
            int repeats = flat || rca ? s.times() : s.times() % stored == 0 ? (int) stored : 1;
            return new Layout(mode, s.times() / repeats, repeats, flat);
        }

        /** Axes from the slowest; a plain series has (time, z, y, x). */
        List<Long> shape(FusSeries.Shape s) {
            long[] all = mode.endsWith("RCA")
                    ? new long[] {s.extras(), s.poses(), s.times(), s.nz(), s.ny(), s.nx()}
                    : new long[] {s.extras(), cycles, s.poses(), repeats, s.nz(), s.ny(), s.nx()};
            int first = flat ? all.length - 4 : s.extras() == 1 ? 1 : 0;
            return Arrays.stream(all, first, all.length).boxed().toList();
        }
    }

    /** What a reader makes of the file without an extension: everything but the values is written and read. */
    private static FusSeries plain(Path target, FusSeries series, ScanFields fields, Layout layout) {
        try {
            ScanV1File head =
                    new ScanV1File(Hdf.open(tree(series, fields, layout, "").head(target.toString())));
            return ScanV1Series.of(head, OpenOptions.RAW, new ArrayList<>());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    private static HdfGroup tree(FusSeries series, ScanFields fields, Layout layout, String extension) {
        FusSeries.Shape shape = series.shape();
        HdfGroup root = new HdfGroup();
        acquisition(root.group("acqMetaData"), series, fields, layout);
        labels(root.group("scanMetaData"), fields);
        if (!extension.isEmpty()) {
            root.text(ScanV1Format.EXTENSION, extension);
        }
        // The values come last, so that all else stands at the head of the file.
        root.data("Data", SampleType.FLOAT64, layout.shape(shape), out -> values(out, series, layout));
        return root;
    }

    private static void acquisition(HdfGroup group, FusSeries series, ScanFields fields, Layout layout) {
        FusSeries.Shape shape = series.shape();
        FusSeries.Geometry g = series.geometry();
        group.text("acquisitionMode", layout.mode());
        HdfGroup size = group.group("imgDim");
        number(size, "sizeX", shape.nx());
        number(size, "sizeY", shape.ny());
        number(size, "sizeZ", shape.nz());
        number(size, "npose", shape.poses());
        number(size, "nscanRepeat", layout.cycles());
        number(size, "nblockRepeat", layout.repeats());
        number(size, "dim7", shape.extras());
        HdfGroup voxel = group.group("voxDim");
        number(voxel, "dx", g.dxM());
        number(voxel, "dy", g.dyM());
        number(voxel, "dz", g.dzM());
        double window = fields.number("integrationWindowS", 0);
        number(voxel, "dt", window > 0 ? window : step(series));
        double[] times = poseTimes(series);
        List<Double> original = fields.numbers("storedTimesOriginalS");
        group.doubles("time", times, times.length, 1);
        group.doubles(
                "timeOriginal",
                original.size() == times.length
                        ? original.stream().mapToDouble(v -> v).toArray()
                        : times,
                times.length,
                1);
        group.doubles(
                "voxelsToProbe",
                g.voxelsToProbe().after(Affine3.translation(-1, -1, -1)).toRowMajor(),
                4,
                4);
        double[] poses = g.probeToLab().stream()
                .flatMapToDouble(p -> Arrays.stream(p.toRowMajor()))
                .toArray();
        if (shape.poses() == 1) {
            group.doubles("probeToLab", poses, 4, 4);
        } else {
            group.doubles("probeToLab", poses, shape.poses(), 4, 4);
        }
    }

    private static void labels(HdfGroup group, ScanFields fields) {
        group.text("Project_tag", fields.text("projectTag"));
        group.text("Subject_tag", fields.text("subjectTag"));
        group.text("Session_tag", fields.text("sessionTag"));
        group.text("Scan_tag", fields.text("scanTag"));
        group.text(
                "Date",
                LocalDateTime.ofEpochSecond(fields.date("acquisitionDate"), 0, ZoneOffset.UTC)
                        .format(DateTimeFormatter.ofPattern(ScanV1File.DATE)));
        boolean proc = fields.code("scanType", ScanMetadata.SCAN_TYPES, 0) == 1;
        group.text("Type", proc ? "processed" : "source");
        group.text("User_name", fields.text("username"));
        group.text("Comment", fields.text("comment"));
        String software = fields.text("software");
        String version = fields.text("softwareVersion");
        group.text(
                "Neuroscan_version",
                software.isEmpty() && !version.isEmpty() ? "IcoScan version " + version : software);
        group.text("Machine_SN", fields.text("machineSerialNumber"));
        group.text("Code", fields.text("code"));
        group.text("Tag", fields.text("tag"));
    }

    /** End of each volume of each pose, {@code [time][pose]}: that of its last slice. */
    private static double[] poseTimes(FusSeries series) {
        FusSeries.Shape s = series.shape();
        List<Double> slices = series.times().sliceTimesS();
        double[] out = new double[Math.multiplyExact(s.times(), s.poses())];
        for (int i = 0; i < out.length; i++) {
            int pose = i;
            out[i] = slices.isEmpty()
                    ? series.times().timesS().get(i / s.poses())
                    : slices.subList(pose * s.ny(), (pose + 1) * s.ny()).stream()
                            .max(Double::compare)
                            .orElseThrow();
        }
        return out;
    }

    /** Something above zero, as the format demands. */
    private static double step(FusSeries series) {
        List<Double> t = series.times().timesS();
        double step = t.size() > 1 ? (t.getLast() - t.getFirst()) / (t.size() - 1) : t.getFirst();
        return step > 0 ? step : 1;
    }

    private static void number(HdfGroup group, String name, double value) {
        group.doubles(name, new double[] {value}, 1, 1);
    }

    private static void values(OutputStream out, FusSeries series, Layout layout) throws IOException {
        FusSeries.Shape s = series.shape();
        for (int extra = 0; extra < s.extras(); extra++) {
            if (layout.mode().endsWith("RCA")) {
                for (int pose = 0; pose < s.poses(); pose++) {
                    volumes(out, series, extra, pose, 0, s.times());
                }
                continue;
            }
            for (int cycle = 0; cycle < layout.cycles(); cycle++) {
                for (int pose = 0; pose < s.poses(); pose++) {
                    volumes(out, series, extra, pose, cycle * layout.repeats(), layout.repeats());
                }
            }
        }
    }

    private static void volumes(OutputStream out, FusSeries series, int extra, int pose, int first, int count)
            throws IOException {
        for (int t = first; t < first + count; t++) {
            double[] values = series.read(extra, pose, t, 1);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asDoubleBuffer().put(values);
            out.write(bytes.array());
        }
    }
}
