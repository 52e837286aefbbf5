package org.fus.hardware.bridge;

/** The scanner in C with blocks in shared memory, firing on time whether there is room or not. */
class ExampleScannerSharedMemoryTest extends ExampleScannerTest {
    @Override
    protected String settings() {
        return "?blocks=shared";
    }

    @Override
    protected boolean paced() {
        return true;
    }

    /** 10 ms a frame, so that a busy machine does not overflow the ring. */
    @Override
    protected double pulseRepetitionFrequencyHz() {
        return 200;
    }
}
