package org.fus.hardware.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.fus.hardware.RunOptions;
import org.fus.hardware.UploadedProgram;

/**
 * How a live chain runs. Immutable.
 *
 * @param ensembleFrames frames of one Doppler map: a multiple of the frames per block
 * @param ringBlocks blocks in the ring of the device
 * @param computeBlocks blocks of the ring that may wait for their images, or be in the works, at least an ensemble; the others
 *     are left to the device and the recording, at least 2
 * @param overflow what the device does when no block of the ring is free
 * @param computing {@link StreamPolicy#NEWEST_ONLY} skips ensembles when the chain is behind; with
 *     {@link StreamPolicy#PROCESS_ALL} the device waits, for those that compute or read their blocks. Recording has a policy
 *     of its own: it gets every block.
 * @param displayHz the most that views and previews are shown, hertz
 * @param views maps for people, beside that of the recipe
 */
public record LiveOptions(
        int ensembleFrames,
        int ringBlocks,
        int computeBlocks,
        RunOptions.Overflow overflow,
        StreamPolicy computing,
        double displayHz,
        List<LiveView> views) {
    /** No screen shows more than this to a person who looks for changes of perfusion. */
    private static final double DEFAULT_DISPLAY_HZ = 25;

    /** Blocks for the device and the recording: one is filled, one is written, one bridges a slow moment of the disk. */
    private static final int OTHER_BLOCKS = 3;

    /** Blocks beyond an ensemble that may wait: the start of the next one while the last one is computed. */
    private static final int AHEAD_BLOCKS = 2;

    /** Checks the figures. */
    public LiveOptions {
        Objects.requireNonNull(overflow, "overflow");
        views = List.copyOf(views);
        List<String> problems = new ArrayList<>();
        if (ensembleFrames < 1) {
            problems.add("ensembleFrames " + ensembleFrames + ", expected at least 1");
        }
        if (computeBlocks < 1) {
            problems.add("computeBlocks " + computeBlocks + ", expected at least 1");
        }
        if (ringBlocks - 2 < computeBlocks) {
            problems.add("ringBlocks " + ringBlocks + ", expected at least computeBlocks " + computeBlocks
                    + " and 2: one fills while one is recorded");
        }
        if (computing == null || computing == StreamPolicy.STORE_ALL) {
            problems.add("computing " + computing + ", expected NEWEST_ONLY or PROCESS_ALL");
        }
        if (!(displayHz > 0)) {
            problems.add("displayHz " + displayHz + ", expected more than 0");
        }
        Set<String> names = new HashSet<>();
        for (LiveView view : views) {
            if (!names.add(view.name())) {
                problems.add("two views are called '" + view.name() + "'");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("live options: " + String.join("; ", problems));
        }
    }

    /**
     * The usual: ensembles are skipped when the chain is behind, an overflow ends the run, 25 pictures per second at most, no
     * further views; a ring of an ensemble and 5 blocks.
     *
     * @param program what will run
     * @param ensembleFrames frames of one Doppler map
     * @return the options
     */
    public static LiveOptions of(UploadedProgram program, int ensembleFrames) {
        int compute = blocksPerEnsemble(program, ensembleFrames) + AHEAD_BLOCKS;
        return new LiveOptions(
                ensembleFrames,
                compute + OTHER_BLOCKS,
                compute,
                RunOptions.Overflow.STOP,
                StreamPolicy.NEWEST_ONLY,
                DEFAULT_DISPLAY_HZ,
                List.of());
    }

    /**
     * The same with views.
     *
     * @param maps maps for people, beside that of the recipe
     * @return a changed copy
     */
    public LiveOptions withViews(LiveView... maps) {
        return new LiveOptions(
                ensembleFrames, ringBlocks, computeBlocks, overflow, computing, displayHz, List.of(maps));
    }

    /**
     * The same with another way to be behind.
     *
     * @param policy skip or hold up
     * @return a changed copy
     */
    public LiveOptions withComputing(StreamPolicy policy) {
        return new LiveOptions(ensembleFrames, ringBlocks, computeBlocks, overflow, policy, displayHz, views);
    }

    /**
     * The same with another ring.
     *
     * @param blocks all blocks
     * @param compute those that may wait for their images
     * @return a changed copy
     */
    public LiveOptions withRing(int blocks, int compute) {
        return new LiveOptions(ensembleFrames, blocks, compute, overflow, computing, displayHz, views);
    }

    /**
     * The same with another way to overflow.
     *
     * @param value end the run, or lose blocks
     * @return a changed copy
     */
    public LiveOptions withOverflow(RunOptions.Overflow value) {
        return new LiveOptions(ensembleFrames, ringBlocks, computeBlocks, value, computing, displayHz, views);
    }

    /**
     * The same with another display.
     *
     * @param hz the most that is shown, hertz; may be infinite
     * @return a changed copy
     */
    public LiveOptions withDisplayHz(double hz) {
        return new LiveOptions(ensembleFrames, ringBlocks, computeBlocks, overflow, computing, hz, views);
    }

    /** Blocks of one ensemble; refuses ensembles that blocks do not fill. */
    static int blocksPerEnsemble(UploadedProgram program, int ensembleFrames) {
        int perBlock = program.group().framesPerBlock();
        if (ensembleFrames < perBlock || ensembleFrames % perBlock != 0) {
            throw new IllegalArgumentException("ensembles of " + ensembleFrames + " frames from blocks of " + perBlock
                    + " frames: expected a multiple; change the one or the other");
        }
        return ensembleFrames / perBlock;
    }
}
