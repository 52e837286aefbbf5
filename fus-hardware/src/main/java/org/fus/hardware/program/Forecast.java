package org.fus.hardware.program;

/**
 * What a run will cost, on the clock of the device.
 *
 * @param frameBytes raw samples of one frame, bytes, int16; of the group with the largest frames
 * @param frames frames in all, all visits together
 * @param diskBytes raw samples in all, bytes
 * @param recordingS time in which frames are fired, seconds; without waits for triggers
 * @param motorS time in which motors move and rest, seconds
 * @param durationS both together, seconds
 * @param peakBytesPerS raw samples per second while frames are fired, the fastest group
 * @param dutyCycle part of the time in which it emits while frames are fired, the busiest group
 * @param endless whether the program goes on until it is stopped; the figures then hold for one pass
 */
public record Forecast(
        long frameBytes,
        double frames,
        double diskBytes,
        double recordingS,
        double motorS,
        double durationS,
        double peakBytesPerS,
        double dutyCycle,
        boolean endless) {}
