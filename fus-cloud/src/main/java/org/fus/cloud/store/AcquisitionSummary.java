package org.fus.cloud.store;

import java.util.List;
import java.util.Map;

/**
 * An acquisition as a list shows it.
 *
 * @param name of the acquisition
 * @param versions numbers of its versions, rising
 * @param tags versions by tag
 * @param newest its newest version
 */
public record AcquisitionSummary(String name, List<Integer> versions, Map<String, Integer> tags, Manifest newest) {
    /** Copies. */
    public AcquisitionSummary {
        versions = List.copyOf(versions);
        tags = Map.copyOf(tags);
    }
}
