package org.fus.core.simulation;

/** Blood volume over time, relative to rest: what a neural response changes. */
@FunctionalInterface
public interface BloodVolume {
    /** No function: the volume stays at rest. The default of a vessel. */
    BloodVolume AT_REST = timeS -> 1;

    /**
     * The volume at a time. As many scatterers are active as the volume says, so the Doppler power follows it.
     *
     * @param timeS seconds since the first frame
     * @return blood volume over that at rest, 0 or more; 1.1 is ten per cent more
     */
    double relativeVolume(double timeS);

    /**
     * {@code 1 + amplitude * response(t)}.
     *
     * @param amplitude relative change at response 1, such as 0.1
     * @param response the haemodynamic response over time in seconds, 0 at rest
     * @return the volume
     */
    static BloodVolume response(double amplitude, java.util.function.DoubleUnaryOperator response) {
        return timeS -> 1 + amplitude * response.applyAsDouble(timeS);
    }
}
