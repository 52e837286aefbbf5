package org.fus.hardware.live;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Decides which ensembles are computed, and holds their blocks until the images are made. An ensemble is taken only when all
 * its blocks have room, so no work is begun that cannot be ended; the others are skipped whole, which lowers the Doppler rate
 * and leaves the ring to the recording. One thread offers, one takes.
 */
final class EnsembleGate {
    private final int ensembleFrames;
    private final int ensembleBlocks;
    private final int room;
    private final boolean skips;
    private final DisplayRate display;
    private final Queue<SharedBlock> line = new ArrayDeque<>();
    private int held;
    private boolean ended;
    private long current = -1;
    private boolean admitted;
    private long nextFrame;
    private long skipped;
    private long incomplete;

    EnsembleGate(int ensembleFrames, int ensembleBlocks, int room, StreamPolicy policy, DisplayRate display) {
        this.ensembleFrames = ensembleFrames;
        this.ensembleBlocks = ensembleBlocks;
        this.room = room;
        this.skips = policy == StreamPolicy.NEWEST_ONLY;
        this.display = display;
    }

    /** Takes a block over, or releases it. */
    synchronized void offer(SharedBlock block) {
        long first = block.block().firstFrame();
        long ensemble = first / ensembleFrames;
        if (ensemble != current) {
            begin(ensemble, first % ensembleFrames == 0);
        } else if (admitted && first != nextFrame) {
            admitted = false;
            incomplete++;
        }
        nextFrame = first + block.block().frames();
        if (!skips) {
            awaitRoom();
        }
        if (!admitted || ended) {
            block.release();
            return;
        }
        held++;
        line.add(block);
        notifyAll();
    }

    private void begin(long ensemble, boolean fromItsStart) {
        countCut();
        current = ensemble;
        boolean behind = held >= Math.max(1, (ensembleBlocks + 1) / 2);
        display.pressure(skips && behind);
        admitted = fromItsStart && (!skips || held + ensembleBlocks <= room);
        if (!fromItsStart) {
            incomplete++;
        } else if (!admitted) {
            skipped++;
        }
    }

    /** An ensemble that was taken and whose end never came. */
    private void countCut() {
        if (admitted && nextFrame < (current + 1) * ensembleFrames) {
            incomplete++;
        }
    }

    private void awaitRoom() {
        boolean interrupted = false;
        while (admitted && held >= room && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // the device's thread: the device knows what it wants with it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next block, or null after the last one. */
    synchronized SharedBlock take() {
        while (line.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                end(true);
            }
        }
        return line.poll();
    }

    /** The images of a block are made. */
    synchronized void done(SharedBlock block) {
        block.release();
        held--;
        notifyAll();
    }

    /** No block is taken any more; those that wait are still computed unless the run was cancelled. */
    synchronized void end(boolean cancelled) {
        if (!ended) {
            countCut();
        }
        ended = true;
        if (cancelled) {
            line.forEach(SharedBlock::release);
            held -= line.size();
            line.clear();
        }
        notifyAll();
    }

    synchronized long skipped() {
        return skipped;
    }

    synchronized long incomplete() {
        return incomplete;
    }
}
