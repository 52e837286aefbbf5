package org.fus.examples.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Acquisition;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.live.BlockRecorder;
import org.fus.hardware.live.BlockStore;
import org.fus.hardware.live.RecorderFigures;
import org.fus.hardware.sim.SimulatedScanner;
import org.fus.io.content.ChannelRecording;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;
import org.fus.io.source.Disk;

/**
 * Blocks of a scanner that does not wait, replayed from memory, through the ring and the recorder: every byte is copied into
 * the ring, summed and encoded, and written, or with a null store thrown away only then.
 */
public final class ThroughputBench {
    /** The rate of the default 2-D imaging at the full sampling rate, and some more. */
    public static final double BYTES_PER_S = 1.2e9;

    private static final int FRAMES_PER_BLOCK = 16;
    private static final int FRAMES_IN_MEMORY = 32;

    /** A second of a disk that is busy with something else: 27 blocks of 37 MB. */
    private static final int RING_BLOCKS = 27;

    /** Part of what a bare loop writes that is asked of the recorder. */
    private static final double OF_THE_LOOP = 0.9;

    /** Allocation per block in the last third over that in the first: what is allocated per block must not grow. */
    private static final double GROWTH = 1.1;

    private final double seconds;
    private final double bytesPerS;
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Measures at {@link #BYTES_PER_S}.
     *
     * @param seconds length of a run
     */
    public ThroughputBench(double seconds) {
        this(seconds, BYTES_PER_S);
    }

    ThroughputBench(double seconds, double bytesPerS) {
        this.seconds = seconds;
        this.bytesPerS = bytesPerS;
    }

    /**
     * To a null store.
     *
     * @return rate, drops, latency, allocation
     */
    public LiveBenchRow toNullStore() {
        FileFolder folder = new FileFolder();
        try {
            return run("memory to null store", folder, new BlockFilesDisk(Disk.local(), 0), bytesPerS, Map.of());
        } finally {
            folder.delete();
        }
    }

    /**
     * To the disk of {@code java.io.tmpdir}, over a rolling window of files, at the rate of above or 0.9 of what a bare loop
     * over {@link FileChannel} writes there with as many bytes, files and forces, whichever is less.
     *
     * @param windowBytes the most that stands on the disk at a time
     * @return rate, drops, latency, allocation
     */
    public LiveBenchRow toDisk(long windowBytes) {
        FileFolder folder = new FileFolder();
        try {
            double loop = bareLoop(folder.path(), windowBytes);
            FileFolder.delete(folder.path().resolve("loop"));
            double rate = Math.min(bytesPerS, OF_THE_LOOP * loop);
            Disk disk = Disk.uncached(
                    Thread.ofPlatform().daemon().name("fus-bench-disk").factory());
            return run(
                    "memory to disk",
                    folder,
                    new BlockFilesDisk(disk, windowBytes),
                    rate,
                    Map.of("bareLoopMBPerS", loop * 1e-6, "windowMiB", windowBytes >> 20));
        } finally {
            folder.delete();
        }
    }

    /** Bytes per second of a loop that does nothing but write, force, and delete what leaves the window. */
    private double bareLoop(Path folder, long windowBytes) {
        ChannelFormat format = Default2d.format(Default2d.FRAME_RATE_HZ);
        ByteBuffer block = Default2d.samples(format, FRAMES_PER_BLOCK).asByteBuffer();
        Path files = folder.resolve("loop");
        long window = Math.max(1, windowBytes / block.capacity());
        long start = System.nanoTime();
        long n = 0;
        try {
            Files.createDirectory(files);
            try (FileChannel entries = FileChannel.open(files, StandardOpenOption.READ)) {
                for (; n < 2 || (System.nanoTime() - start) * 1e-9 < seconds / 4; n++) {
                    ByteBuffer bytes = block.duplicate();
                    Path file = files.resolve("block" + n);
                    try (FileChannel out =
                            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                        while (bytes.hasRemaining()) {
                            out.write(bytes);
                        }
                        out.force(true);
                    }
                    entries.force(true);
                    Files.deleteIfExists(files.resolve("block" + (n - window)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return n * (double) block.capacity() / ((System.nanoTime() - start) * 1e-9);
    }

    private LiveBenchRow run(
            String work, FileFolder folder, BlockFilesDisk disk, double rate, Map<String, Object> before) {
        double frameBytes = RfBlock.bytes(Default2d.format(Default2d.FRAME_RATE_HZ), 1);
        ChannelFormat format = Default2d.format(rate / frameBytes);
        int blocks = (int) Math.max(3, Math.round(seconds * rate / (FRAMES_PER_BLOCK * frameBytes)));
        RfBlock source = RfBlock.wrap(format, 0, FRAMES_IN_MEMORY, Default2d.samples(format, FRAMES_IN_MEMORY));
        long[] allocated = new long[4];
        try (UltrasoundDevice scanner = SimulatedScanner.builder()
                .replay("memory", ChannelRecording.of(source), t -> 1, true, true)
                .open()) {
            int frames = Math.multiplyExact(blocks, FRAMES_PER_BLOCK);
            UploadedProgram program = scanner.upload(
                    new AcquisitionProgram(format.sequence(), format.samples(), frames, FRAMES_PER_BLOCK),
                    format.probe());
            Acquisition run;
            RecorderFigures figures;
            try (RecordingWriter writer = RecordingWriter.start(
                    folder.file("bench.zarr"),
                    RecordingPlan.of(program.content().recorded(), frames, FRAMES_PER_BLOCK),
                    disk)) {
                BlockStore store = BlockStore.to(writer);
                int[] stored = new int[1];
                BlockRecorder recorder = BlockRecorder.start(block -> {
                    store.store(block);
                    note(allocated, ++stored[0], blocks);
                });
                run = scanner.start(program, new RunOptions(RING_BLOCKS, RunOptions.Overflow.DROP), recorder);
                run.await();
                recorder.close();
                figures = recorder.figures();
            }
            return row(work, rate, blocks, run, figures, disk, allocated, before);
        }
    }

    /** The bytes that all threads have allocated, after each third. */
    private void note(long[] allocated, int block, int blocks) {
        for (int third = 0; third <= 3; third++) {
            if (block == Math.max(1, blocks * third / 3)) {
                allocated[third] = memory.getTotalThreadAllocatedBytes();
            }
        }
    }

    private LiveBenchRow row(
            String work,
            double rate,
            int blocks,
            Acquisition run,
            RecorderFigures figures,
            BlockFilesDisk disk,
            long[] allocated,
            Map<String, Object> before) {
        double third = blocks / 3.0;
        double first = (allocated[1] - allocated[0]) / third;
        double last = (allocated[3] - allocated[2]) / third;
        boolean whole = run.blocksLost() == 0 && figures.blocks() == blocks && disk.writtenBytes() >= figures.bytes();
        boolean met = whole && last <= GROWTH * first;
        Map<String, Object> json = new LinkedHashMap<>(before);
        json.put("mbPerS", rate * 1e-6);
        json.put("seconds", figures.bytes() / rate);
        json.put("blocks", figures.blocks());
        json.put("blocksLost", run.blocksLost());
        json.put("bytes", figures.bytes());
        json.put("appendP50Ms", figures.append().p50S() * 1e3);
        json.put("appendP99Ms", figures.append().p99S() * 1e3);
        json.put("latencyP50Ms", figures.latency().p50S() * 1e3);
        json.put("latencyP99Ms", figures.latency().p99S() * 1e3);
        json.put("mostWaiting", figures.mostWaiting());
        json.put("allocatedPerBlockFirstThird", Math.round(first));
        json.put("allocatedPerBlockLastThird", Math.round(last));
        List<String> lines = new java.util.ArrayList<>();
        if (before.get("bareLoopMBPerS") instanceof Double loop) {
            lines.add(String.format(Locale.ROOT, "a bare loop writes %.0f MB/s", loop));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%.0f MB/s for %.1f s: %d blocks of %.1f MB, %d lost",
                rate * 1e-6,
                figures.bytes() / rate,
                figures.blocks(),
                figures.bytes() * 1e-6 / figures.blocks(),
                run.blocksLost()));
        lines.add("append: " + figures.append() + "; until stored: " + figures.latency() + "; at most "
                + figures.mostWaiting() + " of " + RING_BLOCKS + " blocks waited");
        lines.add(String.format(
                Locale.ROOT, "allocated per block: %.0f bytes in the first third, %.0f in the last", first, last));
        return new LiveBenchRow(work, met, json, lines);
    }
}
