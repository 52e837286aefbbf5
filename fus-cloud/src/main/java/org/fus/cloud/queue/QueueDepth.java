package org.fus.cloud.queue;

/**
 * How much there is to do.
 *
 * @param waiting messages that a worker could take now
 * @param held messages that a worker holds, or that wait for their time after a failure
 * @param dead messages that were set aside
 */
public record QueueDepth(int waiting, int held, int dead) {}
