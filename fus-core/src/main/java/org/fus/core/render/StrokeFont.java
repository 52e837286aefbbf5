package org.fus.core.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters drawn with a pen of constant width. Lengths are in units of which a capital letter is {@value #CAP_HEIGHT}
 * high; y points up from the base line. Java's own fonts need system libraries that a server may lack, and differ from
 * machine to machine.
 */
final class StrokeFont {
    static final double CAP_HEIGHT = 14;
    static final double PEN = 1.75;
    private static final double GAP = 3.6;
    private static final double SPACE = 3.4;
    private static final double ARC_STEP_DEG = 12;

    /** One letter: its width and its strokes, each a polyline {@code x0, y0, x1, y1, ...}. */
    private record Glyph(double width, List<double[]> strokes) {}

    private static final Map<Integer, Glyph> GLYPHS = parseAll();
    private static final Glyph UNKNOWN = parse("8", "0,0 8,0 8,14 0,14 0,0");

    private StrokeFont() {}

    /** The width of a text of at least one letter, in units. */
    static double width(String text) {
        return text.codePoints().mapToDouble(c -> glyph(c).width() + GAP).sum() - GAP;
    }

    /** The strokes of a text that starts at the origin. */
    static List<double[]> strokes(String text) {
        List<double[]> out = new ArrayList<>();
        double x = 0;
        for (int c : text.codePoints().toArray()) {
            Glyph glyph = glyph(c);
            for (double[] stroke : glyph.strokes()) {
                double[] moved = stroke.clone();
                for (int i = 0; i < moved.length; i += 2) {
                    moved[i] += x;
                }
                out.add(moved);
            }
            x += glyph.width() + GAP;
        }
        return out;
    }

    private static Glyph glyph(int codePoint) {
        return GLYPHS.getOrDefault(codePoint, UNKNOWN);
    }

    private static Map<Integer, Glyph> parseAll() {
        Map<Integer, Glyph> out = new HashMap<>();
        out.put((int) ' ', new Glyph(SPACE, List.of()));
        for (String line : StrokeGlyphs.TABLE.lines().toList()) {
            String[] parts = line.split(" ", 3);
            out.put(parts[0].codePointAt(0), parse(parts[1], parts[2]));
        }
        return out;
    }

    private static Glyph parse(String width, String strokes) {
        List<double[]> out = new ArrayList<>();
        for (String stroke : strokes.split(";", -1)) {
            List<Double> line = new ArrayList<>();
            for (String item : stroke.trim().split(" ", -1)) {
                switch (item.charAt(0)) {
                    case '@' -> arc(line, numbers(item.substring(1)));
                    case '~' -> curve(line, numbers(item.substring(1)));
                    default -> add(line, numbers(item));
                }
            }
            out.add(line.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return new Glyph(Double.parseDouble(width), out);
    }

    private static double[] numbers(String list) {
        String[] parts = list.split(",", -1);
        double[] out = new double[parts.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Double.parseDouble(parts[i]);
        }
        return out;
    }

    private static void add(List<Double> line, double... xy) {
        line.add(xy[0]);
        line.add(xy[1]);
    }

    /** An elliptic arc: centre, half axes, first and last angle in degrees. */
    private static void arc(List<Double> line, double[] a) {
        int steps = (int) Math.ceil(Math.abs(a[5] - a[4]) / ARC_STEP_DEG);
        for (int i = 0; i <= steps; i++) {
            double angle = Math.toRadians(a[4] + (a[5] - a[4]) * i / steps);
            add(line, a[0] + a[2] * Math.cos(angle), a[1] + a[3] * Math.sin(angle));
        }
    }

    /** A quadratic curve from where the pen is: control point, end point. */
    private static void curve(List<Double> line, double[] c) {
        double x = line.get(line.size() - 2);
        double y = line.getLast();
        int steps = 8;
        for (int i = 1; i <= steps; i++) {
            double t = (double) i / steps;
            double u = 1 - t;
            add(line, u * u * x + 2 * u * t * c[0] + t * t * c[2], u * u * y + 2 * u * t * c[1] + t * t * c[3]);
        }
    }
}
