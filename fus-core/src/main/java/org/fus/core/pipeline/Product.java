package org.fus.core.pipeline;

import java.util.Locale;
import java.util.Objects;
import org.fus.core.clutter.ClutterFilter;
import org.fus.core.data.DopplerFrame;
import org.fus.core.data.IqEnsemble;
import org.fus.core.doppler.BMode;
import org.fus.core.doppler.ColorDoppler;
import org.fus.core.doppler.DirectionalPower;
import org.fus.core.doppler.PowerDoppler;
import org.fus.core.doppler.VelocityBand;
import org.fus.core.run.RunContext;

/** The map that a recipe ends in. */
// Without default methods, so that a record does not initialise this interface and the constants cannot deadlock.
@SuppressWarnings("ClassInitializationDeadlock")
public sealed interface Product {
    /** Power Doppler. */
    Product POWER = new Power();

    /** Axial velocity by the lag-1 autocorrelation. */
    Product COLOR = new Color(ColorDoppler.DEFAULT);

    /** Mean envelope. */
    Product BMODE = new Envelope();

    /** What people may type, for messages and help. */
    String FORMS = "power, color, bmode, signed, directional:towards, directional:away, directional (their difference),"
            + " variance or band:LOW:HIGH (axial velocities in mm/s, negative is away from the probe)";

    /** Mean power of the filtered frames. */
    record Power() implements Product {
        @Override
        public String text() {
            return "power";
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.Svd(40);
        }

        @Override
        public int leastFrames() {
            return 1;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return PowerDoppler.of(ensemble, context);
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return filter.power(ensemble, context);
        }
    }

    /**
     * Axial velocity.
     *
     * @param estimator lag and smoothing
     */
    record Color(ColorDoppler estimator) implements Product {
        /** Checks that nothing is missing. */
        public Color {
            Objects.requireNonNull(estimator, "estimator");
        }

        @Override
        public String text() {
            return "color";
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.None();
        }

        @Override
        public int leastFrames() {
            return estimator.lag() + 1;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return estimator.of(ensemble, context);
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return of(filter.apply(ensemble, context), context);
        }
    }

    /**
     * Variance of the axial velocity.
     *
     * @param estimator lag and smoothing
     */
    record Variance(ColorDoppler estimator) implements Product {
        /** Checks that nothing is missing. */
        public Variance {
            Objects.requireNonNull(estimator, "estimator");
        }

        @Override
        public String text() {
            return "variance";
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.None();
        }

        @Override
        public int leastFrames() {
            return estimator.lag() + 1;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return estimator.variance(ensemble, context);
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return of(filter.apply(ensemble, context), context);
        }
    }

    /** Mean envelope of the frames, B-mode before log compression. */
    record Envelope() implements Product {
        @Override
        public String text() {
            return "bmode";
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.None();
        }

        @Override
        public int leastFrames() {
            return 1;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return BMode.of(ensemble, context);
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return of(filter.apply(ensemble, context), context);
        }
    }

    /** Power with the sign of the mean velocity. */
    record Signed() implements Product {
        @Override
        public String text() {
            return "signed";
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.Svd(40);
        }

        @Override
        public int leastFrames() {
            return 2;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return DirectionalPower.signed(ensemble, context);
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return of(filter.apply(ensemble, context), context);
        }
    }

    /**
     * Power of one direction of flow.
     *
     * @param direction which one
     */
    record Directional(Direction direction) implements Product {
        /** Checks that nothing is missing. */
        public Directional {
            Objects.requireNonNull(direction, "direction");
        }

        @Override
        public String text() {
            return direction == Direction.DIFFERENCE
                    ? "directional"
                    : "directional:" + direction.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.Svd(40);
        }

        @Override
        public int leastFrames() {
            return 1;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return switch (direction) {
                case TOWARDS -> DirectionalPower.towards(ensemble, context);
                case AWAY -> DirectionalPower.away(ensemble, context);
                case DIFFERENCE -> DirectionalPower.difference(ensemble, context);
            };
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return of(filter.apply(ensemble, context), context);
        }
    }

