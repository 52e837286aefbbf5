package org.fus.io.raw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.core.data.IqEnsemble;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.IqRecording;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.Extension;
import org.fus.io.source.AtomicFile;

/**
 * Writes beamformed IQ as {@code NAME.raw} and {@code NAME.hraw}, block by block. To add blocks to such a file, or to write
 * one while it is recorded, use {@link RawIqAppender}. What the header cannot hold stands in its text {@code fusExtension}.
 */
public final class RawIqWriter implements ContentWriter {
    /** Makes the writer. */
    public RawIqWriter() {}

    @Override
    public String name() {
        return RawIqFormat.NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(RawIqFormat.VALUES, RawIqFormat.HEADER);
    }

    @Override
    public String holding() {
        return "beamformed IQ on a Cartesian grid";
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Iq c && c.recording().grid() instanceof PixelGrid;
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        IqRecording all = ((Content.Iq) content).recording();
        PixelGrid grid = (PixelGrid) all.grid();
        // Every block has as many frames as the first.
        int block = all.frames() % all.framesPerBlock() == 0 ? all.framesPerBlock() : all.frames();
        IqHeader plain = IqHeader.of(
                grid,
                all.timing(),
                block,
                all.frames() / block,
                content.origin().metadata());
        Map<String, Object> difference =
                new LinkedHashMap<>(Exact.difference(plain, content.origin().metadata(), all));
        IqHeader header = plain.withExtension(Extension.json(difference));
        AtomicFile.writeAll(
                List.of(
                        new AtomicFile.Entry(other(target, RawIqFormat.VALUES), out -> {
                            for (int first = 0; first < all.frames(); first += block) {
                                IqEnsemble frames = all.read(first, block);
                                for (int f = 0; f < block; f++) {
                                    out.write(RawIq.depthFastest(grid, frames.copyFrame(f)));
                                }
                            }
                        }),
                        new AtomicFile.Entry(other(target, RawIqFormat.HEADER), header.tree()::writeTo)),
                options.existing());
        return Extension.report(difference);
    }

    /** The file of the pair that ends so. */
    static Path other(Path file, String extension) {
        String name = String.valueOf(file.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        String from = lower.endsWith(RawIqFormat.HEADER) ? RawIqFormat.HEADER : RawIqFormat.VALUES;
        String stem = lower.endsWith(from) ? name.substring(0, name.length() - from.length()) : name;
        return file.resolveSibling(stem + extension);
    }
}
