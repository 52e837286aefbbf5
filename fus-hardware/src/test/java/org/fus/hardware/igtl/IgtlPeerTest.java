package org.fus.hardware.igtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.fus.core.error.FusDeviceException;
import org.fus.core.geometry.Affine3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against the example programs of the protocol's own library, from Debian's openigtlink-examples, compiled here. Skipped by
 * name where they are not installed; {@code -Dfus.requirePeers=true} makes that a failure.
 */
@Timeout(120)
class IgtlPeerTest {
    private static final Path EXAMPLES = Path.of("/usr/share/doc/openigtlink-examples/examples");
    private static final Path COMPILER = Path.of("/usr/bin/g++");
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path dir;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stopPeers() throws InterruptedException {
        for (Process p : processes) {
            p.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private Path compile(String source) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(COMPILER)
                && Files.isDirectory(EXAMPLES)
                && Files.isDirectory(Path.of("/usr/include/openigtlink"));
        if (!there && Boolean.getBoolean("fus.requirePeers")) {
            throw new AssertionError(
                    "no OpenIGTLink (Debian packages openigtlink-examples, libopenigtlink-dev, g++), and"
                            + " fus.requirePeers asks for it");
        }
        Assumptions.assumeThat(there)
                .as("OpenIGTLink is installed (Debian packages openigtlink-examples, libopenigtlink-dev, g++)")
                .isTrue();
        Path program = dir.resolve(source.replaceAll(".*/|\\.cxx", ""));
        Process p = new ProcessBuilder(
                        COMPILER.toString(),
                        "-w",
                        "-I/usr/include/openigtlink",
                        EXAMPLES.resolve(source).toString(),
                        "-o",
                        program.toString(),
                        "-lOpenIGTLink")
                .redirectErrorStream(true)
                .redirectOutput(log("g++").toFile())
                .start();
        assertThat(p.waitFor(60, TimeUnit.SECONDS) && p.exitValue() == 0)
                .as("%s compiles: %s", source, Files.readString(log("g++")))
                .isTrue();
        return program;
    }

    private Path log(String name) {
        return dir.resolve(name + ".log");
    }

    private Process run(Path program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (Object a : arguments) {
            command.add(a.toString());
        }
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(program.getFileName().toString()).toFile())
                .start();
        processes.add(p);
        return p;
    }

    private static int freePort() throws IOException {
        try (ServerSocket s = new ServerSocket(0)) {
            return s.getLocalPort();
        }
    }

    private static IgtlClient connect(int port) throws InterruptedException {
        FusDeviceException last = null;
        for (int i = 0; i < 200; i++) {
            try {
                return IgtlClient.connect("127.0.0.1", port);
            } catch (FusDeviceException e) { // it is still starting
                last = e;
                Thread.sleep(50);
            }
        }
        throw new AssertionError("the peer does not listen", last);
    }

    @Test
    void theirClient_readsWhatWeSend() throws Exception {
        Path program = compile("Receiver/ReceiveClient.cxx");
        try (IgtlServer server = IgtlServer.start(0)) {
            Affine3 pose = Affine3.ofEulerXyz(0, 0, Math.PI / 6, 1.5e-3, -2.5e-3, 3.5e-3);
            server.publish(IgtlMessage.of("ProbeToLab", new IgtlTransform(pose)));
            server.publish(IgtlMessage.of(
                    "PowerDoppler",
                    IgtlImage.ofFloats(new IgtlImage.Size(7, 5, 3), Affine3.scale(1e-4, 2e-4, 5e-4), new float[105])));
            server.publish(
                    IgtlMessage.of("Scanner", new IgtlStatus(IgtlStatus.NOT_READY, 42, "WARMING", "wait a minute")));
            server.publish(IgtlMessage.of(
                    "Stage",
                    new IgtlTracking(
                            List.of(new IgtlTracking.Element("probe", IgtlTracking.Kind.INSTRUMENT_6D, pose)))));
            Process client = run(program, "127.0.0.1", server.address().getPort());
            Path log = log("ReceiveClient");
            for (int i = 0; i < 400 && server.statistics().sent() < 4; i++) {
                Thread.sleep(25);
            }
            server.publish(IgtlMessage.of("Events", new IgtlString("baseline starts")));
            for (int i = 0; i < 400 && !Files.readString(log).contains("baseline starts"); i++) {
                Thread.sleep(25);
            }
            String said = Files.readString(log, StandardCharsets.ISO_8859_1);
            // cos and sin of 30 degrees, and millimetres
            assertThat(said).containsPattern("0\\.866025, -0\\.5, 0, 1\\.5");
            assertThat(said).containsPattern("0\\.5, 0\\.866025, 0, -2\\.5");
            assertThat(said)
                    .contains("Device Name           : PowerDoppler")
                    .contains("Scalar Type           : 10")
                    .contains("Dimensions            : (7, 5, 3)")
                    .contains("Spacing               : (0.1, 0.2, 0.5)")
                    .contains("Code      : 13")
                    .contains("SubCode   : 42")
                    .contains("Error Name: WARMING")
                    .contains("wait a minute")
                    .contains("Name       : probe")
                    .contains("baseline starts");
            assertThat(client.isAlive()).isTrue();
        }
    }

