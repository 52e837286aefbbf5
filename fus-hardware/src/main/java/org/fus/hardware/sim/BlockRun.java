package org.fus.hardware.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.fus.core.error.FusCancelledException;
import org.fus.core.error.FusDeviceException;
import org.fus.core.simulation.ChannelSimulator;
import org.fus.hardware.Acquisition;
import org.fus.hardware.BlockReceiver;
import org.fus.hardware.BlockRing;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.internal.BlockDelivery;

/** One run: a thread that fills the ring, and one that hands its blocks to the receiver. */
final class BlockRun implements Acquisition, BlockDelivery.Run {
    /** A block that comes later than this is worth an event, seconds: two jitters of a busy host. */
    private static final double LATE_S = 20e-3;

    /** What the run asks of its scanner, and tells it. */
    interface Scanner {
        /** Returns when voltage is up and the trigger has come, or when the run is ending. */
        void readyToFire(BlockRun run) throws InterruptedException;

        /** The run fires no more. */
        void firingEnded();

        /** The last block goes to the receiver. */
        void lastBlock();

        /** The receiver will not be called again, and the memory is given back. */
        void ended(BlockRun run);

        long deviceTimeNs(long hostTimeNs);

        double lateS();

        double jitterS();

        boolean takeForcedOverflow();

        void blockLate(long block, double lateS);

        void overflowed(long block, long lost);

        String name();
    }

    private final Scanner scanner;
    private final BlockProducer producer;
    private final BlockProducer.Filler filler;
    private final UploadedProgram program;
    private final RunOptions options;
    private final BlockReceiver receiver;
    private final BlockRing ring;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong clipped = new AtomicLong();
    private final Random jitter = new Random(0);
    private volatile Thread filling;
    private volatile BlockDelivery delivery;
    private volatile boolean ending;

    BlockRun(
            Scanner scanner,
            BlockProducer producer,
            BlockProducer.Filler filler,
            UploadedProgram program,
            RunOptions options,
            BlockReceiver receiver) {
        this.scanner = scanner;
        this.producer = producer;
        this.filler = filler;
        this.program = program;
        this.options = options;
        this.receiver = receiver;
        this.ring = new BlockRing(program, options.ringBlocks());
    }

    void begin(ThreadFactory threads) {
        filling = BlockDelivery.thread(threads, this::fill);
        delivery = new BlockDelivery(this, ring, program.frames(), receiver, threads);
        filling.start();
        delivery.begin();
    }

    /** Ends the run with a failure; the first one stays. Does not wait. */
    void fail(Throwable reason) {
        delivery.fail(reason);
    }

    boolean isEnding() {
        return ending;
    }

    private void fill() {
        try {
            scanner.readyToFire(this);
            play();
        } catch (InterruptedException e) {
            fail(new FusCancelledException("filling blocks"));
        } catch (Throwable t) {
            fail(t); // await() throws it
        } finally {
            scanner.firingEnded();
            ring.end();
        }
    }

    private void play() throws InterruptedException {
        long startNs = System.nanoTime();
        double periodNs = 1e9 / program.group().sequence().frameRateHz();
        int perBlock = program.group().framesPerBlock();
        long next = 0;
        for (long number = 0; next < program.frames() && !ending; number++) {
            int frames = (int) Math.min(perBlock, program.frames() - next);
            long dueNs = startNs + Math.round((next + frames) * periodNs);
            Optional<BlockRing.Slot> slot = slot();
            if (slot.isEmpty()) {
                if (ending) {
                    return;
                }
                overflow(number);
                sleepUntil(dueNs);
            } else {
                long firedNs = startNs + Math.round(next * periodNs);
                block(
                        slot.get(),
                        number,
                        next,
                        frames,
                        producer.paced() ? firedNs : System.nanoTime(),
                        dueNs,
                        periodNs);
            }
            next += frames;
        }
    }

    private Optional<BlockRing.Slot> slot() throws InterruptedException {
        if (scanner.takeForcedOverflow()) {
            return Optional.empty();
        }
        if (producer.paced()) {
            return ring.tryClaim();
        }
        Optional<BlockRing.Slot> slot = Optional.empty();
        while (slot.isEmpty() && !ending) {
            slot = ring.claim(20);
        }
        return slot;
    }

    private void overflow(long number) {
        long count = lost.incrementAndGet();
        scanner.overflowed(number, count);
        if (options.overflow() == RunOptions.Overflow.STOP) {
            fail(new FusDeviceException(
                    scanner.name(),
                    "overflow: block " + number + " found no free slot among " + options.ringBlocks()
                            + "; take blocks faster, release them, or use a larger ring"));
        }
    }

    private void block(
            BlockRing.Slot slot, long number, long first, int frames, long firedNs, long dueNs, double periodNs)
            throws InterruptedException {
        BlockProducer.Filled filled = new BlockProducer.Filled(0, 0);
        try {
            filled = filler.fill(
                    new BlockProducer.Span(first, frames, firedNs, periodNs), slot.memory(), this::isEnding);
            int fired = filled.frames();
            if (producer.paced()) {
                sleepUntil(dueNs);
                if (ending) {
                    fired = Math.clamp((long) ((System.nanoTime() - firedNs) / periodNs), 0, fired);
                }
            }
            double lateS = scanner.lateS() + jitter.nextDouble() * scanner.jitterS();
            if (!ending) {
                sleepUntil(System.nanoTime() + Math.round(lateS * 1e9));
            }
            filled = new BlockProducer.Filled(fired, filled.clipped());
        } finally {
            clipped.addAndGet(filled.clipped());
            double late = (System.nanoTime() - dueNs) * 1e-9;
            if (late > LATE_S && !ending && (producer.paced() || scanner.lateS() > 0)) {
                scanner.blockLate(number, late);
            }
            ring.publish(slot, number, first, filled.frames(), scanner.deviceTimeNs(firedNs));
        }
    }

    /** Sleeps, but not past the end of the run. */
    private void sleepUntil(long untilNs) throws InterruptedException {
        for (long left = untilNs - System.nanoTime(); left > 0 && !ending; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(this, Math.min(left, 2_000_000));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Waits for the end, whatever it was; not on the run's own threads, which cannot wait for themselves. */
    void join() {
        if (!Thread.currentThread().equals(filling)) {
            delivery.join();
        }
    }

    @Override
    public void lastBlock() {
        scanner.lastBlock();
    }

    @Override
    public void ended() {
        scanner.ended(this);
    }

    @Override
    public void await() {
        delivery.await();
    }

    @Override
    public void stop() {
        ending = true;
        Thread t = filling;
        if (t != null) {
            LockSupport.unpark(t);
        }
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
        return lost.get();
    }

    @Override
    public List<String> warnings() {
        List<String> lines = new ArrayList<>(producer.warnings());
        if (clipped.get() > 0) {
            lines.add(clipped.get() + " samples were clipped at +-" + ChannelSimulator.FULL_SCALE + "; lower the gain");
        }
        if (lost.get() > 0) {
            lines.add(lost.get() + " blocks were lost, because nobody took them in time; use a larger ring");
        }
        return List.copyOf(lines);
    }
}
