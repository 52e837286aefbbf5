package org.fus.io.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncachedDiskTest {
    private static final int BUFFER = UncachedDisk.BUFFER_BYTES;
    private static final UncachedDisk DISK =
            new UncachedDisk(Thread.ofPlatform().daemon().factory());

    @TempDir
    Path folder;

    /** Any pieces, some beyond several buffers, in front of it a gap or not, forced in between or not. */
    @Property(tries = 30)
    void write_anyPieces_areTheFile(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int pieces, @ForAll boolean gap)
            throws IOException {
        Path file = Files.createTempDirectory("uncached").resolve("a");
        Random random = new Random(seed);
        byte[] expected = new byte[pieces * BUFFER + 5];
        int at = gap ? 1 + random.nextInt(5) : 0;
        try (DiskFile out = DISK.create(file)) {
            for (int i = 0; i < pieces; i++) {
                byte[] one = bytes(random, random.nextInt(random.nextBoolean() ? BUFFER : 100));
                byte[] other = bytes(random, random.nextInt(10));
                out.write(
                        at,
                        ByteBuffer.wrap(one),
                        ByteBuffer.allocateDirect(other.length).put(other).flip());
                System.arraycopy(one, 0, expected, at, one.length);
                System.arraycopy(other, 0, expected, at + one.length, other.length);
                at += one.length + other.length;
                if (random.nextInt(4) == 0) {
                    out.force();
                    assertThat(file).hasSize(at);
                }
            }
        }
        assertThat(file).hasBinaryContent(java.util.Arrays.copyOf(expected, at));
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void write_overWhatWasWritten_replacesIt() throws IOException {
        Path file = folder.resolve("a");
        byte[] expected = bytes(new Random(1), 3 * BUFFER + 17);
        byte[] later = bytes(new Random(2), BUFFER + 9);
        try (DiskFile out = DISK.create(file)) {
            out.write(0, ByteBuffer.wrap(expected));
            out.write(1000, ByteBuffer.wrap(later));
            out.force();
        }
        System.arraycopy(later, 0, expected, 1000, later.length);
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void write_deviceThatRefusesTheWayPastTheCache_goesThroughIt() throws IOException {
        Path file = folder.resolve("a");
        byte[] expected = bytes(new Random(3), 4 * BUFFER + 1);
        FileChannel refusing = channel(folder.resolve("b"));
        refusing.close();
        try (DiskFile out = new UncachedFile(DISK, channel(file), refusing)) {
            out.write(0, ByteBuffer.wrap(expected));
            out.force();
        }
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void force_writesThatFailed_fails() throws IOException {
        FileChannel failing = channel(folder.resolve("a"));
        UncachedFile out = new UncachedFile(DISK, failing, failing);
        failing.close();
        out.write(0, ByteBuffer.allocate(BUFFER));

        assertThatThrownBy(out::force).isInstanceOf(IOException.class);
        assertThatThrownBy(out::force).as("a second time").isInstanceOf(IOException.class);
        assertThatThrownBy(out::close).isInstanceOf(IOException.class);
    }

    @Test
    void write_smallFile_startsNoThread_andALargeOneEndsIts() throws Exception {
        AtomicInteger threads = new AtomicInteger();
        Thread[] last = new Thread[1];
        UncachedDisk disk = new UncachedDisk(work -> {
            threads.incrementAndGet();
            last[0] = new Thread(work);
            return last[0];
        });
        try (DiskFile out = disk.create(folder.resolve("small"))) {
            out.write(0, ByteBuffer.allocate(BUFFER - 1));
            out.force();
        }
        assertThat(threads).hasValue(0);

        try (DiskFile out = disk.create(folder.resolve("large"))) {
            out.write(0, ByteBuffer.allocate(5 * BUFFER));
        }
        assertThat(threads).hasValue(1);
        assertThat(last[0].join(java.time.Duration.ofSeconds(10))).isTrue();
        assertThat(folder.resolve("large")).hasSize(5L * BUFFER);
    }

    @Test
    void write_interruptedThread_writesOrFailsAndStaysInterrupted() throws IOException {
        Path file = folder.resolve("a");
        Thread.currentThread().interrupt();
        try (DiskFile out = DISK.create(file)) {
            out.write(0, ByteBuffer.allocate(5 * BUFFER));
            assertThatThrownBy(out::force).isInstanceOf(java.nio.channels.ClosedByInterruptException.class);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(java.nio.channels.ClosedChannelException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] out = new byte[count];
        random.nextBytes(out);
        return out;
    }
}
