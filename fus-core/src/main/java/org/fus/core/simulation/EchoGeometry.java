package org.fus.core.simulation;

import org.fus.core.data.ChannelFormat;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitDelays;

/**
 * When an echo arrives and how strong it is. Both split into a part of the way out and a part of the way back:
 *
 * <pre>
 * time      = [origin offset + path out / c - start time] + [r / c]
 * amplitude = [10^(-alpha f path out / 20) spreading]     * [a D(theta) 10^(-alpha f r / 20) / sqrt(r / 1 mm)]
 * </pre>
 *
 * with the distance {@code r} to the element in the image plane and the directivity {@code D = cos(theta)
 * sinc(width sin(theta) / wavelength)} of an element in a soft baffle (Selfridge et al. 1980, doi:10.1063/1.91692).
 * Plane waves neither spread nor have edges: the scatterers are meant to lie in front of the array.
 */
final class EchoGeometry {
    private static final double REFERENCE_RANGE_M = 1e-3;
    private static final int DIRECTIVITY_STEPS = 4096;
    private static final int LOSS_STEPS = 65536;
    // two parts below this stay within an int when added
    private static final double MAX_TICKS = 1e9;

    private final ChannelFormat format;
    private final Probe probe;
    private final double soundSpeedMPerS;
    private final double nepersPerM;
    private final double[] firstArrivalS;
    /** Direction of travel of the plane waves; not used for others. */
    private final double[] sinTilt;

    private final double[] cosTilt;
    private final double[] sinNormal;
    private final double[] cosNormal;
    /** sinc(width s / wavelength) at s = i / DIRECTIVITY_STEPS; straight lines between are exact to 1e-6. */
    private final double[] directivity = new double[DIRECTIVITY_STEPS + 2];
    /** 10^(-alpha f r / 20) at r = i * lossStepM; straight lines between are exact to 1e-7. */
    private final double[] loss = new double[LOSS_STEPS + 2];

    private final double lossStepM;

    EchoGeometry(ChannelFormat format, Medium medium) {
        requirePlane(format);
        this.format = format;
        this.probe = format.probe();
        this.soundSpeedMPerS = medium.soundSpeedMPerS();
        double frequencyHz = format.sequence().centerFrequencyHz();
        this.nepersPerM = medium.attenuationDbPerMPerHz() * frequencyHz * Math.log(10) / 20;
        this.firstArrivalS = firstArrivals(format);
        this.sinTilt = new double[format.transmits()];
        this.cosTilt = new double[format.transmits()];
        for (int t = 0; t < sinTilt.length; t++) {
            if (format.sequence().transmits().get(t) instanceof Transmit.PlaneWave w) {
                sinTilt[t] = StrictMath.sin(w.tiltRad());
                cosTilt[t] = StrictMath.cos(w.tiltRad());
            }
        }
        this.sinNormal = new double[probe.elements()];
        this.cosNormal = new double[probe.elements()];
        for (int e = 0; e < sinNormal.length; e++) {
            sinNormal[e] = StrictMath.sin(probe.elementNormalRad(e));
            cosNormal[e] = StrictMath.cos(probe.elementNormalRad(e));
        }
        double widthOverWavelength = probe.elementWidthM() * frequencyHz / soundSpeedMPerS;
        for (int i = 0; i < directivity.length; i++) {
            directivity[i] = sinc(widthOverWavelength * i / DIRECTIVITY_STEPS);
        }
        // 20 nepers (174 dB) are silence: the table ends there, or at 1 m
        this.lossStepM = Math.min(1, 20 / nepersPerM) / LOSS_STEPS;
        for (int i = 0; i < loss.length; i++) {
            loss[i] = StrictMath.exp(-nepersPerM * i * lossStepM);
        }
    }

    /** The simulator works in one plane, all of whose elements fire and receive. */
    private static void requirePlane(ChannelFormat format) {
        if (!format.probe().isPlanar()
                || !format.channelMap().isIdentity(format.probe().elements())) {
            throw new FusUnsupportedException(
                    "the channel simulator knows arrays of one plane with a channel per element," + " not "
                            + format.probe() + " with " + format.channelMap() + "; use such an array");
        }
        for (Transmit transmit : format.sequence().transmits()) {
            boolean flat = switch (transmit) {
                case Transmit.PlaneWave w -> w.elevationRad() == 0;
                case Transmit.DivergingWave w -> w.sourceYM() == format.probe().elementYM(0);
                default -> true;
            };
            if (!flat || !transmit.aperture().isAll()) {
                throw new FusUnsupportedException("the channel simulator knows waves in the plane of the array that all"
                        + " elements fire, not " + transmit + "; use such a wave");
            }
        }
    }

