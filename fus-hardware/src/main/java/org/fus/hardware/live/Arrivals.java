package org.fus.hardware.live;

import org.fus.hardware.DeviceBlock;

/** What came from the device, and what did not. Thread-safe. */
final class Arrivals {
    private final double frameRateHz;
    private long blocks;
    private long frames;
    private long bytes;
    private long gaps;
    private long missingFrames;
    private long nextFrame;
    private long endDeviceNs;
    private double longestPauseS;
    private long firstHostNs;
    private long lastHostNs;

    Arrivals(double frameRateHz) {
        this.frameRateHz = frameRateHz;
    }

    synchronized void note(DeviceBlock block) {
        long first = block.firstFrame();
        int n = block.frames();
        if (first > nextFrame) {
            gaps++;
            missingFrames += first - nextFrame;
        }
        if (blocks == 0) {
            firstHostNs = block.hostTimeNs();
        } else {
            // lost blocks count as time without frames too
            longestPauseS = Math.max(longestPauseS, (block.deviceTimeNs() - endDeviceNs) * 1e-9);
        }
        endDeviceNs = block.deviceTimeNs() + Math.round(n / frameRateHz * 1e9);
        nextFrame = first + n;
        lastHostNs = block.hostTimeNs();
        blocks++;
        frames += n;
        bytes += block.samples().byteSize();
    }

    synchronized LiveFigures.Blocks figures() {
        return new LiveFigures.Blocks(
                blocks, frames, bytes, gaps, missingFrames, longestPauseS, (lastHostNs - firstHostNs) * 1e-9);
    }
}
