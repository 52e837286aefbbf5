package org.fus.cloud.object;

import java.util.Objects;

/** The whole of a small object as it was at one moment. */
public final class StoredObject {
    private final byte[] bytes;
    private final String version;

    /**
     * Takes content without a copy.
     *
     * @param bytes not to be changed afterwards
     * @param version names this state of the object
     */
    public StoredObject(byte[] bytes, String version) {
        this.bytes = bytes;
        this.version = Objects.requireNonNull(version, "version");
    }

    /**
     * The content.
     *
     * @return not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Names this state of the object, for {@link ObjectStore#replace}.
     *
     * @return whatever the store uses
     */
    public String version() {
        return version;
    }
}
