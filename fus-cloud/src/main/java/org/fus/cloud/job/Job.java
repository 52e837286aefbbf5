package org.fus.cloud.job;

/**
 * A job as it was at one moment.
 *
 * @param id its name
 * @param request what is asked for
 * @param state how far it is
 */
public record Job(String id, JobRequest request, JobState state) {}
