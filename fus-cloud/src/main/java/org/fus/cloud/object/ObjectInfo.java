package org.fus.cloud.object;

import java.time.Instant;

/**
 * An object as a list shows it.
 *
 * @param key of the object
 * @param bytes its size
 * @param modified when it was last written, on the clock of the store
 */
public record ObjectInfo(String key, long bytes, Instant modified) {}
