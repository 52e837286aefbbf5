package org.fus.core.sequence;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;

/**
 * When a transmitted wave arrives, and whether it comes at all. Immutable.
 *
 * <p>The elements fire by the delay law of one speed of sound; the medium may have another. Then the wave in the medium is
 * the one that such a law makes there: its direction follows from the law's slowness along the array (Snell), the
 * curvature from the law's second derivative.
 */
public final class TransmitPath {
    private final ToDoubleFunction<Vector3> timeS;
    private final Predicate<Vector3> reached;
    private final Vector3 directionAtArray;

    private TransmitPath(ToDoubleFunction<Vector3> timeS, Predicate<Vector3> reached, Vector3 directionAtArray) {
        this.timeS = timeS;
        this.reached = reached;
        this.directionAtArray = directionAtArray;
    }

    private static TransmitPath everywhere(ToDoubleFunction<Vector3> timeS, Vector3 directionAtArray) {
        return new TransmitPath(timeS, p -> true, directionAtArray);
    }

    /**
     * The path of one transmit.
     *
     * @param transmit the firing
     * @param probe the array
     * @param model how arrivals are computed; laws of arbitrary delays always go by first arrival
     * @param sequence the sequence that the firing belongs to: its frequency, and the speed of sound of its delay laws
     * @param soundSpeedMPerS speed of sound in the medium, metres per second
     * @return the path
     * @throws IllegalArgumentException when the wave cannot exist in the medium (beyond its critical angle)
     */
    public static TransmitPath of(
            Transmit transmit, Probe probe, TransmitModel model, TransmitSequence sequence, double soundSpeedMPerS) {
        Objects.requireNonNull(model, "model");
        double lawSpeed = sequence.soundSpeedMPerS();
        if (model == TransmitModel.FIRST_ARRIVAL || transmit instanceof Transmit.ElementDelays) {
            return everywhere(FirstArrival.of(transmit, probe, lawSpeed, soundSpeedMPerS)::timeS, Vector3.Z);
        }
        Wavefront wave = Wavefront.of(transmit, probe);
        return switch (transmit) {
            case Transmit.PlaneWave w -> plane(w, wave, lawSpeed, soundSpeedMPerS);
            case Transmit.DivergingWave w -> {
                Source source = Source.behind(w.sourceM(), wave, lawSpeed, soundSpeedMPerS);
                double offsetS = (wave.pathM(wave.centerM()) - wave.firstPathM()) / lawSpeed;
                yield everywhere(
                        p -> offsetS + (wave.distanceM(p, source.atM) - source.rangeM) / soundSpeedMPerS,
                        source.outward.times(-1));
            }
            case Transmit.FocusedWave w -> focused(w, wave, model, sequence, soundSpeedMPerS);
            case Transmit.SingleElement w ->
                everywhere(p -> probe.element(w.element()).distanceM(p) / soundSpeedMPerS, Vector3.Z);
            case Transmit.ElementDelays _ -> throw new AssertionError(transmit);
        };
    }

    private static TransmitPath plane(Transmit.PlaneWave w, Wavefront wave, double lawSpeed, double mediumSpeed) {
        Vector3 d = refracted(w.direction(), lawSpeed, mediumSpeed);
        double offsetS = -wave.firstPathM() / lawSpeed;
        return everywhere(p -> offsetS + wave.across(p).dot(d) / mediumSpeed, d);
    }

    /** A direction in the medium with the law's slowness along the array. */
    private static Vector3 refracted(Vector3 d, double lawSpeed, double mediumSpeed) {
        if (lawSpeed == mediumSpeed) {
            return d;
        }
        double ratio = mediumSpeed / lawSpeed;
        double cosSquared = 1 - ratio * ratio * (d.x() * d.x() + d.y() * d.y());
        if (!(cosSquared > 0)) {
            throw new IllegalArgumentException("a wave along " + d + " made by a law for " + lawSpeed
                    + " m/s cannot enter a medium of " + mediumSpeed + " m/s; use a smaller tilt");
        }
        return new Vector3(d.x() * ratio, d.y() * ratio, Math.copySign(Math.sqrt(cosSquared), d.z()));
    }

