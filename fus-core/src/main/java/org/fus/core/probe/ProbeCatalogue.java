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
    public static final Probe P4_2V = Probe.linear("P4-2v", 64, 0.300e-3, 2.72e6)
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

    private static final List<Probe> ALL = List.of(ICO_PRIME, L22_14V, L11_4V, L7_4, L11_5V, P4_2V, C5_2V);

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
