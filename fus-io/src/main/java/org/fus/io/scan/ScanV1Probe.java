package org.fus.io.scan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The probe and sequence of a version 1 scan, which the file does not name: the depth step is the wavelength of the probe
 * in tissue (1540 m/s), and the rest is what the vendor's reader fills in for that probe.
 */
final class ScanV1Probe {
    private static final String PRIME = "IcoPrime";

    /** Centre frequencies in MHz by name. */
    private static final Map<String, Double> BY_NAME =
            Map.of("IcoRange", 8.929, "IcoDeep", 6.25, "IcoBright", 12.5, PRIME, 15.625);

    /** Depth steps are compared in units of 10 nm. */
    private static final double UNIT = 1e8;

    private static final long TOLERANCE_UNITS = 2;

    private ScanV1Probe() {}

    /** Whether the elements of the array are four arrays side by side in elevation. */
    static boolean isMultiArray(ScanV1File file) {
        int poses = file.shape().poses();
        boolean stack = file.acquisitionMode().equals("3Dscan")
                || file.acquisitionMode().equals("4Dscan");
        return (stack && poses == 4)
                || (file.acquisitionMode().equals("4Dscan")
                        && poses == 1
                        && file.shape().ny() == 4);
    }

    static String name(ScanV1File file, boolean multiArray) {
        double dz = file.positive("dz");
        String family = BY_NAME.entrySet().stream()
                .filter(e -> Math.abs((long) (dz * UNIT) - (long) (UNIT * 1540e-6 / e.getValue())) <= TOLERANCE_UNITS)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("unknown");
        if (file.isRca()) {
            return family.equals("unknown") ? family : family + " 4D RCA";
        }
        if (multiArray) {
            return "IcoPrime 4D MultiArray";
        }
        if (!family.equals(PRIME)) {
            return family;
        }
        return switch (file.shape().nx()) {
            case 128 -> PRIME;
            case 192 -> "IcoPrimeXL";
            default -> "IcoPrimeMini";
        };
    }

    /** Entries under the names of the metadata of a scan. */
    static Map<String, Object> metadata(ScanV1File file) {
        boolean multiArray = isMultiArray(file);
        String name = name(file, multiArray);
        double frequency = BY_NAME.entrySet().stream()
                .filter(e -> name.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(BY_NAME.get(PRIME));
        List<Double> angles = multiArray
                ? DoubleStream.iterate(0, i -> i < 8, i -> i + 1)
                        .map(i -> -12 + 24 * i / 7)
                        .boxed()
                        .toList()
                : DoubleStream.iterate(-10, a -> a <= 10, a -> a + 2).boxed().toList();
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("probeType", file.isRca() ? "RCA" : multiArray ? "MultiArray" : "Linear");
        m.put("probeFrequencyMHz", frequency);
        m.put("pitchMm", 0.11);
        m.put("elevationApertureMm", 1.5);
        m.put("elements", multiArray ? 256L : 128L);
        m.put("probeModel", multiArray ? "2390" : "2392");
        m.put("probeName", name);
        m.put("transmitFrequencyMHz", frequency);
        m.put("prfHz", 500.0 * angles.size());
        m.put("samplingFrequencyMHz", 4 * frequency);
        m.put("anglesDeg", angles);
        m.put("transmitVoltageV", 25.0);
        m.put("sequenceName", "default sequence");
        return m;
    }
}
