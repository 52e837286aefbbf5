package org.fus.hardware.lsl;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How an outlet describes itself.
 *
 * @param fields fields of its description
 * @param shortInfo the description without labels
 * @param fullInfo the description with labels
 */
record OutletIdentity(Map<String, String> fields, String shortInfo, String fullInfo) {
    /**
     * The outlets of this process. A question to one port of this machine reaches one socket alone, whoever else shares the
     * port; so whoever gets it answers for all.
     */
    static final List<OutletIdentity> LIVE = new CopyOnWriteArrayList<>();

    static OutletIdentity of(Map<String, String> fields, List<String> labels) {
        return new OutletIdentity(fields, LslXml.write(fields, List.of()), LslXml.write(fields, labels));
    }

    /** A query that is more than the subset that is understood matches nothing. */
    boolean matches(String query) {
        return LslQuery.parse(query).map(q -> q.matches(fields)).orElse(false);
    }
}
