package org.fus.cloud.object;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Objects by key. Every write is all or nothing, durable when the call returns, and seen by the next read or list of any
 * process. Keys are those of {@link ObjectKeys}. Safe for use by many threads and by many processes at once.
 *
 * <p>Every method throws {@link org.fus.core.error.FusStorageException} when the store cannot do what is asked, and
 * {@link IllegalArgumentException} for what is no key.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * The name for messages.
     *
     * @return such as {@code /data/store} or {@code s3://bucket/prefix}; never with a secret in it
     */
    String name();

    /**
     * Makes an object, when there is none of that key.
     *
     * @param key of the object
     * @param bytes its content, from position to limit; the buffer is left as it is
     * @return false when there was one, which is left as it is
     */
    boolean putIfAbsent(String key, ByteBuffer bytes);

    /**
     * Replaces an object that nobody has changed in between.
     *
     * @param key of the object
     * @param version as {@link #get} gave it
     * @param bytes the new content, from position to limit
     * @return the new version, or nothing when the object is gone or was changed
     */
    Optional<String> replace(String key, String version, ByteBuffer bytes);

    /**
     * Reads a small object whole.
     *
     * @param key of the object
     * @param maxBytes refuses a larger one before it is read
     * @return nothing when there is no such object
     */
    Optional<StoredObject> get(String key, int maxBytes);

    /**
     * Reads part of an object.
     *
     * @param key of the object
     * @param position of the first byte, from 0
     * @param target filled from position to limit
     * @return false when there is no such object
     * @throws org.fus.core.error.FusStorageException when the object ends before the range
     */
    boolean read(String key, long position, ByteBuffer target);

    /**
     * Looks at an object.
     *
     * @param key of the object
     * @return its size and age, or nothing when there is no such object
     */
    Optional<ObjectInfo> head(String key);

    /**
     * Lists objects.
     *
     * @param prefix nothing, or names each followed by {@code /}
     * @return the objects below it, sorted by key
     */
    List<ObjectInfo> list(String prefix);

    /**
     * Deletes an object; that it is not there is no failure.
     *
     * @param key of the object
     */
    void delete(String key);

    /**
     * Removes what writers that died have left: temporary files, parts of uploads. Nothing of it was ever an object.
     *
     * @param age only what is older
     * @return how many were removed
     */
    int discardAbandoned(Duration age);

    /** Lets go of connections; the objects stay. */
    @Override
    void close();
}
