package org.fus.cloud.store;

/**
 * What the collector did.
 *
 * @param condemned packs that nothing refers to any more and that will go once the time of grace is over
 * @param deleted objects that went
 * @param deletedBytes their size
 * @param kept packs that are in use
 * @param waiting condemned packs that have to wait: the time of grace is not over, or an import is under way
 */
public record GarbageReport(int condemned, int deleted, long deletedBytes, int kept, int waiting) {}
