package org.fus.hardware.live;

import org.fus.core.data.DopplerFrame;

/**
 * B-mode of one block, as soon as its images are there: many times as fast as the Doppler maps. Immutable.
 *
 * @param firstFrame first frame of the block since the start of the run
 * @param frames frames of the block
 * @param readyNs when its last frame was in the host, on the clock of {@link System#nanoTime()}
 * @param bmode mean envelope
 */
public record LivePreview(long firstFrame, int frames, long readyNs, DopplerFrame bmode) {}
