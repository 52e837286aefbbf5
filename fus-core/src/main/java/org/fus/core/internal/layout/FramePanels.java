package org.fus.core.internal.layout;

import org.fus.core.error.FusUnsupportedException;

/**
 * The engine's layout of complex samples: frames innermost, in panels of up to 32 frames. Cell {@code c} (a channel
 * sample or a pixel) of a panel holds {@code [re x width | im x width]} from {@link #offset(int)} on, so that every inner
 * loop runs over contiguous frames. Frames that do not exist are zero.
 *
 * <p>One array per panel keeps a panel, not the whole data, below 2^31 floats. A few frames (8 or fewer) make a narrow
 * panel, so that one image does not pay for 32.
 */
public final class FramePanels {
    /** Frames in a full panel. */
    public static final int FULL_WIDTH = 32;

    /** Index of the first value: 64-byte aligned in a large array, whose elements start 16 bytes after its header. */
    public static final int BASE = 12;

    private final int frames;
    private final int cells;
    private final int width;
    private final float[][] panels;

    private FramePanels(int frames, int cells, int width) {
        this.frames = frames;
        this.cells = cells;
        this.width = width;
        this.panels = new float[(frames + width - 1) / width][];
    }

    /** Zeroed panels for {@code frames} frames of {@code cells} complex samples. */
    public static FramePanels allocate(int frames, int cells) {
        FramePanels p = new FramePanels(frames, cells, widthFor(frames));
        int length = p.arrayLength();
        for (int i = 0; i < p.panels.length; i++) {
            p.panels[i] = new float[length];
        }
        return p;
    }

    /** Zeroed panels as wide as those of {@code like}, so that both can be read side by side. */
    public static FramePanels allocateLike(FramePanels like, int frames, int cells) {
        FramePanels p = new FramePanels(frames, cells, like.width);
        int length = p.arrayLength();
        for (int i = 0; i < p.panels.length; i++) {
            p.panels[i] = new float[length];
        }
        return p;
    }

    /** Frames {@code [first, first + count)}, sharing panels that are whole and start at {@code first}. */
    public FramePanels slice(int first, int count) {
        java.util.Objects.checkFromIndexSize(first, count, frames);
        boolean whole = first % width == 0 && (count % width == 0 || first + count == frames);
        if (whole && (width == FULL_WIDTH || widthFor(count) == width)) {
            FramePanels part = new FramePanels(count, cells, width);
            System.arraycopy(panels, first / width, part.panels, 0, part.panels.length);
            return part;
        }
        FramePanels copy = allocate(count, cells);
        float[] one = new float[2 * cells];
        for (int f = 0; f < count; f++) {
            copyFrame(first + f, one);
            copy.setFrame(f, one);
        }
        return copy;
    }

    /** The frames of several parts, one after the other, sharing their panels where these are full. */
    public static FramePanels concatenate(java.util.List<FramePanels> parts) {
        FramePanels first = parts.getFirst();
        int frames = 0;
        boolean shareable = true;
        for (FramePanels part : parts) {
            if (part.cells != first.cells) {
                throw new IllegalArgumentException(
                        "parts have " + first.cells + " and " + part.cells + " cells; they must agree");
            }
            // Asked of the frames before a part, because one part may stand in several places.
            shareable &= part.width == FULL_WIDTH && frames % FULL_WIDTH == 0;
            frames = Math.addExact(frames, part.frames);
        }
        FramePanels all = new FramePanels(frames, first.cells, widthFor(frames));
        if (shareable) {
            int next = 0;
            for (FramePanels part : parts) {
                System.arraycopy(part.panels, 0, all.panels, next, part.panels.length);
                next += part.panels.length;
            }
            return all;
        }
        FramePanels copy = allocate(frames, first.cells);
        float[] one = new float[2 * first.cells];
        int frame = 0;
        for (FramePanels part : parts) {
            for (int f = 0; f < part.frames; f++) {
                part.copyFrame(f, one);
                copy.setFrame(frame++, one);
            }
        }
        return copy;
    }

    private static int widthFor(int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException(frames + " frames, expected at least 1");
        }
        return frames > 8 ? FULL_WIDTH : frames == 1 ? 1 : Integer.highestOneBit(frames - 1) * 2;
    }

    private int arrayLength() {
        long length = BASE + 2L * width * cells;
        if (length > Integer.MAX_VALUE - 8) {
            throw new FusUnsupportedException("a panel of " + width + " frames x " + cells
                    + " complex samples does not fit one array; use fewer samples, transmits or pixels");
        }
        return (int) length;
    }

    public int frames() {
        return frames;
    }

    public int cells() {
        return cells;
    }

    /** Frames per panel: 32, or 1, 2, 4, 8 when there are no more frames than that. */
    public int width() {
        return width;
    }

    public int count() {
        return panels.length;
    }

    /** Frames of a panel that exist. */
    public int framesIn(int panel) {
        return Math.min(width, frames - panel * width);
    }

    public float[] panel(int panel) {
        return panels[panel];
    }

    /** Index of the real part of frame 0 of a cell; its imaginary part is {@code width} further on. */
    public int offset(int cell) {
        return BASE + 2 * width * cell;
    }

    public float re(int frame, int cell) {
        return panels[frame / width][offset(cell) + frame % width];
    }

    public float im(int frame, int cell) {
        return panels[frame / width][offset(cell) + width + frame % width];
    }

    public void set(int frame, int cell, float re, float im) {
        float[] p = panels[frame / width];
        int o = offset(cell) + frame % width;
        p[o] = re;
        p[o + width] = im;
    }

    /** Copies one frame to interleaved (re, im). */
    public void copyFrame(int frame, float[] interleaved) {
        float[] p = panels[frame / width];
        int o = BASE + frame % width;
        for (int c = 0; c < cells; c++, o += 2 * width) {
            interleaved[2 * c] = p[o];
            interleaved[2 * c + 1] = p[o + width];
        }
    }

    /** Sets one frame from interleaved (re, im). */
    public void setFrame(int frame, float[] interleaved) {
        float[] p = panels[frame / width];
        int o = BASE + frame % width;
        for (int c = 0; c < cells; c++, o += 2 * width) {
            p[o] = interleaved[2 * c];
            p[o + width] = interleaved[2 * c + 1];
        }
    }
}
