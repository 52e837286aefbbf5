package org.fus.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fus.core.data.FusSeries;
import org.fus.core.error.FusFormatException;
import org.fus.io.content.ChannelRecording;
import org.fus.io.content.Content;
import org.fus.io.content.IqRecording;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.StoredArray;
import org.fus.io.record.Integrity;
import org.fus.io.source.PathSource;

/**
 * What a reading of all values of a file has found.
 *
 * @param problems what is wrong, in words; empty when all is well
 * @param compared which checksums there are and were compared, in words; empty when there are problems
 */
public record Verification(List<String> problems, String compared) {
    /** Values read in one go. */
    private static final int BLOCK = 1 << 20;

    /** Copies. */
    public Verification {
        problems = List.copyOf(problems);
    }

    /**
     * Reads all of a file or folder and compares every checksum that it has.
     *
     * @param path a file of any format, a Zarr store or a recording
     * @return what was found
     * @throws org.fus.core.error.FusFormatException when it does not open
     * @throws org.fus.core.error.FusStorageException when it cannot be read
     */
    public static Verification of(Path path) {
        if (Files.isDirectory(path)) {
            return new Verification(
                    Integrity.verify(path),
                    "every checksum was compared and is right: those of chunks, of their index, and of what belongs to"
                            + " a block, where the store has them");
        }
        if (Files.exists(path.resolveSibling(path.getFileName() + ".journal"))) {
            return new Verification(
                    Integrity.verify(path), "every checksum was compared and is right: that of each volume (crc32c)");
        }
        PathSource source = PathSource.of(path);
        Recognised found = Recognised.of(source);
        Content content = found.format().open(source, OpenOptions.RAW);
        try {
            read(content);
        } catch (FusFormatException e) {
            return new Verification(List.of(e.getMessage()), "");
        }
        return new Verification(List.of(), found.format().verified(found.head()));
    }

    private static void read(Content content) {
        switch (content) {
            case Content.Series c -> series(c.series());
            case Content.Channels c -> channels(c.recording());
            case Content.Iq c -> images(c.recording());
            case Content.Array c -> array(c.array());
            // Read as a whole when they are opened.
            case Content.Doppler c -> {}
            case Content.Regions c -> {}
            case Content.Transform c -> {}
            case Content.Program c -> {}
        }
    }

    private static void series(FusSeries series) {
        FusSeries.Shape s = series.shape();
        int block = Math.clamp(BLOCK / s.voxels(), 1, s.times());
        for (int e = 0; e < s.extras(); e++) {
            for (int p = 0; p < s.poses(); p++) {
                for (int t = 0; t < s.times(); t += block) {
                    series.read(e, p, t, Math.min(block, s.times() - t));
                }
            }
        }
    }

    private static void channels(ChannelRecording recording) {
        for (int f = 0; f < recording.frames(); f++) {
            recording.read(f, 1);
        }
    }

    private static void images(IqRecording recording) {
        for (int f = 0; f < recording.frames(); f++) {
            recording.read(f, 1);
        }
    }

    private static void array(StoredArray array) {
        for (long at = 0; at < array.size(); at += BLOCK) {
            array.doubles(at, (int) Math.min(BLOCK, array.size() - at));
        }
    }
}
