package org.fus.core.render;

import org.fus.core.data.DopplerFrame;

/** Turns the values of one map into colours, and knows what its colour bar says. */
final class Painter {
    /** The colour of pixels without a value: a light blue-grey that none of the colour maps holds. */
    static final int NO_VALUE = OkLab.rgb(0xb4, 0xc0, 0xc8);

    private final DopplerFrame map;
    private final ColorMap colors;
    private final double reference;
    private final double perDecade;
    private final double low;
    private final double high;

    Painter(DopplerFrame map, Scale scale, ColorMap colors) {
        this.map = map;
        this.colors = colors;
        switch (scale) {
            case Scale.Decibel(double range) -> {
                this.reference = largest(map);
                this.perDecade = map.quantity().isPower() ? 10 : 20;
                this.low = -range;
                this.high = 0;
            }
            case Scale.Linear(double first, double last) -> {
                this.reference = Double.NaN;
                this.perDecade = Double.NaN;
                this.low = first;
                this.high = last;
            }
        }
    }

    /** The value as the colour bar counts it: dB below the maximum, or the value itself. NaN stays NaN. */
    double shown(int pixel) {
        float v = map.at(pixel);
        if (Double.isNaN(perDecade) || Float.isNaN(v)) {
            return v;
        }
        return v > 0 ? perDecade * Math.log10(v / reference) : Double.NEGATIVE_INFINITY;
    }

    int color(int pixel) {
        double v = shown(pixel);
        return Double.isNaN(v) ? NO_VALUE : colors.at((v - low) / (high - low));
    }

    ColorMap colors() {
        return colors;
    }

    /** The low end of the colour bar, in the unit of {@link #unit}. */
    double barLow() {
        return low * barFactor();
    }

    double barHigh() {
        return high * barFactor();
    }

    /** Decibels, or the quantity's unit; velocities are read in millimetres per second. */
    String unit() {
        if (!Double.isNaN(perDecade)) {
            return "dB";
        }
        return isVelocity() ? "mm/s" : map.quantity().unit();
    }

    private double barFactor() {
        return Double.isNaN(perDecade) && isVelocity() ? 1e3 : 1;
    }

    private boolean isVelocity() {
        return map.quantity().unit().equals("m/s");
    }

    private static double largest(DopplerFrame map) {
        double most = 0;
        for (int i = 0; i < map.grid().size(); i++) {
            float v = map.at(i);
            if (Float.isFinite(v)) {
                most = Math.max(most, v);
            }
        }
        return most;
    }
}
