package org.fus.cloud.store;

import java.util.Locale;
import java.util.Optional;
import org.fus.cloud.object.ObjectKeys;

/** Where things are in a store. */
final class StoreLayout {
    static final String STORE = "fus-store.json";
    static final String STORE_SCHEMA = "fus-store/1";
    static final String MANIFEST_SCHEMA = "fus-manifest/1";
    static final String PROJECTS = "projects/";
    static final int MAX_VERSION = 99_999_999;

    private final String root;

    StoreLayout(String project) {
        this.root = PROJECTS + ObjectKeys.requireName("project", project) + "/";
    }

    /** Says that there is such a project. */
    String marker() {
        return root + "project.json";
    }

    String packs() {
        return root + "packs/";
    }

    String pack(String name) {
        return packs() + name;
    }

    String tables() {
        return root + "tables/";
    }

    String table(String id) {
        return tables() + id;
    }

    String leases() {
        return root + "leases/";
    }

    String lease(String id) {
        return leases() + id;
    }

    String condemned() {
        return root + "condemned/";
    }

    String condemned(String pack) {
        return condemned() + pack;
    }

    String epoch() {
        return root + "epoch.json";
    }

    String acquisitions() {
        return root + "acquisitions/";
    }

    String acquisition(String name) {
        return acquisitions() + ObjectKeys.requireName("acquisition", name) + "/";
    }

    String versions(String acquisition) {
        return acquisition(acquisition) + "versions/";
    }

    String manifest(String acquisition, int version) {
        return versions(acquisition) + String.format(Locale.ROOT, "%08d.json", version);
    }

    String tags(String acquisition) {
        return acquisition(acquisition) + "tags.json";
    }

    String jobs() {
        return root + "jobs/";
    }

    /** The last name of a key. */
    static String lastName(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** The version that a key of {@link #manifest} names. */
    static Optional<Integer> version(String key) {
        String name = lastName(key);
        return name.matches("\\d{8}\\.json") ? Optional.of(Integer.parseInt(name.substring(0, 8))) : Optional.empty();
    }

    /** The acquisition that a key of {@link #manifest} names. */
    String acquisitionOf(String key) {
        String below = key.substring(acquisitions().length());
        return below.substring(0, below.indexOf('/'));
    }
}
