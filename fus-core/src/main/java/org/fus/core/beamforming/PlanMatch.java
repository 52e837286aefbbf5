package org.fus.core.beamforming;

import org.fus.core.data.ChannelData;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.IqData;
import org.fus.core.error.FusUnsupportedException;

/** Checks that data are what a plan was made for. */
final class PlanMatch {
    private PlanMatch() {}

    /** The data, which are IQ of the format. */
    static IqData require(ChannelData channels, ChannelFormat format) {
        if (!(channels instanceof IqData data)) {
            throw new FusUnsupportedException("this method turns phases of IQ samples, got RF; demodulate first");
        }
        ChannelFormat got = data.format();
        if (got.transmits() != format.transmits()
                || got.channels() != format.channels()
                || !got.samples().equals(format.samples())
                || !got.channelMap().equals(format.channelMap())
                || !got.sequence().equals(format.sequence())) {
            throw new IllegalArgumentException("IQ data of " + describe(got) + " do not match the plan, made for "
                    + describe(format) + "; make a plan for this format");
        }
        if (data.demodulationFrequencyHz() != format.sequence().centerFrequencyHz()) {
            throw new IllegalArgumentException("IQ data demodulated at " + data.demodulationFrequencyHz()
                    + " Hz, the plan turns phases at " + format.sequence().centerFrequencyHz()
                    + " Hz; demodulate at the centre frequency of the sequence");
        }
        return data;
    }

    private static String describe(ChannelFormat f) {
        return f.transmits() + " transmits x " + f.channels() + " channels x " + f.sampleCount() + " samples at "
                + f.samples().samplingFrequencyHz() + " Hz, PRF " + f.sequence().pulseRepetitionFrequencyHz() + " Hz";
    }
}
