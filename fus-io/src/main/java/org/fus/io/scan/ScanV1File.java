package org.fus.io.scan;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;

/** Version 1 as it stands in the file: checked, but nothing joined or derived. */
final class ScanV1File {
    static final String DATE = "yyyy-MM-dd HH:mm:ss";
    private static final Pattern VERSION =
            Pattern.compile("(?:Conexus Software version V|IcoScan version )(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?");

    private final Hdf hdf;
    private final String mode;
    private final HdfArray data;
    private final FusSeries.Shape shape;
    private final int blockRepeats;
    private final int rank;

    ScanV1File(Hdf hdf) {
        this.hdf = hdf;
        this.mode = mode();
        this.data = hdf.array("Data");
        this.rank = data.shape().size();
        long[] axes = axes();
        this.blockRepeats = length(axes[3]);
        this.shape = new FusSeries.Shape(
                length(axes[0]),
                length(axes[2]),
                length(Math.multiplyExact(axes[1], axes[3])),
                length(axes[4]),
                length(axes[5]),
                length(axes[6]));
        requireSize("sizeX", shape.nx());
        requireSize("sizeY", shape.ny());
        requireSize("sizeZ", shape.nz());
    }

    Hdf hdf() {
        return hdf;
    }

    String acquisitionMode() {
        return mode;
    }

    /** A native three-dimensional probe, whose volumes are never joined. */
    boolean isRca() {
        return mode.endsWith("RCA");
    }

    /** Whether the rules of the format join the poses to one volume. */
    boolean isStack() {
        return !isRca() && !mode.equals("4DscanCustom");
    }

    /** Lengths of the axes as stored; time counts cycles slow and repeats fast. */
    FusSeries.Shape shape() {
        return shape;
    }

    /** Axes of the values, trailing ones of length 1 dropped as MATLAB does. */
    int rank() {
        return rank;
    }

    int blockRepeats() {
        return blockRepeats;
    }

    String dtype() {
        return data.type().label();
    }

    /** The size of a voxel or the integration window. */
    double positive(String name) {
        String path = "acqMetaData/voxDim/" + name;
        double v = hdf.number(path);
        if (!(v > 0) || !Double.isFinite(v)) {
            throw hdf.failure(
                    path, "expected a positive number, got " + v + "; the file may be damaged: copy it again");
        }
        return v;
    }

    /** One map per pose. */
    List<Affine3> probeToLab() {
        String path = "acqMetaData/probeToLab";
        double[] values = hdf.numbers(path);
        if (values.length != 16L * shape.poses()) {
            throw hdf.failure(
                    path, "expected " + shape.poses() + " matrices of 4 x 4, got " + values.length + " numbers");
        }
        List<Affine3> maps = new ArrayList<>();
        for (int p = 0; p < shape.poses(); p++) {
            maps.add(affine(path, Arrays.copyOfRange(values, 16 * p, 16 * p + 16)));
        }
        return maps;
    }

    /** From one-based voxel indices, as stored. */
    Affine3 voxelsToProbe() {
        double[] values = hdf.numbers("acqMetaData/voxelsToProbe");
        if (values.length != 16) {
            throw hdf.failure("acqMetaData/voxelsToProbe", "expected 4 x 4 numbers, got " + values.length);
        }
        return affine("acqMetaData/voxelsToProbe", values);
    }

    /** Ends of the blocks, {@code [time][pose]}. */
    double[] times(String name) {
        String path = "acqMetaData/" + name;
        double[] values = hdf.numbers(path);
        if (values.length != (long) shape.times() * shape.poses()) {
            throw hdf.failure(
                    path,
                    "expected " + shape.times() + " times of " + shape.poses() + " poses, got " + values.length
                            + " numbers");
        }
        for (double v : values) {
            if (!Double.isFinite(v)) {
                throw hdf.failure(
                        path, "expected finite seconds, got " + v + "; the file may be damaged: copy it again");
            }
        }
        return values;
    }

    /** Consecutive volumes of one pose, {@code [time][z][y][x]}. */
    double[] read(int extra, int pose, int firstTime, int count) {
        int voxels = Math.toIntExact(shape.voxels());
        double[] out = null;
        for (int done = 0; done < count; ) {
            int t = firstTime + done;
            // Volumes of one cycle stand together.
            int n = Math.min(count - done, blockRepeats - t % blockRepeats);
            long[] first = {extra, t / blockRepeats, pose, t % blockRepeats, 0, 0, 0};
            int[] length = {1, 1, 1, n, shape.nz(), shape.ny(), shape.nx()};
            if (isRca()) {
                first = new long[] {extra, 0, pose, t, 0, 0, 0};
            }
            double[] part = data.doubles(stored(first), stored(length));
            if (n == count) {
                return part;
            }
            if (out == null) {
                out = new double[Math.multiplyExact(count, voxels)];
            }
            System.arraycopy(part, 0, out, done * voxels, part.length);
            done += n;
        }
        return out;
    }

