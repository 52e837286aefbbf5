package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.chunk.Cutter;
import org.fus.cloud.internal.Json;
import org.fus.cloud.object.ObjectKeys;
import org.fus.core.error.FusFormatException;

/**
 * One version of an acquisition: its files and where their chunks are. Immutable, also in the store.
 *
 * @param acquisition name
 * @param version from 1
 * @param created when it was imported, on the clock of the importer
 * @param author who imported it, as the importer said
 * @param root SHA-256 over the paths, lengths and hashes of the files: two versions of the same content have the same
 * @param bytes of all files together
 * @param table key of the table of chunks
 * @param tableHash SHA-256 of the table
 * @param packs names of the packs that hold the chunks
 * @param files sorted by path
 */
public record Manifest(
        String acquisition,
        int version,
        Instant created,
        String author,
        ContentHash root,
        long bytes,
        String table,
        ContentHash tableHash,
        List<String> packs,
        List<ManifestFile> files) {
    /** Larger ones are refused before they are read. */
    static final int MAX_BYTES = 256 << 20;

    /** Copies. */
    public Manifest {
        packs = List.copyOf(packs);
        files = List.copyOf(files);
    }

    /**
     * Finds a file.
     *
     * @param path names joined by {@code /}
     * @return the file, when there is one
     */
    public Optional<ManifestFile> file(String path) {
        return files.stream().filter(f -> f.path().equals(path)).findFirst();
    }

    /**
     * The number of chunks of all files.
     *
     * @return entries of the table
     */
    public long chunks() {
        return files.stream().mapToLong(ManifestFile::chunks).sum();
    }

    static ContentHash root(List<ManifestFile> files) {
        MessageDigest digest = ContentHash.digest();
        for (ManifestFile file : files) {
            byte[] path = file.path().getBytes(StandardCharsets.UTF_8);
            ByteBuffer line = ByteBuffer.allocate(Integer.BYTES + path.length + Long.BYTES + ContentHash.BYTES);
            line.putInt(path.length).put(path).putLong(file.bytes());
            file.hash().write(line);
            digest.update(line.flip());
        }
        return ContentHash.read(ByteBuffer.wrap(digest.digest()));
    }

    ByteBuffer toJson() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schema", StoreLayout.MANIFEST_SCHEMA);
        out.put("acquisition", acquisition);
        out.put("version", version);
        out.put("created", created.toString());
        out.put("author", author);
        out.put("root", root.hex());
        out.put("bytes", bytes);
        out.put("table", table);
        out.put("tableSha256", tableHash.hex());
        out.put("packs", packs);
        List<Map<String, Object>> list = new ArrayList<>();
        for (ManifestFile file : files) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("path", file.path());
            entry.put("bytes", file.bytes());
            entry.put("hash", file.hash().hex());
            entry.put("chunks", file.chunks());
            list.add(entry);
        }
        out.put("files", list);
        return Json.write(out);
    }

    /** Reads a manifest that anybody may have written: nothing of it is believed before it was checked. */
    static Manifest read(String resource, byte[] bytes, String acquisition, int version) {
        Json json = Json.read(resource, bytes).requireSchema(StoreLayout.MANIFEST_SCHEMA);
        if (!json.text("acquisition").equals(acquisition)
                || json.whole("version", StoreLayout.MAX_VERSION) != version) {
            throw json.failure(
                    "acquisition",
                    acquisition + " version " + version + ", as its key says",
                    json.text("acquisition") + " version " + json.node().path("version"));
        }
        List<String> packs = json.texts("packs");
        packs.forEach(p -> {
            if (!Pack.isName(p)) {
                throw json.failure("packs", "names of packs", p);
            }
        });
        String table = json.text("table");
        try {
            ObjectKeys.requireName("table", table);
        } catch (IllegalArgumentException e) {
            throw json.failure("table", "the name of a table", table);
        }
        List<ManifestFile> files = files(json);
        StoredPath.requireTree(resource, files.stream().map(ManifestFile::path).toList());
        long total = files.stream().mapToLong(ManifestFile::bytes).reduce(0, Math::addExact);
        if (json.whole("bytes", Long.MAX_VALUE) != total) {
            throw json.failure(
                    "bytes", "the sum of the files, " + total, json.node().path("bytes"));
        }
        ContentHash root = hash(json, "root");
        if (!root.equals(root(files))) {
            throw json.failure("root", root(files) + ", the hash of the files", root);
        }
        return new Manifest(
                acquisition,
                version,
                json.instant("created"),
                json.text("author"),
                root,
                total,
                table,
                hash(json, "tableSha256"),
                packs,
                files);
    }

    private static List<ManifestFile> files(Json json) {
        List<ManifestFile> files = new ArrayList<>();
        long first = 0;
        for (Json entry : json.objects("files")) {
            long bytes = entry.whole("bytes", Long.MAX_VALUE / Integer.MAX_VALUE);
            int chunks = (int) entry.whole("chunks", Integer.MAX_VALUE / ChunkRef.ENTRY_BYTES);
            if (chunks > bytes || (long) chunks * Cutter.MAX_CHUNK_BYTES < bytes) {
                throw entry.failure("chunks", "a number that fits " + bytes + " bytes", chunks);
            }
            files.add(new ManifestFile(entry.text("path"), bytes, hash(entry, "hash"), first, chunks));
            first += chunks;
        }
        return files;
    }

    private static ContentHash hash(Json json, String name) {
        try {
            return ContentHash.parse(json.text(name));
        } catch (IllegalArgumentException e) {
            throw new FusFormatException(json.resource(), name, e.getMessage() + "; it is damaged", e);
        }
    }
}
