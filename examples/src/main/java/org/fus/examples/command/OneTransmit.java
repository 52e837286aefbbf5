package org.fus.examples.command;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;
import org.fus.core.data.RfData;

/** The samples of one transmit of a record, copied. */
final class OneTransmit {
    private OneTransmit() {}

    static RfData of(RfData data, int transmit) {
        ChannelFormat format = data.format().only(transmit);
        int samples = format.sampleCount();
        float[][] frames = new float[data.frames()][Math.multiplyExact(format.channels(), samples)];
        for (int f = 0; f < frames.length; f++) {
            for (int c = 0; c < format.channels(); c++) {
                data.copyTrace(f, transmit, c, frames[f], c * samples);
            }
        }
        return RfArray.wrap(format, frames);
    }
}