    /** Per transmit, when the wave passes the origin, seconds after sample 0 was taken. */
    private static double[] firstArrivals(ChannelFormat format) {
        double[] arrival = new double[format.transmits()];
        for (int t = 0; t < arrival.length; t++) {
            Transmit transmit = format.sequence().transmits().get(t);
            if (!(transmit instanceof Transmit.PlaneWave || transmit instanceof Transmit.DivergingWave)) {
                throw new FusUnsupportedException(
                        "transmit " + t + " (" + transmit.getClass().getSimpleName()
                                + ") is focused or from single elements, but the channel simulator knows plane and"
                                + " diverging waves only; use those");
            }
            arrival[t] = TransmitDelays.originOffsetS(
                            transmit, format.probe(), format.sequence().soundSpeedMPerS())
                    - format.samples().startTimesS().get(t);
        }
        return arrival;
    }

    double soundSpeedMPerS() {
        return soundSpeedMPerS;
    }

    /** Path of the wave from the origin to a point, metres. */
    double pathOutM(int transmit, double xM, double zM) {
        return switch (format.sequence().transmits().get(transmit)) {
            case Transmit.PlaneWave w -> xM * sinTilt[transmit] + zM * cosTilt[transmit];
            case Transmit.DivergingWave w ->
                distance(xM - w.sourceXM(), zM - w.sourceZM()) - distance(w.sourceXM(), w.sourceZM());
            default -> throw new AssertionError(transmit);
        };
    }

    /** Change of {@link #pathOutM} along x. */
    double slopeOutX(int transmit, double xM, double zM) {
        return switch (format.sequence().transmits().get(transmit)) {
            case Transmit.PlaneWave w -> sinTilt[transmit];
            case Transmit.DivergingWave w -> (xM - w.sourceXM()) / distance(xM - w.sourceXM(), zM - w.sourceZM());
            default -> throw new AssertionError(transmit);
        };
    }

    /** Change of {@link #pathOutM} along z. */
    double slopeOutZ(int transmit, double xM, double zM) {
        return switch (format.sequence().transmits().get(transmit)) {
            case Transmit.PlaneWave w -> cosTilt[transmit];
            case Transmit.DivergingWave w -> (zM - w.sourceZM()) / distance(xM - w.sourceXM(), zM - w.sourceZM());
            default -> throw new AssertionError(transmit);
        };
    }

    /** Amplitude of the wave after a path from the origin. */
    double amplitudeOut(int transmit, double pathM) {
        double attenuated = attenuation(pathM);
        if (format.sequence().transmits().get(transmit) instanceof Transmit.DivergingWave w) {
            double start = distance(w.sourceXM(), w.sourceZM());
            return attenuated * Math.sqrt(start / (start + pathM));
        }
        return attenuated;
    }

    /** The way out to all points: ticks and amplitudes. */
    void out(int transmit, Points points, double ticksPerS, int[] ticks, float[] amplitude) {
        for (int i = 0; i < points.size(); i++) {
            double path = pathOutM(transmit, points.xM()[i], points.zM()[i]);
            ticks[i] = ticks((firstArrivalS[transmit] + path / soundSpeedMPerS) * ticksPerS);
            amplitude[i] = (float) amplitudeOut(transmit, path);
        }
    }

    double offsetX(int element, double xM) {
        return xM - probe.elementXM(element);
    }

    double offsetZ(int element, double zM) {
        return zM - probe.elementZM(element);
    }

    double rangeM(int element, double xM, double zM) {
        return distance(xM - probe.elementXM(element), zM - probe.elementZM(element));
    }

    /** Amplitude of the way back to an element; 0 from behind it. */
    double amplitudeBack(int element, double xM, double zM, double rangeM) {
        double dx = xM - probe.elementXM(element);
        double dz = zM - probe.elementZM(element);
        double perRange = 1 / rangeM;
        double cos = (dx * sinNormal[element] + dz * cosNormal[element]) * perRange;
        double sin = Math.abs(dx * cosNormal[element] - dz * sinNormal[element]) * perRange;
        if (cos <= 0) {
            return 0;
        }
        return cos
                * between(directivity, sin * DIRECTIVITY_STEPS)
                * attenuation(rangeM)
                * Math.sqrt(REFERENCE_RANGE_M * perRange);
    }

    /** The way back of all points, with the amplitudes of the points. */
    void back(int element, Points points, double ticksPerS, int[] ticks, float[] amplitude) {
        double ticksPerM = ticksPerS / soundSpeedMPerS;
        for (int i = 0; i < points.size(); i++) {
            double x = points.xM()[i];
            double z = points.zM()[i];
            double range = rangeM(element, x, z);
            ticks[i] = ticks(range * ticksPerM);
            amplitude[i] = (float) (points.amplitude()[i] * amplitudeBack(element, x, z, range));
        }
    }

    private double attenuation(double pathM) {
        double at = pathM / lossStepM;
        // off the table: before the origin, on the edge of a tilted wave, or very far
        return at >= 0 && at < LOSS_STEPS ? between(loss, at) : StrictMath.exp(-nepersPerM * pathM);
    }

    private static int ticks(double t) {
        return (int) Math.rint(Math.min(Math.max(t, -MAX_TICKS), MAX_TICKS));
    }

    private static double between(double[] table, double at) {
        int i = (int) at;
        return table[i] + (at - i) * (table[i + 1] - table[i]);
    }

    private static double distance(double dx, double dz) {
        return Math.sqrt(dx * dx + dz * dz);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
    }
}
