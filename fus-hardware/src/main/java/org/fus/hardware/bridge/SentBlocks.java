package org.fus.hardware.bridge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import org.fus.hardware.DeviceBlock;

/**
 * The blocks of a run that the host has: each stays the device's until the host releases its slot, so that the ring of the
 * device is full exactly when the host's is.
 */
final class SentBlocks implements AutoCloseable {
    /** A file that both ends have mapped. */
    record Mapping(Arena arena, MemorySegment all) {}

    private final BridgeLink link;
    private final long slotBytes;
    private final Mapping mapping;
    private final DeviceBlock[] held;
    private final Queue<Integer> free = new ArrayDeque<>();
    private final byte[] part = new byte[BridgeMessage.HEADER + 12 + BridgeMessage.MAX_PART];
    private boolean closed;

    /** Of a host that takes blocks through the link, or, with a mapping, in shared memory. */
    SentBlocks(BridgeLink link, int slots, long slotBytes, Mapping mapping) {
        this.link = link;
        this.slotBytes = slotBytes;
        this.mapping = mapping;
        this.held = new DeviceBlock[slots];
        for (int i = 0; i < slots; i++) {
            free.add(i);
        }
    }

    /** Sends a block. The ring of the device has as many slots as the host's, so there is one free. */
    void take(DeviceBlock block) {
        int slot;
        synchronized (this) {
            if (closed) {
                block.release();
                return;
            }
            slot = free.remove();
            held[slot] = block;
        }
        try {
            MemorySegment samples = block.samples();
            if (mapping == null) {
                send(slot, samples);
            } else {
                copy(slot, samples);
            }
            link.send(BridgeMessage.of(
                    MessageType.BLOCK,
                    new WireWriter()
                            .u32(slot)
                            .i64(block.number())
                            .i64(block.firstFrame())
                            .u32(block.frames())
                            .i64(block.deviceTimeNs())));
        } catch (IOException e) {
            close(); // the host is gone; its session ends the run
        }
    }

    private void send(int slot, MemorySegment samples) throws IOException {
        for (long at = 0; at < samples.byteSize(); at += BridgeMessage.MAX_PART) {
            int n = (int) Math.min(BridgeMessage.MAX_PART, samples.byteSize() - at);
            int header = BridgeMessage.part(part, slot, at, n).position();
            MemorySegment.copy(samples, ValueLayout.JAVA_BYTE, at, part, header, n);
            link.send(part, header + n);
        }
    }

    private synchronized void copy(int slot, MemorySegment samples) {
        if (!closed) {
            mapping.all().asSlice(slot * slotBytes, samples.byteSize()).copyFrom(samples);
        }
    }

    /** Takes a slot back; false when the host did not have it. */
    boolean release(int slot) {
        DeviceBlock block;
        synchronized (this) {
            if (closed) {
                return true; // on its way when the run ended
            }
            if (slot < 0 || slot >= held.length || held[slot] == null) {
                return false;
            }
            block = held[slot];
            held[slot] = null;
            free.add(slot);
        }
        block.release();
        return true;
    }

    /** Gives all blocks back to the device. May be called any number of times. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (DeviceBlock block : held) {
            if (block != null) {
                block.release();
            }
        }
        if (mapping != null) {
            mapping.arena().close();
        }
    }
}
