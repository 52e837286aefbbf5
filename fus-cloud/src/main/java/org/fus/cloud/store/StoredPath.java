package org.fus.cloud.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.fus.core.error.FusFormatException;

/** Paths of files within an acquisition: names joined by {@code /}, which can never lead out of a folder. */
final class StoredPath {
    private static final int MAX_CHARACTERS = 1024;
    private static final int MAX_NAMES = 64;

    private StoredPath() {}

    /** Why a path cannot be kept, or nothing. */
    static Optional<String> problem(String path) {
        if (path.length() > MAX_CHARACTERS) {
            return Optional.of("a path of " + path.length() + " characters (expected at most " + MAX_CHARACTERS + ")");
        }
        String[] names = path.split("/", -1);
        if (names.length > MAX_NAMES) {
            return Optional.of(names.length + " folders within each other (expected at most " + MAX_NAMES + ")");
        }
        for (String name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return Optional.of("a path that leads elsewhere (a name is empty, '.' or '..')");
            }
        }
        boolean odd = path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || Character.isSurrogate((char) c));
        return odd ? Optional.of("a name with a control character, a backslash or half a character") : Optional.empty();
    }

    /** Refuses paths of a manifest that lead out of a folder, or that are there twice or as file and folder. */
    static void requireTree(String resource, Iterable<String> paths) {
        Set<String> files = new HashSet<>();
        Set<String> folders = new HashSet<>();
        for (String path : paths) {
            problem(path).ifPresent(p -> {
                throw new FusFormatException(
                        resource, "files", p + ": " + printable(path) + "; it is hostile or damaged");
            });
            if (!files.add(path)) {
                throw new FusFormatException(resource, "files", path + " is there twice; it is hostile or damaged");
            }
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash));
            }
        }
        for (String folder : folders) {
            if (files.contains(folder)) {
                throw new FusFormatException(
                        resource, "files", folder + " is a file and a folder; it is hostile or damaged");
            }
        }
    }

    /** The place of a file below a folder of this machine. */
    static Path below(Path folder, String path) {
        try {
            Path place = folder.resolve(path).normalize();
            if (place.startsWith(folder.normalize()) && !place.equals(folder.normalize())) {
                return place;
            }
        } catch (InvalidPathException e) {
            throw new FusFormatException(
                    folder.toString(), printable(path), "this system cannot hold such a name: " + e.getReason(), e);
        }
        throw new FusFormatException(folder.toString(), printable(path), "it leads out of the folder; it is hostile");
    }

    private static String printable(String path) {
        String cut = path.length() > 80 ? path.substring(0, 80) + "..." : path;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
