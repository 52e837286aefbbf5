package org.fus.examples.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.pipeline.Product;
import org.fus.core.render.Figure;
import org.fus.io.FusFiles;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;

/** Writes what a command made, in the format of the extension, and tells about it. */
final class Results {
    static final String MAP_DESCRIPTION =
            "The result: .npy (float32 [z][y][x], with FILE.json beside it), .png (figure) or .scan (power only).";

    private static final String PICTURE = ".png";
    private static final String SCAN = ".scan";

    private final RootCommand fus;
    private final Path out;
    private final List<String> warnings = new ArrayList<>();

    /**
     * Checks the target before the work starts.
     *
     * @throws IllegalArgumentException when nothing writes this extension or the folder is missing
     */
    Results(RootCommand fus, Path out) {
        this.fus = fus;
        this.out = out;
        List<String> extensions = Stream.concat(
                        FusFiles.writers().stream().flatMap((ContentWriter w) -> w.extensions().stream()),
                        Stream.of(PICTURE))
                .distinct()
                .toList();
        if (extensions.stream().noneMatch(this::endsWith)) {
            throw new IllegalArgumentException(
                    out + ": no writer for this extension (expected " + String.join(", ", extensions) + ")");
        }
        Path folder = out.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(out + ": its folder does not exist; make it first");
        }
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + ": is a folder, expected a file name");
        }
    }

    /** Keeps what the user should know about the input or the result; it is told with the result, not with an error. */
    void warn(List<String> lines) {
        warnings.addAll(lines);
    }

    /**
     * Checks that the format can hold a map of a quantity.
     *
     * @throws IllegalArgumentException for a {@code .scan} of anything but power
     */
    void requireRoomFor(Product product) {
        if (endsWith(SCAN) && !(product instanceof Product.Power)) {
            throw new IllegalArgumentException(
                    out + ": a .scan holds power Doppler only (expected --kind power); choose .npy or .png");
        }
    }

    /** A map of one block that took {@code durationS} seconds; a {@code .scan} holds it as a series of one volume. */
    void writeMap(DopplerFrame map, double durationS) {
        warn(map.provenance().warnings());
        boolean asSeries = endsWith(SCAN) && map.quantity() == DopplerFrame.Quantity.POWER;
        write(asSeries ? Content.of(FusSeries.ofFrames(List.of(map), List.of(durationS), Map.of())) : Content.of(map));
    }

    void write(Content content) {
        if (endsWith(PICTURE)) {
            DopplerFrame shown = Pictures.map(content, fus.context());
            FusFiles.writeBytes(out, Figure.of(shown).toPng());
        } else {
            warn(FusFiles.write(out, content, WriteOptions.REPLACE));
        }
        fus.clearProgress();
        report(content);
    }

    private void report(Content content) {
        warnings.forEach(line -> fus.err().println("fus: warning: " + line));
        Map<String, Object> info = FileInfo.of(content);
        if (fus.json()) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("out", out.toString());
            report.put("kind", info.get("kind"));
            report.put("shape", info.get("shape"));
            report.put("axes", info.get("axes"));
            report.put("warnings", warnings);
            fus.printJson(report);
        } else if (!fus.quiet()) {
            fus.out().println("wrote " + out + " (" + info.get("kind") + " " + info.get("shape") + ")");
        }
    }

    private boolean endsWith(String extension) {
        return out.toString().toLowerCase(Locale.ROOT).endsWith(extension);
    }
}
