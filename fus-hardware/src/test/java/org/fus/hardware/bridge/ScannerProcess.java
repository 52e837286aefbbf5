package org.fus.hardware.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fus.hardware.sim.SimulatedScanner;

/** The simulated scanner behind a bridge in a process of its own, with its log. */
final class ScannerProcess implements AutoCloseable {
    /** A line of the log. */
    record Line(long nanoTime, String what, String detail) {}

    private final Process process;
    private final Path log;
    private final int port;

    private ScannerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** The process: serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (SimulatedScanner scanner = SmallScanner.open();
                BridgeServer server = BridgeServer.start(
                        scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Path.of(arguments[0]))) {
            System.out.println(server.address().getPort());
            int end = System.in.read();
            assertThat(end).isEqualTo(-1);
        }
    }

    static ScannerProcess start(Path log) throws IOException {
        Process process = java(ScannerProcess.class, log.toString());
        return new ScannerProcess(
                process, log, Integer.parseInt(process.inputReader().readLine()));
    }

    /** Another virtual machine. */
    static Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    URI uri() {
        return URI.create("bridge://127.0.0.1:" + port);
    }

    List<Line> log() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4) { // the last one may be half written
                lines.add(new Line(Long.parseLong(parts[0]), parts[2], parts[3]));
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
