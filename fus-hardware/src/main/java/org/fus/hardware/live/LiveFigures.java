package org.fus.hardware.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a live chain fares.
 *
 * @param blocks what came from the device
 * @param recording how the recording fares, when there is one
 * @param ensembles what was made of the blocks
 * @param images from when a block was in the host to when its images were there
 * @param maps from when the last block of an ensemble was in the host to when its map was there
 * @param display one of so many maps is shown
 * @param mostDisplay the largest {@code display} of the run
 * @param subscribers how the subscribers fare
 */
public record LiveFigures(
        Blocks blocks,
        Optional<RecorderFigures> recording,
        Ensembles ensembles,
        Latency images,
        Latency maps,
        int display,
        int mostDisplay,
        List<SubscriberFigures> subscribers) {
    /** Copies the list. */
    public LiveFigures {
        subscribers = List.copyOf(subscribers);
    }

    /**
     * What came from the device.
     *
     * @param count blocks
     * @param frames frames in them
     * @param bytes samples in them, bytes
     * @param gaps places where frames are missing
     * @param missingFrames frames that are missing there
     * @param longestPauseS longest time without frames between two blocks, on the device's clock, seconds
     * @param spanS from the arrival of the first block to that of the last one, seconds
     */
    public record Blocks(
            long count, long frames, long bytes, long gaps, long missingFrames, double longestPauseS, double spanS) {}

    /**
     * What was made of the blocks.
     *
     * @param made ensembles that became maps
     * @param skipped ensembles that were left out because the chain was behind
     * @param incomplete ensembles that lack frames, at gaps or at the end of the run
     */
    public record Ensembles(long made, long skipped, long incomplete) {}

    /**
     * The figures for people.
     *
     * @return one line each
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "blocks: %d of %d frames in all, %.1f MB; %d gaps, %d frames missing; longest pause %.1f ms",
                blocks.count(),
                blocks.frames(),
                blocks.bytes() * 1e-6,
                blocks.gaps(),
                blocks.missingFrames(),
                blocks.longestPauseS() * 1e3));
        recording.ifPresent(r -> lines.add("recording: " + r.blocks() + " blocks; until stored " + r.latency()
                + "; at most " + r.mostWaiting() + " blocks waited"));
        lines.add("images: " + images);
        lines.add("maps: " + ensembles.made() + " made, " + ensembles.skipped() + " ensembles skipped, "
                + ensembles.incomplete() + " incomplete; " + maps);
        lines.add("display: 1 of " + display + " (at worst 1 of " + mostDisplay + ")");
        for (SubscriberFigures s : subscribers) {
            lines.add(s.name() + " (" + s.policy() + "): " + s.delivered() + " of " + s.published() + ", "
                    + s.dropped() + " dropped, " + s.thinned() + " thinned; " + s.latency()
                    + s.failure().map(f -> "; failed: " + f).orElse(""));
        }
        return List.copyOf(lines);
    }
}
