package org.fus.cloud.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;
import org.fus.core.error.FusStorageException;

/**
 * Says that an import is under way, so that nothing is collected that it relies on. It carries the epoch of the collector
 * that the import has seen: what was condemned later is not deleted while the lease lives. A lease that is not renewed
 * expires; the collector then breaks it, and the import, when it wakes up, finds out before it commits.
 */
final class Lease {
    static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);
    static final int MAX_BYTES = 1 << 16;

    private final ObjectStore objects;
    private final InstantSource clock;
    private final String key;
    private final String id;
    private final long epoch;
    private String version;
    private Instant renewed;

    private Lease(ObjectStore objects, InstantSource clock, String key, String id, long epoch) {
        this.objects = objects;
        this.clock = clock;
        this.key = key;
        this.id = id;
        this.epoch = epoch;
    }

    static Lease take(ObjectStore objects, StoreLayout layout, InstantSource clock) {
        String id = UUID.randomUUID().toString();
        Lease lease = new Lease(objects, clock, layout.lease(id), id, epoch(objects, layout));
        lease.renewed = clock.instant();
        objects.putIfAbsent(lease.key, Json.write(lease.content()));
        lease.version =
                objects.get(lease.key, MAX_BYTES).map(StoredObject::version).orElseThrow(lease::broken);
        return lease;
    }

    /** How many times the collector has condemned something. */
    static long epoch(ObjectStore objects, StoreLayout layout) {
        return objects.get(layout.epoch(), MAX_BYTES)
                .map(o -> Json.read(layout.epoch(), o.bytes()).whole("epoch", Long.MAX_VALUE))
                .orElse(0L);
    }

    String id() {
        return id;
    }

    long epoch() {
        return epoch;
    }

    void renewIfDue() {
        if (Duration.between(renewed, clock.instant()).compareTo(TIME_TO_LIVE.dividedBy(5)) > 0) {
            renew();
        }
    }

    /** Takes it for another while; fails when the collector has broken it. */
    void renew() {
        renewed = clock.instant();
        Optional<String> next = objects.replace(key, version, Json.write(content()));
        version = next.orElseThrow(this::broken);
    }

    void release() {
        objects.delete(key);
    }

    private Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("id", id);
        content.put("epoch", epoch);
        content.put("expires", renewed.plus(TIME_TO_LIVE).toString());
        return content;
    }

    private FusStorageException broken() {
        return new FusStorageException(
                objects.name(),
                "import",
                "the import was silent for more than " + TIME_TO_LIVE.toMinutes()
                        + " minutes and lost its lease; start it again, what was sent is not sent twice",
                true,
                null);
    }
}
