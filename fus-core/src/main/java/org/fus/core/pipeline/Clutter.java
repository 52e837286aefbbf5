package org.fus.core.pipeline;

import org.fus.core.clutter.ClutterFilter;
import org.fus.core.clutter.SvdClutterFilter;

/** Which clutter filter a recipe asks for. */
public sealed interface Clutter {
    /** No filter. */
    record None() implements Clutter {
        @Override
        public ClutterFilter filter() {
            return ClutterFilter.none();
        }

        @Override
        public String text() {
            return "none";
        }
    }

    /**
     * Removal of the strongest singular components.
     *
     * @param removed how many; must stay below the number of frames
     */
    record Svd(int removed) implements Clutter {
        /** Checks the cutoff. */
        public Svd {
            if (removed < 0) {
                throw new IllegalArgumentException("clutter filter svd:" + removed + ": the cutoff must be 0 or more");
            }
        }

        @Override
        public ClutterFilter filter() {
            return SvdClutterFilter.removing(removed);
        }

        @Override
        public String text() {
            return "svd:" + removed;
        }
    }

    /**
     * The filter that does it.
     *
     * @return stateless
     */
    ClutterFilter filter();

    /**
     * The choice as people type it.
     *
     * @return such as {@code svd:40}, accepted by {@link #parse}
     */
    String text();

    /**
     * Reads a choice.
     *
     * @param text {@code none} or {@code svd:N}
     * @return the choice
     * @throws IllegalArgumentException for any other text
     */
    static Clutter parse(String text) {
        if (text.equals("none")) {
            return new None();
        }
        if (text.startsWith("svd:")) {
            try {
                return new Svd(Integer.parseInt(text.substring(4)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "clutter filter '" + text + "': expected a whole number after svd:, such as svd:40", e);
            }
        }
        throw new IllegalArgumentException("clutter filter '" + text + "' is not known; use none or svd:N");
    }
}