    @Test
    void theirImages_areReadByUs() throws Exception {
        int port = freePort();
        run(compile("Imager/ImagerServer.cxx"), port, 20, EXAMPLES.resolve("Imager/img"));
        try (IgtlClient client = connect(port)) {
            for (int n = 1; n <= 5; n++) {
                IgtlImage image = (IgtlImage) client.receive(SOON).orElseThrow().content();
                byte[] expected = Files.readAllBytes(EXAMPLES.resolve("Imager/img/igtlTestImage" + n + ".raw"));
                byte[] got = new byte[image.pixels().length()];
                image.pixels().buffer().get(got);
                assertThat(got).isEqualTo(expected);
                assertThat(image.size()).isEqualTo(new IgtlImage.Size(256, 256, 1));
                assertThat(image.scalar()).isEqualTo(IgtlImage.Scalar.UINT8);
                // j points down; spacing of 1, 1 and 5 mm; centre at the origin
                Affine3 map = image.voxelsToFrame();
                assertThat(map.apply(127.5, 127.5, 0)).containsExactly(new double[] {0, 0, 0}, within(1e-9));
                assertThat(map.at(0, 0)).isCloseTo(1e-3, within(1e-9));
                assertThat(map.at(1, 1)).isCloseTo(-1e-3, within(1e-9));
                assertThat(map.at(2, 2)).isCloseTo(5e-3, within(1e-9));
            }
            assertThat(client.damagedMessages()).isZero();
        }
    }

    @Test
    void theirTransforms_areReadByUs() throws Exception {
        int port = freePort();
        run(compile("Tracker/TrackerServer.cxx"), port, 50);
        try (IgtlClient client = connect(port)) {
            for (int n = 0; n < 10; n++) {
                Affine3 map =
                        ((IgtlTransform) client.receive(SOON).orElseThrow().content()).map();
                // the program walks on a circle of 50 mm in steps of 0.2 rad, in float32
                assertThat(map.at(0, 3)).isCloseTo(50e-3 * Math.cos(0.2 * n), within(1e-7));
                assertThat(map.at(1, 3)).isCloseTo(50e-3 * Math.sin(0.2 * n), within(1e-7));
                assertThat(map.at(2, 3)).isCloseTo(50e-3 * Math.cos(0.2 * n), within(1e-7));
            }
        }
    }

    @Test
    void theirTracking_startsOnOurRequest() throws Exception {
        int port = freePort();
        run(compile("TrackingData/TrackingDataServer.cxx"), port);
        try (IgtlClient client = connect(port)) {
            client.send(IgtlMessage.of("Console", IgtlOther.startTracking(20, "Patient")));
            for (int n = 0; n < 5; n++) {
                IgtlTracking tracking =
                        (IgtlTracking) client.receive(SOON).orElseThrow().content();
                assertThat(tracking.elements())
                        .extracting(IgtlTracking.Element::name)
                        .containsExactly("Channel 0", "Channel 1", "Channel 2");
                assertThat(tracking.elements())
                        .extracting(IgtlTracking.Element::kind)
                        .containsExactly(
                                IgtlTracking.Kind.TRACKER,
                                IgtlTracking.Kind.INSTRUMENT_6D,
                                IgtlTracking.Kind.INSTRUMENT_5D);
            }
            client.send(IgtlMessage.of("Console", IgtlOther.of("STP_TDATA")));
        }
    }

    @Test
    void theirStatusAndStrings_areReadByUs() throws Exception {
        int statusPort = freePort();
        run(compile("Status/StatusServer.cxx"), statusPort);
        try (IgtlClient client = connect(statusPort)) {
            assertThat(client.receive(SOON).orElseThrow().content())
                    .isEqualTo(new IgtlStatus(1, 128, "OK!", "This is a test to send status message."));
        }
        int stringPort = freePort();
        run(compile("String/StringServer.cxx"), stringPort, 20);
        try (IgtlClient client = connect(stringPort)) {
            assertThat(client.receive(SOON).orElseThrow().content()).isInstanceOf(IgtlString.class);
        }
    }
}
