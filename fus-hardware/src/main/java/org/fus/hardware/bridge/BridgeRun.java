package org.fus.hardware.bridge;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.fus.core.data.RfBlock;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.BlockRing;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.BlockDelivery;

/** One run on the host's side: what the scanner sends goes into a ring, and from there to the receiver. */
final class BridgeRun implements Acquisition, BlockDelivery.Run {
    /** What the run asks of its device, and tells it. */
    interface Device {
        void askToStop();

        void released(int run, int slot);

        void lastBlock();

        void ended();
    }

    private final Device device;
    private final UploadedProgram program;
    private final boolean shared;
    private final BlockRing ring;
    private final BlockDelivery delivery;
    private final BlockRing.Slot[] filling;
    private final long[] filled;
    private long nextFrame;
    private long nextNumber;
    private boolean over;
    private volatile long lost;
    private volatile List<String> warnings = List.of();
    private volatile long endAskedNs;

    /** A run whose blocks come through the connection, or stand in a mapped file when there is one. */
    BridgeRun(
            Device device,
            int number,
            UploadedProgram program,
            RunOptions options,
            BlockReceiver receiver,
            ThreadFactory threads,
            Arena arena,
            MemorySegment mapped) {
        this.device = device;
        this.program = program;
        this.shared = mapped != null;
        int slots = options.ringBlocks();
        long bytes = program.blockBytes();
        BlockRing.Memory memory = mapped == null
                ? (a, _) -> a.allocate(bytes, Long.BYTES)
                : (_, slot) -> mapped.asSlice(slot * SharedRing.slotBytes(bytes), bytes);
        this.ring = new BlockRing(program, arena, slots, memory, slot -> device.released(number, slot));
        this.filling = new BlockRing.Slot[slots];
        this.filled = new long[slots];
        this.delivery = new BlockDelivery(this, ring, program.frames(), receiver, threads);
    }

    void begin() {
        delivery.begin();
    }

    // what the scanner says, on the thread that reads; synchronized against the loss of the link

    synchronized void part(WireReader in) {
        int slot = in.u32();
        long offset = in.i64();
        if (shared) {
            throw in.fault("samples of a run whose blocks are in shared memory");
        }
        if (over) {
            return;
        }
        slot(in, slot);
        if (offset != filled[slot]) {
            throw in.fault("samples from byte " + offset + " on, expected them in order, from " + filled[slot]);
        }
        filled[slot] += in.rest(filling[slot].memory(), offset);
    }

    synchronized void block(WireReader in) {
        int slot = in.u32();
        long number = in.i64();
        long firstFrame = in.i64();
        int frames = in.u32();
        long deviceTimeNs = in.i64();
        in.end();
        if (over) {
            return;
        }
        if (number < nextNumber
                || firstFrame < nextFrame
                || frames < 1
                || frames > program.group().framesPerBlock()
                || firstFrame > program.frames() - frames) {
            throw in.fault("block " + number + " with frames " + firstFrame + " to " + (firstFrame + frames - 1)
                    + ", expected block " + nextNumber + " or later from frame " + nextFrame + " on, at most "
                    + program.group().framesPerBlock() + " frames, before frame " + program.frames());
        }
        long bytes = RfBlock.bytes(program.format(), frames);
        slot(in, slot);
        if (!shared && filled[slot] != bytes) {
            throw in.fault("block " + number + " of " + frames + " frames came with " + filled[slot]
                    + " bytes, expected " + bytes);
        }
        BlockRing.Slot full = filling[slot];
        filling[slot] = null;
        filled[slot] = 0;
        nextNumber = number + 1;
        nextFrame = firstFrame + frames;
        ring.publish(full, number, firstFrame, frames, deviceTimeNs);
    }

    /** Claims a slot when its first samples come. */
    private void slot(WireReader in, int slot) {
        if (slot < 0 || slot >= filling.length) {
            throw in.fault("slot " + slot + " of a ring of " + filling.length);
        }
        if (filling[slot] == null) {
            filling[slot] = ring.tryClaim(slot)
                    .orElseThrow(() -> in.fault("slot " + slot + " is filled, but the host has not released it"));
        }
    }

    /** The scanner fires no more and has sent everything. */
    void deviceEnded(String failure, String name, long blocksLost, List<String> lines) {
        lost = blocksLost;
        warnings = lines;
        endExpected();
        if (!failure.isEmpty()) {
            delivery.fail(new FusDeviceException(name, failure));
        }
        over();
    }

    /** Nothing more comes, whoever is to blame. */
    synchronized void over() {
        over = true;
        for (int slot = 0; slot < filling.length; slot++) {
            if (filling[slot] != null) {
                ring.publish(filling[slot], 0, 0, 0, 0); // half a block is none
                filling[slot] = null;
            }
        }
        ring.end();
    }

    void lost(long blocksLost) {
        lost = blocksLost;
    }

    /** Ends the run with a failure of which the scanner knows already. */
    void faulted(Throwable reason) {
        endExpected();
        delivery.fail(reason);
    }

    private boolean endExpected() {
        synchronized (delivery) {
            boolean first = endAskedNs == 0;
            endAskedNs = first ? System.nanoTime() | 1 : endAskedNs;
            return first;
        }
    }

    /** Whether the scanner should have ended the run by now. */
    boolean isOverdue(long afterMs) {
        long asked = endAskedNs;
        return asked != 0 && !isOver() && (System.nanoTime() - asked) / 1_000_000 > afterMs;
    }

    private synchronized boolean isOver() {
        return over;
    }

    void join() {
        delivery.join();
    }

    @Override
    public void stop() {
        if (endExpected()) {
            device.askToStop();
        }
    }

    @Override
    public void lastBlock() {
        device.lastBlock();
    }

    @Override
    public void ended() {
        device.ended();
    }

    @Override
    public void await() {
        delivery.await();
    }

    @Override
    public boolean isDone() {
        return delivery.isDone();
    }

    @Override
    public long framesDelivered() {
        return delivery.framesDelivered();
    }

    @Override
    public long blocksLost() {
        return lost;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }
}
