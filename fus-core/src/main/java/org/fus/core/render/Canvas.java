package org.fus.core.render;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** An opaque picture of plain pixels with the three things a figure needs: rectangles, lines and text. */
final class Canvas {
    private final int width;
    private final int height;
    private final int[] argb;

    Canvas(int width, int height, int background) {
        this.width = width;
        this.height = height;
        this.argb = new int[Math.multiplyExact(width, height)];
        Arrays.fill(argb, background);
    }

    /** Sets one pixel; a place outside the picture is ignored. */
    void set(int x, int y, int color) {
        if (x >= 0 && x < width && y >= 0 && y < height) {
            argb[y * width + x] = color;
        }
    }

    void fill(int x, int y, int w, int h, int color) {
        for (int row = y; row < y + h; row++) {
            for (int column = x; column < x + w; column++) {
                set(column, row, color);
            }
        }
    }

    /** A frame of one-pixel lines around the rectangle, outside it. */
    void frame(int x, int y, int w, int h, int color) {
        fill(x - 1, y - 1, w + 2, 1, color);
        fill(x - 1, y + h, w + 2, 1, color);
        fill(x - 1, y, 1, h, color);
        fill(x + w, y, 1, h, color);
    }

    /** Text whose capitals are {@code capHeight} pixels high, its base line starting at (x, y). */
    void text(String text, double x, double y, double capHeight, int color) {
        double scale = capHeight / StrokeFont.CAP_HEIGHT;
        List<double[]> strokes = StrokeFont.strokes(text);
        for (double[] s : strokes) {
            for (int i = 0; i < s.length; i += 2) {
                s[i] = x + scale * s[i];
                s[i + 1] = y - scale * s[i + 1];
            }
        }
        draw(strokes, scale * StrokeFont.PEN, color);
    }

    /** The same, turned to run upwards. */
    void textUpwards(String text, double x, double y, double capHeight, int color) {
        double scale = capHeight / StrokeFont.CAP_HEIGHT;
        List<double[]> strokes = StrokeFont.strokes(text);
        for (double[] s : strokes) {
            for (int i = 0; i < s.length; i += 2) {
                double along = s[i];
                s[i] = x - scale * s[i + 1];
                s[i + 1] = y - scale * along;
            }
        }
        draw(strokes, scale * StrokeFont.PEN, color);
    }

    static double textWidth(String text, double capHeight) {
        return StrokeFont.width(text) * capHeight / StrokeFont.CAP_HEIGHT;
    }

    /** Draws polylines with a round pen; where strokes cross, the ink is not laid on twice. */
    private void draw(List<double[]> strokes, double pen, int color) {
        if (strokes.isEmpty()) {
            return;
        }
        Box box = Box.around(strokes, pen).within(width, height);
        float[] ink = new float[box.width() * box.height()];
        for (double[] s : strokes) {
            for (int i = 0; i + 3 < s.length; i += 2) {
                segment(box, ink, s[i], s[i + 1], s[i + 2], s[i + 3], pen / 2);
            }
        }
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                int p = (box.top() + y) * width + box.left() + x;
                argb[p] = blend(argb[p], color, ink[y * box.width() + x]);
            }
        }
    }

    /** Covers a pixel by how far its centre lies within the pen's edge, over a ramp of one pixel. */
    private static void segment(Box box, float[] ink, double x0, double y0, double x1, double y1, double radius) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length2 = dx * dx + dy * dy;
        Box near = Box.around(List.of(new double[] {x0, y0, x1, y1}), 2 * radius);
        for (int y = Math.max(near.top(), box.top()); y < Math.min(near.bottom(), box.bottom()); y++) {
            for (int x = Math.max(near.left(), box.left()); x < Math.min(near.right(), box.right()); x++) {
                double px = x + 0.5 - x0;
                double py = y + 0.5 - y0;
                double t = length2 == 0 ? 0 : Math.clamp((px * dx + py * dy) / length2, 0.0, 1.0);
                double distance = Math.sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy));
                float cover = (float) Math.clamp(radius + 0.5 - distance, 0.0, 1.0);
                int p = (y - box.top()) * box.width() + x - box.left();
                ink[p] = Math.max(ink[p], cover);
            }
        }
    }

    /** Pixels from (left, top) up to but not including (right, bottom). */
    private record Box(int left, int top, int right, int bottom) {
        static Box around(List<double[]> strokes, double pen) {
            double left = Double.POSITIVE_INFINITY;
            double top = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            double bottom = Double.NEGATIVE_INFINITY;
            for (double[] s : strokes) {
                for (int i = 0; i < s.length; i += 2) {
                    left = Math.min(left, s[i]);
                    right = Math.max(right, s[i]);
                    top = Math.min(top, s[i + 1]);
                    bottom = Math.max(bottom, s[i + 1]);
                }
            }
            double margin = pen / 2 + 1;
            return new Box(
                    (int) Math.floor(left - margin),
                    (int) Math.floor(top - margin),
                    (int) Math.ceil(right + margin),
                    (int) Math.ceil(bottom + margin));
        }

        Box within(int width, int height) {
            return new Box(Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom));
        }

        int width() {
            return Math.max(0, right - left);
        }

        int height() {
            return Math.max(0, bottom - top);
        }
    }

    private static int blend(int under, int over, float cover) {
        int out = 0xff;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = under >> shift & 0xff;
            int b = over >> shift & 0xff;
            out = out << 8 | Math.round(a + cover * (b - a));
        }
        return out;
    }

    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        return image;
    }
}
