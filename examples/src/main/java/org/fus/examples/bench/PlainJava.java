package org.fus.examples.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The least that Java must do for a row, such as a bare loop over a channel, timed in this process. */
final class PlainJava implements Yardstick {
    /** A row that states this least itself; {@link BenchWork#variants} holds one name, that of it. */
    interface Compared extends BenchWork {
        /** What comes before each call and is not timed. */
        void preparePlain();

        /** One call. */
        void runPlain();

        /** The checksum of its last output. */
        double plainChecksum();
    }

    private final Map<String, Compared> works;

    PlainJava(List<Compared> works) {
        this.works = works.stream().collect(Collectors.toMap(w -> w.variants().getFirst(), Function.identity()));
        // The compiler has then seen both sides equally often.
        works.forEach(w -> {
            for (int i = 0; i < w.warmUpCalls(); i++) {
                run(w.variants().getFirst());
            }
        });
    }

    @Override
    public double run(String variant) {
        Compared work = works.get(variant);
        work.preparePlain();
        long startNs = System.nanoTime();
        work.runPlain();
        return (System.nanoTime() - startNs) * 1e-6;
    }

    @Override
    public double checksum(String variant) {
        return works.get(variant).plainChecksum();
    }

    /** Nothing to close. */
    @Override
    public void close() {}
}
