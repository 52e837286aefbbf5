package org.fus.hardware.internal;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A device address {@code scheme:target?key=value&...}, taken apart.
 *
 * @param uri the address, for messages
 * @param target what stands between scheme and settings
 * @param values the settings
 */
public record UriSettings(URI uri, String target, Map<String, String> values) {
    /**
     * Takes an address apart.
     *
     * @param uri the address
     * @param known names of the settings
     * @return the parts
     * @throws IllegalArgumentException when a setting is not known
     */
    public static UriSettings of(URI uri, Set<String> known) {
        String[] parts = uri.getRawSchemeSpecificPart().split("\\?", 2);
        Map<String, String> values = new LinkedHashMap<>();
        String[] settings = parts.length == 1 ? new String[0] : parts[1].split("&", -1);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String key = equals < 0 ? setting : setting.substring(0, equals);
            if (!known.contains(key)) {
                throw new IllegalArgumentException(uri + ": unknown setting '" + key + "', expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            values.put(key, decoded(uri, setting.substring(equals + 1)));
        }
        return new UriSettings(uri, decoded(uri, parts[0]), values);
    }

    private static String decoded(URI uri, String raw) {
        try {
            return java.net.URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(uri + ": '" + raw + "' has a broken % code", e);
        }
    }

    /**
     * A whole number.
     *
     * @param key name of the setting
     * @param otherwise when it is not set
     * @return the number
     */
    public long whole(String key, long otherwise) {
        String value = values.get(key);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(uri + ": " + key + " is '" + value + "', expected a whole number", e);
        }
    }

    /**
     * A number.
     *
     * @param key name of the setting
     * @param otherwise when it is not set
     * @return the number, finite
     */
    public double number(String key, double otherwise) {
        String value = values.get(key);
        try {
            double number = value == null ? otherwise : Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(uri + ": " + key + " is '" + value + "', expected a number", e);
        }
        throw new IllegalArgumentException(uri + ": " + key + " is '" + value + "', expected a number");
    }

    /**
     * Yes or no.
     *
     * @param key name of the setting
     * @return whether it is {@code true} or {@code yes}; false when it is not set
     */
    public boolean flag(String key) {
        String value = values.getOrDefault(key, "false").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true", "yes", "" -> true;
            case "false", "no" -> false;
            default ->
                throw new IllegalArgumentException(uri + ": " + key + " is '" + value + "', expected true or false");
        };
    }
}
