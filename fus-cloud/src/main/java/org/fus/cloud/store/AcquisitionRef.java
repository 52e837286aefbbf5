package org.fus.cloud.store;

import java.util.Objects;
import java.util.Optional;
import org.fus.cloud.object.ObjectKeys;

/**
 * Names an acquisition and, when wanted, one of its versions.
 *
 * @param name of the acquisition
 * @param version its number or one of its tags; nothing for the newest
 */
public record AcquisitionRef(String name, Optional<String> version) {
    /** Checks the names. */
    public AcquisitionRef {
        ObjectKeys.requireName("acquisition", name);
        Objects.requireNonNull(version, "version").ifPresent(v -> ObjectKeys.requireName("version or tag", v));
        if (name.contains("@")) {
            throw new IllegalArgumentException("acquisition '" + name + "': '@' stands before a version or a tag only");
        }
    }

    /**
     * The newest version.
     *
     * @param name of the acquisition
     * @return a reference
     */
    public static AcquisitionRef newest(String name) {
        return new AcquisitionRef(name, Optional.empty());
    }

    /**
     * Reads what a person types.
     *
     * @param text such as {@code rat1}, {@code rat1@3} or {@code rat1@published}
     * @return a reference
     * @throws IllegalArgumentException when it is none
     */
    public static AcquisitionRef parse(String text) {
        int at = text.indexOf('@');
        return at < 0 ? newest(text) : new AcquisitionRef(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return version.map(v -> name + "@" + v).orElse(name);
    }
}
