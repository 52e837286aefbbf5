package org.fus.hardware.program;

import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.TransmitDelays;
import org.fus.hardware.ClockGrid;

/** The figures of a group on the clock of a device. */
final class ActualValues {
    private ActualValues() {}

    static void add(List<ProgramReport.Actual> out, String path, FiringGroup asked, Probe probe, ClockGrid clocks) {
        FiringGroup got = clocks.actual(asked);
        put(
                out,
                path + ".centerFrequency",
                asked.sequence().centerFrequencyHz(),
                got.sequence().centerFrequencyHz(),
                "Hz");
        put(
                out,
                path + ".pulseRepetitionFrequency",
                asked.sequence().pulseRepetitionFrequencyHz(),
                got.sequence().pulseRepetitionFrequencyHz(),
                "Hz");
        put(out, path + ".period", asked.schedule().periodS(), got.schedule().periodS(), "s");
        put(
                out,
                path + ".samplingFrequency",
                asked.receive().samplingFrequencyHz(),
                got.receive().samplingFrequencyHz(),
                "Hz");
        put(out, path + ".samples", asked.receive().samples(), got.receive().samples(), "");
        put(
                out,
                path + ".events[0].startTime",
                asked.receive().startTimesS().getFirst(),
                got.receive().startTimesS().getFirst(),
                "s");
        if (GroupCheck.fits(asked, probe)) {
            longestDelay(out, path, asked, probe, clocks);
        }
    }

    /** The delay that the clock moves furthest. */
    private static void longestDelay(
            List<ProgramReport.Actual> out, String path, FiringGroup asked, Probe probe, ClockGrid clocks) {
        double worst = -1;
        ProgramReport.Actual moved = null;
        for (int t = 0; t < asked.sequence().size(); t++) {
            double[] delays = TransmitDelays.delaysS(
                    asked.sequence().transmits().get(t), probe, asked.sequence().soundSpeedMPerS());
            for (int e = 0; e < delays.length; e++) {
                double off = Math.abs(clocks.timeS(delays[e]) - delays[e]); // NaN where it does not fire
                if (off > worst) {
                    worst = off;
                    String where = path + ".events[" + t + "].delays[" + e + "]";
                    moved = new ProgramReport.Actual(where, delays[e], clocks.timeS(delays[e]), "s");
                }
            }
        }
        if (moved != null && worst > 0) {
            out.add(moved);
        }
    }

    private static void put(List<ProgramReport.Actual> out, String path, double requested, double actual, String unit) {
        out.add(new ProgramReport.Actual(path, requested, actual, unit));
    }
}
