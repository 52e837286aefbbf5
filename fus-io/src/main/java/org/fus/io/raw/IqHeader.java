package org.fus.io.raw;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfGroup;

/**
 * What a {@code .hraw} says, in its own units.
 *
 * @param values decoded numbers by field, 1 to 12
 * @param mode the acquisition mode
 * @param extension what has no place in the format; empty for none
 */
record IqHeader(Map<Integer, List<Double>> values, String mode, String extension) {
    static final String EXTENSION = "fusExtension";

    /** Numbers of the fields, from {@code F1}. */
    private static final int FREQUENCY = 1;

    private static final int PRF = 2;
    private static final int SOUND_SPEED = 3;
    private static final int FRAME_RATE = 4;
    private static final int APERTURE = 5;
    private static final int DEPTH = 6;
    private static final int ANGLES = 7;
    private static final int VOXEL = 8;
    private static final int DIMS = 9;
    private static final int COMPOUNDED = 10;
    private static final int BLOCKS = 11;
    private static final int LEGACY = 12;
    private static final int FIELDS = 12;
    private static final String MODE = "F13";

    /** The vendor's disguise: a number is stored as number x 1005 x field + 72. */
    private static final double FACTOR = 1005;

    private static final double OFFSET = 72;

    private static final Map<Integer, String> NAMES = names();

    static IqHeader read(Hdf hdf) {
        Map<Integer, List<Double>> values = new LinkedHashMap<>();
        for (int f = 1; f <= FIELDS; f++) {
            double factor = FACTOR * f;
            double[] stored = hdf.numbers("F" + f);
            for (double v : stored) {
                if (!Double.isFinite(v)) {
                    throw hdf.failure("F" + f, "expected finite numbers, got " + v + "; the file may be damaged");
                }
            }
            values.put(
                    f,
                    Arrays.stream(stored)
                            .map(v -> (v - OFFSET) / factor)
                            .boxed()
                            .toList());
        }
        return new IqHeader(values, hdf.text(MODE, ""), hdf.text(EXTENSION, ""));
    }

    /** The header of an ensemble whose frames fill one block each time. */
    static IqHeader of(
            PixelGrid grid, IqEnsemble.Timing timing, int framesPerBlock, int blocks, Map<String, Object> metadata) {
        Map<Integer, List<Double>> v = new LinkedHashMap<>();
        v.put(FREQUENCY, List.of(timing.centerFrequencyHz() * 1e-6));
        v.put(PRF, stored(metadata, "prfHz", List.of(timing.frameRateHz())));
        v.put(SOUND_SPEED, List.of(timing.soundSpeedMPerS()));
        v.put(FRAME_RATE, List.of(timing.frameRateHz()));
        v.put(APERTURE, stored(metadata, "receiveAperture", List.of(1.0, (double) grid.nx())));
        v.put(DEPTH, List.of(grid.z0M() * 1e3, (grid.z0M() + (grid.nz() - 1) * grid.dzM()) * 1e3));
        v.put(ANGLES, stored(metadata, "anglesDeg", List.of(0.0)));
        v.put(VOXEL, List.of(grid.dxM() * 1e3, grid.dyM() * 1e3, grid.dzM() * 1e3));
        v.put(DIMS, List.of((double) grid.nx(), (double) grid.ny(), (double) grid.nz(), 1.0, (double) framesPerBlock));
        v.put(COMPOUNDED, List.of(1.0));
        v.put(BLOCKS, List.of((double) blocks));
        v.put(LEGACY, List.of(0.0));
        return new IqHeader(v, metadata.get("acquisitionMode") instanceof String s ? s : "2Dscan", "");
    }

    IqHeader withExtension(String json) {
        return new IqHeader(values, mode, json);
    }

    IqHeader withBlocks(int blocks) {
        Map<Integer, List<Double>> changed = new LinkedHashMap<>(values);
        changed.put(BLOCKS, List.of((double) blocks));
        return new IqHeader(changed, mode, extension);
    }

    HdfGroup tree() {
        HdfGroup root = new HdfGroup();
        values.forEach((f, v) -> root.doubles(
                "F" + f, v.stream().mapToDouble(d -> d * FACTOR * f + OFFSET).toArray(), 1, v.size()));
        root.text(MODE, mode);
        if (!extension.isEmpty()) {
            root.text(EXTENSION, extension);
        }
        return root;
    }

