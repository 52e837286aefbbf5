package org.fus.hardware.lsl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What a stream is.
 *
 * @param name for people, not empty
 * @param type kind of content, such as {@code fUS} or {@code Markers}
 * @param channels values per sample, 1 to 65536
 * @param nominalRateHz samples per second; 0 for events
 * @param format type of the values
 * @param sourceId tells one device from another and is the same after a restart; may be empty
 * @param labels names of the channels: one per channel, or none
 */
public record LslStreamInfo(
        String name,
        String type,
        int channels,
        double nominalRateHz,
        LslFormat format,
        String sourceId,
        List<String> labels) {
    static final int MOST_CHANNELS = 65536;

    private static final int LONGEST_TEXT = 4096;

    /** Checks; all problems are told at once. */
    public LslStreamInfo {
        Objects.requireNonNull(format, "format");
        labels = List.copyOf(labels);
        List<String> problems = new ArrayList<>();
        if (name.isBlank()) {
            problems.add("empty name");
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            problems.add(channels + " channels, expected 1 to " + MOST_CHANNELS);
        }
        if (!(nominalRateHz >= 0) || Double.isInfinite(nominalRateHz)) {
            problems.add("rate of " + nominalRateHz + " Hz, expected 0 (events) or more");
        }
        if (!labels.isEmpty() && labels.size() != channels) {
            problems.add(labels.size() + " labels for " + channels + " channels, expected as many, or none");
        }
        List<String> texts = new ArrayList<>(labels);
        Collections.addAll(texts, name, type, sourceId);
        for (String text : texts) {
            if (text.length() > LONGEST_TEXT || text.chars().anyMatch(c -> c < ' ')) {
                problems.add("text of " + text.length() + " characters, expected at most " + LONGEST_TEXT
                        + " and no control characters");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("stream '" + name + "': " + String.join("; ", problems));
        }
    }

    /**
     * A stream of events, one text each.
     *
     * @param name for people
     * @param sourceId tells this source from others
     * @return type {@code Markers}, one channel of text, no fixed rate
     */
    public static LslStreamInfo markers(String name, String sourceId) {
        return new LslStreamInfo(name, "Markers", 1, 0, LslFormat.STRING, sourceId, List.of());
    }

    /**
     * A stream of Doppler time courses.
     *
     * @param name for people
     * @param labels one per region
     * @param rateHz maps per second
     * @param sourceId tells this source from others
     * @return type {@code fUS}, one float32 channel per region
     */
    public static LslStreamInfo timeCourses(String name, List<String> labels, double rateHz, String sourceId) {
        return new LslStreamInfo(name, "fUS", labels.size(), rateHz, LslFormat.FLOAT32, sourceId, labels);
    }
}
