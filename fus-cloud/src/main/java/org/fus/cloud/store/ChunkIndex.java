package org.fus.cloud.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.internal.Parallel;
import org.fus.cloud.object.ObjectInfo;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusFormatException;
import org.fus.core.run.RunContext;

/** Which chunks a project holds, as an import sees it that has taken its {@link Lease} before. */
final class ChunkIndex {
    private final Map<ContentHash, Place> places = new ConcurrentHashMap<>();

    /** Packs of which nothing may be used: condemned, or damaged. */
    private final Set<String> avoided = ConcurrentHashMap.newKeySet();

    private final List<String> warnings = new ArrayList<>();

    /** A chunk in a pack. */
    record Place(String pack, int offset, int bytes) {}

    private ChunkIndex() {}

    /**
     * Reads the indices of all packs. The condemned ones are listed first: a pack that is deleted between the two lists is
     * missing in the second, so nothing that goes is ever relied on.
     */
    static ChunkIndex read(ObjectStore objects, StoreLayout layout, RunContext context) {
        ChunkIndex index = new ChunkIndex();
        objects.list(layout.condemned()).forEach(o -> index.avoided.add(StoreLayout.lastName(o.key())));
        List<ObjectInfo> packs = objects.list(layout.packs()).stream()
                .filter(o -> !index.avoided.contains(StoreLayout.lastName(o.key())))
                .toList();
        Parallel.forEach(context, "index", packs.size(), i -> index.add(objects, packs.get(i)));
        return index;
    }

    private void add(ObjectStore objects, ObjectInfo pack) {
        String name = StoreLayout.lastName(pack.key());
        try {
            Pack.readIndex(objects, pack)
                    .forEach(e -> places.putIfAbsent(e.hash(), new Place(name, e.offset(), e.bytes())));
        } catch (FusFormatException e) {
            avoided.add(name);
            synchronized (warnings) {
                warnings.add(e.getMessage()); // its chunks are sent again, which heals what is imported now
            }
        }
    }

    /** Where a chunk is, or null. */
    Place find(ContentHash hash) {
        return places.get(hash);
    }

    void put(ContentHash hash, Place place) {
        places.put(hash, place);
    }

    /** A name for a pack of the given one's chunks: the given one, unless what is there may go at any time or is damaged. */
    String nameFor(String plain, long epoch) {
        String name = plain;
        for (long n = epoch; avoided.contains(name); n++) {
            name = plain + "-" + n;
        }
        return name;
    }

    List<String> warnings() {
        synchronized (warnings) {
            return List.copyOf(warnings);
        }
    }
}
