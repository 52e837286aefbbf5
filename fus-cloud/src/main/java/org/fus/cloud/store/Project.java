package org.fus.cloud.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusStorageException;
import org.fus.core.run.RunContext;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.OpenOptions;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;

/**
 * The acquisitions of one project of a store. Within it equal chunks are one; between projects nothing is shared. Safe for
 * use by many threads and processes at once. Every method throws {@link FusStorageException} when the store does not hold
 * what is asked for, or cannot be reached, and {@link org.fus.core.error.FusFormatException} when what it holds is damaged.
 */
public final class Project {
    /** How long {@link #collectGarbage} lets condemned packs stand at least, unless told otherwise. */
    public static final Duration GRACE = Duration.ofDays(1);

    private static final String ZARR = "zarr.json";
    private static final String SIDECAR = ".json";

    private final ObjectStore objects;
    private final InstantSource clock;
    private final String name;
    private final StoreLayout layout;
    private final Manifests manifests;

    Project(ObjectStore objects, InstantSource clock, String name) {
        this.objects = objects;
        this.clock = clock;
        this.name = name;
        this.layout = new StoreLayout(name);
        this.manifests = new Manifests(objects, layout);
    }

    /**
     * The name of the project.
     *
     * @return as it was given
     */
    public String name() {
        return name;
    }

    /**
     * Imports a file or a folder with all that is in it as the next version of an acquisition. Content that the project
     * holds is not sent again; a version that equals the newest one is not made. When the import is broken off, in whatever
     * way, nothing is seen of it, and the same import goes on where it was. O(bytes) reading and hashing.
     *
     * @param source a file or a folder; links within it are refused
     * @param acquisition its name
     * @param options how
     * @param context hears of progress in bytes, and may cancel
     * @return what was done
     * @throws IllegalArgumentException when the name is none
     */
    public ImportReport importFrom(Path source, String acquisition, ImportOptions options, RunContext context) {
        AcquisitionRef.newest(acquisition);
        return new Importer(objects, layout, manifests, clock, context).run(source, acquisition, options);
    }

    /**
     * Lists the acquisitions.
     *
     * @return sorted by name
     */
    public List<AcquisitionSummary> list() {
        List<AcquisitionSummary> out = new ArrayList<>();
        manifests
                .all()
                .forEach((acquisition, versions) -> out.add(new AcquisitionSummary(
                        acquisition,
                        versions,
                        manifests.tags(acquisition),
                        manifests.read(acquisition, versions.getLast()))));
        return out;
    }

    /**
     * Tells whether there is such an acquisition.
     *
     * @param acquisition its name
     * @return true when it has a version
     */
    public boolean has(String acquisition) {
        return !manifests.versions(acquisition).isEmpty();
    }

    /**
     * What a version consists of.
     *
     * @param ref which version
     * @return its manifest
     */
    public Manifest manifest(AcquisitionRef ref) {
        return manifests.read(ref);
    }

    /**
     * Gives a version a name that people remember, or moves the name to another version.
     *
     * @param ref which version
     * @param tag letters, digits and {@code ._=+-}, not only digits
     */
    public void tag(AcquisitionRef ref, String tag) {
        manifests.tag(ref.name(), tag, manifests.resolve(ref));
    }

    /**
     * Versions by tag.
     *
     * @param acquisition its name
     * @return the tags
     */
    public Map<String, Integer> tags(String acquisition) {
        return manifests.tags(acquisition);
    }

    /**
     * Removes a version. Its data go with {@link #collectGarbage}, unless others hold them too.
     *
     * @param ref which version
     */
    public void remove(AcquisitionRef ref) {
        manifests.remove(ref.name(), manifests.resolve(ref));
    }

    /**
     * The files of a version where they are. Reading fetches the chunks that hold the wanted bytes, compares each with its
     * hash, and keeps the last 32 MiB of them.
     *
     * @param ref which version
     * @return a folder
     */
    public ByteFolder folder(AcquisitionRef ref) {
        return new StoredFolder(new ChunkReader(objects, layout, manifests.read(ref)), null, "");
    }

