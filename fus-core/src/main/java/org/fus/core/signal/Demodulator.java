package org.fus.core.signal;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.core.internal.layout.FramePanels;
import org.fus.core.run.RunContext;

/**
 * Turns RF into IQ at the centre frequency of its transmit sequence. An echo {@code A cos(2 pi fc t + p)} becomes
 * {@code A exp(j p)}. Implementations are immutable and thread-safe; their results do not depend on the number of
 * threads.
 */
public interface Demodulator {
    /**
     * Demodulates all transmits.
     *
     * @param rf {@code [frame][transmit][channel][sample]}
     * @param context where the work runs
     * @return IQ of {@link #outputFormat}, demodulated at the centre frequency of the sequence
     * @throws IllegalArgumentException when the format does not suit this demodulator
     */
    IqData demodulate(RfData rf, RunContext context);

    /**
     * Demodulates all transmits into memory that the caller owns, for chains that drop the IQ once it is beamformed.
     * Engine-internal: the result shares the panels.
     *
     * @param rf {@code [frame][transmit][channel][sample]}
     * @param panels zero, or filled by this method before, of the size that {@link #outputFormat} asks for
     * @param context where the work runs
     * @return the same as {@link #demodulate(RfData, RunContext)}; valid until the panels are filled anew
     */
    IqData demodulate(RfData rf, FramePanels panels, RunContext context);

    /**
     * Demodulates one of the transmits alone.
     *
     * @param rf {@code [frame][transmit][channel][sample]}
     * @param transmit from 0
     * @param context where the work runs
     * @return IQ of {@code outputFormat(rf.format().only(transmit))}
     * @throws IllegalArgumentException when there is no such transmit, or the format does not suit this demodulator
     */
    IqData demodulate(RfData rf, int transmit, RunContext context);

    /**
     * The format of the result, known before data arrive.
     *
     * @param rf the format of the RF
     * @return the same probe and firings with the sample axis of the IQ
     * @throws IllegalArgumentException when the format does not suit this demodulator
     */
    ChannelFormat outputFormat(ChannelFormat rf);
}
