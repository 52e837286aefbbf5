package org.fus.core.beamforming;

import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.error.FusUnsupportedException;

/** Checks that data are what a plan was made for. */
final class PlanMatch {
    private PlanMatch() {}

    /** Throws unless the data are of the format and, when they are IQ, demodulated at its centre frequency. */
    static void require(ChannelData data, ChannelFormat format) {
        ChannelFormat got = data.format();
        if (got.transmits() != format.transmits()
                || got.channels() != format.channels()
                || !got.samples().equals(format.samples())
                || !got.channelMap().equals(format.channelMap())
                || !got.sequence().equals(format.sequence())) {
            throw new IllegalArgumentException("channel data of " + describe(got) + " do not match the plan, made for "
                    + describe(format) + "; make a plan for this format");
        }
        if (data instanceof IqData iq
                && iq.demodulationFrequencyHz() != format.sequence().centerFrequencyHz()) {
            throw new IllegalArgumentException("IQ data demodulated at " + iq.demodulationFrequencyHz()
                    + " Hz, the plan turns phases at " + format.sequence().centerFrequencyHz()
                    + " Hz; demodulate at the centre frequency of the sequence");
        }
    }

    /** The data, which are IQ of the format. */
    static IqData requireIq(ChannelData data, ChannelFormat format) {
        if (!(data instanceof IqData iq)) {
            throw new FusUnsupportedException("this method turns phases of IQ samples, got RF; demodulate first");
        }
        require(data, format);
        return iq;
    }

    private static String describe(ChannelFormat f) {
        return f.transmits() + " transmits x " + f.channels() + " channels x " + f.sampleCount() + " samples at "
                + f.samples().samplingFrequencyHz() + " Hz, PRF " + f.sequence().pulseRepetitionFrequencyHz() + " Hz";
    }
}
