package org.fus.core.signal;

import java.util.Arrays;
import org.fus.core.data.RfArray;
import org.fus.core.data.RfBlock;
import org.fus.core.data.RfData;
import org.fus.core.internal.kernel.TransposeKernel;

/** One channel of a panel of frames as rows of frames, with rows of zeros before and behind: work space of a filter. */
final class Rows {
    private final int width;
    private final int samples;
    private final int reach;
    private final float[] values;
    private final float[] scratch = new float[TransposeKernel.SCRATCH];
    private short[] shorts = {};
    private float[] floats = {};

    /**
     * Work space.
     *
     * @param width frames per row
     * @param samples rows between the zeros
     * @param reach rows of zeros on either side
     */
    Rows(int width, int samples, int reach) {
        this.width = width;
        this.samples = samples;
        this.reach = reach;
        this.values = new float[(samples + 2 * reach) * width];
    }

    boolean fits(int ofWidth, int ofSamples, int ofReach) {
        return width == ofWidth && samples == ofSamples && reach == ofReach;
    }

    /** {@code [row][frame]}. */
    float[] values() {
        return values;
    }

    /** Takes a trace of some frames; frames that do not exist are zero. */
    void load(RfData rf, int firstFrame, int frames, int transmit, int channel, TransposeKernel kernel) {
        switch (rf) {
            case RfBlock block -> {
                shorts = shorts.length == 0 ? new short[width * samples] : shorts;
                for (int f = 0; f < frames; f++) {
                    block.copyTrace(firstFrame + f, transmit, channel, shorts, f * samples);
                }
                Arrays.fill(shorts, frames * samples, width * samples, (short) 0);
                kernel.transpose(shorts, width, samples, values, reach * width, scratch);
            }
            case RfArray array -> {
                floats = floats.length == 0 ? new float[width * samples] : floats;
                for (int f = 0; f < frames; f++) {
                    array.copyTrace(firstFrame + f, transmit, channel, floats, f * samples);
                }
                Arrays.fill(floats, frames * samples, width * samples, 0);
                kernel.transpose(floats, width, samples, values, reach * width, scratch);
            }
        }
    }
}
