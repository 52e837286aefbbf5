package org.fus.hardware.program;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of acquisition that people ask for. */
public enum PlanKind {
    /** One plane over time. */
    FUS_2D("2d-fus"),
    /** A stack of planes, once. */
    ANGIO_3D("3d-angio"),
    /** A stack of planes, again and again. */
    FUS_3D_T("3d-t"),
    /** Poses of one's own choice, again and again. */
    CUSTOM_POSES("custom-poses"),
    /** A row-column array: columns fire, then rows. */
    RCA("rca"),
    /** Several arrays one behind the other that tile a volume. */
    MULTI_ARRAY("multi-array"),
    /** One plane at the high rate of localisation microscopy. */
    ULM("ulm"),
    /** Anatomy: many tilts, a low rate. */
    B_MODE("b-mode"),
    /** One wave along the axis, for motion over time. */
    M_MODE("m-mode");

    private final String text;

    PlanKind(String text) {
        this.text = text;
    }

    /**
     * The name in a plan file.
     *
     * @return such as {@code 2d-fus}
     */
    public String text() {
        return text;
    }

    /**
     * Looks a kind up.
     *
     * @param text the name in a plan file
     * @return the kind, when there is one of that name
     */
    public static Optional<PlanKind> of(String text) {
        return Arrays.stream(values()).filter(k -> k.text.equals(text)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(PlanKind::text).collect(Collectors.joining(", "));
    }

    /** Whether the places follow from a number of positions, so that the number matters. */
    boolean isStack() {
        return this == ANGIO_3D || this == FUS_3D_T || this == MULTI_ARRAY;
    }
}
