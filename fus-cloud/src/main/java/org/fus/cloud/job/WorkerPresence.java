package org.fus.cloud.job;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;

/** Which workers live: each says so now and then. */
final class WorkerPresence {
    /** A worker that has been silent for this long counts no more. */
    static final Duration TIME_TO_LIVE = Duration.ofMinutes(2);

    private static final String ROOT = "workers/";
    private static final int MAX_BYTES = 1 << 12;

    private WorkerPresence() {}

    static void announce(ObjectStore objects, String worker, Instant now) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("seen", now.toString());
        ByteBuffer bytes = Json.write(content);
        Optional<StoredObject> old = objects.get(ROOT + worker, MAX_BYTES);
        if (old.isEmpty()) {
            objects.putIfAbsent(ROOT + worker, bytes);
        } else {
            objects.replace(ROOT + worker, old.get().version(), bytes);
        }
    }

    static void leave(ObjectStore objects, String worker) {
        objects.delete(ROOT + worker);
    }

    static List<String> living(ObjectStore objects, Instant now) {
        List<String> out = new ArrayList<>();
        for (ObjectInfo info : objects.list(ROOT)) {
            objects.get(info.key(), MAX_BYTES)
                    .map(o -> Json.read(objects.name() + "/" + info.key(), o.bytes())
                            .instant("seen"))
                    .filter(seen -> seen.plus(TIME_TO_LIVE).isAfter(now))
                    .ifPresent(seen -> out.add(info.key().substring(ROOT.length())));
        }
        return out;
    }
}
