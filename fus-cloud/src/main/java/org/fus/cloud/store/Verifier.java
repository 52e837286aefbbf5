package org.fus.cloud.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.fus.cloud.internal.Parallel;
import org.fus.cloud.object.ObjectStore;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusStorageException;
import org.fus.core.run.RunContext;

/** Reads everything and compares every hash. */
final class Verifier {
    private final ObjectStore objects;
    private final StoreLayout layout;
    private final RunContext context;
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong chunks = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Place> seen = new HashSet<>();

    private record Place(String pack, int offset, int bytes) {}

    private record Work(ChunkReader reader, List<ChunkRef> run) {}

    Verifier(ObjectStore objects, StoreLayout layout, RunContext context) {
        this.objects = objects;
        this.layout = layout;
        this.context = context;
    }

    VerifyReport run(Manifests manifests, List<AcquisitionRef> refs) {
        List<Work> work = new ArrayList<>();
        for (AcquisitionRef ref : refs) {
            try {
                Manifest manifest = manifests.read(ref);
                ChunkReader reader = new ChunkReader(objects, layout, manifest);
                ChunkReader.runs(unseen(manifest, reader.table())).forEach(r -> work.add(new Work(reader, r)));
            } catch (FusFormatException | FusStorageException e) {
                problems.add(e.getMessage());
            }
        }
        Parallel.forEach(context, "verify", work.size(), i -> check(work.get(i)));
        return new VerifyReport(
                refs.size(),
                chunks.get(),
                bytes.get(),
                problems.stream().sorted().toList());
    }

    private List<ChunkRef> unseen(Manifest manifest, List<ChunkRef> table) {
        return table.stream()
                .filter(r -> seen.add(new Place(manifest.packs().get(r.pack()), r.packOffset(), r.bytes())))
                .toList();
    }

    private void check(Work work) {
        try {
            work.reader().read(work.run(), this::count);
        } catch (FusFormatException e) {
            // one of the run is damaged: each by itself tells which
            for (ChunkRef ref : work.run()) {
                try {
                    work.reader().read(List.of(ref), this::count);
                } catch (FusFormatException | FusStorageException one) {
                    problems.add(work.reader().name() + ": " + one.getMessage());
                }
            }
        } catch (FusStorageException e) {
            problems.add(e.getMessage());
        }
    }

    private void count(ChunkRef ref, byte[] chunk) {
        chunks.incrementAndGet();
        bytes.addAndGet(ref.bytes());
    }
}
