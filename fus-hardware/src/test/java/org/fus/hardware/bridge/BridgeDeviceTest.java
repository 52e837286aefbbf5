package org.fus.hardware.bridge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.fus.core.sequence.AcquisitionProgram;
import org.fus.hardware.Devices;
import org.fus.hardware.UltrasoundDevice;
import org.fus.hardware.UltrasoundDeviceConformance;
import org.fus.hardware.sim.SimulatedScanner;
import org.junit.jupiter.api.AfterEach;

/** The simulated scanner behind a bridge, blocks through TCP: must do what it does without one. */
class BridgeDeviceTest extends UltrasoundDeviceConformance {
    protected SimulatedScanner scanner;
    private BridgeServer server;

    @Override
    protected UltrasoundDevice open() {
        scanner = SmallScanner.open();
        server = BridgeServer.start(scanner, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return Devices.open(URI.create("bridge://127.0.0.1:" + server.address().getPort() + settings()));
    }

    protected String settings() {
        return "";
    }

    @AfterEach
    void endServer() {
        server.close();
        scanner.close();
    }

    @Override
    protected AcquisitionProgram program(int frames, int framesPerBlock) {
        return SmallScanner.program(frames, framesPerBlock);
    }
}
