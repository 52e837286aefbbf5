package org.fus.examples.command;

import java.util.Collections;
import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.geometry.PixelGrid;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.SampleAxis;

/** Where to look when the user does not say: in front of the array, as deep as the record reaches. */
final class DefaultGrid {
    static final String DESCRIPTION =
            "by default one column per element, rows one wavelength apart, over the depths that the record reaches";

    private DefaultGrid() {}

    /**
     * Columns below the elements; rows one wavelength apart, from the depth whose echo has arrived when every transmit
     * records (at least one wavelength) to the depth whose echo, straight below an element, still arrives in all.
     */
    static PixelGrid of(ChannelFormat format) {
        Probe probe = format.probe();
        SampleAxis samples = format.samples();
        double soundSpeedMPerS = format.sequence().soundSpeedMPerS();
        double wavelengthM = soundSpeedMPerS / format.sequence().centerFrequencyHz();
        double firstS = Collections.max(samples.startTimesS());
        double lastS = Collections.min(samples.startTimesS()) + (samples.samples() - 1) / samples.samplingFrequencyHz();
        double nearM = Math.max(wavelengthM, firstS * soundSpeedMPerS / 2);
        int rows = (int) Math.floor((lastS * soundSpeedMPerS / 2 - nearM) / wavelengthM) + 1;
        if (probe.elements() < 2 || rows < 2 || !probe.isPlanar()) {
            throw new FusUnsupportedException("a record of " + samples.samples() + " samples on " + probe.elements()
                    + " elements of a " + probe.type() + " probe gives no default grid; say where to look with --grid");
        }
        double halfM = (probe.elements() - 1) * probe.pitchM() / 2;
        double farM = nearM + (rows - 1) * wavelengthM;
        return PixelGrid.xz(-halfM, halfM, probe.elements(), nearM, farM, rows);
    }
}
