package org.fus.examples.command;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.fus.core.error.FusCancelledException;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.bridge.BridgeServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "serve-scanner",
        description = {
            "Puts a device behind a bridge, so that another process reaches it as bridge://HOST:PORT.",
            "Serves until it is interrupted. When the host dies or is silent, the device cuts its high voltage by"
                    + " itself."
        })
final class ServeScannerCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Parameters(
            paramLabel = "URI",
            arity = "0..1",
            defaultValue = "sim:icoprime",
            description = "The device; 'fus devices' lists what there is (default: ${DEFAULT-VALUE}).")
    private URI uri;

    @Option(
            names = "--port",
            defaultValue = "" + BridgeServer.PORT,
            description = "TCP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            description = "Where to listen (default: ${DEFAULT-VALUE}, this machine alone); there are no passwords.")
    private String address;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "A line for each command, heartbeat and event: nanoseconds, time of day, what, detail.")
    private Path log;

    @Override
    public void run() {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("--port " + port + ": expected 0 to 65535");
        }
        try (UltrasoundDevice device = Devices.open(uri);
                BridgeServer server = BridgeServer.start(device, new InetSocketAddress(address, port), log)) {
            InetSocketAddress at = server.address();
            fus.out()
                    .println("serving " + device.info().name() + " at bridge://"
                            + at.getAddress().getHostAddress() + ":" + at.getPort());
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FusCancelledException("serving was interrupted");
        }
    }
}
