package org.fus.hardware.live;

/** One place between two stages: whoever puts waits while it is taken. One thread puts, one takes. */
final class Handoff<T> {
    private T item;
    private boolean ended;

    /** Waits for room; drops the item after the end. */
    synchronized void put(T next) {
        boolean interrupted = false;
        while (item != null && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // stages are told to end, not interrupted
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            item = next;
            notifyAll();
        }
    }

    /** The next item, or null after the last one. */
    synchronized T take() {
        while (item == null && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                ended = true;
            }
        }
        T next = item;
        item = null;
        notifyAll();
        return next;
    }

    synchronized void end(boolean cancelled) {
        ended = true;
        if (cancelled) {
            item = null;
        }
        notifyAll();
    }
}
