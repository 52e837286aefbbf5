package org.fus.core.beamforming;

/**
 * A method and its parameters as typed.
 *
 * @param text all of it
 * @param parts split at colons
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never shared
record MethodText(String text, String[] parts) {
    PixelMethod pixelMethod() {
        return switch (parts[0]) {
            case "cf" -> without(new CoherenceFactor());
            case "gcf" -> {
                atMost(1);
                yield new GeneralizedCoherenceFactor(whole(GeneralizedCoherenceFactor.DEFAULT.cutoff()));
            }
            case "pcf" -> {
                atMost(1);
                yield new PhaseCoherenceFactor(number(1, PhaseCoherenceFactor.DEFAULT.strength()));
            }
            case "slsc" -> {
                atMost(1);
                yield new ShortLagSpatialCoherence(number(1, ShortLagSpatialCoherence.DEFAULT.shortLag()));
            }
            case "dmas" -> without(new DelayMultiplyAndSum(false));
            case "fdmas" -> without(new DelayMultiplyAndSum(true));
            case "capon" -> capon();
            default ->
                throw new IllegalArgumentException("beamforming method '" + text + "' is not known; use one of "
                        + String.join(", ", BeamformingMethod.NAMES));
        };
    }

    private Capon capon() {
        atMost(3);
        boolean forwardOnly = parts.length > 3 && parts[3].equals("f");
        if (parts.length > 3 && !forwardOnly && !parts[3].equals("fb")) {
            throw new IllegalArgumentException("beamforming method '" + text + "': '" + parts[3]
                    + "' is neither fb (forward and backward averaging) nor f (forward)");
        }
        return new Capon(number(1, Capon.DEFAULT.subArray()), number(2, Capon.DEFAULT.loading()), !forwardOnly);
    }

    void atMost(int parameters) {
        if (parts.length > parameters + 1) {
            throw new IllegalArgumentException("beamforming method '" + text + "' has " + (parts.length - 1)
                    + " parameters behind colons, expected at most " + parameters);
        }
    }

    private PixelMethod without(PixelMethod method) {
        atMost(0);
        return method;
    }

    private double number(int place, double otherwise) {
        if (parts.length <= place) {
            return otherwise;
        }
        try {
            return Double.parseDouble(parts[place]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "beamforming method '" + text + "': '" + parts[place] + "' is not a number", e);
        }
    }

    private int whole(int otherwise) {
        double value = number(1, otherwise);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "beamforming method '" + text + "': '" + parts[1] + "' is not a whole number");
        }
        return (int) value;
    }
}
