package org.fus.cloud.queue;

/**
 * A message as a worker holds it. Until its time is over nobody else gets it.
 *
 * @param id of the message
 * @param receipt proves that the holder still holds it; a later delivery has another one
 * @param body what was sent
 * @param receives how many times it was delivered, this one included
 */
public record Delivery(String id, String receipt, String body, int receives) {}
