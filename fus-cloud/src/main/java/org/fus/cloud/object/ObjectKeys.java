package org.fus.cloud.object;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a key may look like: names that every file system and every object store can hold, joined by {@code /}. */
public final class ObjectKeys {
    private static final int MAX_KEY = 600;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._=+@-]{0,127}");

    /** Names that Windows keeps for devices, with any extension. */
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private ObjectKeys() {}

    /**
     * Refuses a key that is not one.
     *
     * @param key names joined by {@code /}
     * @return the key
     * @throws IllegalArgumentException when a name is not made of 1 to 128 letters, digits and {@code ._=+@-}, begins with
     *     something else than a letter, a digit or {@code _}, or is that of a device
     */
    public static String require(String key) {
        if (key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "key of " + key.length() + " characters: expected at most " + MAX_KEY + "; choose shorter names");
        }
        for (String name : key.split("/", -1)) {
            requireName("key '" + key + "'", name);
        }
        return key;
    }

    /**
     * Refuses a prefix that does not end between two names.
     *
     * @param prefix nothing, or names each followed by {@code /}
     * @return the prefix
     * @throws IllegalArgumentException as {@link #require}, and when the last character is not {@code /}
     */
    public static String requirePrefix(String prefix) {
        if (!prefix.isEmpty()) {
            if (!prefix.endsWith("/")) {
                throw new IllegalArgumentException("prefix '" + prefix + "': expected a '/' at its end");
            }
            require(prefix.substring(0, prefix.length() - 1));
        }
        return prefix;
    }

    /**
     * Refuses a name that cannot be part of a key.
     *
     * @param what for the message, such as {@code project}
     * @param name one name
     * @return the name
     * @throws IllegalArgumentException as {@link #require}
     */
    public static String requireName(String what, String name) {
        String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (!NAME.matcher(name).matches() || name.endsWith(".") || RESERVED.contains(stem.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(what + ": '" + name
                    + "' is no name (expected 1 to 128 letters, digits, '.', '_', '=', '+', '@' or '-', the first a"
                    + " letter, a digit or '_', and no name of a device); choose another");
        }
        return name;
    }
}