    /** Directions of flow. */
    enum Direction {
        /** Towards the probe. */
        TOWARDS,
        /** Away from the probe. */
        AWAY,
        /** Power towards less power away. */
        DIFFERENCE
    }

    /**
     * Power of a band of velocities.
     *
     * @param band the velocities
     */
    record Band(VelocityBand band) implements Product {
        /** Checks that nothing is missing. */
        public Band {
            Objects.requireNonNull(band, "band");
        }

        @Override
        public String text() {
            return "band:" + Numbers.text(band.lowestMPerS() * 1e3) + ":" + Numbers.text(band.highestMPerS() * 1e3);
        }

        @Override
        public Clutter defaultClutter() {
            return new Clutter.Svd(40);
        }

        @Override
        public int leastFrames() {
            return 1;
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, RunContext context) {
            return band.of(ensemble, context);
        }

        @Override
        public DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context) {
            return of(filter.apply(ensemble, context), context);
        }
    }

    /**
     * The map as people type it.
     *
     * @return such as {@code power}, accepted by {@link #parse}; smoothing and lag are not part of it
     */
    String text();

    /**
     * Reads a choice.
     *
     * @param text one of {@link #FORMS}; case does not matter
     * @return the choice
     * @throws IllegalArgumentException for any other text
     */
    static Product parse(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
        return switch (parts[0]) {
            case "power" -> alone(text, parts, POWER);
            case "color" -> alone(text, parts, COLOR);
            case "bmode" -> alone(text, parts, BMODE);
            case "signed" -> alone(text, parts, new Signed());
            case "variance" -> alone(text, parts, new Variance(ColorDoppler.DEFAULT));
            case "directional" -> directional(text, parts);
            case "band" -> {
                Numbers.requireCount("kind", text, parts, 2, 2, "band:LOW:HIGH in mm/s, such as band:-5:-1");
                yield new Band(new VelocityBand(
                        Numbers.real("kind", text, parts[1]) * 1e-3,
                        Numbers.real("kind", text, parts[2]) * 1e-3,
                        false));
            }
            default -> throw new IllegalArgumentException("kind '" + text + "' is not known; use " + FORMS);
        };
    }

    private static Product directional(String text, String[] parts) {
        if (parts.length == 1) {
            return new Directional(Direction.DIFFERENCE);
        }
        Numbers.requireCount("kind", text, parts, 1, 1, "directional:towards or directional:away");
        return switch (parts[1]) {
            case "towards" -> new Directional(Direction.TOWARDS);
            case "away" -> new Directional(Direction.AWAY);
            default ->
                throw new IllegalArgumentException(
                        "kind '" + text + "': expected directional:towards or directional:away");
        };
    }

    private static Product alone(String text, String[] parts, Product product) {
        Numbers.requireCount("kind", text, parts, 0, 0, product.text());
        return product;
    }

    /**
     * The clutter filter when nobody says otherwise: the first 40 components for all power Doppler, the lower end of what
     * is usual for 200 frames (Demene et al. 2015, doi:10.1109/TMI.2015.2428634); none for the others.
     *
     * @return the choice
     */
    Clutter defaultClutter();

    /**
     * The fewest filtered frames that give this map.
     *
     * @return at least 1
     */
    int leastFrames();

    /**
     * Makes the map of frames as they are.
     *
     * @param ensemble frames, filtered as the recipe says
     * @param context where to run
     * @return the map
     */
    DopplerFrame of(IqEnsemble ensemble, RunContext context);

    /**
     * Filters frames and makes the map; power Doppler without making the filtered frames, when the filter can.
     *
     * @param ensemble frames as beamformed
     * @param filter what removes tissue
     * @param context where to run
     * @return the map
     */
    DopplerFrame of(IqEnsemble ensemble, ClutterFilter filter, RunContext context);
}
