package org.fus.io.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fus.core.data.FusSeries;
import org.fus.core.data.Provenance;
import org.fus.core.geometry.Affine3;
import org.fus.io.content.OpenOptions;

/** A version 1 scan as a series: its poses as stored, or joined to one volume. */
final class ScanV1Series {
    /** A multi-array probe is four arrays side by side in elevation. */
    private static final int ARRAYS = 4;

    /** Pieces of the stored volumes that make a joined one: a pose, the first of its slices, how many. */
    private record Slab(int pose, int firstY, int slices) {}

    private final ScanV1File file;
    private final FusSeries.Shape stored;
    private final List<Affine3> poses;
    private final Affine3 voxels;
    private final List<String> warnings = new ArrayList<>();

    private ScanV1Series(ScanV1File file) {
        this.file = file;
        this.stored = file.shape();
        this.poses = file.probeToLab();
        // Zero-based index i is the stored one-based index i + 1.
        this.voxels = file.voxelsToProbe().after(Affine3.translation(1, 1, 1));
    }

    /** Whether the poses of a file are joined when it is opened so. */
    static boolean isJoined(ScanV1File file, OpenOptions options) {
        boolean several = file.shape().poses() > 1 || isStackOfArrays(file);
        return file.isStack() && several && !options.posesAsStored();
    }

    static FusSeries of(ScanV1File file, OpenOptions options, List<String> warnings) {
        ScanV1Series s = new ScanV1Series(file);
        FusSeries series = isJoined(file, options) ? s.joined(options.vendorRotationSign()) : s.asStored();
        warnings.addAll(s.warnings);
        return series;
    }

    private static boolean isStackOfArrays(ScanV1File file) {
        return file.shape().ny() == ARRAYS && file.rank() > 4;
    }

    private FusSeries asStored() {
        double[] time = file.times("time");
        List<Double> slices = new ArrayList<>();
        for (double t : time) {
            for (int y = 0; y < stored.ny(); y++) {
                slices.add(t);
            }
        }
        Map<String, Object> metadata = metadata();
        metadata.put("theoreticalTimeIndices", indices(slices(file.times("timeOriginal"))));
        return FusSeries.of(
                stored,
                new FusSeries.Geometry(file.positive("dx"), file.positive("dy"), file.positive("dz"), voxels, poses),
                new FusSeries.Times(ends(slices), slices),
                metadata,
                Provenance.none(),
                file::read);
    }

    private FusSeries joined(boolean vendorSign) {
        List<Affine3> places = new ArrayList<>();
        List<Slab> slabs = new ArrayList<>();
        boolean arrays = isStackOfArrays(file);
        for (int p = 0; p < stored.poses(); p++) {
            for (int k = 0; k < (arrays ? ARRAYS : 1); k++) {
                // The arrays lie at -3/2, -1/2, 1/2, 3/2 of their distance.
                double y =
                        arrays ? (k - (ARRAYS - 1) / 2.0) * file.voxelsToProbe().at(1, 1) : 0;
                places.add(poses.get(p).after(Affine3.translation(0, y, 0)));
                slabs.add(new Slab(p, k, arrays ? 1 : stored.ny()));
            }
        }
        PoseStack stack = PoseStack.of(file.hdf().source().name(), places, vendorSign);
        List<Slab> order = stack.order().stream().map(slabs::get).toList();
        int ny = order.stream().mapToInt(Slab::slices).sum();
        FusSeries.Shape shape = new FusSeries.Shape(stored.extras(), 1, stored.times(), stored.nz(), ny, stored.nx());
        warn(stack, vendorSign, arrays);
        List<Double> slices = slices(file.times("time"), order);
        Map<String, Object> metadata = metadata();
        metadata.put("theoreticalTimeIndices", indices(slices(file.times("timeOriginal"), order)));
        metadata.put("vendorProbeToLabRotations", List.of(0.0, 0.0, -stack.angleRad()));
        return FusSeries.of(
                shape,
                new FusSeries.Geometry(
                        file.positive("dx"),
                        stack.stepM(),
                        file.positive("dz"),
                        along(ny, stack.stepM()),
                        List.of(stack.probeToLab())),
                new FusSeries.Times(ends(slices), slices),
                metadata,
                Provenance.none().with("join poses", Map.of("poses", Integer.toString(places.size()))),
                (extra, pose, firstTime, count) -> read(order, ny, extra, firstTime, count));
    }

