package org.fus.hardware;

import java.util.List;
import org.fus.core.sequence.Control;
import org.fus.core.sequence.FiringGroup;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.Schedule;
import org.fus.core.sequence.TransmitSequence;

/**
 * The clocks of a device: what it makes of the figures that it is asked for. Times are whole ticks; frequencies are the clock
 * divided by a whole number, so that the divisor is never more than half from the one asked for. Sample counts are rounded
 * up, so that nothing asked for is missing.
 *
 * @param transmitClockHz clock of delays, pulses and periods, hertz; 0 for any value
 * @param receiveClockHz clock that sampling frequencies divide, hertz; 0 for any value
 * @param sampleStep samples come in multiples of this; us4R counts in 64, Vantage in 128
 */
public record ClockGrid(double transmitClockHz, double receiveClockHz, int sampleStep) {
    /** Every value as it is asked for: a simulation. */
    public static final ClockGrid CONTINUOUS = new ClockGrid(0, 0, 1);

    /** Checks the figures. */
    public ClockGrid {
        if (!(transmitClockHz >= 0)
                || !(receiveClockHz >= 0)
                || Double.isInfinite(transmitClockHz)
                || Double.isInfinite(receiveClockHz)
                || sampleStep < 1) {
            throw new IllegalArgumentException("clocks of " + transmitClockHz + " Hz and " + receiveClockHz
                    + " Hz, samples in steps of " + sampleStep + ": clocks must be 0 or more, the step at least 1");
        }
    }

    /**
     * A pulse's frequency.
     *
     * @param hz asked for, positive
     * @return hertz, the clock over a whole number
     */
    public double frequencyHz(double hz) {
        return divided(transmitClockHz, hz);
    }

    /**
     * A sampling frequency.
     *
     * @param hz asked for, positive
     * @return hertz, the clock over a whole number
     */
    public double samplingHz(double hz) {
        return divided(receiveClockHz, hz);
    }

    /**
     * A delay or a period.
     *
     * @param seconds asked for
     * @return seconds, whole ticks
     */
    public double timeS(double seconds) {
        return transmitClockHz == 0 ? seconds : Math.rint(seconds * transmitClockHz) / transmitClockHz;
    }

    /**
     * A number of samples.
     *
     * @param samples asked for
     * @return at least as many
     */
    public int samples(int samples) {
        return (int) Math.min(Integer.MAX_VALUE, (samples + sampleStep - 1L) / sampleStep * sampleStep);
    }

    /**
     * A group as the device fires it.
     *
     * @param group asked for
     * @return the same group on the clocks
     */
    public FiringGroup actual(FiringGroup group) {
        if (equals(CONTINUOUS)) {
            return group;
        }
        TransmitSequence asked = group.sequence();
        double periodS = timeS(1 / asked.pulseRepetitionFrequencyHz());
        TransmitSequence sequence = new TransmitSequence(
                asked.transmits(),
                frequencyHz(asked.centerFrequencyHz()),
                periodS > 0 ? 1 / periodS : asked.pulseRepetitionFrequencyHz(),
                asked.soundSpeedMPerS());
        SampleAxis receive = new SampleAxis(
                samplingHz(group.receive().samplingFrequencyHz()),
                group.receive().startTimesS().stream().map(this::timeS).toList(),
                samples(group.receive().samples()));
        Schedule schedule = group.schedule();
        if (group.isPlain()) {
            return new FiringGroup(group.name(), sequence, receive, schedule.repetitions(), group.framesPerBlock());
        }
        List<Control> events = group.events().stream()
                .map(e -> e.withTimeOffset(timeS(e.timeOffsetS())))
                .toList();
        return new FiringGroup(
                group.name(),
                sequence,
                receive,
                events,
                group.framesPerBlock(),
                new Schedule(schedule.repetitions(), timeS(schedule.periodS()), schedule.control(), schedule.links()));
    }

    private static double divided(double clockHz, double hz) {
        return clockHz == 0 ? hz : clockHz / Math.max(1, Math.rint(clockHz / hz));
    }
}
