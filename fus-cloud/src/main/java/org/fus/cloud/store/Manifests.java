package org.fus.cloud.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectKeys;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;
import org.fus.core.error.FusStorageException;

/** The manifests and tags of a project. */
final class Manifests {
    private static final String TAGS_SCHEMA = "fus-tags/1";
    private static final int MAX_TAGS_BYTES = 1 << 20;

    private final ObjectStore objects;
    private final StoreLayout layout;

    Manifests(ObjectStore objects, StoreLayout layout) {
        this.objects = objects;
        this.layout = layout;
    }

    /** Versions of all acquisitions, by name. */
    Map<String, List<Integer>> all() {
        Map<String, List<Integer>> all = new TreeMap<>();
        objects.list(layout.acquisitions())
                .forEach(o -> StoreLayout.version(o.key())
                        .filter(v -> o.key().equals(layout.manifest(layout.acquisitionOf(o.key()), v)))
                        .ifPresent(v -> all.computeIfAbsent(
                                        layout.acquisitionOf(o.key()), k -> new java.util.ArrayList<>())
                                .add(v)));
        return all;
    }

    /** Rising. */
    List<Integer> versions(String acquisition) {
        return objects.list(layout.versions(acquisition)).stream()
                .flatMap(o -> StoreLayout.version(o.key()).stream())
                .sorted()
                .toList();
    }

    Optional<Manifest> newest(String acquisition) {
        List<Integer> versions = versions(acquisition);
        return versions.isEmpty() ? Optional.empty() : Optional.of(read(acquisition, versions.getLast()));
    }

    boolean add(Manifest manifest) {
        return objects.putIfAbsent(layout.manifest(manifest.acquisition(), manifest.version()), manifest.toJson());
    }

    Manifest read(String acquisition, int version) {
        String key = layout.manifest(acquisition, version);
        StoredObject found = objects.get(key, Manifest.MAX_BYTES)
                .orElseThrow(() -> unknown(
                        acquisition + "@" + version, versions(acquisition).toString()));
        return Manifest.read(objects.name() + "/" + key, found.bytes(), acquisition, version);
    }

    Manifest read(AcquisitionRef ref) {
        return read(ref.name(), resolve(ref));
    }

    int resolve(AcquisitionRef ref) {
        List<Integer> versions = versions(ref.name());
        if (versions.isEmpty()) {
            throw unknown(ref.name(), all().keySet().toString());
        }
        if (ref.version().isEmpty()) {
            return versions.getLast();
        }
        String wanted = ref.version().get();
        Map<String, Integer> tags = tags(ref.name());
        int version = wanted.matches("\\d{1,8}") ? Integer.parseInt(wanted) : tags.getOrDefault(wanted, -1);
        if (!versions.contains(version)) {
            throw unknown(ref.toString(), "versions " + versions + ", tags " + tags.keySet());
        }
        return version;
    }

    /** Versions by tag. */
    Map<String, Integer> tags(String acquisition) {
        return objects.get(layout.tags(acquisition), MAX_TAGS_BYTES)
                .map(o -> tags(acquisition, o))
                .orElse(Map.of());
    }

    /** Sets a tag, or moves it, whatever others do to other tags meanwhile. */
    void tag(String acquisition, String tag, int version) {
        if (ObjectKeys.requireName("tag", tag).matches("\\d+")) {
            throw new IllegalArgumentException("tag '" + tag + "': a number names a version; choose another tag");
        }
        boolean done = false;
        while (!done) {
            Optional<StoredObject> old = objects.get(layout.tags(acquisition), MAX_TAGS_BYTES);
            Map<String, Integer> tags =
                    new TreeMap<>(old.map(o -> tags(acquisition, o)).orElse(Map.of()));
            tags.put(tag, version);
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("schema", TAGS_SCHEMA);
            content.put("tags", tags);
            done = old.isEmpty()
                    ? objects.putIfAbsent(layout.tags(acquisition), Json.write(content))
                    : objects.replace(layout.tags(acquisition), old.get().version(), Json.write(content))
                            .isPresent();
        }
    }

    void remove(String acquisition, int version) {
        objects.delete(layout.manifest(acquisition, version));
    }

    private Map<String, Integer> tags(String acquisition, StoredObject object) {
        Json tags = Json.read(objects.name() + "/" + layout.tags(acquisition), object.bytes())
                .requireSchema(TAGS_SCHEMA)
                .object("tags");
        Map<String, Integer> out = new TreeMap<>();
        tags.node().fieldNames().forEachRemaining(t -> out.put(t, (int) tags.whole(t, StoreLayout.MAX_VERSION)));
        return out;
    }

    private FusStorageException unknown(String wanted, String known) {
        return new FusStorageException(
                objects.name(), "find", "there is no acquisition " + wanted + " (there is " + known + ")", false, null);
    }
}
