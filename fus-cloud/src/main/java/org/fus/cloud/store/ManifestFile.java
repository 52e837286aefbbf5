package org.fus.cloud.store;

import org.fus.cloud.chunk.ContentHash;

/**
 * A file of an acquisition.
 *
 * @param path names joined by {@code /}
 * @param bytes its length
 * @param hash SHA-256 over the hash and length of each of its chunks: the same for the same bytes cut the same way
 * @param firstChunk its first entry in the table of chunks
 * @param chunks number of its entries
 */
public record ManifestFile(String path, long bytes, ContentHash hash, long firstChunk, int chunks) {}
