package org.fus.io.autc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fus.core.data.IqEnsemble;
import org.fus.core.data.Provenance;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.Content;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.content.IqRecording;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.info.FileInfo;
import org.fus.io.internal.frames.LoadedImages;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;

/**
 * Reads beamformed blocks {@code bf*part*.dat}: equal blocks of complex64 {@code (x, z, frame)}, each behind ten 32-bit
 * numbers. Opening one part opens all parts in its folder, in the order of the numbers of their blocks.
 *
 * <p>The files have no axes, rates or frequencies: {@link #open} gives a bare array {@code [frame][z][x]}, and
 * {@link #recording} frames for those who know them.
 */
public final class AutcFormat implements FileFormat {
    private static final String NAME = "AUTC blocks";
    private static final int HEADER_BYTES = 40;
    private static final Pattern PART = Pattern.compile("bf.*part\\d+\\.dat", Pattern.CASE_INSENSITIVE);

    /** One block: its number from 1, and where its values start. */
    private record Block(long index, ByteSource source, long at) {}

    /** Lengths of the axes of every block. */
    private record Shape(int nz, int nx, int frames) {
        long values() {
            return (long) nz * nx * frames;
        }
    }

    /** Makes the reader. */
    public AutcFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".dat");
    }

    @Override
    public boolean recognises(FileHead head) {
        return PART.matcher(head.source().fileName()).matches()
                && shape(head.bytes(), head.source().size()).isPresent();
    }

    @Override
    public Content open(ByteSource source, OpenOptions options) {
        Shape shape = requireShape(source);
        List<Block> blocks = blocks(source, shape);
        long frames = Math.multiplyExact((long) blocks.size(), (long) shape.frames);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(FileInfo.DIMENSION_NAMES, List.of("frame", "z", "x"));
        metadata.put("acquisitionBlockIndex", blocks.stream().map(Block::index).toList());
        metadata.put("framesPerBlock", (long) shape.frames);
        Origin origin = new Origin(
                source.name(),
                NAME,
                SampleType.COMPLEX64.label(),
                metadata,
                List.of("the format states no axes, rates or frequencies; give them to AutcFormat.recording"));
        BlockFrames bytes = new BlockFrames(
                source.name(), blocks.size(), shape.frames, shape.nz * shape.nx, b -> frameMajor(blocks.get(b), shape));
        return new Content.Array(
                origin,
                new StoredArray(
                        SampleType.COMPLEX64,
                        List.of(frames, (long) shape.nz, (long) shape.nx),
                        ByteOrder.LITTLE_ENDIAN,
                        bytes,
                        0));
    }

    /**
     * The frames of all parts in the folder of one of them.
     *
     * @param source one part
     * @param grid where the pixels are; as many along x and z as the blocks have, one slice
     * @param timing frame rate, frequency and speed of sound
     * @return the frames; a block is taken without a pause
     * @throws FusFormatException when the file is damaged or the grid does not fit it
     */
    public static IqRecording recording(ByteSource source, PixelGrid grid, IqEnsemble.Timing timing) {
        Shape shape = requireShape(source);
        if (grid.nx() != shape.nx || grid.nz() != shape.nz || grid.ny() != 1) {
            throw new FusFormatException(
                    source.name(),
                    "header",
                    "the blocks have " + shape.nx + " x 1 x " + shape.nz + " pixels (x, y, z), the grid " + grid.nx()
                            + " x " + grid.ny() + " x " + grid.nz());
        }
        List<Block> blocks = blocks(source, shape);
        int frames = Math.toIntExact(Math.multiplyExact((long) blocks.size(), (long) shape.frames));
        BlockFrames bytes = new BlockFrames(
                source.name(), blocks.size(), shape.frames, shape.nz * shape.nx, b -> frameMajor(blocks.get(b), shape));
        return new LoadedImages(source.name(), grid, timing, frames, shape.frames, Provenance.none(), bytes::frame);
    }

    /** The values of a block as [frame][z][x], (re, im). */
    private static float[] frameMajor(Block block, Shape s) {
        StoredArray stored = new StoredArray(
                SampleType.COMPLEX64, List.of(s.values()), ByteOrder.LITTLE_ENDIAN, block.source, block.at);
        float[] xzf = stored.floats(0, Math.toIntExact(s.values()));
        float[] out = new float[xzf.length];
        int from = 0;
        for (int x = 0; x < s.nx; x++) {
            for (int z = 0; z < s.nz; z++) {
                for (int f = 0; f < s.frames; f++) {
                    int to = 2 * ((f * s.nz + z) * s.nx + x);
                    out[to] = xzf[from++];
                    out[to + 1] = xzf[from++];
                }
            }
        }
        return out;
    }

    private static Shape requireShape(ByteSource source) {
        return shape(source.head(HEADER_BYTES), source.size())
                .orElseThrow(() -> new FusFormatException(
                        source.name(),
                        "byte 0, block header",
                        "expected (index, items, nZ, nX, nFrames) with items = nZ nX nFrames and a file of whole"
                                + " blocks, got a file"
                                + " of " + source.size() + " bytes; it may be truncated: copy it again"));
    }

    private static Optional<Shape> shape(byte[] head, long size) {
        if (head.length < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer b = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int index = b.getInt();
        long items = b.getInt();
        Shape s = new Shape(b.getInt(), b.getInt(), b.getInt());
        boolean positive = index >= 1 && s.nz >= 1 && s.nx >= 1 && s.frames >= 1;
        // The product of two of them fits a long; the third is told by the number of items.
        if (!positive || (long) s.nz * s.nx > items || (long) s.nz * s.nx * s.frames != items) {
            return Optional.empty();
        }
        long block = HEADER_BYTES + items * SampleType.COMPLEX64.bytes();
        return size % block == 0 ? Optional.of(s) : Optional.empty();
    }

    private static List<Block> blocks(ByteSource source, Shape shape) {
        List<Block> blocks = new ArrayList<>();
        String stem = stem(source.fileName());
        Optional<ByteFolder> folder = source.folder();
        List<String> names = folder.map(ByteFolder::names).orElse(List.of(source.fileName()));
        for (String name : names) {
            if (name.equals(source.fileName())) {
                addBlocks(blocks, source, shape);
            } else if (PART.matcher(name).matches() && stem(name).equals(stem)) {
                folder.flatMap(f -> f.file(name)).ifPresent(f -> addBlocks(blocks, f, shape));
            }
        }
        blocks.sort(Comparator.comparingLong(Block::index));
        for (int i = 1; i < blocks.size(); i++) {
            if (blocks.get(i).index == blocks.get(i - 1).index) {
                throw new FusFormatException(
                        blocks.get(i).source.name(),
                        "block header",
                        "block " + blocks.get(i).index + " is also in "
                                + blocks.get(i - 1).source.name() + "; keep one recording per folder");
            }
        }
        return blocks;
    }

    private static void addBlocks(List<Block> blocks, ByteSource source, Shape expected) {
        Shape shape = requireShape(source);
        if (!shape.equals(expected)) {
            throw new FusFormatException(
                    source.name(),
                    "block header",
                    "expected blocks of " + expected + " as in the other parts, got " + shape
                            + "; keep one recording per folder");
        }
        long block = HEADER_BYTES + shape.values() * SampleType.COMPLEX64.bytes();
        for (long at = 0; at < source.size(); at += block) {
            byte[] head = new byte[HEADER_BYTES];
            source.read(at, ByteBuffer.wrap(head));
            ByteBuffer b = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            int index = b.getInt();
            b.getInt();
            Shape got = new Shape(b.getInt(), b.getInt(), b.getInt());
            if (index < 1 || !got.equals(shape)) {
                throw new FusFormatException(
                        source.name(),
                        "byte " + at + ", block header",
                        "expected block of " + shape + " with a number from 1, got number " + index + " of " + got
                                + "; the file may be damaged");
            }
            blocks.add(new Block(index, source, at + HEADER_BYTES));
        }
    }

    /** The name up to the number of the part. */
    private static String stem(String name) {
        return name.replaceFirst("(?i)part\\d+\\.dat$", "");
    }
}