    private static TransmitPath focused(
            Transmit.FocusedWave w,
            Wavefront wave,
            TransmitModel model,
            TransmitSequence sequence,
            double mediumSpeed) {
        double lawSpeed = sequence.soundSpeedMPerS();
        Source focus = Source.behind(w.focusM(), wave, lawSpeed, mediumSpeed);
        double centerS = (wave.pathM(wave.centerM()) - wave.firstPathM()) / lawSpeed;
        double focusS = centerS + focus.rangeM / mediumSpeed;
        double tan = wave.tanHalfAngle(focus.atM, focus.outward);
        double wavelengthM = mediumSpeed / sequence.centerFrequencyHz();
        FocusedBeam beam = new FocusedBeam(focus.outward, tan, wavelengthM);
        ToDoubleFunction<Vector3> timeS = p -> focusS + beam.signedPathM(wave.across(p.minus(focus.atM))) / mediumSpeed;
        return model == TransmitModel.UNIFIED
                ? everywhere(timeS, focus.outward)
                : new TransmitPath(timeS, p -> beam.contains(wave.across(p.minus(focus.atM))), focus.outward);
    }

    /**
     * When the wave arrives.
     *
     * @param pointM a point in front of the array, metres
     * @return seconds after time zero
     */
    public double timeS(Vector3 pointM) {
        return timeS.applyAsDouble(pointM);
    }

    /**
     * Whether the wave comes to a point.
     *
     * @param pointM a point in front of the array, metres
     * @return false outside the beam of a focused wave with {@link TransmitModel#VIRTUAL_SOURCE}
     */
    public boolean reaches(Vector3 pointM) {
        return reached.test(pointM);
    }

    /**
     * The direction in which the middle of the wave leaves the array.
     *
     * @return a unit vector; +z for waves from single elements and arbitrary delays
     */
    public Vector3 directionAtArray() {
        return directionAtArray;
    }

    /** A real or virtual source as the medium sees it: where, how far from the centre of the aperture, which way. */
    private record Source(Vector3 atM, double rangeM, Vector3 outward) {
        static Source behind(Vector3 lawM, Wavefront wave, double lawSpeed, double mediumSpeed) {
            Vector3 way = wave.across(lawM.minus(wave.centerM()));
            double rangeM = way.length();
            Vector3 outward = way.unit();
            if (lawSpeed == mediumSpeed) {
                return new Source(lawM, rangeM, outward);
            }
            Vector3 bent = refracted(outward, lawSpeed, mediumSpeed);
            double cosRatio = bent.z() / outward.z();
            double range = rangeM * lawSpeed / mediumSpeed * cosRatio * cosRatio;
            return new Source(wave.centerM().plus(bent.times(range)), range, bent);
        }
    }

    /** The double cone of a focused beam. Vectors are counted from the focus. */
    private record FocusedBeam(Vector3 axis, double tanHalfAngle, double wavelengthM) {
        /** Signed path from the focus: spherical within the cone, even along the axis outside it. */
        double signedPathM(Vector3 v) {
            double along = v.dot(axis);
            double off = v.minus(axis.times(along)).length();
            if (off <= Math.abs(along) * tanHalfAngle) {
                return Math.copySign(v.length(), along);
            }
            return along * Math.sqrt(1 + tanHalfAngle * tanHalfAngle);
        }

        boolean contains(Vector3 v) {
            double along = v.dot(axis);
            double off = v.minus(axis.times(along)).length();
            double fNumber = 1 / (2 * tanHalfAngle);
            return off <= Math.max(Math.abs(along) * tanHalfAngle, wavelengthM * fNumber);
        }
    }
}
