package org.fus.core.probe;

import java.util.List;
import java.util.Optional;

/**
 * Known probes. Each figure has its source beside it; a figure without a public source is NaN, not a guess.
 *
 * <p>Sources: (I) the vendor's open-source reader PyIconeus, its default acquisition metadata; (V) the public probe
 * table of the Verasonics Vantage function {@code computeTrans}; (M) the probe table {@code getparam} of MUST
 * (Garcia 2021, doi:10.1109/IUS52206.2021.9593605).
 */
public final class ProbeCatalogue {
    private static final double MATRIX_PITCH_M = 0.300e-3;

    /**
     * An IcoPrime-like linear probe: 128 elements, pitch 0.11 mm, 15.625 MHz, elevation aperture 1.5 mm focused at 8 mm
     * (I). The element width is not published: 0.10 mm, the pitch less the 0.01 mm kerf of similar arrays. The two-way
     * bandwidth is not published: 67 %, the lower end of what arrays of this kind have.
     */
    public static final Probe ICO_PRIME = Probe.linear("IcoPrime", 128, 0.11e-3, 15.625e6)
            .elementWidthM(0.10e-3)
            .elevation(1.5e-3, 8e-3)
            .fractionalBandwidth(0.67)
            .build();

    /**
     * L22-14v: 128 elements, pitch 0.100 mm, width 0.080 mm, elevation aperture 1.5 mm focused at 8 mm; band 14 to 22
     * MHz around 18 MHz (V).
     */
    public static final Probe L22_14V = Probe.linear("L22-14v", 128, 0.100e-3, 18e6)
            .elementWidthM(0.080e-3)
            .elevation(1.5e-3, 8e-3)
            .fractionalBandwidth((22.0 - 14.0) / 18.0)
            .build();

    /**
     * L11-4v: 128 elements, pitch 0.300 mm, width 0.270 mm, elevation aperture 5 mm focused at 20 mm; band 3.85 to 10.63
     * MHz around 7.24 MHz (V).
     */
    public static final Probe L11_4V = Probe.linear("L11-4v", 128, 0.300e-3, 7.24e6)
            .elementWidthM(0.270e-3)
            .elevation(5e-3, 20e-3)
            .fractionalBandwidth((10.63 - 3.85) / 7.24)
            .build();

    /**
     * L7-4: 128 elements, pitch 0.298 mm, width 0.262 mm, 5 MHz: the probe of the public MUST recording of a rotating
     * disk, whose parameters give these figures (M). Band 4 to 7 MHz by its name.
     */
    public static final Probe L7_4 = Probe.linear("L7-4", 128, 0.298e-3, 5e6)
            .elementWidthM(0.262e-3)
            .fractionalBandwidth((7.0 - 4.0) / 5.0)
            .build();

    /**
     * L11-5v: 128 elements, pitch 0.300 mm, width 0.270 mm, 7.6 MHz, 77 % (M); elevation aperture 5 mm focused at 18 mm
     * (V).
     */
    public static final Probe L11_5V = Probe.linear("L11-5v", 128, 0.300e-3, 7.6e6)
            .elementWidthM(0.270e-3)
            .elevation(5e-3, 18e-3)
            .fractionalBandwidth(0.77)
            .build();

    /**
     * P4-2v: 64 elements, pitch 0.300 mm, width 0.250 mm, 2.72 MHz, 74 %, elevation aperture 14 mm focused at 60 mm (M).
     */
    public static final Probe P4_2V = Probe.phased("P4-2v", 64, 0.300e-3, 2.72e6)
            .elementWidthM(0.250e-3)
            .elevation(14e-3, 60e-3)
            .fractionalBandwidth(0.74)
            .build();

    /**
     * C5-2v: 128 elements on an arc of radius 49.57 mm, pitch 0.508 mm, width 0.46 mm, 3.57 MHz, 79 %, elevation aperture
     * 13.5 mm focused at 60 mm (M).
     */
    public static final Probe C5_2V = Probe.convex("C5-2v", 128, 0.508e-3, 49.57e-3, 3.57e6)
            .elementWidthM(0.46e-3)
            .elevation(13.5e-3, 60e-3)
            .fractionalBandwidth(0.79)
            .build();

    /** L22-14vX: as {@link #L22_14V}, another transducer material (V). */
    public static final Probe L22_14VX = Probe.linear("L22-14vX", 128, 0.100e-3, 18e6)
            .elementWidthM(0.080e-3)
            .elevation(1.5e-3, 8e-3)
            .fractionalBandwidth((22.0 - 14.0) / 18.0)
            .build();

    /** L15-Xtech: 128 elements, pitch 0.10 mm, 15 MHz (the public parameters of the miniScan, doi:10.1038/s41596-021-00548-8). */
    public static final Probe L15_XTECH =
            Probe.linear("L15-Xtech", 128, 0.10e-3, 15e6).build();

