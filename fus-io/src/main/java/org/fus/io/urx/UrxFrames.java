package org.fus.io.urx;

import java.util.ArrayList;
import java.util.List;
import org.fus.io.internal.frames.FrameLoader;
import org.fus.io.internal.hdf.HdfArray;

/**
 * Reads the samples of some of the events of a frame: events that follow each other in the file in one go.
 *
 * @param raw [samples of all frames][1, or 2 for re and im]
 * @param parts 1 or 2
 * @param runs first sample within the frame and number of samples, of each run
 * @param perFrame samples from frame to frame
 */
record UrxFrames(HdfArray raw, int parts, List<long[]> runs, long perFrame) implements FrameLoader {
    static List<long[]> runs(UrxGroup group, List<Integer> events) {
        List<long[]> runs = new ArrayList<>();
        long at = 0;
        for (int e = 0; e < group.events().size(); e++) {
            long size = group.events().get(e).size();
            if (events.contains(e)) {
                if (!runs.isEmpty() && runs.getLast()[0] + runs.getLast()[1] == at) {
                    runs.getLast()[1] += size;
                } else {
                    runs.add(new long[] {at, size});
                }
            }
            at += size;
        }
        return runs;
    }

    @Override
    public float[] load(int frame) {
        long total = runs.stream().mapToLong(r -> r[1]).sum();
        float[] out = new float[Math.toIntExact(Math.multiplyExact(total, (long) parts))];
        int at = 0;
        for (long[] run : runs) {
            int n = Math.toIntExact(run[1]);
            float[] values = raw.values(new long[] {frame * perFrame + run[0], 0}, new int[] {n, parts})
                    .floats(0, n * parts);
            System.arraycopy(values, 0, out, at, values.length);
            at += values.length;
        }
        return out;
    }
}
