package org.fus.cloud.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fus.cloud.chunk.ContentHash;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusException;
import org.fus.core.run.RunContext;
import org.fus.io.source.ByteSource;
import org.fus.io.source.PathSource;

/**
 * One import. Reads each file once, in order; hashes chunks on all processors; sends packs meanwhile. The manifest is
 * written last and in one step, so the acquisition is there complete or not at all. After any interruption the same import
 * finds what was sent and goes on.
 */
final class Importer {
    /** Chunks between the reader and the packs, bytes. */
    private static final long WINDOW_BYTES = 32 << 20;

    private static final String STAGE = "import";

    private final ObjectStore objects;
    private final StoreLayout layout;
    private final Manifests manifests;
    private final InstantSource clock;
    private final RunContext context;

    private final Deque<Hashed> window = new ArrayDeque<>();
    private long windowBytes;
    private long readBytes;
    private Lease lease;
    private PackSender sender;
    private ExecutorService threads;
    private List<Cut> cuts;

    /** A chunk that is being hashed. */
    private static final class Hashed {
        final byte[] bytes;
        final Future<ContentHash> hash;
        final Cut file;

        Hashed(byte[] bytes, Future<ContentHash> hash, Cut file) {
            this.bytes = bytes;
            this.hash = hash;
            this.file = file;
        }
    }

    /** A file as it was cut so far. */
    private record Cut(SourceTree.Entry entry, List<ContentHash> hashes, List<Integer> lengths) {}

    Importer(ObjectStore objects, StoreLayout layout, Manifests manifests, InstantSource clock, RunContext context) {
        this.objects = objects;
        this.layout = layout;
        this.manifests = manifests;
        this.clock = clock;
        this.context = context;
    }

    ImportReport run(Path source, String acquisition, ImportOptions options) {
        SourceTree tree = SourceTree.of(source);
        lease = Lease.take(objects, layout, clock);
        try (ExecutorService started = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fus-import-", 0).factory())) {
            threads = started;
            ChunkIndex index = ChunkIndex.read(objects, layout, context);
            sender = new PackSender(objects, layout, index, lease.epoch(), threads);
            try {
                cut(tree);
                sender.finish();
            } catch (FusCancelledException e) {
                threads.shutdownNow(); // after any other failure, packs that are on their way arrive: less is left to
                // do
                throw e;
            }
            List<String> warnings = new ArrayList<>(tree.warnings());
            warnings.addAll(index.warnings());
            return commit(acquisition, options, index, warnings);
        } finally {
            lease.release();
        }
    }

    private void cut(SourceTree tree) {
        cuts = new ArrayList<>();
        long total = Math.max(1, tree.bytes());
        context.report(STAGE, 0, total);
        for (SourceTree.Entry entry : tree.entries()) {
            Cut cut = new Cut(entry, new ArrayList<>(), new ArrayList<>());
            cuts.add(cut);
            ByteSource file = PathSource.of(entry.file());
            if (file.size() == 0) {
                continue;
            }
            tree.cutter(entry, file).cut(file, chunk -> {
                context.checkCancelled(STAGE);
                lease.renewIfDue();
                window.add(new Hashed(chunk, threads.submit(() -> ContentHash.of(chunk)), cut));
                windowBytes += chunk.length;
                while (windowBytes > WINDOW_BYTES) {
                    takeOldest();
                }
                readBytes += chunk.length;
                context.report(STAGE, Math.min(readBytes, total), total);
            });
        }
        while (!window.isEmpty()) {
            takeOldest();
        }
    }

    private void takeOldest() {
        Hashed chunk = window.remove();
        windowBytes -= chunk.bytes.length;
        ContentHash hash = hash(chunk.hash);
        chunk.file.hashes().add(hash);
        chunk.file.lengths().add(chunk.bytes.length);
        sender.add(hash, chunk.bytes);
    }

    private ImportReport commit(String acquisition, ImportOptions options, ChunkIndex index, List<String> warnings) {
        List<ManifestFile> files = new ArrayList<>();
        Map<String, Integer> packs = new LinkedHashMap<>();
        ByteBuffer table = ByteBuffer.allocate(
                Math.toIntExact(cuts.stream().mapToLong(c -> c.hashes().size()).sum() * ChunkRef.ENTRY_BYTES));
        long first = 0;
        for (Cut cut : cuts) {
            files.add(file(cut, first, index, packs, table));
            first += cut.hashes().size();
        }
        table.flip();
        ContentHash root = Manifest.root(files);
        Optional<Manifest> newest = manifests.newest(acquisition);
        if (newest.isPresent() && isKept(newest.get(), root, options)) {
            return new ImportReport(newest.get(), false, sender.sentBytes(), sender.sentPacks(), warnings);
        }
        objects.putIfAbsent(layout.table(lease.id()), table);
        ContentHash tableHash = ContentHash.of(table.duplicate());
        for (int version = newest.map(Manifest::version).orElse(0) + 1; ; version++) {
            Manifest manifest = new Manifest(
                    acquisition,
                    version,
                    clock.instant(),
                    options.author(),
                    root,
                    files.stream().mapToLong(ManifestFile::bytes).sum(),
                    lease.id(),
                    tableHash,
                    List.copyOf(packs.keySet()),
                    files);
            lease.renew();
            if (manifests.add(manifest)) {
                return new ImportReport(manifest, true, sender.sentBytes(), sender.sentPacks(), warnings);
            }
            Manifest other = manifests.read(acquisition, version);
            if (isKept(other, root, options)) {
                return new ImportReport(other, false, sender.sentBytes(), sender.sentPacks(), warnings);
            }
        }
    }

    private static boolean isKept(Manifest there, ContentHash root, ImportOptions options) {
        return options.existing() == ImportOptions.Existing.KEEP_FIRST
                || there.root().equals(root);
    }

    private static ManifestFile file(
            Cut cut, long first, ChunkIndex index, Map<String, Integer> packs, ByteBuffer table) {
        FileHash fileHash = new FileHash();
        long at = 0;
        for (int i = 0; i < cut.hashes().size(); i++) {
            ContentHash hash = cut.hashes().get(i);
            int bytes = cut.lengths().get(i);
            ChunkIndex.Place place = index.find(hash);
            int pack = packs.computeIfAbsent(place.pack(), p -> packs.size());
            new ChunkRef(hash, at, bytes, pack, place.offset()).write(table);
            fileHash.add(hash, bytes);
            at += bytes;
        }
        return new ManifestFile(
                cut.entry().path(), at, fileHash.get(), first, cut.hashes().size());
    }

    private static ContentHash hash(Future<ContentHash> hash) {
        try {
            return hash.get();
        } catch (ExecutionException e) {
            throw new FusException("a chunk could not be hashed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException(STAGE);
        }
    }
}
