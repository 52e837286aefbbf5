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
        int at = reach * width;
        if (frames < width) {
            Arrays.fill(values, at, at + samples * width, 0);
        }
        switch (rf) {
            case RfBlock block -> {
                long first = block.traceByte(firstFrame, transmit, channel);
                long stride = RfBlock.bytes(block.format(), 1);
                kernel.transpose(block.samples(), first, stride, frames, samples, values, at, width, scratch);
            }
            case RfArray array -> {
                floats = floats.length == 0 ? new float[width * samples] : floats;
                for (int f = 0; f < frames; f++) {
                    array.copyTrace(firstFrame + f, transmit, channel, floats, f * samples);
                }
                kernel.transpose(floats, 0, samples, frames, samples, values, at, width, scratch);
            }
        }
    }
}
