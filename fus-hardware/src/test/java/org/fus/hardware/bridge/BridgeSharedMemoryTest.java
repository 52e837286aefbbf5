package org.fus.hardware.bridge;

/** The same with blocks in shared memory. */
class BridgeSharedMemoryTest extends BridgeDeviceTest {
    @Override
    protected String settings() {
        return "?blocks=shared";
    }
}
