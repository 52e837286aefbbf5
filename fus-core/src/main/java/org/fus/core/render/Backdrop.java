package org.fus.core.render;

import org.fus.core.data.DopplerFrame;

/** What shows where the map itself does not. */
sealed interface Backdrop {
    /** The colour of a pixel. */
    interface Colors {
        int color(int pixel);
    }

    Backdrop NONE = new None();

    /** The colours of a map with this behind it. */
    Colors over(Painter map);

    /** Nothing: the map shows everywhere. */
    record None() implements Backdrop {
        @Override
        public Colors over(Painter map) {
            return map::color;
        }
    }

    /** A grey picture where the power is too low. */
    record Gated(DopplerFrame background, DopplerFrame power, Scale gate) implements Backdrop {
        @Override
        public Colors over(Painter map) {
            Painter behind = new Painter(background, Scale.of(background), ColorMap.GRAY);
            Painter strength = new Painter(power, gate, ColorMap.GRAY);
            return pixel -> strength.shown(pixel) > strength.barLow() ? map.color(pixel) : behind.color(pixel);
        }
    }
}
