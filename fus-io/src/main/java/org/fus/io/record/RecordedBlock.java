package org.fus.io.record;

import java.util.Objects;

/**
 * A block of a recording.
 *
 * @param number its sequence number, from 0; its first frame stands at {@code number * framesPerBlock} in the store
 * @param firstFrame number of its first frame since the acquisition started; a gap to the block before means that the
 *     device lost frames
 * @param frames frames in the block
 * @param notes times, pose, events
 */
public record RecordedBlock(long number, long firstFrame, int frames, BlockNotes notes) {
    /** Checks. */
    public RecordedBlock {
        Objects.requireNonNull(notes, "notes");
        if (number < 0 || firstFrame < 0 || frames < 1) {
            throw new IllegalArgumentException("block " + number + " of " + frames + " frames from frame " + firstFrame
                    + ": expected at least 1 frame, numbered from 0");
        }
        if (!notes.timesS().isEmpty() && notes.timesS().size() != frames) {
            throw new IllegalArgumentException("block " + number + ": "
                    + notes.timesS().size() + " times for " + frames + " frames; give one each, or none");
        }
    }
}