    /** The decoded fields under names of the SDK, in the vendor's units. */
    Map<String, Object> metadata() {
        Map<String, Object> m = new LinkedHashMap<>();
        NAMES.forEach((f, name) -> {
            List<Double> v = values.get(f).stream().map(IqHeader::rounded).toList();
            boolean list = f == APERTURE || f == DEPTH || f == ANGLES || f == VOXEL || f == DIMS;
            m.put(name, list || v.size() != 1 ? v : v.getFirst());
        });
        m.put("acquisitionMode", mode);
        return m;
    }

    boolean isLegacy() {
        return values.get(LEGACY).stream().anyMatch(v -> rounded(v) != 0);
    }

    /** Lengths of lateral, elevation, depth, compound, frame, block. */
    int[] dims(String file) {
        List<Double> stored = values.get(DIMS);
        double[] all = new double[6];
        Arrays.fill(all, 1);
        for (int i = 0; i < Math.min(5, stored.size()); i++) {
            all[i] = rounded(stored.get(i));
        }
        all[5] = rounded(one(file, BLOCKS));
        int[] out = new int[6];
        for (int i = 0; i < 6; i++) {
            if (stored.size() != 5 || !(all[i] >= 1 && all[i] <= Integer.MAX_VALUE) || all[i] != Math.rint(all[i])) {
                throw new FusFormatException(
                        file,
                        i == 5 ? "F11" : "F9",
                        "expected whole lengths of at least 1, got " + stored + " and " + all[5] + " blocks");
            }
            out[i] = (int) all[i];
        }
        return out;
    }

    PixelGrid grid(String file) {
        int[] n = dims(file);
        List<Double> mm = values.get(VOXEL);
        if (mm.size() != 3 || values.get(DEPTH).isEmpty()) {
            throw new FusFormatException(file, "F8", "expected three voxel sizes and a depth, got " + mm);
        }
        double dx = rounded(mm.get(0)) * 1e-3;
        double dy = rounded(mm.get(1)) * 1e-3;
        double dz = rounded(mm.get(2)) * 1e-3;
        double near = rounded(values.get(DEPTH).getFirst()) * 1e-3;
        return new PixelGrid(-dx * (n[0] - 1) / 2, -dy * (n[1] - 1) / 2, near, dx, dy, dz, n[0], n[1], n[2]);
    }

    IqEnsemble.Timing timing(String file) {
        return new IqEnsemble.Timing(
                rounded(one(file, FRAME_RATE)) * dims(file)[3],
                rounded(one(file, FREQUENCY)) * 1e6,
                rounded(one(file, SOUND_SPEED)));
    }

    private double one(String file, int field) {
        List<Double> v = values.get(field);
        if (v.size() != 1) {
            throw new FusFormatException(file, "F" + field, "expected one number, got " + v);
        }
        return v.getFirst();
    }

    /** The disguise costs the last bits: the number with twelve digits is the one that was meant. */
    private static double rounded(double v) {
        return v == 0 || !Double.isFinite(v)
                ? 0
                : new java.math.BigDecimal(v)
                        .round(new java.math.MathContext(12))
                        .doubleValue();
    }

    private static List<Double> stored(Map<String, Object> metadata, String name, List<Double> absent) {
        return switch (metadata.get(name)) {
            case Number n -> List.of(n.doubleValue());
            case List<?> list
            when list.stream().allMatch(Number.class::isInstance) && !list.isEmpty() ->
                list.stream().map(v -> ((Number) v).doubleValue()).toList();
            case null, default -> absent;
        };
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(FREQUENCY, "transmitFrequencyMHz");
        names.put(PRF, "prfHz");
        names.put(SOUND_SPEED, "soundSpeedMPerS");
        names.put(FRAME_RATE, "frameRateHz");
        names.put(APERTURE, "receiveAperture");
        names.put(DEPTH, "depthMm");
        names.put(ANGLES, "anglesDeg");
        names.put(VOXEL, "voxelSizeMm");
        names.put(DIMS, "blockDims");
        names.put(COMPOUNDED, "compounded");
        names.put(BLOCKS, "blocks");
        names.put(LEGACY, "legacyLayout");
        return names;
    }
}
