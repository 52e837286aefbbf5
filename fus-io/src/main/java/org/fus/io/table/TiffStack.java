package org.fus.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.FusSeries;
import org.fus.core.geometry.PixelGrid;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.FileInfo;
import org.fus.io.source.AtomicFile;

/**
 * Writes series and maps as a stack of 32-bit floating-point pictures (TIFF revision 6.0; BigTIFF from 4 GB), one per
 * slice, with the axes in the words of ImageJ: channels are extras and poses, slices elevation, frames time. Rows run in
 * depth, columns along the array. The description in the schema of {@code fus info} stands next to it as {@code FILE.json}.
 */
public final class TiffStack implements ContentWriter {
    private static final String NAME = "TIFF stack";

    /** Plain TIFF counts bytes with 32 bits. */
    private static final long LARGEST_PLAIN = 0xFFFFFFFFL;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int LONG8 = 16;
    private static final int ASCII = 2;

    /** Makes the writer. */
    public TiffStack() {}

    /** What stands on the pages: channels x slices x frames of rows x columns. */
    private record Stack(
            int channels,
            int slices,
            int frames,
            int rows,
            int columns,
            double dxM,
            double dyM,
            double dzM,
            double stepS) {
        long pages() {
            return (long) channels * slices * frames;
        }

        long pageBytes() {
            return (long) rows * columns * Float.BYTES;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> extensions() {
        return List.of(".tif", ".tiff");
    }

    @Override
    public boolean holds(Content content) {
        return content instanceof Content.Series
                || (content instanceof Content.Doppler(var origin, DopplerFrame m) && m.grid() instanceof PixelGrid);
    }

    @Override
    public String holding() {
        return "a series or a map";
    }

    @Override
    public List<String> write(Path target, Content content, WriteOptions options) {
        Stack stack = stack(content);
        if (stack.pageBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    target + ": pages of " + stack.pageBytes() + " bytes, expected less than 2 GiB");
        }
        boolean[] rounded = {false};
        byte[] json = (FileInfo.json(content) + "\n").getBytes(StandardCharsets.UTF_8);
        AtomicFile.writeAll(
                List.of(
                        new AtomicFile.Entry(target, out -> body(out, stack, content, rounded)),
                        new AtomicFile.Entry(Path.of(target + ".json"), out -> out.write(json))),
                options.existing());
        return rounded[0] ? List.of("values were rounded to single precision") : List.of();
    }

    private static Stack stack(Content content) {
        if (content instanceof Content.Doppler c) {
            PixelGrid g = (PixelGrid) c.map().grid();
            return new Stack(1, g.ny(), 1, g.nz(), g.nx(), g.dxM(), g.dyM(), g.dzM(), 0);
        }
        FusSeries s = ((Content.Series) content).series();
        FusSeries.Geometry g = s.geometry();
        List<Double> t = s.times().timesS();
        double stepS = t.size() < 2 ? 0 : (t.getLast() - t.getFirst()) / (t.size() - 1);
        return new Stack(
                s.shape().extras() * s.shape().poses(),
                s.shape().ny(),
                s.shape().times(),
                s.shape().nz(),
                s.shape().nx(),
                g.dxM(),
                g.dyM(),
                g.dzM(),
                stepS);
    }

    private static void body(OutputStream out, Stack s, Content content, boolean[] rounded) throws IOException {
        body(out, s, content, rounded, needsBig(s));
    }

    private static boolean needsBig(Stack s) {
        // Every page but the first has a directory of the same length; the description stands once.
        int first = directory(s, true, description(s), 0, true).length;
        return first + s.pages() * (s.pageBytes() + 512L) > LARGEST_PLAIN;
    }

    /** Whether content is too large for plain TIFF. */
    static boolean needsBig(Content content) {
        return needsBig(stack(content));
    }

    /** The file as plain or as BigTIFF, whatever its size. */
    static void body(OutputStream out, Content content, boolean big) throws IOException {
        body(out, stack(content), content, new boolean[1], big);
    }

    /** Pages follow each other, each behind its directory; channels vary fastest, then slices, then frames. */
    private static void body(OutputStream out, Stack s, Content content, boolean[] rounded, boolean big)
            throws IOException {
        byte[] text = description(s);
        out.write(head(big));
        long at = big ? 16 : 8;
        for (int f = 0; f < s.frames; f++) {
            float[][][] volumes = new float[s.channels][][];
            for (int c = 0; c < s.channels; c++) {
                volumes[c] = slices(s, content, c, f, rounded);
            }
            for (int y = 0; y < s.slices; y++) {
                for (int c = 0; c < s.channels; c++) {
                    boolean first = f == 0 && y == 0 && c == 0;
                    boolean last = f == s.frames - 1 && y == s.slices - 1 && c == s.channels - 1;
                    byte[] directory = directory(s, big, first ? text : new byte[0], at, last);
                    out.write(directory);
                    ByteBuffer page = ByteBuffer.allocate((int) s.pageBytes()).order(ByteOrder.LITTLE_ENDIAN);
                    page.asFloatBuffer().put(volumes[c][y]);
                    out.write(page.array());
                    at += directory.length + s.pageBytes();
                }
            }
        }
    }

    private static float[][] slices(Stack s, Content content, int channel, int frame, boolean[] rounded) {
        double[] zyx;
        if (content instanceof Content.Series(var origin, FusSeries series)) {
            int poses = series.shape().poses();
            zyx = series.read(channel / poses, channel % poses, frame, 1);
        } else {
            float[] map = ((Content.Doppler) content).map().toArray();
            zyx = new double[map.length];
            for (int i = 0; i < map.length; i++) {
                zyx[i] = map[i];
            }
        }
        float[][] out = new float[s.slices][s.rows * s.columns];
        for (int i = 0; i < zyx.length; i++) {
            int x = i % s.columns;
            int y = i / s.columns % s.slices;
            int z = i / s.columns / s.slices;
            float v = (float) zyx[i];
            rounded[0] |= v != zyx[i] && !Double.isNaN(zyx[i]);
            out[y][z * s.columns + x] = v;
        }
        return out;
    }

    private static byte[] head(boolean big) {
        ByteBuffer b = ByteBuffer.allocate(big ? 16 : 8).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
        if (big) {
            b.putShort((short) 8).putShort((short) 0).putLong(16);
        } else {
            b.putInt(8);
        }
        return b.array();
    }

    /** The directory of a page that starts at a byte, with what does not fit into its entries; the page follows. */
    private static byte[] directory(Stack s, boolean big, byte[] text, long at, boolean last) {
        List<long[]> entries = new ArrayList<>(); // tag, type, count, value or place
        entries.add(new long[] {256, LONG, 1, s.columns});
        entries.add(new long[] {257, LONG, 1, s.rows});
        entries.add(new long[] {258, SHORT, 1, 32});
        entries.add(new long[] {259, SHORT, 1, 1});
        entries.add(new long[] {262, SHORT, 1, 1});
        if (text.length > 0) {
            entries.add(new long[] {270, ASCII, text.length, -1});
        }
        entries.add(new long[] {273, big ? LONG8 : LONG, 1, -1});
        entries.add(new long[] {277, SHORT, 1, 1});
        entries.add(new long[] {278, LONG, 1, s.rows});
        entries.add(new long[] {279, big ? LONG8 : LONG, 1, s.pageBytes()});
        entries.add(new long[] {282, RATIONAL, 1, -1});
        entries.add(new long[] {283, RATIONAL, 1, -1});
        entries.add(new long[] {296, SHORT, 1, 3});
        entries.add(new long[] {339, SHORT, 1, 3});
        int entryBytes = big ? 20 : 12;
        int tableBytes = (big ? 8 : 2) + entries.size() * entryBytes + (big ? 8 : 4);
        long textAt = at + tableBytes;
        long xAt = textAt + text.length;
        int size = tableBytes + text.length + 16;
        long pageAt = at + size;
        ByteBuffer b = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        if (big) {
            b.putLong(entries.size());
        } else {
            b.putShort((short) entries.size());
        }
        for (long[] e : entries) {
            long value = switch ((int) e[0]) {
                case 270 -> textAt;
                case 273 -> pageAt;
                case 282 -> xAt;
                case 283 -> xAt + 8;
                default -> e[3];
            };
            b.putShort((short) e[0]).putShort((short) e[1]);
            if (big) {
                // A rational fits into an entry of eight bytes.
                b.putLong(e[2]).putLong(e[1] == RATIONAL ? rational(e[0] == 282 ? s.dxM : s.dzM) : value);
            } else {
                b.putInt((int) e[2]).putInt((int) value);
            }
        }
        long next = last ? 0 : pageAt + s.pageBytes();
        if (big) {
            b.putLong(next);
        } else {
            b.putInt((int) next);
        }
        b.put(text).putLong(rational(s.dxM)).putLong(rational(s.dzM));
        return b.array();
    }

    /** Pixels per centimetre as two 32-bit numbers, the first one first. */
    private static long rational(double stepM) {
        long denominator = 1_000_000;
        long numerator = Math.clamp(Math.round(0.01 / stepM * denominator), 1, LARGEST_PLAIN);
        return numerator | denominator << 32;
    }

    /** The words in which ImageJ keeps axes. An odd length is padded, because directories start at even bytes. */
    private static byte[] description(Stack s) {
        String text = "ImageJ=1.53t\nimages=" + s.pages() + "\nchannels=" + s.channels + "\nslices=" + s.slices
                + "\nframes=" + s.frames + "\nhyperstack=true\nunit=mm\nspacing=" + mm(s.dyM)
                + (s.stepS > 0 ? "\nfinterval=" + s.stepS : "") + "\nloop=false\n";
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(ascii, ascii.length + 2 - ascii.length % 2);
    }

    private static String mm(double m) {
        return String.format(Locale.ROOT, "%.6g", m * 1e3);
    }
}
