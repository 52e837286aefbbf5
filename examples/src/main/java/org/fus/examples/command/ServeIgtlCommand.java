package org.fus.examples.command;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fus.core.error.FusCancelledException;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.igtl.IgtlMessage;
import org.fus.hardware.igtl.IgtlOptions;
import org.fus.hardware.igtl.IgtlServer;
import org.fus.hardware.igtl.IgtlStatistics;
import org.fus.hardware.igtl.IgtlStatus;
import org.fus.hardware.igtl.IgtlTransform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "serve-igtl",
        description = {
            "Serves images through OpenIGTLink, for 3D Slicer and others.",
            "Sends IMAGE PowerDoppler, TRANSFORM ProbeToLab and STATUS Scanner until it is interrupted."
        })
final class ServeIgtlCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A series or map of any supported format; without it, maps of the simulated scanner.")
    private Path file;

    @Option(
            names = "--port",
            defaultValue = "" + IgtlOptions.PORT,
            description = "TCP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            description = "Where to listen (default: ${DEFAULT-VALUE}, this machine alone); there are no passwords.")
    private String address;

    @Option(names = "--rate", paramLabel = "HZ", description = "Images per second (default: as recorded, or 2.5).")
    private Double rateHz;

    @Option(names = "--images", paramLabel = "N", description = "Stop after so many images; a file begins anew.")
    private long images = Long.MAX_VALUE;

    @Option(names = "--wait-for", paramLabel = "N", description = "Wait for so many clients before the first image.")
    private int waitFor;

    @Option(
            names = "--header",
            paramLabel = "1|2",
            defaultValue = "1",
            description = "Version of the headers; 2 carries metadata (default: ${DEFAULT-VALUE}).")
    private int header;

    @Override
    public void run() {
        requireSense();
        if (file != null) {
            serve(ServedFrames.of(file));
            return;
        }
        try (UltrasoundDevice scanner = ServedFrames.simulatedScanner()) {
            serve(ServedFrames.simulated(scanner, fus.context()));
        }
    }

    private void requireSense() {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port " + port + ": expected 0 to 65535");
        }
        if (rateHz != null && !(rateHz > 0 && rateHz <= 1000)) {
            throw new IllegalArgumentException("--rate " + rateHz + ": expected more than 0 and at most 1000 Hz");
        }
        if (images < 1) {
            throw new IllegalArgumentException("--images " + images + ": expected at least 1");
        }
        if (waitFor < 0) {
            throw new IllegalArgumentException("--wait-for " + waitFor + ": expected 0 or more");
        }
    }

    private void serve(ServedFrames frames) {
        IgtlOptions options = IgtlOptions.forServer().withHeaderVersion(header);
        try (IgtlServer server = IgtlServer.start(
                new InetSocketAddress(address, port), options, (client, message) -> Optional.empty())) {
            double rate = rateHz == null ? frames.rateHz() : rateHz;
            InetSocketAddress at = server.address();
            String line = "serving " + (file == null ? "the simulated scanner" : file) + " at "
                    + at.getAddress().getHostAddress() + ":" + at.getPort();
            (fus.json() ? fus.err() : fus.out()).println(line);
            server.publish(IgtlMessage.of("Scanner", IgtlStatus.ok("serving")));
            while (server.statistics().clients() < waitFor) {
                pause(System.nanoTime() + 10_000_000);
            }
            long start = System.nanoTime();
            for (long n = 0; n < images; n++) {
                int number = (int) (frames.count() == 0 ? n % Integer.MAX_VALUE : n % frames.count());
                pause(start + (long) (n / rate * 1e9));
                server.publish(IgtlMessage.of(
                        "ProbeToLab", new IgtlTransform(frames.pose().apply(number))));
                server.publish(IgtlMessage.of("PowerDoppler", frames.image().apply(number))
                        .withMetadata(Map.of("image", Long.toString(n))));
            }
            // what was published last is still on its way
            long deadline = System.nanoTime() + options.messageTimeout().toNanos();
            while (waiting(server.statistics(), waitFor) && System.nanoTime() < deadline) {
                pause(System.nanoTime() + 10_000_000);
            }
            report(server.statistics());
        }
    }

    /** Whether clients that were waited for have not yet taken everything; each message is sent to each or dropped. */
    private static boolean waiting(IgtlStatistics s, int clients) {
        return s.clients() > 0 && s.sent() + s.dropped() < s.published() * Math.min(clients, s.clients());
    }

    private static void pause(long untilNs) {
        for (long left = untilNs - System.nanoTime(); left > 0; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new FusCancelledException("serving was interrupted");
            }
        }
    }

    private void report(IgtlStatistics s) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("published", s.published());
        report.put("sent", s.sent());
        report.put("dropped", s.dropped());
        report.put("clients", s.clients());
        if (fus.json()) {
            fus.printJson(report);
        } else if (!fus.quiet()) {
            fus.out()
                    .println("published " + s.published() + " messages; clients took " + s.sent() + ", missed "
                            + s.dropped());
        }
    }
}
