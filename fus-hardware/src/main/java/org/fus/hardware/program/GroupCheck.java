package org.fus.hardware.program;

import java.util.ArrayList;
import java.util.List;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;
import org.fus.core.sequence.TransmitSequence;
import org.fus.hardware.DeviceLimits;

/** Everything that keeps one group from being fired, at the times that the clock of the device gives it. */
final class GroupCheck {
    /** Times closer than this are the same: clocks of devices count in nanoseconds. */
    private static final double ON_TIME_S = 1e-9;

    private final List<String> problems = new ArrayList<>();
    private final String path;
    private final FiringGroup group;
    private final Probe probe;
    private final DeviceLimits limits;

    private GroupCheck(String path, FiringGroup group, Probe probe, DeviceLimits limits) {
        this.path = path;
        this.group = group;
        this.probe = probe;
        this.limits = limits;
    }

    static List<String> problems(String path, FiringGroup group, Probe probe, DeviceLimits limits, double pulseCycles) {
        GroupCheck check = new GroupCheck(path, group, probe, limits);
        check.sequence();
        check.receive();
        check.times(pulseCycles);
        check.duty(pulseCycles);
        check.block();
        return check.problems;
    }

    /** Whether all firings are for a probe of so many elements. */
    static boolean fits(FiringGroup group, Probe probe) {
        return group.sequence().transmits().stream()
                .allMatch(t -> misfit(t, probe).isEmpty());
    }

    /** Seconds per frame in which the probe emits. */
    static double emitS(FiringGroup group, double pulseCycles) {
        return group.sequence().size() * pulseCycles / group.sequence().centerFrequencyHz();
    }

    private void sequence() {
        TransmitSequence sequence = group.sequence();
        atMost("transmits", sequence.size(), limits.transmits(), "firings per frame; fire fewer");
        atMost("channels", probe.elements(), limits.channels(), "channels; use a probe with fewer elements");
        double band = probe.fractionalBandwidth(); // of an unknown band, NaN, nothing lies outside
        double low = probe.centerFrequencyHz() * (1 - band / 2);
        double high = probe.centerFrequencyHz() * (1 + band / 2);
        if (sequence.centerFrequencyHz() < low || sequence.centerFrequencyHz() > high) {
            add(
                    "centerFrequency",
                    sequence.centerFrequencyHz() + " Hz lies outside the probe's band of " + low + " to " + high
                            + " Hz; choose one within");
        }
        for (int t = 0; t < sequence.size(); t++) {
            String misfit = misfit(sequence.transmits().get(t), probe);
            if (!misfit.isEmpty()) {
                add("events[" + t + "].transmit", misfit);
            }
        }
    }

    private double fractionalBandwidth() {
        double known = probe.fractionalBandwidth();
        return Double.isNaN(known) ? ProgramValidator.DEFAULT_FRACTIONAL_BANDWIDTH : known;
    }

    private static String misfit(Transmit transmit, Probe probe) {
        int elements = probe.elements();
        if (transmit instanceof Transmit.SingleElement one) {
            return one.element() < elements
                    ? ""
                    : "element " + one.element() + " fires, the probe has " + elements + " (0 to " + (elements - 1)
                            + ")";
        }
        if (transmit instanceof Transmit.ElementDelays law && law.delaysS().size() != elements) {
            return law.delaysS().size() + " delays, the probe has " + elements + " elements; give one each";
        }
        int weights = transmit.aperture().elements();
        return transmit.aperture().isAll() || weights == elements
                ? ""
                : weights + " weights, the probe has " + elements + " elements; give one each";
    }

    private void receive() {
        SampleAxis receive = group.receive();
        atMost("samples", receive.samples(), limits.samples(), "samples per firing; image less deep");
        atMost("samplingFrequency", receive.samplingFrequencyHz(), limits.samplingFrequencyHz(), "Hz; sample slower");
        double highestHz = group.sequence().centerFrequencyHz() * (1 + fractionalBandwidth() / 2);
        if (receive.samplingFrequencyHz() < 2 * highestHz) {
            add(
                    "samplingFrequency",
                    receive.samplingFrequencyHz() + " Hz is below " + 2 * highestHz
                            + " Hz, twice the highest frequency of the pulse; sample faster");
        }
    }

