package org.fus.core.signal;

import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfArray;

/** Linear combinations of records. */
final class LinearRecords {
    private LinearRecords() {}

    /** {@code a + scale * b}, sample by sample. */
    static RfArray combine(RfArray a, RfArray b, float scale) {
        ChannelFormat format = a.format();
        int n = format.sampleCount();
        float[][] sum = new float[a.frames()][format.transmits() * format.channels() * n];
        float[] other = new float[n];
        for (int f = 0; f < a.frames(); f++) {
            for (int trace = 0; trace < format.transmits() * format.channels(); trace++) {
                a.copyTrace(f, trace / format.channels(), trace % format.channels(), sum[f], trace * n);
                b.copyTrace(f, trace / format.channels(), trace % format.channels(), other, 0);
                for (int k = 0; k < n; k++) {
                    sum[f][trace * n + k] += scale * other[k];
                }
            }
        }
        return RfArray.wrap(format, sum);
    }
}