    /**
     * Opens a version with the readers of local files: it is a Zarr store, holds one, or holds one file (and its description
     * of the same name with {@code .json}).
     *
     * @param ref which version
     * @param options how
     * @return its content; values are fetched as they are used
     * @throws FusStorageException also when it holds several, so that nobody can tell which is meant
     */
    public Content open(AcquisitionRef ref, OpenOptions options) {
        ByteFolder top = folder(ref);
        List<String> names = top.names();
        List<String> stores = names.stream()
                .filter(n -> top.folder(n).flatMap(f -> f.file(ZARR)).isPresent())
                .toList();
        List<String> files = names.stream()
                .filter(n -> top.file(n).isPresent())
                .filter(n -> !n.endsWith(SIDECAR) || !names.contains(n.substring(0, n.length() - SIDECAR.length())))
                .toList();
        if (names.contains(ZARR)) {
            return FusFiles.open(top, options);
        } else if (stores.size() == 1) {
            return open(ref, stores.getFirst(), options);
        } else if (stores.isEmpty() && files.size() == 1) {
            return open(ref, files.getFirst(), options);
        }
        throw new FusStorageException(
                objects.name(), "open", ref + " holds several things (" + names + "); name one of them", false, null);
    }

    /**
     * Opens a file or a folder of a version.
     *
     * @param ref which version
     * @param path names joined by {@code /}
     * @param options how
     * @return its content; values are fetched as they are used
     */
    public Content open(AcquisitionRef ref, String path, OpenOptions options) {
        ByteFolder top = folder(ref);
        return top.file(path)
                .map((ByteSource file) -> FusFiles.open(file, options))
                .or(() -> top.folder(path).map(f -> FusFiles.open(f, options)))
                .orElseThrow(() -> unknown(ref, path));
    }

    /**
     * Brings a whole version back.
     *
     * @param ref which version
     * @param target a folder that does not exist yet; it appears when it is complete
     * @param context hears of progress, and may cancel; the same restore then goes on later
     * @return what was done
     */
    public RestoreReport restore(AcquisitionRef ref, Path target, RunContext context) {
        return new Restorer(new ChunkReader(objects, layout, manifests.read(ref)), context).all(target);
    }

    /**
     * Brings one file back.
     *
     * @param ref which version
     * @param path names joined by {@code /}
     * @param target a file that does not exist yet; it appears when it is complete
     * @param context hears of progress, and may cancel; the same restore then goes on later
     * @return what was done
     */
    public RestoreReport restore(AcquisitionRef ref, String path, Path target, RunContext context) {
        Manifest manifest = manifests.read(ref);
        ManifestFile file = manifest.file(path).orElseThrow(() -> unknown(ref, path));
        return new Restorer(new ChunkReader(objects, layout, manifest), context).one(file, target);
    }

    /**
     * Reads every chunk of some versions and compares its hash.
     *
     * @param refs which versions; all of the project when there is none
     * @param context hears of progress, and may cancel
     * @return what was found
     */
    public VerifyReport verify(List<AcquisitionRef> refs, RunContext context) {
        List<AcquisitionRef> all = new ArrayList<>(refs);
        if (refs.isEmpty()) {
            manifests
                    .all()
                    .forEach((acquisition, versions) ->
                            versions.forEach(v -> all.add(AcquisitionRef.parse(acquisition + "@" + v))));
        }
        return new Verifier(objects, layout, context).run(manifests, all);
    }

    /**
     * Deletes what no version needs any more. It takes two runs: the first condemns, a later one deletes, at least
     * {@code grace} afterwards and not before every import has ended that may rely on it. May run at any time.
     *
     * @param grace how long condemned packs stand at least, for readers that are under way; {@link #GRACE} is usual
     * @return what was done
     */
    public GarbageReport collectGarbage(Duration grace) {
        return new GarbageCollector(objects, layout, manifests, clock, grace).run();
    }

    private FusStorageException unknown(AcquisitionRef ref, String path) {
        List<String> paths = manifests.read(ref).files().stream()
                .map(ManifestFile::path)
                .limit(10)
                .toList();
        return new FusStorageException(
                objects.name(),
                "find",
                "there is no " + path + " in " + ref + " (there is " + paths + ")",
                false,
                null);
    }
}
