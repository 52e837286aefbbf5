package org.fus.core.beamforming;

import java.util.List;
import java.util.Objects;
import org.fus.core.data.ChannelFormat;
import org.fus.core.geometry.ImageGrid;

/** Which beamformer, as data: part of a recipe, and what people type. Immutable. */
public sealed interface BeamformingMethod {
    /** The texts that {@link #parse} takes, for help and messages. */
    List<String> NAMES = List.of(
            "das",
            "cf",
            "gcf[:CUTOFF]",
            "pcf[:STRENGTH]",
            "slsc[:SHORT_LAG]",
            "dmas",
            "fdmas",
            "capon[:SUB_ARRAY:LOADING]",
            "fk");

    /** Delay-and-sum with coherent compounding, the fastest. */
    record Das() implements BeamformingMethod {
        @Override
        public Beamformer plan(ChannelFormat iq, ImageGrid grid, DasOptions options) {
            return DelayAndSum.plan(iq, grid, options);
        }

        @Override
        public String text() {
            return "das";
        }
    }

    /**
     * A method on the aligned samples of each pixel.
     *
     * @param method the method
     * @param compounding how transmits come together
     */
    record Adaptive(PixelMethod method, Compounding compounding) implements BeamformingMethod {
        /** Checks that nothing is missing. */
        public Adaptive {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(compounding, "compounding");
        }

        @Override
        public Beamformer plan(ChannelFormat iq, ImageGrid grid, DasOptions options) {
            return AdaptiveBeamformer.plan(iq, grid, options, method, compounding);
        }

        @Override
        public String text() {
            return method.text();
        }
    }

    /**
     * Stolt f-k migration. It has no aperture, so of the options of a plan only the defaults mean anything to it.
     *
     * @param options paddings
     */
    record Fk(FkOptions options) implements BeamformingMethod {
        /** Checks that nothing is missing. */
        public Fk {
            Objects.requireNonNull(options, "options");
        }

        @Override
        public Beamformer plan(ChannelFormat iq, ImageGrid grid, DasOptions das) {
            return FkMigration.plan(iq, grid.cartesian(), options);
        }

        @Override
        public String text() {
            return "fk";
        }
    }

    /**
     * Prepares the beamformer.
     *
     * @param iq what the IQ samples mean
     * @param grid where to look
     * @param options the aperture; not used by {@link Fk}
     * @return the plan
     * @throws IllegalArgumentException when the parts do not fit together
     * @throws org.fus.core.error.FusUnsupportedException for geometry that the method cannot do
     */
    Beamformer plan(ChannelFormat iq, ImageGrid grid, DasOptions options);

    /**
     * The method as people type it.
     *
     * @return a text that {@link #parse} takes
     */
    String text();

    /**
     * Reads a method. Parameters stand behind colons; those left out have their defaults.
     *
     * @param text such as {@code das}, {@code gcf:2} or {@code capon:0.5:0.01}
     * @param compounding how transmits come together
     * @return the method
     * @throws IllegalArgumentException for any other text, or a compounding that the method does not have
     */
    static BeamformingMethod parse(String text, Compounding compounding) {
        String[] parts = text.split(":", -1);
        MethodText given = new MethodText(text, parts);
        return switch (parts[0]) {
            case "das" -> {
                given.atMost(0);
                yield compounding == Compounding.INCOHERENT ? new Adaptive(new PlainSum(), compounding) : new Das();
            }
            case "fk" -> {
                given.atMost(0);
                if (compounding == Compounding.INCOHERENT) {
                    throw new IllegalArgumentException(
                            "fk compounds coherently alone; use das, or migrate single transmits");
                }
                yield new Fk(FkOptions.DEFAULTS);
            }
            default -> new Adaptive(given.pixelMethod(), compounding);
        };
    }
}
