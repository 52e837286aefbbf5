package org.fus.hardware.live;

/**
 * How the recording fares.
 *
 * @param blocks blocks that the store has taken: durable, when it promises that
 * @param frames frames in them
 * @param bytes samples in them, bytes
 * @param mostWaiting the most blocks that waited at one time; as many as the ring has means that the store is too slow
 * @param append one call of the store
 * @param latency from when a block was in the host to when the store had taken it
 */
public record RecorderFigures(long blocks, long frames, long bytes, int mostWaiting, Latency append, Latency latency) {}
