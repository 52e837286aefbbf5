package org.fus.core.pipeline;

import java.util.Locale;
import java.util.Objects;
import org.fus.core.clutter.ButterworthClutterFilter;
import org.fus.core.clutter.ClutterFilter;
import org.fus.core.clutter.ComponentRule;
import org.fus.core.clutter.DctClutterFilter;
import org.fus.core.clutter.FirClutterFilter;
import org.fus.core.clutter.LocalSvdClutterFilter;
import org.fus.core.clutter.PolynomialClutterFilter;
import org.fus.core.clutter.SvdClutterFilter;

/** Which clutter filter a recipe asks for. */
public sealed interface Clutter {
    /** What people may type, for messages and help. */
    String FORMS = "none, svd:N, svd:LOW:HIGH (components kept), svd-energy:HIGHEST or svd-energy:LOWEST:HIGHEST,"
            + " svd-cumulative:HIGHEST, svd-auto:similarity, svd-auto:turning-point, with +noise for the weak end,"
            + " svd-local:NZxNX:RULE (RULE is N, similarity or turning-point), butterworth:HZ[:ORDER], fir:HZ:TAPS,"
            + " poly:DEGREE or dct:N";

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
     * Singular components by any rule.
     *
     * @param rule which components are kept
     */
    record SvdRule(ComponentRule rule) implements Clutter {
        /** Checks that nothing is missing. */
        public SvdRule {
            Objects.requireNonNull(rule, "rule");
        }

        @Override
        public ClutterFilter filter() {
            return SvdClutterFilter.of(rule);
        }

        @Override
        public String text() {
            return ClutterText.of(rule);
        }
    }

    /**
     * Singular components in overlapping windows of the image.
     *
     * @param rule which components each window keeps
     * @param windows their size and overlap
     */
    record Local(ComponentRule rule, LocalSvdClutterFilter.Windows windows) implements Clutter {
        /** Checks that nothing is missing. */
        public Local {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(windows, "windows");
        }

        @Override
        public ClutterFilter filter() {
            return LocalSvdClutterFilter.of(rule, windows);
        }

        @Override
        public String text() {
            return "svd-local:" + windows.nz() + "x" + windows.nx() + ":" + ClutterText.local(rule);
        }
    }

    /**
     * A Butterworth high-pass, forward and backward.
     *
     * @param parameters cutoff and order
     */
    record Butterworth(ButterworthClutterFilter parameters) implements Clutter {
        /** Checks that nothing is missing. */
        public Butterworth {
            Objects.requireNonNull(parameters, "parameters");
        }

        @Override
        public ClutterFilter filter() {
            return parameters;
        }

        @Override
        public String text() {
            return "butterworth:" + Numbers.text(parameters.cutoffHz()) + ":" + parameters.order();
        }
    }

    /**
     * A high-pass of finite length.
     *
     * @param parameters cutoff and length
     */
    record Fir(FirClutterFilter parameters) implements Clutter {
        /** Checks that nothing is missing. */
        public Fir {
            Objects.requireNonNull(parameters, "parameters");
        }

        @Override
        public ClutterFilter filter() {
            return parameters;
        }

        @Override
        public String text() {
            return "fir:" + Numbers.text(parameters.cutoffHz()) + ":" + parameters.taps();
        }
    }

    /**
     * Polynomial regression.
     *
     * @param parameters degree
     */
    record Polynomial(PolynomialClutterFilter parameters) implements Clutter {
        /** Checks that nothing is missing. */
        public Polynomial {
            Objects.requireNonNull(parameters, "parameters");
        }

        @Override
        public ClutterFilter filter() {
            return parameters;
        }

        @Override
        public String text() {
            return "poly:" + parameters.degree();
        }
    }

    /**
     * Cosine regression.
     *
     * @param parameters number of coefficients
     */
    record Dct(DctClutterFilter parameters) implements Clutter {
        /** Checks that nothing is missing. */
        public Dct {
            Objects.requireNonNull(parameters, "parameters");
        }

        @Override
        public ClutterFilter filter() {
            return parameters;
        }

        @Override
        public String text() {
            return "dct:" + parameters.removed();
        }
    }

    /**
     * The filter that does it.
     *
     * @return may be used by many threads; one that is kept spares its work space from block to block
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
     * @param text one of {@link #FORMS}; case does not matter
     * @return the choice
     * @throws IllegalArgumentException for any other text
     */
    static Clutter parse(String text) {
        return ClutterText.parse(text, text.toLowerCase(Locale.ROOT).split(":", -1));
    }
}
