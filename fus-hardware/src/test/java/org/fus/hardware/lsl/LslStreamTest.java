package org.fus.hardware.lsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.fus.core.error.FusDeviceException;
import org.fus.core.error.FusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outlet and inlet, each also against plain sockets that speak as liblsl does. */
@Timeout(60)
class LslStreamTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final LslOptions LOCAL = LslOptions.local();

    /** A name that no other test and no other program of this machine has. */
    private static String unique(String name) {
        return name + "-" + UUID.randomUUID();
    }

    private static LslFound find(LslOutlet outlet) {
        List<LslFound> found =
                LslStreams.find(LslQuery.where("name", outlet.info().name()), 1, SOON, LOCAL);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().uid()).isEqualTo(outlet.uid());
        return found.getFirst();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Test
    void markers_arriveInOrderWithTheirTimes() throws InterruptedException {
        try (LslOutlet outlet = LslOutlet.open(LslStreamInfo.markers(unique("Stimuli"), "rig-1"));
                LslInlet inlet = LslInlet.open(find(outlet), LOCAL)) {
            await("it is read", () -> outlet.readers() == 1);
            double now = LslClock.nowS();
            for (int n = 0; n < 100; n++) {
                outlet.pushText(now + n, "stimulus " + n);
            }
            for (int n = 0; n < 100; n++) {
                LslSample got = inlet.pull(SOON).orElseThrow();
                assertThat(got).isEqualTo(new LslSample(now + n, List.of(), List.of("stimulus " + n)));
            }
            assertThat(inlet.pull(Duration.ofMillis(20))).isEmpty();
        }
    }

    @Test
    void everyFormat_passesExactly() throws InterruptedException {
        for (LslFormat format : LslFormat.values()) {
            if (format != LslFormat.STRING) {
                LslStreamInfo info = new LslStreamInfo(unique("n"), "fUS", 3, 2.5, format, "", List.of());
                try (LslOutlet outlet = LslOutlet.open(info);
                        LslInlet inlet = LslInlet.open(find(outlet), LOCAL)) {
                    await("it is read", () -> outlet.readers() == 1);
                    outlet.push(7.25, 1, -2, 100);
                    assertThat(inlet.pull(SOON)).contains(new LslSample(7.25, List.of(1.0, -2.0, 100.0), List.of()));
                }
            }
        }
    }

    @Test
    void twoStreams_areToldApartAndDescribed() {
        String type = "T" + UUID.randomUUID().toString().substring(0, 8);
        LslStreamInfo courses =
                new LslStreamInfo("Doppler", type, 2, 2.5, LslFormat.FLOAT32, "scanner", List.of("V1", "S1"));
        LslStreamInfo markers = new LslStreamInfo("Markers", type, 1, 0, LslFormat.STRING, "scanner", List.of());
        try (LslOutlet one = LslOutlet.open(courses);
                LslOutlet two = LslOutlet.open(markers)) {
            List<LslFound> all = LslStreams.find(LslQuery.where("type", type), 2, SOON, LOCAL);
            assertThat(all).extracting(LslFound::uid).containsExactlyInAnyOrder(one.uid(), two.uid());
            LslFound found = LslStreams.find(LslQuery.where("type", type).and("name", "Doppler"), 1, SOON, LOCAL)
                    .getFirst();
            assertThat(found.uid()).isEqualTo(one.uid());
            assertThat(LslStreams.describe(found, LOCAL)).isEqualTo(courses);
            assertThat(LslStreams.find(
                            LslQuery.where("type", type), 1, Duration.ofMillis(300), LOCAL.withSession("other")))
                    .isEmpty();
        }
    }

    @Test
    void timeCorrection_onOneClock_isNothingWithinHalfTheRoundTrip() {
        try (LslOutlet outlet = LslOutlet.open(LslStreamInfo.markers(unique("m"), ""));
                LslInlet inlet = LslInlet.open(find(outlet), LOCAL)) {
            LslTimeCorrection c = inlet.timeCorrection();
            // the theorem of the method; times are written to the nanosecond
            assertThat(Math.abs(c.offsetS())).isLessThanOrEqualTo(c.roundTripS() / 2 + 2e-9);
            assertThat(c.roundTripS()).isLessThan(0.128);
        }
    }

    @Test
    void slowReader_losesTheOldestAndHoldsUpNobody() throws Exception {
        LslOptions small = LOCAL.withBufferSamples(4);
        LslStreamInfo info = new LslStreamInfo(unique("big"), "fUS", 16384, 0, LslFormat.DOUBLE64, "", List.of());
        double[] values = new double[16384];
        try (LslOutlet outlet = LslOutlet.open(info, small);
                Socket stuck = new Socket(
                        InetAddress.getLoopbackAddress(), find(outlet).dataPort());
                LslInlet good = LslInlet.open(find(outlet), LOCAL)) {
            stuck.getOutputStream()
                    .write(("LSL:streamfeed/110 " + outlet.uid() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await("both read", () -> outlet.readers() == 2);
            for (int n = 0; n < 200; n++) { // 25 MB: more than a socket holds
                values[0] = n;
                outlet.push(n, values);
                assertThat(good.pull(SOON).orElseThrow().values().getFirst()).isEqualTo(n);
            }
            assertThat(outlet.droppedSamples()).isBetween(1L, 200L);
            assertThat(good.droppedSamples()).isZero();
        }
    }

    @Test
    void readerThatTakesNothing_losesItsConnection() throws Exception {
        LslStreamInfo info = new LslStreamInfo(unique("big"), "fUS", 65536, 0, LslFormat.DOUBLE64, "", List.of());
        try (LslOutlet outlet = LslOutlet.open(
                        info, LOCAL.withTimeout(Duration.ofMillis(300)).withBufferSamples(4));
                Socket stuck = new Socket(
                        InetAddress.getLoopbackAddress(), find(outlet).dataPort())) {
            stuck.getOutputStream()
                    .write(("LSL:streamfeed/110 " + outlet.uid() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await("it reads", () -> outlet.readers() == 1);
            await("it is cut", () -> {
                outlet.push(0, new double[65536]);
                return outlet.readers() == 0;
            });
        }
    }

    @Test
    void endOfTheStream_isToldAfterTheLastSample() throws InterruptedException {
        LslOutlet outlet = LslOutlet.open(LslStreamInfo.markers(unique("m"), ""));
        try (LslInlet inlet = LslInlet.open(find(outlet), LOCAL)) {
            await("it is read", () -> outlet.readers() == 1);
            outlet.pushText(1, "last");
            assertThat(inlet.pull(SOON).orElseThrow().texts()).containsExactly("last");
            outlet.close();
            assertThatThrownBy(() -> inlet.pull(SOON))
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("find it again");
            assertThat(inlet.isOpen()).isFalse();
        } finally {
            outlet.close();
        }
    }

    @Test
    void close_endsThreads() throws InterruptedException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        LslOptions options = LOCAL.withThreads(work -> {
            Thread t = Thread.ofVirtual().unstarted(work);
            threads.add(t);
            return t;
        });
        try (LslOutlet outlet = LslOutlet.open(LslStreamInfo.markers(unique("m"), ""), options);
                LslInlet inlet = LslInlet.open(find(outlet), options)) {
            await("it is read", () -> outlet.readers() == 1);
            assertThat(inlet.isOpen()).isTrue();
        }
        await("all threads end", () -> threads.stream().noneMatch(Thread::isAlive));
        assertThat(threads.size()).isGreaterThanOrEqualTo(5);
    }

    /** The request of liblsl 1.16, byte by byte, and what a pull of two samples must give. */
    @Test
    void outlet_towardsLiblsl_speaksByteForByte() throws Exception {
        LslStreamInfo info = new LslStreamInfo(unique("c"), "fUS", 2, 2.5, LslFormat.FLOAT32, "src", List.of());
        try (LslOutlet outlet = LslOutlet.open(info);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), find(outlet).dataPort())) {
            String request = "LSL:streamfeed/110 " + outlet.uid() + "\r\nNative-Byte-Order: 1234\r\n"
                    + "Endian-Performance: 312500\r\nHas-IEEE754-Floats: 1\r\nSupports-Subnormals: 1\r\n"
                    + "Value-Size: 4\r\nData-Protocol-Version: 110\r\nMax-Buffer-Length: 900\r\n"
                    + "Max-Chunk-Length: 0\r\nHostname: h\r\nSource-Id: src\r\nSession-Id: default\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String head = "LSL/110 200 OK\r\nUID: " + outlet.uid() + "\r\nByte-Order: 1234\r\n"
                    + "Suppress-Subnormals: 0\r\nData-Protocol-Version: 110\r\n\r\n";
            assertThat(new String(socket.getInputStream().readNBytes(head.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(head);
            // 123456.789 as float64, then 4 and -5, 2 and -3 as float32
            assertThat(socket.getInputStream().readNBytes(34))
                    .asHexString()
                    .isEqualToIgnoringCase("02C976BE9F0C24FE40000080400000A0C002C976BE9F0C24FE4000000040000040C0");
            await("it reads", () -> outlet.readers() == 1);
            outlet.push(1.5, 1, -2);
            assertThat(socket.getInputStream().readNBytes(17))
                    .asHexString()
                    .isEqualToIgnoringCase("02000000000000F83F0000803F000000C0");
        }
    }

    @Test
    void outlet_ofStrings_acceptsTheValueSizeOfLiblsl() throws Exception {
        try (LslOutlet outlet = LslOutlet.open(LslStreamInfo.markers(unique("m"), ""));
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), find(outlet).dataPort())) {
            // liblsl sends the size of its string class
            socket.getOutputStream()
                    .write(("LSL:streamfeed/110 " + outlet.uid() + "\r\nValue-Size: 32\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(14), StandardCharsets.US_ASCII))
                    .isEqualTo("LSL/110 200 OK");
        }
    }

    @Test
    void hostileRequests_getARefusalAndTheStreamGoesOn() throws Exception {
        LslStreamInfo info = new LslStreamInfo(unique("f"), "fUS", 1, 0, LslFormat.FLOAT32, "", List.of());
        try (LslOutlet outlet = LslOutlet.open(info, LOCAL.withTimeout(Duration.ofMillis(400)));
                LslInlet good = LslInlet.open(find(outlet), LOCAL)) {
            int port = find(outlet).dataPort();
            assertThat(ask(port, "GET / HTTP/1.1\r\n\r\n")).startsWith("LSL/110 400");
            assertThat(ask(port, "LSL:streamfeed\r\n0 0\r\n")).startsWith("LSL/110 400");
            assertThat(ask(port, "LSL:streamfeed/110 someone-else\r\n\r\n")).startsWith("LSL/110 404");
            assertThat(ask(port, "LSL:streamfeed/210\r\n\r\n")).startsWith("LSL/110 505");
            assertThat(ask(port, "LSL:streamfeed/110\r\nValue-Size: 8\r\n\r\n")).startsWith("LSL/110 505");
            assertThat(ask(port, "LSL:shortinfo\r\nname='nobody'\r\n")).isEmpty();
            assertThat(ask(port, "LSL:shortinfo\r\nname='" + info.name() + "'\r\n"))
                    .contains(outlet.uid());
            assertThat(ask(port, "x".repeat(20_000) + "\r\n")).isEmpty(); // longer than any request
            assertThat(ask(port, "LSL:streamfeed/110\r\nhalf a req")).isEmpty(); // and then nothing more
            try (DatagramSocket udp = new DatagramSocket()) {
                for (String noise :
                        List.of("", "LSL:shortinfo", "LSL:shortinfo\r\n\r\n99999 1", "LSL:timedata\r\nx y", "\0")) {
                    byte[] b = noise.getBytes(StandardCharsets.UTF_8);
                    udp.send(new DatagramPacket(
                            b,
                            b.length,
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    find(outlet).servicePort())));
                }
            }
            assertThat(outlet.refusedRequests()).isEqualTo(5);
            assertThat(good.timeCorrection().roundTripS()).isLessThan(0.128);
            outlet.push(1, 42);
            assertThat(good.pull(SOON).orElseThrow().values()).containsExactly(42.0);
        }
    }

    private static String ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) { // closed before all was taken
            return "";
        }
    }

    @Test
    void hostileSenders_giveOneClearError() throws Exception {
        String ok = "LSL/110 200 OK\r\nUID: u\r\nByte-Order: 1234\r\nData-Protocol-Version: 110\r\n\r\n";
        List<String> answers = List.of(
                "HTTP/1.1 200 OK\r\n\r\n",
                "LSL/110 404 Not found\r\n\r\n",
                "LSL/110 200 OK\r\nData-Protocol-Version: 100\r\n\r\n",
                "LSL/110 200 OK\r\nUID: other\r\nData-Protocol-Version: 110\r\n\r\n",
                "LSL/110 200 OK\r\nByte-Order: 2134\r\nData-Protocol-Version: 110\r\n\r\n",
                ok + "\1\4\4\4\4", // not the test pattern
                ok + "\2\0",
                "x".repeat(20_000),
                "");
        for (String answer : answers) {
            try (ServerSocket fake = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread sender = Thread.ofVirtual().start(() -> {
                    try (Socket s = fake.accept()) {
                        s.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        s.shutdownOutput();
                        s.getInputStream().readAllBytes();
                    } catch (IOException e) {
                        assertThat(e).isNotNull(); // the inlet has hung up, as it should
                    }
                });
                LslFound stream = new LslFound(
                        new LslStreamInfo("f", "t", 1, 0, LslFormat.FLOAT32, "", List.of()),
                        "u",
                        "h",
                        InetAddress.getLoopbackAddress(),
                        fake.getLocalPort(),
                        1,
                        110);
                assertThatThrownBy(() -> LslInlet.open(stream, LOCAL.withTimeout(Duration.ofMillis(500))))
                        .as(answer)
                        .isInstanceOf(FusException.class)
                        .hasMessageStartingWith("lsl:f: ");
                sender.join();
            }
        }
    }

    @Test
    void slowHost_losesTheOldestSamples() throws InterruptedException {
        try (LslOutlet outlet = LslOutlet.open(LslStreamInfo.markers(unique("m"), ""));
                LslInlet inlet = LslInlet.open(find(outlet), LOCAL.withBufferSamples(9))) {
            await("it is read", () -> outlet.readers() == 1);
            IntStream.range(0, 50).forEach(n -> outlet.pushText(n, "m" + n));
            await("the rest is lost", () -> inlet.droppedSamples() == 40);
            assertThat(inlet.pull(SOON).orElseThrow().texts()).containsExactly("m40");
        }
    }
}
