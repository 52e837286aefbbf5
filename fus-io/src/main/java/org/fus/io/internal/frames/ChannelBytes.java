package org.fus.io.internal.frames;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fus.core.data.ChannelData;
import org.fus.core.data.IqData;
import org.fus.core.data.RfData;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.SampleType;

/** Writes the samples of a recording in plain order {@code [frame][transmit][channel][sample]}, IQ as (re, im). */
public final class ChannelBytes {
    private ChannelBytes() {}

    /**
     * Writes all frames, little-endian.
     *
     * @param out takes the bytes
     * @param all the recording
     * @param type int16 or float32, of each part
     * @throws IllegalArgumentException when the type is int16 and a sample is no whole number of its range
     */
    public static void write(OutputStream out, ChannelRecording all, SampleType type) throws IOException {
        int block = all.framesPerBlock();
        for (int first = 0; first < all.frames(); first += block) {
            ChannelData data = all.read(first, Math.min(block, all.frames() - first));
            for (int f = 0; f < data.frames(); f++) {
                switch (data) {
                    case RfData rf -> traces(out, rf, f, type);
                    case IqData iq -> values(out, iq.copyFrame(f), type);
                }
            }
        }
    }

    private static void traces(OutputStream out, RfData rf, int frame, SampleType type) throws IOException {
        float[] trace = new float[rf.format().sampleCount()];
        for (int t = 0; t < rf.format().transmits(); t++) {
            for (int c = 0; c < rf.format().channels(); c++) {
                rf.copyTrace(frame, t, c, trace, 0);
                values(out, trace, type);
            }
        }
    }

    private static void values(OutputStream out, float[] values, SampleType type) throws IOException {
        byte[] raw = new byte[Math.multiplyExact(values.length, type.bytes())];
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : values) {
            if (type == SampleType.INT16) {
                bytes.putShort(whole(v));
            } else {
                bytes.putFloat(v);
            }
        }
        out.write(raw);
    }

    private static short whole(float v) {
        if ((short) v != v) {
            throw new IllegalArgumentException(
                    "channel data of origin int16 holds " + v + "; give them the origin of computed data");
        }
        return (short) v;
    }
}