    /** What the file says, in the names of the metadata of a scan; matrices and times as stored. */
    Map<String, Object> metadata() {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("acquisitionMode", mode);
        String group = "scanMetaData/";
        m.put("projectTag", hdf.text(group + "Project_tag", ""));
        m.put("subjectTag", hdf.text(group + "Subject_tag", ""));
        m.put("sessionTag", hdf.text(group + "Session_tag", ""));
        m.put("scanTag", hdf.text(group + "Scan_tag", ""));
        m.put("acquisitionDate", date(hdf.text(group + "Date", "")));
        m.put("scanType", scanType(hdf.text(group + "Type", "source")));
        m.put("username", hdf.text(group + "User_name", ""));
        m.put("comment", hdf.text(group + "Comment", ""));
        String software = hdf.text(group + "Neuroscan_version", "");
        m.put("software", software);
        Matcher version = VERSION.matcher(software);
        if (version.matches()) {
            m.put(
                    "softwareVersion",
                    version.group(1) + "." + version.group(2) + "."
                            + (version.group(3) == null ? "0" : version.group(3)));
        }
        optional(m, group + "Machine_SN", "machineSerialNumber");
        optional(m, group + "Code", "code");
        optional(m, group + "Tag", "tag");
        m.put("blockRepeats", (long) blockRepeats);
        m.put("storedVoxelSizeM", List.of(positive("dx"), positive("dy"), positive("dz")));
        m.put("integrationWindowS", positive("dt"));
        m.put("storedVoxelsToProbe", rows(voxelsToProbe()));
        m.put("storedProbeToLab", probeToLab().stream().map(ScanV1File::rows).toList());
        m.put("storedTimesS", boxed(times("time")));
        m.put("storedTimesOriginalS", boxed(times("timeOriginal")));
        return m;
    }

    static List<List<Double>> rows(Affine3 m) {
        double[] values = m.toRowMajor();
        return List.of(
                boxed(Arrays.copyOfRange(values, 0, 4)),
                boxed(Arrays.copyOfRange(values, 4, 8)),
                boxed(Arrays.copyOfRange(values, 8, 12)),
                boxed(Arrays.copyOfRange(values, 12, 16)));
    }

    static List<Double> boxed(double... values) {
        return Arrays.stream(values).boxed().toList();
    }

    private String mode() {
        String text = hdf.text("acqMetaData/acquisitionMode");
        if (!ScanMetadata.MODES.contains(text)) {
            throw hdf.failure(
                    "acqMetaData/acquisitionMode", "expected one of " + ScanMetadata.MODES + ", got '" + text + "'");
        }
        return text;
    }

    /** The axes (extra, cycle, pose, repeat, z, y, x); leading ones that the file does not have are of length 1. */
    private long[] axes() {
        long[] all = {1, 1, 1, 1, 1, 1, 1};
        int most = isRca() ? 6 : 7;
        if (rank < 1 || rank > most || data.size() == 0) {
            throw hdf.failure("Data", "expected 1 to " + most + " axes of at least one value, got " + data.shape());
        }
        for (int a = 0; a < rank; a++) {
            long n = data.shape().get(rank - 1 - a);
            // A native volume has no cycles: (extra, pose, time, z, y, x).
            all[isRca() && a == 5 ? 0 : 6 - a] = n;
        }
        return all;
    }

    private long[] stored(long[] all) {
        long[] out = new long[rank];
        for (int a = 0; a < rank; a++) {
            out[rank - 1 - a] = all[isRca() && a == 5 ? 0 : 6 - a];
        }
        return out;
    }

    private int[] stored(int[] all) {
        return Arrays.stream(stored(Arrays.stream(all).asLongStream().toArray()))
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private int length(long n) {
        if (n < 1 || n > Integer.MAX_VALUE) {
            throw hdf.failure("Data", "impossible shape " + data.shape());
        }
        return (int) n;
    }

    private void requireSize(String name, int expected) {
        String path = "acqMetaData/imgDim/" + name;
        double got = hdf.number(path, expected);
        if (got != expected) {
            throw hdf.failure(
                    path,
                    "says " + got + ", but Data of shape " + data.shape() + " has " + expected
                            + "; the file may be damaged: copy it again");
        }
    }

    private Affine3 affine(String path, double[] rowMajor) {
        try {
            return Affine3.ofRowMajor(rowMajor);
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(hdf.source().name(), path, String.valueOf(e.getMessage()), e);
        }
    }

    private void optional(Map<String, Object> m, String path, String name) {
        if (hdf.has(path)) {
            m.put(name, hdf.text(path));
        }
    }

    private String date(String text) {
        if (text.isEmpty()) {
            return "1970-01-01T00:00:00Z";
        }
        try {
            return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(DATE))
                    .toInstant(ZoneOffset.UTC)
                    .toString();
        } catch (DateTimeParseException e) {
            throw new FusFormatException(
                    hdf.source().name(), "scanMetaData/Date", "expected a date " + DATE + ", got '" + text + "'", e);
        }
    }

    private String scanType(String text) {
        return switch (text) {
            case "source" -> "Source";
            case "processed", "proc" -> "Proc";
            default -> throw hdf.failure("scanMetaData/Type", "expected source, processed or proc, got '" + text + "'");
        };
    }
}
