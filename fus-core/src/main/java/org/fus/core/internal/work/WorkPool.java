package org.fus.core.internal.work;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Work space that waits for its next task, so that nothing is allocated in steady state. As many pieces are kept as
 * tasks have run at the same time, up to a limit. Safe for many threads.
 *
 * @param <W> a kind of work space, used by one task at a time
 */
public final class WorkPool<W> {
    private static final int KEPT = 64;

    private final AtomicReferenceArray<W> idle = new AtomicReferenceArray<>(KEPT);

    /** A piece that fits, from the pool or made now. Pieces found on the way that do not fit are forgotten. */
    public W take(Predicate<W> fits, Supplier<W> maker) {
        for (int i = 0; i < KEPT; i++) {
            W found = idle.get(i) == null ? null : idle.getAndSet(i, null);
            if (found != null && fits.test(found)) {
                return found;
            }
        }
        return maker.get();
    }

    /** Puts a piece back once its task has ended well; a piece that is not put back is simply forgotten. */
    public void giveBack(W piece) {
        for (int i = 0; i < KEPT; i++) {
            if (idle.get(i) == null && idle.compareAndSet(i, null, piece)) {
                return;
            }
        }
    }
}
