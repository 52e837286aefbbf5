package org.fus.hardware.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every line must do: memory, TCP on the loopback, and serial over the pseudo terminals of socat. */
@Timeout(30)
class ByteTransportTest {
    enum Kind {
        MEMORY,
        TCP,
        SERIAL
    }

    @TempDir
    Path dir;

    private ByteTransport a;
    private ByteTransport b;
    private Process socat;

    private void open(Kind kind) throws Exception {
        switch (kind) {
            case MEMORY -> {
                MemoryTransport.Pair pair = MemoryTransport.pair("test");
                a = pair.a();
                b = pair.b();
            }
            case TCP -> {
                try (ServerSocketChannel server = ServerSocketChannel.open()) {
                    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
                    a = Transports.open(URI.create("tcp://127.0.0.1:" + port));
                    b = TcpTransport.accepted(server.accept());
                }
            }
            case SERIAL -> {
                socat = Socat.start(dir);
                a = Transports.open(URI.create("serial:" + dir.resolve("a") + "?baud=9600&flow=none"));
                b = SerialTransport.open(dir.resolve("b").toString(), SerialSettings.DEFAULT);
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        if (a != null) {
            a.close();
            b.close();
        }
        if (socat != null) {
            socat.destroy();
            assertThat(socat.waitFor(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static byte[] readFully(ByteTransport t, int n) {
        byte[] all = new byte[n];
        int have = 0;
        while (have < n) {
            int got = t.read(all, have, n - have, Duration.ofSeconds(5));
            assertThat(got).as("bytes after " + have).isPositive();
            have += got;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void bytes_ofAllValues_arriveInOrderBothWays(Kind kind) throws Exception {
        open(kind);
        byte[] sent = new byte[3000];
        new Random(1).nextBytes(sent);
        for (int i = 0; i < 256; i++) {
            sent[i] = (byte) i;
        }
        a.write(sent);
        assertThat(readFully(b, sent.length)).isEqualTo(sent);
        b.write(sent);
        assertThat(readFully(a, sent.length)).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void read_nothingThere_returnsZeroInTime(Kind kind) throws Exception {
        open(kind);
        byte[] buffer = new byte[4];
        long t0 = System.nanoTime();
        assertThat(a.read(buffer, 0, 4, Duration.ofMillis(80))).isZero();
        assertThat(System.nanoTime() - t0).isGreaterThanOrEqualTo(79_000_000L);
        assertThat(a.read(buffer, 0, 4, Duration.ZERO)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void close_fromAnotherThread_unblocksTheReader(Kind kind) throws Exception {
        open(kind);
        CompletableFuture<Integer> reader =
                CompletableFuture.supplyAsync(() -> a.read(new byte[4], 0, 4, Duration.ofSeconds(20)));
        Thread.sleep(100);
        a.close();
        a.close();
        assertThat(a.isOpen()).isFalse();
        assertThatThrownBy(() -> reader.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("this end is closed");
        assertThatThrownBy(() -> a.write(new byte[1])).isInstanceOf(TransportException.class);
        assertThatThrownBy(() -> a.read(new byte[1], 0, 1, Duration.ZERO)).isInstanceOf(TransportException.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void otherEnd_gone_isToldToTheReader(Kind kind) throws Exception {
        open(kind);
        if (kind == Kind.SERIAL) {
            socat.destroy(); // the cable
        } else {
            b.close();
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 50; i++) {
                        assertThat(a.read(new byte[4], 0, 4, Duration.ofMillis(100)))
                                .isZero();
                    }
                })
                .isInstanceOf(TransportException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"MEMORY", "TCP"})
    void write_toAPeerThatTakesNothing_endsWithinTheLimit(Kind kind) throws Exception {
        open(kind);
        byte[] much = new byte[32 << 20];
        long t0 = System.nanoTime();
        assertThatThrownBy(() -> a.write(much))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("taken no bytes");
        // 1 s, and what a loaded machine adds
        assertThat(System.nanoTime() - t0).isLessThan(5_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void writers_ofSeveralThreads_doNotMix(Kind kind) throws Exception {
        open(kind);
        Thread[] writers = new Thread[3];
        for (int w = 0; w < writers.length; w++) {
            byte[] message = new byte[20];
            java.util.Arrays.fill(message, (byte) ('A' + w));
            writers[w] = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 20; i++) {
                    a.write(message);
                }
            });
        }
        byte[] all = readFully(b, 3 * 20 * 20);
        for (int m = 0; m < 60; m++) {
            for (int i = 1; i < 20; i++) {
                assertThat(all[20 * m + i]).isEqualTo(all[20 * m]);
            }
        }
        for (Thread w : writers) {
            w.join();
        }
    }

    @Test
    void open_wrongAddresses_areNamed() {
        assertThatThrownBy(() -> Transports.open(URI.create("usb:1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tcp://host:port");
        assertThatThrownBy(() -> Transports.open(URI.create("serial:/dev/x?speed=3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'speed'");
        assertThatThrownBy(() -> Transports.open(URI.create("serial:/dev/x?baud=fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fast'");
        assertThatThrownBy(() -> Transports.open(URI.create("serial:/dev/does-not-exist")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("/dev/does-not-exist");
        assertThatThrownBy(() -> TcpTransport.connect("127.0.0.1", 1, Duration.ofSeconds(1)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("tcp://127.0.0.1:1");
    }
}
