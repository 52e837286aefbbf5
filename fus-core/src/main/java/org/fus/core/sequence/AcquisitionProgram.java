package org.fus.core.sequence;

/**
 * What a device is asked to do: fire a sequence again and again and return its samples in blocks. Data only.
 *
 * @param sequence the firings of one frame
 * @param receive when samples are taken; one start time per firing
 * @param frames compounded frames in all
 * @param framesPerBlock frames in each block that the device hands over; the last block may hold fewer. A multiple of 32
 *     suits the engine.
 */
public record AcquisitionProgram(TransmitSequence sequence, SampleAxis receive, int frames, int framesPerBlock) {
    /** Checks that the parts fit together. */
    public AcquisitionProgram {
        if (receive.startTimesS().size() != sequence.size()) {
            throw new IllegalArgumentException(
                    "the receive axis has " + receive.startTimesS().size() + " start times for " + sequence.size()
                            + " transmits; give one each");
        }
        if (frames < 1 || framesPerBlock < 1) {
            throw new IllegalArgumentException(
                    frames + " frames in blocks of " + framesPerBlock + ": both must be at least 1");
        }
    }
}
