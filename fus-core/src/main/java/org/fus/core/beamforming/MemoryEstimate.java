package org.fus.core.beamforming;

/**
 * Memory of a beamformer, known before anything is allocated.
 *
 * @param planBytes tables that the plan holds for as long as it lives
 * @param bytesPerThread work space of each thread while the plan is applied
 * @param bytesPerFrame the images, per frame
 */
public record MemoryEstimate(long planBytes, long bytesPerThread, long bytesPerFrame) {
    /** Checks the figures. */
    public MemoryEstimate {
        if (planBytes < 0 || bytesPerThread < 0 || bytesPerFrame < 0) {
            throw new IllegalArgumentException("memory of " + planBytes + ", " + bytesPerThread + " and "
                    + bytesPerFrame + " bytes (plan, thread, frame): none can be negative");
        }
    }

    /**
     * All of it.
     *
     * @param threads threads that apply the plan at the same time
     * @param frames frames of one call
     * @return bytes
     */
    public long totalBytes(int threads, int frames) {
        return planBytes + threads * bytesPerThread + frames * bytesPerFrame;
    }
}
