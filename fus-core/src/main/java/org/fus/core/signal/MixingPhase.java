package org.fus.core.signal;

/** The phase of the mixing oscillator, in turns and double, so that late samples keep all their digits. */
final class MixingPhase {
    private MixingPhase() {}

    /** {@code [cos, sin]} of {@code -2 pi f t}, {@code f t} reduced to half a turn either way. */
    static double[] rotation(double frequencyHz, double timeS) {
        double turns = frequencyHz * timeS;
        double angle = -2 * Math.PI * (turns - Math.rint(turns));
        return new double[] {Math.cos(angle), Math.sin(angle)};
    }
}
