package org.fus.hardware;

import org.fus.core.data.ChannelFormat;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.core.sequence.FiringGroup;

/**
 * A program as the device will run it. Belongs to the device that returned it.
 *
 * @param program what was asked for
 * @param format what is fired and received, with the frequencies and times that the device really uses
 * @param content what its blocks hold
 */
public record UploadedProgram(AcquisitionProgram program, ChannelFormat format, BlockContent content) {
    /**
     * A program whose blocks hold raw samples.
     *
     * @param program what was asked for
     * @param format what is fired and received, and so what the samples mean
     */
    public UploadedProgram(AcquisitionProgram program, ChannelFormat format) {
        this(program, format, new BlockContent.Rf(format));
    }

    /**
     * The number of blocks that a complete run delivers.
     *
     * @return at least 1
     */
    public int blocks() {
        return Math.ceilDiv(frames(), group().framesPerBlock());
    }

    /**
     * What is fired: the first group of the program.
     *
     * @return the group
     */
    public FiringGroup group() {
        return program.groups().getFirst();
    }

    /**
     * Frames of a complete run.
     *
     * @return at least 1
     */
    public int frames() {
        return group().schedule().repetitions();
    }

    /**
     * The size of the largest block.
     *
     * @return bytes
     */
    public long blockBytes() {
        return content.frameBytes() * Math.min(group().framesPerBlock(), frames());
    }
}
