package org.fus.hardware;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntConsumer;

/**
 * Native memory between a device and whoever takes its blocks: {@code FREE -> FILLING -> READY -> IN_USE -> FREE}. A slot
 * is filled again only after its block was released, so nobody reads memory that the device writes. One thread fills, one
 * takes, any thread releases.
 */
public final class BlockRing implements AutoCloseable {
    /** Where a slot stands. */
    public enum SlotState {
        /** Nobody's. */
        FREE,
        /** The device's. */
        FILLING,
        /** Full, and waits to be taken. */
        READY,
        /** The receiver's, until it is released. */
        IN_USE
    }

    /** A part of the ring that the device fills. */
    public static final class Slot {
        private final int index;
        private final MemorySegment memory;
        private SlotState state = SlotState.FREE;

        Slot(int index, MemorySegment memory) {
            this.index = index;
            this.memory = memory;
        }

        /**
         * The memory to be filled.
         *
         * @return room for the largest block of the program
         */
        public MemorySegment memory() {
            return memory;
        }
    }

    /** A slot that is ready, as the block that it becomes. */
    private record Full(Slot slot, DeviceBlock block) {}

    private final Arena arena;
    private final UploadedProgram program;
    private final Slot[] slots;
    private final IntConsumer onReleased;
    private final Queue<Full> ready = new ArrayDeque<>();
    private boolean ended;
    private boolean closed;
    private boolean freed;
    private int mostReady;

    /**
     * Allocates a ring.
     *
     * @param program gives the size of a block
     * @param blocks number of slots, at least 2
     */
    public BlockRing(UploadedProgram program, int blocks) {
        this(
                program,
                Arena.ofShared(),
                blocks,
                (arena, _) -> arena.allocate(program.blockBytes(), Long.BYTES),
                _ -> {});
    }

    /** Where a ring stands. */
    @FunctionalInterface
    public interface Memory {
        /**
         * The memory of a slot.
         *
         * @param arena to be used
         * @param slot which one
         * @return room for the largest block of the program, in that arena
         */
        MemorySegment of(Arena arena, int slot);
    }

    /**
     * A ring in memory that somebody else gives, such as a mapped file.
     *
     * @param program gives the size of a block
     * @param arena a shared one; belongs to the ring from now on
     * @param blocks number of slots, at least 2
     * @param memory gives the memory of each slot
     * @param onReleased told which slot the receiver has released, on the thread that releases
     */
    public BlockRing(UploadedProgram program, Arena arena, int blocks, Memory memory, IntConsumer onReleased) {
        this.program = program;
        this.arena = arena;
        this.onReleased = onReleased;
        this.slots = new Slot[blocks];
        try {
            for (int i = 0; i < blocks; i++) {
                slots[i] = new Slot(i, memory.of(arena, i));
            }
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Takes a free slot to fill it, if there is one.
     *
     * @return the slot, now {@link SlotState#FILLING}; nothing when the ring is full
     */
    public synchronized Optional<Slot> tryClaim() {
        for (Slot slot : slots) {
            if (!closed && slot.state == SlotState.FREE) {
                slot.state = SlotState.FILLING;
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    /**
     * Takes a certain slot to fill it, if it is free: for a device that chooses by itself.
     *
     * @param slot which one, from 0
     * @return the slot, now {@link SlotState#FILLING}; nothing when it is not free or does not exist
     */
    public synchronized Optional<Slot> tryClaim(int slot) {
        if (closed || slot < 0 || slot >= slots.length || slots[slot].state != SlotState.FREE) {
            return Optional.empty();
        }
        slots[slot].state = SlotState.FILLING;
        return Optional.of(slots[slot]);
    }

    /**
     * Waits for a free slot.
     *
     * @param timeoutMs how long at most, milliseconds
     * @return the slot, or nothing when none came free in time
     * @throws InterruptedException when the thread is interrupted
     */
    public synchronized Optional<Slot> claim(long timeoutMs) throws InterruptedException {
        long until = System.nanoTime() + timeoutMs * 1_000_000;
        Optional<Slot> slot = tryClaim();
        while (slot.isEmpty() && !closed) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
            slot = tryClaim();
        }
        return slot;
    }

    /**
     * Hands a filled slot over.
     *
     * @param slot what {@link #tryClaim} gave
     * @param number number of the block in the run
     * @param firstFrame number of its first frame
     * @param frames frames in it; 0 gives the slot back unused
     * @param deviceTimeNs when its first frame was fired, on the device's clock
     */
    public synchronized void publish(Slot slot, long number, long firstFrame, int frames, long deviceTimeNs) {
        require(slot, SlotState.FILLING);
        if (frames == 0) {
            free(slot);
            return;
        }
        BlockContent content = program.content();
        MemorySegment samples = slot.memory.asSlice(0, content.frameBytes() * frames);
        slot.state = SlotState.READY;
        DeviceBlock block = new DeviceBlock(
                new DeviceBlock.Place(number, firstFrame, frames, deviceTimeNs, System.nanoTime()),
                content,
                samples,
                () -> released(slot));
        ready.add(new Full(slot, block));
        mostReady = Math.max(mostReady, ready.size());
        notifyAll();
    }

    /** Says that no further block comes; those that are ready can still be taken. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Waits for the next block.
     *
     * @return the block, now {@link SlotState#IN_USE}; nothing after the last one
     * @throws InterruptedException when the thread is interrupted
     */
    public synchronized Optional<DeviceBlock> take() throws InterruptedException {
        while (ready.isEmpty() && !ended) {
            wait();
        }
        Full next = ready.poll();
        if (next == null) {
            return Optional.empty();
        }
        next.slot().state = SlotState.IN_USE;
        return Optional.of(next.block());
    }

    /**
     * Whether the block that was taken last is the last one, as far as is known.
     *
     * @return true when the ring has ended and nothing waits
     */
    public synchronized boolean isDrained() {
        return ended && ready.isEmpty();
    }

    /**
     * The most blocks that have waited at one time.
     *
     * @return at most the number of slots
     */
    public synchronized int mostReady() {
        return mostReady;
    }

    /**
     * Counts slots.
     *
     * @param state which
     * @return how many are in that state
     */
    public synchronized int count(SlotState state) {
        Objects.requireNonNull(state, "state");
        int n = 0;
        for (Slot slot : slots) {
            n += slot.state == state ? 1 : 0;
        }
        return n;
    }

    /** Ends the ring. Blocks that wait are dropped; the memory goes when the last block in use is released. */
    @Override
    public synchronized void close() {
        closed = true;
        ended = true;
        ready.clear();
        for (Slot slot : slots) {
            if (slot.state == SlotState.READY) {
                slot.state = SlotState.FREE;
            }
        }
        freeMemoryWhenUnused();
        notifyAll();
    }

    private void released(Slot slot) {
        synchronized (this) {
            free(slot);
        }
        onReleased.accept(slot.index);
    }

    private void free(Slot slot) {
        slot.state = SlotState.FREE;
        freeMemoryWhenUnused();
        notifyAll();
    }

    private void freeMemoryWhenUnused() {
        if (closed && !freed && count(SlotState.FREE) == slots.length) {
            freed = true;
            arena.close();
        }
    }

    private static void require(Slot slot, SlotState expected) {
        if (slot.state != expected) {
            throw new IllegalStateException("slot is " + slot.state + ", expected " + expected);
        }
    }
}