    /**
     * L12-3v: 192 elements (128 channels, multiplexed), pitch 0.200 mm, width 0.170 mm, elevation aperture 5 mm focused at
     * 20 mm; band 4.03 to 11.05 MHz around 7.54 MHz (V, M).
     */
    public static final Probe L12_3V = Probe.linear("L12-3v", 192, 0.200e-3, 7.54e6)
            .elementWidthM(0.170e-3)
            .elevation(5e-3, 20e-3)
            .fractionalBandwidth((11.05 - 4.03) / 7.54)
            .build();

    /** L35-16vX: 128 elements, pitch 0.069 mm, width 0.055 mm, band 20 to 36 MHz around 28 MHz (V). */
    public static final Probe L35_16VX = Probe.linear("L35-16vX", 128, 0.069e-3, 28e6)
            .elementWidthM(0.055e-3)
            .fractionalBandwidth((36.0 - 20.0) / 28.0)
            .build();

    /** L38-22v: 256 elements (multiplexed), pitch 0.069 mm, width 0.065 mm, band 22 to 38 MHz around 30 MHz (V). */
    public static final Probe L38_22V = Probe.linear("L38-22v", 256, 0.069e-3, 30e6)
            .elementWidthM(0.065e-3)
            .fractionalBandwidth((38.0 - 22.0) / 30.0)
            .build();

    /** GE9LD: 192 elements, pitch 0.230 mm, used at 5.2083 MHz, 80 % (the public demonstration of EchoFrame). */
    public static final Probe GE9LD = Probe.linear("GE9LD", 192, 0.230e-3, 5.2083e6)
            .fractionalBandwidth(0.80)
            .build();

    /**
     * An IcoPrime-4D-like multi-array: four arrays of 64 elements, 2.1 mm apart, pitch 0.11 mm, 15.625 MHz, elevation
     * aperture 1.5 mm focused at 8 mm (I). Width and bandwidth as those of {@link #ICO_PRIME}.
     */
    public static final Probe ICO_PRIME_MULTI_ARRAY = Probe.multiArray(
                    "IcoPrime-4D Multi-array", 4, 64, 0.11e-3, 2.1e-3, 15.625e6)
            .elementWidthM(0.10e-3)
            .elevation(1.5e-3, 8e-3)
            .fractionalBandwidth(0.67)
            .build();

    /**
     * RC6gV: row-column, 128 columns and 128 rows, pitch 0.200 mm, width 0.175 mm, length 25.6 mm; band 3.6 to 8.4 MHz
     * around 6 MHz (V).
     */
    public static final Probe RC6GV = Probe.rowColumn("RC6gV", 128, 128, 0.200e-3, 25.6e-3, 6.0e6)
            .elementWidthM(0.175e-3)
            .fractionalBandwidth(0.80)
            .build();

    /**
     * RC15gV: row-column, 80 columns and 80 rows, pitch 0.110 mm, width 0.100 mm, length 8.8 mm; band 8.16 to 19.04 MHz
     * around 13.6 MHz (V).
     */
    public static final Probe RC15GV = Probe.rowColumn("RC15gV", 80, 80, 0.110e-3, 8.8e-3, 13.6e6)
            .elementWidthM(0.100e-3)
            .fractionalBandwidth(0.80)
            .build();

    /**
     * Matrix1024-8: 32 x 32 elements, pitch 0.300 mm, width 0.275 mm, four panels of 8 rows with a blank row between them,
     * 7.81 MHz, band 0.7 to 1.3 of it (V).
     */
    public static final Probe MATRIX1024_8 = Probe.matrix(
                    "Matrix1024-8",
                    ProbeLayouts.centered(32, MATRIX_PITCH_M),
                    ProbeLayouts.panels(4, 8, MATRIX_PITCH_M),
                    MATRIX_PITCH_M,
                    7.81e6)
            .elementWidthM(0.275e-3)
            .fractionalBandwidth(1.3 - 0.7)
            .build();

    /** Matrix1024-3: laid out as {@link #MATRIX1024_8}, 3.47 MHz (V); its band is not published there. */
    public static final Probe MATRIX1024_3 = Probe.matrix(
                    "Matrix1024-3",
                    ProbeLayouts.centered(32, MATRIX_PITCH_M),
                    ProbeLayouts.panels(4, 8, MATRIX_PITCH_M),
                    MATRIX_PITCH_M,
                    3.47e6)
            .elementWidthM(0.275e-3)
            .build();

    private static final List<Probe> ALL = List.of(
            ICO_PRIME,
            L22_14V,
            L11_4V,
            L7_4,
            L11_5V,
            P4_2V,
            C5_2V,
            L22_14VX,
            L15_XTECH,
            L12_3V,
            L35_16VX,
            L38_22V,
            GE9LD,
            ICO_PRIME_MULTI_ARRAY,
            RC6GV,
            RC15GV,
            MATRIX1024_8,
            MATRIX1024_3);

    private ProbeCatalogue() {}

    /**
     * All known probes.
     *
     * @return an unmodifiable list
     */
    public static List<Probe> all() {
        return ALL;
    }

    /**
     * Looks a probe up.
     *
     * @param name its name, in any case
     * @return the probe, when it is known
     */
    public static Optional<Probe> find(String name) {
        return ALL.stream().filter(p -> p.name().equalsIgnoreCase(name)).findFirst();
    }
}
