package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fus.core.error.FusDeviceException;
import org.fus.hardware.Acquisition;
import org.fus.hardware.DeviceFault;
import org.fus.hardware.DeviceState;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UploadedProgram;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half messages, huge lengths, wrong versions, garbage, slow and vanished peers: a typed fault, and never a hang. */
@Timeout(60)
class BridgeDamageTest {
    private static ByteBuffer header(long length, int type, int flags, int request) {
        return ByteBuffer.allocate(BridgeMessage.HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(request)
                .flip();
    }

    private static byte[] hello(int magic, int version) {
        byte[] bytes = new byte[18];
        header(6, 1, 0, 1).get(bytes, 0, 12);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(12, magic).putShort(16, (short) version);
        return bytes;
    }

    // a host against scanners that misbehave

    private static void assertRefusedWith(String reason, RogueScanner.Behaviour behaviour) throws IOException {
        try (RogueScanner rogue = new RogueScanner(behaviour)) {
            long before = System.nanoTime();
            assertThatThrownBy(() -> Devices.open(rogue.uri()))
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("bridge://127.0.0.1")
                    .hasMessageContaining(reason);
            // a hello has 2 s to be answered; the rest is for a busy machine
            assertThat((System.nanoTime() - before) * 1e-9).isLessThan(10);
        }
    }

    @Test
    void scanner_garbage_isNamed() throws IOException {
        assertRefusedWith(
                "which the protocol does not have",
                (in, out) -> out.write("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void scanner_hugeLength_isNotAllocated() throws IOException {
        assertRefusedWith("4294967295 bytes", (in, out) -> {
            out.write(header(0xFFFFFFFFL, 1, 1, 1).array());
            Thread.sleep(5000);
        });
    }

    @Test
    void scanner_halfMessage_isNamed() throws IOException {
        assertRefusedWith("within a message", (in, out) -> {
            in.readNBytes(18);
            out.write(header(100, 1, 1, 1).array());
            out.write(new byte[40]);
        });
    }

    @Test
    void scanner_silent_isGivenUp() throws IOException {
        assertRefusedWith("no reply within 2000 ms", (in, out) -> Thread.sleep(8000));
    }

    @Test
    void scanner_otherVersion_isNamed() throws IOException {
        assertRefusedWith("version 7", (in, out) -> {
            in.readNBytes(18);
            out.write(header(2, 1, 1, 1).array());
            out.write(new byte[] {7, 0});
            Thread.sleep(5000);
        });
    }

    @Test
    void scanner_gone_isNamed() throws IOException {
        int port;
        try (RogueScanner rogue = new RogueScanner((in, out) -> {})) {
            port = rogue.uri().getPort();
        }
        assertThatThrownBy(() -> Devices.open(URI.create("bridge://127.0.0.1:" + port)))
                .isInstanceOf(FusDeviceException.class)
                .hasMessageContaining("cannot connect");
    }

    @Test
    void address_wrong_isAnArgument() {
        for (String wrong : new String[] {
            "bridge:18950", "bridge://127.0.0.1:18950/x", "bridge://h:99999", "bridge://h?blocks=fast", "bridge://h?x=1"
        }) {
            assertThatThrownBy(() -> Devices.open(URI.create(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }

    /** Passes everything on between a host and a scanner until it is told to damage the scanner's half. */
    private static final class Wire implements RogueScanner.Behaviour {
        enum Damage {
            CUT,
            GARBAGE,
            SILENCE
        }

        private final int port;
        private volatile Damage damage;

        Wire(int port) {
            this.port = port;
        }

        @Override
        public void with(DataInputStream in, OutputStream out) throws IOException {
            try (Socket scanner = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread.ofVirtual().start(() -> {
                    try {
                        in.transferTo(scanner.getOutputStream());
                    } catch (IOException e) {
                        // one of the two is gone
                    }
                });
                byte[] bytes = new byte[4096];
                for (int n = scanner.getInputStream().read(bytes);
                        n >= 0;
                        n = scanner.getInputStream().read(bytes)) {
                    if (damage == Damage.CUT) {
                        out.write(bytes, 0, n / 2);
                        return;
                    }
                    if (damage == Damage.GARBAGE) {
                        new Random(1).nextBytes(bytes);
                    }
                    if (damage != Damage.SILENCE) {
                        out.write(bytes, 0, n);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT", "GARBAGE", "SILENCE"})
    void link_breaksDuringARun_theRunFailsAndTheDeviceLatches(String damage) throws Exception {
        try (SimulatedScanner scanner = SmallScanner.open();
                BridgeServer server =
                        BridgeServer.start(scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Wire wire = new Wire(server.address().getPort());
            try (RogueScanner between = new RogueScanner(wire);
                    UltrasoundDevice device = Devices.open(between.uri())) {
                UploadedProgram program = device.upload(SmallScanner.program(1_000_000, 1), device.probe());
                CountDownLatch some = new CountDownLatch(3);
                Acquisition run = device.start(program, b -> some.countDown());
                assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
                wire.damage = Wire.Damage.valueOf(damage);
                assertThatThrownBy(run::await)
                        .isInstanceOf(FusDeviceException.class)
                        .hasMessageContaining("CRASHED")
                        .hasMessageContaining("is lost");
                assertThat(run.framesDelivered()).isGreaterThanOrEqualTo(3);
                assertThat(device.state()).isEqualTo(DeviceState.FAULTED);
                assertThatThrownBy(device::highVoltage)
                        .isInstanceOf(FusDeviceException.class)
                        .hasMessageContaining("does not answer");
                assertThatThrownBy(device::reset).isInstanceOf(FusDeviceException.class);
                device.emergencyStop(); // may be called in any state
                assertThat(device.state()).isEqualTo(DeviceState.EMERGENCY_STOPPED);
            }
            // the scanner's side has cut its voltage, and serves the next host, which must reset it
            awaitOff(scanner);
            try (UltrasoundDevice next = Devices.open(
                    URI.create("bridge://127.0.0.1:" + server.address().getPort()))) {
                assertThat(next.state()).isEqualTo(DeviceState.FAULTED);
                next.reset();
                next.start(next.upload(SmallScanner.program(2, 1), next.probe()), b -> {})
                        .await();
            }
        }
    }

    private static void awaitOff(SimulatedScanner scanner) throws InterruptedException {
        for (int i = 0; i < 1000 && scanner.state() != DeviceState.FAULTED; i++) {
            Thread.sleep(10);
        }
        assertThat(scanner.state()).isEqualTo(DeviceState.FAULTED);
        assertThat(scanner.highVoltage().on()).isFalse();
    }

    // scanners against hosts that misbehave

    private interface HostBehaviour {
        void with(Socket socket) throws Exception;
    }

    private static void assertEndsTheConnection(int port, HostBehaviour host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            host.with(socket);
            try {
                byte[] rest = socket.getInputStream().readAllBytes(); // until the scanner ends it
                assertThat(rest.length).isLessThan(BridgeMessage.MAX_BODY);
            } catch (java.net.SocketException e) {
                assertThat(e).hasMessageContaining("reset"); // that is an end too
            }
        }
    }

    private static void misbehave(int port) throws Exception {
        byte[] good = hello(BridgeServer.MAGIC, BridgeServer.VERSION);
        assertEndsTheConnection(
                port, s -> s.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertEndsTheConnection(
                port,
                s -> s.getOutputStream().write(header(0xFFFFFFF0L, 5, 0, 1).array()));
        assertEndsTheConnection(port, s -> s.getOutputStream().write(hello(0x12345678, 1)));
        assertEndsTheConnection(port, s -> s.getOutputStream().write(hello(BridgeServer.MAGIC, 9)));
        assertEndsTheConnection(
                port, s -> s.getOutputStream().write(header(0, 10, 0, 1).array())); // PING first
        assertEndsTheConnection(port, s -> {
            s.getOutputStream().write(good);
            s.getOutputStream().write(good); // twice
        });
        assertEndsTheConnection(port, s -> {
            s.getOutputStream().write(good);
            s.getOutputStream().write(header(8, 19, 0, 0).array()); // half a RELEASE
            s.getOutputStream().write(new byte[4]);
            s.shutdownOutput();
        });
        assertEndsTheConnection(port, s -> {
            s.getOutputStream().write(good);
            s.getOutputStream().write(header(3, 17, 0, 0).array()); // TRIP with a choice that there is not
            s.getOutputStream().write(new byte[] {99, 0, 0});
        });
        assertEndsTheConnection(port, s -> {
            s.getOutputStream().write(good);
            s.getOutputStream().write(header(10, 4, 0, 7).array()); // VALIDATE, a text longer than the message
            s.getOutputStream().write(new byte[] {-1, -1, 1, 2, 3, 4, 5, 6, 7, 8});
        });
        assertEndsTheConnection(port, s -> s.getOutputStream().write(good)); // then silent
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[64];
            random.nextBytes(noise);
            assertEndsTheConnection(port, s -> {
                s.getOutputStream().write(good);
                s.getOutputStream().write(noise);
                s.shutdownOutput();
            });
        }
    }

    @Test
    void host_anyMischief_endsItsConnectionAlone() throws Exception {
        try (SimulatedScanner scanner = SmallScanner.open();
                BridgeServer server =
                        BridgeServer.start(scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int port = server.address().getPort();
            misbehave(port);
            worksAt(URI.create("bridge://127.0.0.1:" + port), SmallScanner.program(2, 1));
        }
    }

    @Test
    void hostOfTheExampleInC_anyMischief_endsItsConnectionAlone(@TempDir Path dir) throws Exception {
        try (ExampleScanner scanner = ExampleScanner.start(ExampleScanner.compile(dir))) {
            misbehave(scanner.uri("").getPort());
            assertThat(scanner.isAlive()).isTrue();
            worksAt(scanner.uri(""), SmallScanner.program(2, 1));
        }
    }

    private static void worksAt(URI uri, org.fus.core.sequence.AcquisitionProgram program) {
        try (UltrasoundDevice device = Devices.open(uri)) {
            if (device.state() == DeviceState.FAULTED) {
                device.reset();
            }
            Acquisition run = device.start(device.upload(program, device.probe()), b -> {});
            run.await();
            assertThat(run.framesDelivered()).isEqualTo(2);
        }
    }

    @Test
    void secondHost_isToldThatThereIsOne() throws Exception {
        try (SimulatedScanner scanner = SmallScanner.open();
                BridgeServer server =
                        BridgeServer.start(scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                UltrasoundDevice first = Devices.open(
                        URI.create("bridge://127.0.0.1:" + server.address().getPort()))) {
            URI uri = URI.create("bridge://127.0.0.1:" + server.address().getPort());
            assertThatThrownBy(() -> Devices.open(uri))
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("another host is connected");
            assertThat(first.highVoltage().on()).isFalse();
        }
    }

    @Test
    void scanner_crashes_theHostHears() throws Exception {
        try (SimulatedScanner scanner = SmallScanner.open();
                BridgeServer server =
                        BridgeServer.start(scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                UltrasoundDevice device = Devices.open(
                        URI.create("bridge://127.0.0.1:" + server.address().getPort()))) {
            UploadedProgram program = device.upload(SmallScanner.program(1_000_000, 1), device.probe());
            Acquisition run = device.start(program, b -> {});
            scanner.faults().crash();
            assertThatThrownBy(run::await).hasMessageContaining(DeviceFault.Kind.CRASHED.name());
            assertThat(device.state()).isEqualTo(DeviceState.FAULTED);
            assertThatThrownBy(device::heartbeat)
                    .isInstanceOf(FusDeviceException.class)
                    .hasMessageContaining("does not answer");
        }
    }
}
