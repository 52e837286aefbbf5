package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;

/**
 * Deletes packs that nothing refers to, in two steps that no import can fall between. First a pack is condemned: imports
 * that start from then on use nothing of it. Then, in a later run, it goes, when the time of grace is over, when no import
 * lives that started before it was condemned (its {@link Lease} carries an older epoch), and when still no manifest names it;
 * manifests are listed after leases, so an import that has just ended is seen by its manifest. No step relies on two clocks
 * agreeing, but for how long a silent import is believed to live.
 */
final class GarbageCollector {
    private final ObjectStore objects;
    private final StoreLayout layout;
    private final Manifests manifests;
    private final InstantSource clock;
    private final Duration grace;

    private int condemned;
    private int deleted;
    private long deletedBytes;
    private int waiting;

    /** Its epoch is nothing until every import that reads that epoch is sure to see the sentence. */
    private record Sentence(Optional<Long> epoch, Instant since, String version) {}

    GarbageCollector(
            ObjectStore objects, StoreLayout layout, Manifests manifests, InstantSource clock, Duration grace) {
        this.objects = objects;
        this.layout = layout;
        this.manifests = manifests;
        this.clock = clock;
        this.grace = grace;
    }

    GarbageReport run() {
        objects.discardAbandoned(grace.compareTo(Lease.TIME_TO_LIVE) > 0 ? grace : Lease.TIME_TO_LIVE);
        Map<String, Sentence> sentences = sentences();
        List<ObjectInfo> tables = objects.list(layout.tables());
        Map<String, Long> leases = livingLeases();
        Set<String> usedTables = new HashSet<>();
        Set<String> used = used(usedTables);
        long oldestEpoch =
                leases.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        sentences.forEach((pack, sentence) -> execute(pack, sentence, used, oldestEpoch));
        // A table belongs to one import; without its manifest and its lease it is what a broken import has left.
        tables.stream()
                .filter(t -> !usedTables.contains(StoreLayout.lastName(t.key())))
                .filter(t -> !leases.containsKey(StoreLayout.lastName(t.key())))
                .forEach(t -> delete(t.key()));
        List<ObjectInfo> packs = objects.list(layout.packs());
        condemn(packs, used, sentences);
        int kept = (int) packs.stream()
                .filter(p -> used.contains(StoreLayout.lastName(p.key())))
                .count();
        return new GarbageReport(condemned, deleted, deletedBytes, kept, waiting);
    }

    private Map<String, Sentence> sentences() {
        Map<String, Sentence> out = new TreeMap<>();
        for (ObjectInfo info : objects.list(layout.condemned())) {
            objects.get(info.key(), Lease.MAX_BYTES).ifPresent(o -> {
                Json json = Json.read(objects.name() + "/" + info.key(), o.bytes());
                Optional<Long> epoch =
                        json.node().has("epoch") ? Optional.of(json.whole("epoch", Long.MAX_VALUE)) : Optional.empty();
                out.put(StoreLayout.lastName(info.key()), new Sentence(epoch, json.instant("since"), o.version()));
            });
        }
        return out;
    }

    /** Breaks leases that have expired, and tells the epochs of those that live. */
    private Map<String, Long> livingLeases() {
        Map<String, Long> living = new HashMap<>();
        for (ObjectInfo info : objects.list(layout.leases())) {
            objects.get(info.key(), Lease.MAX_BYTES).ifPresent(lease -> {
                Json json = Json.read(objects.name() + "/" + info.key(), lease.bytes());
                if (json.instant("expires").isBefore(clock.instant())) {
                    objects.delete(info.key());
                } else {
                    living.put(StoreLayout.lastName(info.key()), json.whole("epoch", Long.MAX_VALUE));
                }
            });
        }
        return living;
    }

    private Set<String> used(Set<String> tables) {
        Set<String> used = new HashSet<>();
        manifests
                .all()
                .forEach((acquisition, versions) -> versions.forEach(version -> {
                    Manifest manifest = manifests.read(acquisition, version);
                    used.addAll(manifest.packs());
                    tables.add(manifest.table());
                }));
        return used;
    }

    private void execute(String pack, Sentence sentence, Set<String> used, long oldestEpoch) {
        if (used.contains(pack)) {
            objects.delete(layout.condemned(pack)); // an import that was under way has taken it
        } else if (sentence.epoch().isEmpty()
                || oldestEpoch < sentence.epoch().get()
                || sentence.since().plus(grace).isAfter(clock.instant())) {
            waiting++;
        } else {
            delete(layout.pack(pack));
            objects.delete(layout.condemned(pack));
        }
    }

    private void condemn(List<ObjectInfo> packs, Set<String> used, Map<String, Sentence> sentences) {
        for (ObjectInfo pack : packs) {
            String name = StoreLayout.lastName(pack.key());
            if (!used.contains(name)
                    && !sentences.containsKey(name)
                    && objects.putIfAbsent(layout.condemned(name), Json.write(content(clock.instant())))) {
                condemned++;
            }
        }
        Map<String, Sentence> open = sentences();
        open.values().removeIf(s -> s.epoch().isPresent());
        if (!open.isEmpty()) {
            long epoch = raiseEpoch();
            open.forEach((name, sentence) -> {
                Map<String, Object> content = content(sentence.since());
                content.put("epoch", epoch);
                objects.replace(layout.condemned(name), sentence.version(), Json.write(content));
            });
        }
    }

    private static Map<String, Object> content(Instant since) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("since", since.toString());
        return content;
    }

    /** A number of our own: whoever reads it, or a higher one, sees every sentence that is written now. */
    private long raiseEpoch() {
        while (true) {
            Optional<StoredObject> old = objects.get(layout.epoch(), Lease.MAX_BYTES);
            long next = old.map(o -> Json.read(layout.epoch(), o.bytes()).whole("epoch", Long.MAX_VALUE - 1))
                            .orElse(0L)
                    + 1;
            ByteBuffer content = Json.write(Map.of("epoch", next));
            boolean done = old.isEmpty()
                    ? objects.putIfAbsent(layout.epoch(), content)
                    : objects.replace(layout.epoch(), old.get().version(), content)
                            .isPresent();
            if (done) {
                return next;
            }
        }
    }

    private void delete(String key) {
        objects.head(key).ifPresent(o -> {
            objects.delete(key);
            deleted++;
            deletedBytes += o.bytes();
        });
    }
}
