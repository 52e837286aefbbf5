package org.fus.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.fus.core.data.ChannelFormat;
import org.fus.core.data.RfBlock;
import org.fus.core.probe.ProbeCatalogue;
import org.fus.core.sequence.SampleAxis;
import org.fus.core.sequence.TransmitSequence;
import org.fus.io.record.RecordedContent;
import org.fus.io.record.Recording;
import org.fus.io.record.RecordingPlan;
import org.fus.io.record.RecordingWriter;

/** Raw blocks into a recording, against the same blocks into files of the same number, each forced, and its folder too. */
final class RecordingWork implements PlainJava.Compared {
    private static final int FRAMES_PER_BLOCK = 16;
    private static final ChannelFormat FORMAT = new ChannelFormat(
            ProbeCatalogue.ICO_PRIME,
            TransmitSequence.planeWaves(-0.17, 0.17, 11, 15.625e6, 5500),
            SampleAxis.common(62.5e6, 4e-6, 11, 736));

    private final Path store;
    private final Path plain;
    private final int blocks;
    private final RfBlock block;
    private RecordingWriter writer;

    RecordingWork(FileFolder folder, int blocks) {
        this.store = folder.file("bench.zarr");
        this.plain = folder.file("plain");
        this.blocks = blocks;
        MemorySegment samples = Arena.ofAuto().allocate(RfBlock.bytes(FORMAT, FRAMES_PER_BLOCK), 64);
        for (long i = 0; i < samples.byteSize() / 2; i++) {
            samples.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) HashedSamples.at((int) i));
        }
        this.block = RfBlock.wrap(FORMAT, 0, FRAMES_PER_BLOCK, samples);
    }

    @Override
    public String name() {
        return "recording RF, forced blocks of " + (block.samples().byteSize() >> 20) + " MiB";
    }

    @Override
    public List<String> variants() {
        return List.of("FileChannel");
    }

    @Override
    public Target target() {
        return new Target(0.9, 1);
    }

    @Override
    public int unitsPerCall() {
        return blocks;
    }

    @Override
    public String unit() {
        return "block";
    }

    @Override
    public void prepareCall() {
        end();
        FileFolder.delete(store);
        writer = RecordingWriter.start(
                store, RecordingPlan.of(new RecordedContent.Rf(FORMAT), blocks * FRAMES_PER_BLOCK, FRAMES_PER_BLOCK));
    }

    @Override
    public void run() {
        for (int b = 0; b < blocks; b++) {
            writer.append(RfBlock.wrap(FORMAT, (long) b * FRAMES_PER_BLOCK, FRAMES_PER_BLOCK, block.samples()));
        }
    }

    private void end() {
        if (writer != null) {
            writer.close();
        }
    }

    @Override
    public double checksum() {
        end();
        Recording recording = Recording.open(store);
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            sum += sum(recording.rf(b * FRAMES_PER_BLOCK, FRAMES_PER_BLOCK).samples());
        }
        return sum;
    }

    @Override
    public long outputBytes() {
        return 0;
    }

    @Override
    public void preparePlain() {
        FileFolder.delete(plain);
        try {
            Files.createDirectory(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void runPlain() {
        try (FileChannel folder = FileChannel.open(plain, StandardOpenOption.READ)) {
            for (int b = 0; b < blocks; b++) {
                ByteBuffer bytes = block.samples().asByteBuffer();
                try (FileChannel file = FileChannel.open(
                        plain.resolve("block" + b), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                    file.force(true);
                }
                folder.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public double plainChecksum() {
        double sum = 0;
        try {
            for (int b = 0; b < blocks; b++) {
                sum += sum(MemorySegment.ofArray(Files.readAllBytes(plain.resolve("block" + b))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private static double sum(MemorySegment samples) {
        double sum = 0;
        for (long i = 0; i < samples.byteSize() / 2; i += 97) {
            sum += Math.abs((double) samples.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i));
        }
        return sum;
    }
}