    private void warn(PoseStack stack, boolean vendorSign, boolean arrays) {
        if (Math.abs(stack.angleRad()) > 1e-9) {
            warnings.add(
                    vendorSign
                            ? "probeToLab turns about z by the opposite of the stored angle, as the vendor's reader"
                                    + " reports"
                            : "probeToLab turns about z by the stored angle, which keeps every slice in its place; the "
                                    + "vendor's reader reports the opposite angle");
        }
        if (!arrays && stored.ny() > 1) {
            warnings.add("each pose has " + stored.ny() + " slices; side by side they are taken to be "
                    + stack.stepM() * 1e3 + " mm apart, the step of the poses");
        }
    }

    /** The map of the joined volume: x and z as stored, y centred in equal steps. */
    private Affine3 along(int ny, double dy) {
        double[] m = voxels.toRowMajor();
        m[4] = 0;
        m[5] = dy;
        m[6] = 0;
        m[7] = -dy * (ny - 1) / 2;
        return Affine3.ofRowMajor(m);
    }

    private double[] read(List<Slab> order, int ny, int extra, int firstTime, int count) {
        int nx = stored.nx();
        double[] out = new double[Math.toIntExact((long) count * stored.nz() * ny * nx)];
        for (int pose = 0; pose < stored.poses(); pose++) {
            double[] part = file.read(extra, pose, firstTime, count);
            int y = 0;
            for (Slab slab : order) {
                if (slab.pose() == pose) {
                    for (int row = 0; row < count * stored.nz(); row++) {
                        System.arraycopy(
                                part,
                                (row * stored.ny() + slab.firstY()) * nx,
                                out,
                                (row * ny + y) * nx,
                                slab.slices() * nx);
                    }
                }
                y += slab.slices();
            }
        }
        return out;
    }

    /** From {@code [time][pose]} to {@code [time][pose][y]}. */
    private List<Double> slices(double[] times) {
        return Arrays.stream(times)
                .boxed()
                .flatMap(t -> IntStream.range(0, stored.ny()).mapToObj(y -> t))
                .toList();
    }

    /** From {@code [time][pose]} to {@code [time][y]} of the joined volume. */
    private List<Double> slices(double[] times, List<Slab> order) {
        List<Double> out = new ArrayList<>();
        for (int t = 0; t < stored.times(); t++) {
            for (Slab slab : order) {
                for (int y = 0; y < slab.slices(); y++) {
                    out.add(times[t * stored.poses() + slab.pose()]);
                }
            }
        }
        return out;
    }

    /** A volume is complete when its last slice is. */
    private List<Double> ends(List<Double> slices) {
        int perVolume = slices.size() / stored.times();
        return IntStream.range(0, stored.times())
                .mapToObj(t -> slices.subList(t * perVolume, (t + 1) * perVolume).stream()
                        .max(Double::compare)
                        .orElse(0.0))
                .toList();
    }

    /** Number of the block in which each slice was taken, on the nominal grid. */
    private List<Long> indices(List<Double> original) {
        double step = blockPeriodS();
        double window = file.positive("dt");
        return original.stream()
                .map(t -> Math.max(0, Math.round((t - window) / step)))
                .toList();
    }

    /** Difference of the two smallest nominal times; the integration window when there is none. */
    private double blockPeriodS() {
        double[] sorted = file.times("timeOriginal");
        Arrays.sort(sorted);
        double step = sorted.length > 1 ? sorted[1] - sorted[0] : 0;
        return step > 0 ? step : file.positive("dt");
    }

    private Map<String, Object> metadata() {
        Map<String, Object> m = new LinkedHashMap<>(ScanV1Probe.metadata(file));
        m.putAll(file.metadata());
        m.put("dtS", blockPeriodS());
        m.put("depthNearMm", depthMm(0));
        m.put("depthFarMm", depthMm(stored.nz() - 1));
        warnings.add(
                "version 1 names no probe and no sequence; they are those of the vendor's reader for this depth step");
        return m;
    }

    private double depthMm(int iz) {
        return Math.abs(voxels.apply(0, 0, iz)[2]) * 1e3;
    }
}
