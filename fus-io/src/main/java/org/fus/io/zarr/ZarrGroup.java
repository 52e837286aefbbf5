package org.fus.io.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;

/**
 * A group of a Zarr store: attributes, and the arrays and groups below it.
 *
 * @param store where it is
 * @param path of the group; empty for the root
 * @param attributes names and values in order
 */
public record ZarrGroup(ByteFolder store, String path, Map<String, Object> attributes) {
    /** Copies. */
    public ZarrGroup {
        attributes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(attributes));
    }

    /** What a node of a store is. */
    public enum Kind {
        /** An array. */
        ARRAY,
        /** A group. */
        GROUP
    }

    /**
     * Tells what is at a path.
     *
     * @param store where it is
     * @param path of the node; empty for the root
     * @return array or group
     * @throws FusFormatException when there is neither
     */
    public static Kind kind(ByteFolder store, String path) {
        return MetadataDocument.read(document(store, path)).isArray() ? Kind.ARRAY : Kind.GROUP;
    }

    /**
     * Opens a group.
     *
     * @param store where it is
     * @param path of the group; empty for the root
     * @return the group
     * @throws FusFormatException when there is no group, or its metadata are damaged
     * @throws org.fus.core.error.FusUnsupportedFormatException when the metadata demand what this version does not do
     * @throws org.fus.core.error.FusStorageException when the store cannot be read
     */
    public static ZarrGroup open(ByteFolder store, String path) {
        MetadataDocument document = MetadataDocument.read(document(store, path));
        if (document.isArray()) {
            throw new FusFormatException(
                    store.name(), ZarrJson.documentKey(path), "expected a group, got an array; open it as an array");
        }
        return new ZarrGroup(store, path, document.attributes());
    }

    /**
     * Creates a group, or replaces its attributes. Durable when this returns.
     *
     * @param store where it goes
     * @param path of the group; empty for the root
     * @param attributes names and values in order: texts, numbers, booleans, lists and maps of them
     * @return the group
     * @throws org.fus.core.error.FusStorageException when it cannot be written
     */
    public static ZarrGroup create(ZarrStore store, String path, Map<String, ?> attributes) {
        store.put(ZarrJson.documentKey(path), ZarrJson.filler(MetadataDocument.group(attributes)));
        return new ZarrGroup(store, path, new java.util.LinkedHashMap<>(attributes));
    }

    /**
     * Opens an array of the group.
     *
     * @param name of the array
     * @return the array
     * @throws FusFormatException as {@link ZarrArray#open}
     */
    public ZarrArray array(String name) {
        return ZarrArray.open(store, child(name));
    }

    /**
     * Whether the group has a member.
     *
     * @param name of an array or a group
     * @return true when it is there
     */
    public boolean has(String name) {
        return store.file(ZarrJson.documentKey(child(name))).isPresent();
    }

    /**
     * The members of the group.
     *
     * @return names of arrays and groups, in order
     */
    public List<String> members() {
        List<String> members = new ArrayList<>(
                path.isEmpty()
                        ? store.names()
                        : store.folder(path).map(ByteFolder::names).orElse(List.of()));
        members.removeIf(name -> !has(name));
        return members;
    }

    static ByteSource document(ByteFolder store, String path) {
        String key = ZarrJson.documentKey(path);
        return store.file(key)
                .orElseThrow(() -> new FusFormatException(
                        store.name(),
                        key,
                        "there is no such document, so this is no Zarr version 3; check the path (version 2 has"
                                + " .zarray: convert it)"));
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
