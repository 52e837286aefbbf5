package org.fus.cloud.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.FolderObjectStore;
import org.fus.cloud.object.ObjectStore;
import org.fus.cloud.object.StoredObject;
import org.fus.core.error.FusStorageException;
import org.fus.io.source.StorageFailures;

/**
 * Acquisitions that many share. Data are cut into chunks, and a project holds each chunk once, under the SHA-256 of its
 * bytes, however often and by whomever it is imported. Safe for use by many threads and by many processes at once; a manifest
 * is there complete or not at all.
 *
 * <p>Rights are those of the objects behind the store; projects share nothing, so rights can be given by project.
 */
public final class AcquisitionStore implements AutoCloseable {
    private static final int MAX_DESCRIPTION_BYTES = 1 << 16;

    private final ObjectStore objects;
    private final InstantSource clock;

    private AcquisitionStore(ObjectStore objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Makes a store in a new or empty folder.
     *
     * @param folder made when it is not there
     * @return the store
     * @throws FusStorageException when the folder holds something, or cannot be made
     */
    public static AcquisitionStore create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw StorageFailures.of(folder, "create a store in", e);
        }
        return create(FolderObjectStore.of(folder));
    }

    /**
     * Makes a store where there is none.
     *
     * @param objects holds nothing yet; closed with the store
     * @return the store
     * @throws FusStorageException when something is there already
     */
    public static AcquisitionStore create(ObjectStore objects) {
        if (!objects.list("").isEmpty()) {
            throw new FusStorageException(
                    objects.name(),
                    "create a store in",
                    objects.get(StoreLayout.STORE, MAX_DESCRIPTION_BYTES).isPresent()
                            ? "it is one already"
                            : "it holds something else; choose an empty place",
                    false,
                    null);
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("schema", StoreLayout.STORE_SCHEMA);
        description.put("id", UUID.randomUUID().toString());
        objects.putIfAbsent(StoreLayout.STORE, Json.write(description));
        return open(objects);
    }

    /**
     * Opens the store in a folder.
     *
     * @param folder where a store was made
     * @return the store
     * @throws FusStorageException when there is none
     * @throws org.fus.core.error.FusFormatException when it is of a version that this library does not know
     */
    public static AcquisitionStore open(Path folder) {
        return open(FolderObjectStore.of(folder));
    }

    /**
     * Opens a store.
     *
     * @param objects closed with the store
     * @return the store
     * @throws FusStorageException when there is none
     * @throws org.fus.core.error.FusFormatException when it is of a version that this library does not know
     */
    public static AcquisitionStore open(ObjectStore objects) {
        return open(objects, InstantSource.system());
    }

    /**
     * Opens a store on another clock.
     *
     * @param objects closed with the store
     * @param clock tells when imports and leases are made
     * @return the store
     */
    public static AcquisitionStore open(ObjectStore objects, InstantSource clock) {
        StoredObject description = objects.get(StoreLayout.STORE, MAX_DESCRIPTION_BYTES)
                .orElseThrow(() -> new FusStorageException(
                        objects.name(),
                        "open",
                        "there is no store (no " + StoreLayout.STORE + "); make one with fus store init",
                        false,
                        null));
        Json.read(objects.name() + "/" + StoreLayout.STORE, description.bytes())
                .requireSchema(StoreLayout.STORE_SCHEMA);
        return new AcquisitionStore(objects, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * The name for messages.
     *
     * @return where it is
     */
    public String name() {
        return objects.name();
    }

    /**
     * The projects that hold something.
     *
     * @return names, sorted
     */
    public List<String> projects() {
        return objects.list(StoreLayout.PROJECTS).stream()
                .map(o -> o.key().substring(StoreLayout.PROJECTS.length()).split("/", 2)[0])
                .distinct()
                .toList();
    }

    /**
     * A project, which comes into being with its first import.
     *
     * @param name letters, digits and {@code ._=+@-}
     * @return the project
     * @throws IllegalArgumentException when the name is none
     */
    public Project project(String name) {
        return new Project(objects, clock, name);
    }

    /**
     * What the store stands on.
     *
     * @return the objects
     */
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public void close() {
        objects.close();
    }
}
