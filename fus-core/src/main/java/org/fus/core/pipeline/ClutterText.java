package org.fus.core.pipeline;

import org.fus.core.clutter.ButterworthClutterFilter;
import org.fus.core.clutter.ComponentRule;
import org.fus.core.clutter.DctClutterFilter;
import org.fus.core.clutter.FirClutterFilter;
import org.fus.core.clutter.LocalSvdClutterFilter;
import org.fus.core.clutter.PolynomialClutterFilter;

/** Clutter filters as people type them. */
final class ClutterText {
    private static final String WHAT = "clutter filter";
    private static final String NOISE = "+noise";

    /** The order that ConfUSIus takes by default: 24 dB per octave and pass. */
    private static final int DEFAULT_ORDER = 4;

    private ClutterText() {}

    static Clutter parse(String text, String[] parts) {
        return switch (parts[0]) {
            case "none" -> {
                Numbers.requireCount(WHAT, text, parts, 0, 0, "none without anything behind it");
                yield new Clutter.None();
            }
            case "svd" -> svd(text, parts);
            case "svd-energy" -> {
                Numbers.requireCount(WHAT, text, parts, 1, 2, "svd-energy:HIGHEST or svd-energy:LOWEST:HIGHEST");
                double first = Numbers.real(WHAT, text, parts[1]);
                yield new Clutter.SvdRule(
                        parts.length == 2
                                ? new ComponentRule.ByEnergy(0, first)
                                : new ComponentRule.ByEnergy(first, Numbers.real(WHAT, text, parts[2])));
            }
            case "svd-cumulative" -> {
                Numbers.requireCount(WHAT, text, parts, 1, 1, "svd-cumulative:HIGHEST");
                yield new Clutter.SvdRule(new ComponentRule.ByCumulativeEnergy(0, Numbers.real(WHAT, text, parts[1])));
            }
            case "svd-auto" -> {
                Numbers.requireCount(WHAT, text, parts, 1, 1, "svd-auto:similarity or svd-auto:turning-point");
                yield new Clutter.SvdRule(automatic(text, parts[1]));
            }
            case "svd-local" -> local(text, parts);
            case "butterworth" -> {
                Numbers.requireCount(WHAT, text, parts, 1, 2, "butterworth:HZ or butterworth:HZ:ORDER");
                int order = parts.length == 2 ? DEFAULT_ORDER : Numbers.whole(WHAT, text, parts[2]);
                yield new Clutter.Butterworth(new ButterworthClutterFilter(Numbers.real(WHAT, text, parts[1]), order));
            }
            case "fir" -> {
                Numbers.requireCount(WHAT, text, parts, 2, 2, "fir:HZ:TAPS, such as fir:40:21");
                yield new Clutter.Fir(
                        new FirClutterFilter(Numbers.real(WHAT, text, parts[1]), Numbers.whole(WHAT, text, parts[2])));
            }
            case "poly" -> {
                Numbers.requireCount(WHAT, text, parts, 1, 1, "poly:DEGREE");
                yield new Clutter.Polynomial(new PolynomialClutterFilter(Numbers.whole(WHAT, text, parts[1])));
            }
            case "dct" -> {
                Numbers.requireCount(WHAT, text, parts, 1, 1, "dct:N");
                yield new Clutter.Dct(new DctClutterFilter(Numbers.whole(WHAT, text, parts[1])));
            }
            default ->
                throw new IllegalArgumentException("clutter filter '" + text + "' is not known; use " + Clutter.FORMS);
        };
    }

    private static Clutter svd(String text, String[] parts) {
        Numbers.requireCount(WHAT, text, parts, 1, 2, "svd:N or svd:LOW:HIGH, such as svd:40");
        int low = Numbers.whole(WHAT, text, parts[1]);
        return parts.length == 2
                ? new Clutter.Svd(low)
                : new Clutter.SvdRule(new ComponentRule.ByIndex(low, Numbers.whole(WHAT, text, parts[2])));
    }

    private static Clutter local(String text, String[] parts) {
        String form = "svd-local:NZxNX:RULE, such as svd-local:40x40:20 or svd-local:40x40:similarity";
        Numbers.requireCount(WHAT, text, parts, 2, 2, form);
        String[] size = parts[1].split("x", -1);
        if (size.length != 2) {
            throw new IllegalArgumentException("clutter filter '" + text + "': expected " + form);
        }
        ComponentRule rule = Character.isDigit(parts[2].isEmpty() ? ' ' : parts[2].charAt(0))
                ? ComponentRule.removing(Numbers.whole(WHAT, text, parts[2]))
                : automatic(text, parts[2]);
        return new Clutter.Local(
                rule,
                LocalSvdClutterFilter.Windows.of(
                        Numbers.whole(WHAT, text, size[0]), Numbers.whole(WHAT, text, size[1])));
    }

    private static ComponentRule automatic(String text, String name) {
        boolean noise = name.endsWith(NOISE);
        String strong = noise ? name.substring(0, name.length() - NOISE.length()) : name;
        ComponentRule rule = switch (strong) {
            case "similarity" -> new ComponentRule.SpatialSimilarity(false);
            case "turning-point" -> new ComponentRule.TurningPoint();
            default ->
                throw new IllegalArgumentException("clutter filter '" + text
                        + "': expected similarity or turning-point, perhaps with +noise, got '" + name + "'");
        };
        return noise ? rule.and(new ComponentRule.NoiseFloor(1)) : rule;
    }

    static String of(ComponentRule rule) {
        return switch (rule) {
            case ComponentRule.ByIndex(int low, int high) ->
                high == ComponentRule.ALL ? "svd:" + low : "svd:" + low + ":" + high;
            case ComponentRule.ByEnergy(double low, double high) -> "svd-energy:" + (low == 0 ? "" : low + ":") + high;
            case ComponentRule.ByCumulativeEnergy(double low, double high) when low == 0 -> "svd-cumulative:" + high;
            default -> "svd-auto:" + automatic(rule);
        };
    }

    static String local(ComponentRule rule) {
        return rule instanceof ComponentRule.ByIndex(int low, int high) && high == ComponentRule.ALL
                ? Integer.toString(low)
                : automatic(rule);
    }

    /** Rules that no text can say are written as they are. */
    private static String automatic(ComponentRule rule) {
        return switch (rule) {
            case ComponentRule.SpatialSimilarity(boolean removeNoise) when !removeNoise -> "similarity";
            case ComponentRule.TurningPoint() -> "turning-point";
            case ComponentRule.Both(ComponentRule first, ComponentRule.NoiseFloor(double fraction))
            when fraction == 1 -> automatic(first) + NOISE;
            default -> rule.toString();
        };
    }
}
