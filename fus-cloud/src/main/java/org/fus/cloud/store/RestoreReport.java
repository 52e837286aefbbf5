package org.fus.cloud.store;

import java.nio.file.Path;

/**
 * What a restore did.
 *
 * @param target where the files are now
 * @param files how many
 * @param bytes of all of them
 * @param fetchedBytes what had to be read from the store: less than {@code bytes} when an earlier try was broken off
 */
public record RestoreReport(Path target, int files, long bytes, long fetchedBytes) {}
