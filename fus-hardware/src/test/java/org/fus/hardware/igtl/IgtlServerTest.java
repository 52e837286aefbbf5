package org.fus.hardware.igtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.fus.core.error.FusDeviceException;
import org.fus.core.geometry.Affine3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IgtlServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static IgtlServer start(IgtlOptions options, IgtlHandler handler) {
        return IgtlServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options, handler);
    }

    private static IgtlClient client(IgtlServer server) {
        return IgtlClient.connect("127.0.0.1", server.address().getPort());
    }

    private static Socket plain(IgtlServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    }

    private static IgtlMessage status(String text) {
        return IgtlMessage.of("Scanner", IgtlStatus.ok(text));
    }

    private static IgtlMessage image(int number, int pixels) {
        float[] values = new float[pixels * pixels];
        values[0] = number;
        return IgtlMessage.of(
                "PowerDoppler",
                IgtlImage.ofFloats(new IgtlImage.Size(pixels, pixels, 1), Affine3.scale(1e-4, 1e-4, 1e-4), values));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Test
    void manyClients_allGetEverythingInOrder() throws InterruptedException {
        try (IgtlServer server = IgtlServer.start(0)) {
            List<IgtlClient> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(client(server));
            }
            await("all are connected", () -> server.statistics().clients() == 8);
            for (int n = 0; n < 50; n++) {
                server.publish(IgtlMessage.of("Events", new IgtlString("event " + n)));
            }
            for (IgtlClient c : clients) {
                for (int n = 0; n < 50; n++) {
                    assertThat(c.receive(SOON).orElseThrow().content()).isEqualTo(new IgtlString("event " + n));
                }
                c.close();
            }
            assertThat(server.statistics().dropped()).isZero();
            await("all are gone", () -> server.statistics().clients() == 0);
        }
    }

    @Test
    void lateClient_getsTheNewestStateButNoOldEvents() {
        try (IgtlServer server = IgtlServer.start(0)) {
            server.publish(status("connecting"));
            server.publish(IgtlMessage.of("ProbeToLab", new IgtlTransform(Affine3.translation(1e-3, 0, 0))));
            server.publish(IgtlMessage.of("Events", new IgtlString("gone")));
            server.publish(status("ready"));
            try (IgtlClient late = client(server)) {
                assertThat(late.receive(SOON).orElseThrow().device()).isEqualTo("ProbeToLab");
                assertThat(late.receive(SOON).orElseThrow().content()).isEqualTo(IgtlStatus.ok("ready"));
                assertThat(late.receive(Duration.ofMillis(50))).isEmpty();
            }
        }
    }

    @Test
    void commands_reachTheHandlerAndAreAnswered() throws InterruptedException {
        BlockingQueue<IgtlMessage> got = new LinkedBlockingQueue<>();
        IgtlHandler handler = (from, message) -> {
            got.add(message);
            if (message.content() instanceof IgtlString s && s.text().equals("fail")) {
                throw new IllegalStateException("a handler with a bug");
            }
            return message.content() instanceof IgtlString ? Optional.of(status("done")) : Optional.empty();
        };
        try (IgtlServer server = start(IgtlOptions.forServer(), handler);
                IgtlClient client = client(server)) {
            client.send(IgtlMessage.of("Console", new IgtlString("fail")));
            client.send(IgtlMessage.of("Console", new IgtlString("StartRecording")));
            assertThat(client.receive(SOON).orElseThrow().content()).isEqualTo(IgtlStatus.ok("done"));
            client.send(IgtlMessage.of("Tracker", new IgtlTransform(Affine3.identity())));
            assertThat(got.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(got.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(got.poll(10, TimeUnit.SECONDS).device()).isEqualTo("Tracker");
        }
    }

    @Test
    void queries_areAnsweredWithTheNewest() {
        try (IgtlServer server = IgtlServer.start(0);
                IgtlClient client = client(server)) {
            client.send(IgtlMessage.of("", IgtlOther.of("GET_STATUS")));
            assertThat(((IgtlStatus) client.receive(SOON).orElseThrow().content()).code())
                    .isEqualTo(IgtlStatus.NOT_FOUND);
            server.publish(status("ready"));
            assertThat(client.receive(SOON).orElseThrow().content()).isEqualTo(IgtlStatus.ok("ready"));
            client.send(IgtlMessage.of("Scanner", IgtlOther.of("GET_STATUS")));
            assertThat(client.receive(SOON).orElseThrow().content()).isEqualTo(IgtlStatus.ok("ready"));
        }
    }

    @Test
    void clientOfVersion2_isAnsweredWithMetadata() {
        try (IgtlServer server = IgtlServer.start(0);
                IgtlClient client = IgtlClient.connect(
                        "127.0.0.1",
                        server.address().getPort(),
                        IgtlOptions.forClient().withHeaderVersion(2))) {
            client.send(IgtlMessage.of("", IgtlOther.of("GET_STATUS")));
            client.receive(SOON);
            server.publish(status("ready").withMetadata(Map.of("frame", "17")));
            assertThat(client.receive(SOON).orElseThrow().metadata()).isEqualTo(Map.of("frame", "17"));
        }
    }

    /** A client that reads nothing: publishing goes on at once, memory is bounded, others get every image. */
    @Test
    void slowClient_losesImagesAndHoldsUpNobody() throws Exception {
        try (IgtlServer server = start(IgtlOptions.forServer().withQueueLength(4), (from, m) -> Optional.empty());
                Socket stuck = plain(server);
                IgtlClient good = client(server)) {
            await("both are connected", () -> server.statistics().clients() == 2);
            for (int n = 0; n < 40; n++) { // 40 x 1 MB: more than a socket holds
                server.publish(image(n, 512));
                IgtlImage got = (IgtlImage) good.receive(SOON).orElseThrow().content();
                assertThat(got.toDoubles()[0]).isEqualTo(n);
            }
            assertThat(stuck.isConnected()).isTrue();
            // one image may be under way and one waits; what the socket's buffers took was sent
            assertThat(server.statistics().dropped()).isBetween(1L, 39L);
            assertThat(server.statistics().clients()).isEqualTo(2);
        }
    }

    @Test
    void clientThatTakesNothing_losesItsPlaceInTheEnd() throws Exception {
        IgtlOptions impatient = IgtlOptions.forServer().withMessageTimeout(Duration.ofMillis(300));
        try (IgtlServer server = start(impatient, (from, m) -> Optional.empty());
                Socket stuck = plain(server)) {
            await("it is connected", () -> server.statistics().clients() == 1);
            await("it is cut", () -> {
                server.publish(image(0, 1024));
                return server.statistics().clients() == 0;
            });
            assertThat(server.statistics().cut()).isEqualTo(1);
            assertThat(stuck.isConnected()).isTrue();
        }
    }

    @Test
    void hostileClients_neverStopTheServer() throws Exception {
        IgtlOptions options = IgtlOptions.forServer()
                .withMessageTimeout(Duration.ofMillis(500))
                .withMaxBodyBytes(4096);
        try (IgtlServer server = start(options, (from, m) -> Optional.of(status("heard")));
                IgtlClient good = client(server)) {
            byte[] command = IgtlEncoder.encode(IgtlMessage.of("c", new IgtlString("x")), 1);
            byte[] huge = command.clone();
            ByteBuffer.wrap(huge).putLong(42, Long.MAX_VALUE);
            byte[] wrongCrc = command.clone();
            wrongCrc[50] ^= 1;
            try (Socket http = plain(server);
                    Socket big = plain(server);
                    Socket half = plain(server);
                    Socket damaged = plain(server)) {
                write(http, new byte[200]);
                write(big, huge);
                write(half, Arrays.copyOf(command, 60));
                write(damaged, wrongCrc);
                write(damaged, command); // a damaged message is passed over, the next is heard
                leaveInsideAMessage(server, Arrays.copyOf(command, 20));
                assertThat(damaged.getInputStream().read()).isNotNegative();
                await("four are cut", () -> server.statistics().cut() == 4);
                assertThat(server.statistics().damaged()).isEqualTo(1);
                assertThat(server.statistics().clients()).isEqualTo(2); // the good one and the one that erred once
            }
            good.send(IgtlMessage.of("c", new IgtlString("still there?")));
            assertThat(good.receive(SOON).orElseThrow().content()).isEqualTo(IgtlStatus.ok("heard"));
        }
    }

    private static void leaveInsideAMessage(IgtlServer server, byte[] part) throws IOException {
        try (Socket gone = plain(server)) {
            write(gone, part);
        }
    }

    private static void write(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    @Test
    void tooManyClients_areRefused() throws Exception {
        try (IgtlServer server = start(IgtlOptions.forServer().withMaxClients(1), (from, m) -> Optional.empty());
                IgtlClient first = client(server)) {
            await("one is connected", () -> server.statistics().clients() == 1);
            try (Socket second = plain(server)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            server.publish(status("ready"));
            assertThat(first.receive(SOON)).isPresent();
            assertThat(server.statistics().refused()).isEqualTo(1);
        }
    }

    @Test
    void close_endsConnectionsAndThreads() throws Exception {
        List<Thread> threads = new ArrayList<>();
        IgtlOptions options = IgtlOptions.forServer().withThreads(work -> {
            Thread t = Thread.ofVirtual().unstarted(work);
            threads.add(t);
            return t;
        });
        IgtlServer server = start(options, (from, m) -> Optional.empty());
        int port = server.address().getPort();
        IgtlClient client = client(server);
        await("it is connected", () -> server.statistics().clients() == 1);
        server.publish(status("last words"));
        assertThat(client.receive(SOON)).isPresent();

        server.close();

        assertThat(threads).hasSize(3).noneMatch(Thread::isAlive);
        assertThatThrownBy(() -> client.receive(SOON))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("connect again");
        client.close();
        assertThatThrownBy(() -> IgtlClient.connect("127.0.0.1", port)).hasMessageContaining("is the server running");
    }

    @Test
    void portInUse_isTold() {
        try (IgtlServer server = IgtlServer.start(0)) {
            assertThatThrownBy(() -> IgtlServer.start(server.address().getPort()))
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("is the port in use?");
        }
    }

    @Test
    void slowHost_losesOldImagesNotTheConnection() throws InterruptedException {
        try (IgtlServer server = IgtlServer.start(0);
                IgtlClient client = client(server)) {
            await("it is connected", () -> server.statistics().clients() == 1);
            for (int n = 0; n < 30; n++) {
                server.publish(image(n, 8));
            }
            server.publish(status("end"));
            await(
                    "all are sent",
                    () -> server.statistics().sent() + server.statistics().dropped() == 31);
            await(
                    "all have come",
                    () -> client.droppedMessages() + server.statistics().dropped() == 29);
            IgtlImage newest = (IgtlImage) client.receive(SOON).orElseThrow().content();
            assertThat(newest.toDoubles()[0]).isEqualTo(29);
            assertThat(client.receive(SOON).orElseThrow().content()).isEqualTo(IgtlStatus.ok("end"));
        }
    }
}