    /** Firings in order, not too fast, and each with its echoes before the next one. */
    private void times(double pulseCycles) {
        int n = group.sequence().size();
        double shortestS = 1 / limits.pulseRepetitionFrequencyHz();
        double periodS = group.schedule().periodS();
        double frameEndS = periodS > 0 ? periodS : ProgramValidator.framePeriodS(group);
        if (1 / group.sequence().pulseRepetitionFrequencyHz() < shortestS - ON_TIME_S) {
            add(
                    "pulseRepetitionFrequency",
                    plain(group.sequence().pulseRepetitionFrequencyHz()) + " Hz, at most "
                            + plain(limits.pulseRepetitionFrequencyHz()) + " Hz are possible; fire less often");
        }
        double lastS = group.events().getLast().timeOffsetS();
        if (lastS >= frameEndS) {
            add(
                    "period",
                    "a frame every " + micro(frameEndS) + ", its last firing is at " + micro(lastS)
                            + "; take a longer period");
        }
        for (int t = 0; t < n; t++) {
            double startS = group.events().get(t).timeOffsetS();
            double nextS = t + 1 < n ? group.events().get(t + 1).timeOffsetS() : frameEndS;
            double gapS = nextS - startS;
            if (gapS <= 0) {
                if (t + 1 < n) {
                    add(
                            "events[" + (t + 1) + "].timeOffset",
                            micro(nextS) + " is not after the firing before it at " + micro(startS)
                                    + "; put firings in order");
                }
                continue;
            }
            if (gapS < shortestS - ON_TIME_S && !isRegular(gapS)) {
                add(
                        "events[" + t + "].period",
                        micro(gapS) + " to the next firing, at least " + micro(shortestS) + "; fire less often");
            }
            travel(t, gapS, pulseCycles);
        }
    }

    /** The one line about the pulse repetition frequency speaks for all regular firings. */
    private boolean isRegular(double gapS) {
        return Math.abs(gapS - 1 / group.sequence().pulseRepetitionFrequencyHz()) <= ON_TIME_S;
    }

    private void travel(int t, double gapS, double pulseCycles) {
        double startS = group.receive().startTimesS().get(t);
        double endS = group.receive().timeS(t, group.receive().samples());
        String where = "events[" + t + "]";
        if (startS < 0) {
            add(where + ".startTime", micro(startS) + ", expected 0 or more; samples begin after the firing");
        }
        if (endS > gapS + ON_TIME_S) {
            double depthM = gapS * group.sequence().soundSpeedMPerS() / 2;
            add(
                    where + ".period",
                    "the last echo comes " + micro(endS) + " after the firing, the next firing after " + micro(gapS)
                            + " (" + milli(depthM) + " of depth at most); image less deep or fire less often");
        }
        double pulseS = pulseCycles / group.sequence().centerFrequencyHz();
        double delayS = fits(group, probe) ? longestDelayS(t) : 0;
        if (delayS + pulseS > gapS + ON_TIME_S) {
            add(
                    where + ".delays",
                    "the firing takes " + micro(delayS + pulseS) + ", the next one comes after " + micro(gapS)
                            + "; tilt less or fire less often");
        }
    }

    private double longestDelayS(int t) {
        double longest = 0;
        for (double d : TransmitDelays.delaysS(
                group.sequence().transmits().get(t), probe, group.sequence().soundSpeedMPerS())) {
            longest = d > longest ? d : longest; // false for elements that do not fire
        }
        return longest;
    }

    private void duty(double pulseCycles) {
        double duty = emitS(group, pulseCycles) / ProgramValidator.framePeriodS(group);
        if (duty > limits.dutyCycle()) {
            add(
                    "duty",
                    "emits " + (float) (duty * 100) + " % of the time, at most "
                            + (float) (limits.dutyCycle() * 100)
                            + " %; use shorter pulses or fire less often");
        }
    }

    private void block() {
        double bytes = (double) FrameBytes.of(probe, group)
                * Math.min(group.framesPerBlock(), group.schedule().repetitions());
        atMost(
                "framesPerBlock",
                bytes,
                (double) limits.blockBytes(),
                "bytes per block; hand over fewer frames at a time");
    }

    private void atMost(String where, double got, double limit, String what) {
        if (got > limit) {
            add(where, plain(got) + ", at most " + plain(limit) + " " + what);
        }
    }

    private void add(String where, String what) {
        problems.add(path + "." + where + ": " + what);
    }

    private static String plain(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }

    private static String micro(double seconds) {
        return (float) (seconds * 1e6) + " us";
    }

    private static String milli(double metres) {
        return (float) (metres * 1e3) + " mm";
    }
}
