package org.fus.io.hostile;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.fus.core.data.ChannelData;
import org.fus.core.data.FusSeries;
import org.fus.core.data.IqData;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.RfData;
import org.fus.io.FusFiles;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.StoredArray;
import org.fus.io.content.SurfaceRegion;

/** Does with content what hosts do: describes it, and reads its values in parts. */
final class Reading {
    /** Values asked for in one call, and calls per handle: a damaged file may claim any number of them. */
    private static final int VALUES = 1 << 15;

    private static final int CALLS = 16;

    private final CRC32 sum = new CRC32();

    private Reading() {}

    /** All that a small file holds, and the first and last parts of a large one; a checksum over the values. */
    static long all(Content content) {
        Reading reading = new Reading();
        reading.text(FusFiles.infoJson(content));
        reading.values(content);
        return reading.sum.getValue();
    }

    private void values(Content content) {
        switch (content) {
            case Content.Series c -> series(c.series());
            case Content.Channels c -> channels(c.recording());
            case Content.Iq c -> images(c.recording());
            case Content.Doppler c -> floats(c.map().toArray());
            case Content.Array c -> array(c.array());
            case Content.Regions c -> c.regions().forEach(this::region);
            case Content.Transform c -> text(c.matrix().toString());
            case Content.Program c -> text(c.program() + " " + c.probe());
        }
    }

    private void series(FusSeries series) {
        FusSeries.Shape s = series.shape();
        int calls = 0;
        for (int e = 0; e < s.extras(); e++) {
            for (int p = 0; p < s.poses() && ++calls < CALLS; p++) {
                int count = Math.clamp(VALUES / Math.max(1, s.voxels()), 1, s.times());
                doubles(series.read(e, p, 0, count));
                doubles(series.read(e, p, s.times() - 1, 1));
            }
        }
    }

    private void channels(ChannelRecording recording) {
        int frames = recording.frames();
        int block = Math.min(frames, recording.framesPerBlock());
        for (int call = 0; call < CALLS && call * (long) block < frames; call++) {
            samples(recording.read(call * block, Math.min(block, frames - call * block)));
        }
        samples(recording.read(frames - 1, 1));
    }

    private void samples(ChannelData data) {
        float[] trace = new float[2 * data.format().sampleCount()];
        for (int f = 0; f < data.frames(); f++) {
            if (data instanceof IqData iq) {
                floats(iq.copyFrame(f));
            } else if (data instanceof RfData rf) {
                for (int t = 0; t < rf.format().transmits(); t++) {
                    for (int c = 0; c < rf.format().channels(); c++) {
                        rf.copyTrace(f, t, c, trace, 0);
                        floats(trace);
                    }
                }
            }
        }
    }

    private void images(IqRecording recording) {
        int frames = recording.frames();
        int block = Math.min(frames, recording.framesPerBlock());
        for (int call = 0; call < CALLS && call * (long) block < frames; call++) {
            IqEnsemble part = recording.read(call * block, Math.min(block, frames - call * block));
            for (int f = 0; f < part.frames(); f++) {
                floats(part.copyFrame(f));
            }
        }
        floats(recording.read(frames - 1, 1).copyFrame(0));
    }

    private void array(StoredArray array) {
        int count = (int) Math.min(VALUES, array.size());
        for (int call = 0; call < CALLS && call * (long) count < array.size(); call++) {
            long first = call * (long) count;
            doubles(array.doubles(first, (int) Math.min(count, array.size() - first)));
        }
        if (count > 0) {
            doubles(array.doubles(array.size() - count, count));
        }
    }

    private void region(SurfaceRegion region) {
        text(region.label() + region.color() + Arrays.toString(region.faces()));
        doubles(region.vertices());
    }

    private void text(String text) {
        sum.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void floats(float[] values) {
        text(values.length + ":" + Arrays.hashCode(values));
    }

    private void doubles(double[] values) {
        text(values.length + ":" + Arrays.hashCode(values));
    }
}
