package org.fus.cloud.store;

import java.util.List;

/**
 * What a verification found.
 *
 * @param versions how many manifests were looked at
 * @param chunks chunks that were read and compared, each once however many versions share it
 * @param bytes of these chunks
 * @param problems one line each; empty when all is well
 */
public record VerifyReport(int versions, long chunks, long bytes, List<String> problems) {
    /** Copies. */
    public VerifyReport {
        problems = List.copyOf(problems);
    }
}
