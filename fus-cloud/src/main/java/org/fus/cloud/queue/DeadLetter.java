package org.fus.cloud.queue;

/**
 * A message that nobody could deal with.
 *
 * @param id of the message
 * @param body what was sent
 * @param reason why it was set aside
 */
public record DeadLetter(String id, String body, String reason) {}
