package org.fus.io.urx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Probe;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitDelays;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfGroup;

/**
 * What fires. The file says it twice, as a wave and as a delay of each channel; the delays are what the device did. A wave
 * is taken where its own delays are those of the file, otherwise the delays alone.
 */
final class UrxWaves {
    private final UrxNodes urx;
    private final Probe probe;
    private final double soundSpeedMPerS;
    private final List<String> warnings;

    UrxWaves(UrxNodes urx, Probe probe, double soundSpeedMPerS, List<String> warnings) {
        this.urx = urx;
        this.probe = probe;
        this.soundSpeedMPerS = soundSpeedMPerS;
        this.warnings = warnings;
    }

    /**
     * A firing.
     *
     * @param timeZeroS its time zero, from the start of the event
     */
    record Fired(Transmit transmit, double timeZeroS) {}

    /**
     * Reads a firing.
     *
     * @param first number in the probe of the first element of the probe that fires
     * @param count its number of elements
     * @param place where the probe that fires stands
     */
    Fired read(String event, int first, int count, Affine3 place) {
        String setup = event + "/transmit_setup";
        double offsetS = urx.finite(setup + "/time_offset", 0);
        List<List<Integer>> active = urx.elementsOrAll(setup + "/active_elements", count);
        double[] delays = urx.row(setup + "/delays");
        int channels = active.size();
        if (delays.length != 0 && delays.length != channels) {
            throw urx.failure(setup + "/delays", "expected " + channels + " delays, got " + delays.length);
        }
        double[] law = new double[probe.elements()];
        Arrays.fill(law, Double.NaN);
        for (int c = 0; c < channels; c++) {
            for (int element : active.get(c)) {
                law[first + element] = delays.length == 0 ? 0 : delays[c];
                if (!Double.isFinite(law[first + element])) {
                    throw urx.failure(setup + "/delays", "expected finite numbers, got " + delays[c]);
                }
            }
        }
        Optional<Transmit> wave = wave(setup + "/wave", aperture(setup, law), law, place);
        if (delays.length == 0) {
            warnings.add(setup + " has no delays; those of its wave are taken, from the start of the event");
            return new Fired(
                    wave.orElseThrow(() -> urx.failure(
                            setup + "/delays",
                            "expected delays, or a plane, converging or diverging wave, got neither")),
                    offsetS);
        }
        return wave.flatMap(w -> fitted(w, law, offsetS)).orElseGet(() -> alone(setup, law, offsetS));
    }

    private TransmitAperture aperture(String setup, double[] law) {
        double[] weights = new double[law.length];
        boolean all = true;
        boolean none = true;
        for (int e = 0; e < law.length; e++) {
            weights[e] = Double.isNaN(law[e]) ? 0 : 1;
            all &= weights[e] == 1;
            none &= weights[e] == 0;
        }
        if (none) {
            throw urx.failure(setup + "/active_elements", "expected elements that fire, got none");
        }
        return all ? TransmitAperture.ALL : TransmitAperture.of(weights);
    }

    private Optional<Transmit> wave(String wave, TransmitAperture aperture, double[] law, Affine3 place) {
        int firing = 0;
        int last = -1;
        for (int e = 0; e < law.length; e++) {
            if (!Double.isNaN(law[e])) {
                firing++;
                last = e;
            }
        }
        if (firing == 1 && law.length > 1) {
            return Optional.of(new Transmit.SingleElement(last));
        }
        String type = urx.text(wave + "/type", "UNDEFINED");
        return switch (type) {
            case "PLANE_WAVE" -> {
                Vector3 d = UrxProbes.direction(place, unit(wave, point(wave)));
                if (!(d.z() > 0)) {
                    throw urx.failure(wave + "/parameters", "expected a direction into the medium, got " + d);
                }
                yield Optional.of(new Transmit.PlaneWave(
                        Math.atan2(d.x(), d.z()), Math.asin(Math.clamp(d.y(), -1, 1)), aperture));
            }
            case "CONVERGING_WAVE" -> {
                Vector3 p = placed(place, point(wave));
                yield p.z() > 0
                        ? Optional.of(new Transmit.FocusedWave(p.x(), p.y(), p.z(), aperture))
                        : Optional.empty();
            }
            case "DIVERGING_WAVE" -> {
                Vector3 p = placed(place, point(wave));
                yield p.z() < 0
                        ? Optional.of(new Transmit.DivergingWave(p.x(), p.y(), p.z(), aperture))
                        : Optional.empty();
            }
            case "CYLINDRICAL_WAVE", "UNDEFINED" -> Optional.empty();
            default ->
                throw urx.failure(
                        wave + "/type",
                        "expected PLANE_WAVE, CONVERGING_WAVE, DIVERGING_WAVE, CYLINDRICAL_WAVE or UNDEFINED, got '"
                                + type + "'");
        };
    }

    private Vector3 point(String wave) {
        double[] p = urx.row(wave + "/parameters");
        Vector3 v = p.length < 3 ? Vector3.ZERO : new Vector3(p[0], p[1], p[2]);
        if (p.length < 3 || !v.isFinite()) {
            throw urx.failure(wave + "/parameters", "expected three finite numbers x, y, z, got " + Arrays.toString(p));
        }
        return v;
    }

    private Vector3 unit(String wave, Vector3 d) {
        if (!(d.length() > 0)) {
            throw urx.failure(wave + "/parameters", "expected a direction, got " + d);
        }
        return d.unit();
    }

    private static Vector3 placed(Affine3 place, Vector3 p) {
        double[] q = place.apply(p.x(), p.y(), p.z());
        return new Vector3(q[0], q[1], q[2]);
    }

    /** A wave, when its delays are those of the file within an eighth of a period: less than beamforming can tell. */
    private Optional<Fired> fitted(Transmit wave, double[] law, double offsetS) {
        double[] ideal = TransmitDelays.delaysS(wave, probe, soundSpeedMPerS);
        double sum = 0;
        int n = 0;
        for (int e = 0; e < law.length; e++) {
            if (!Double.isNaN(law[e])) {
                sum += law[e] - ideal[e];
                n++;
            }
        }
        double shift = sum / n;
        double near = 1 / (8 * probe.centerFrequencyHz());
        for (int e = 0; e < law.length; e++) {
            if (!Double.isNaN(law[e]) && !(Math.abs(law[e] - ideal[e] - shift) <= near)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Fired(wave, offsetS + shift));
    }

    /** Delays, counted from the start of the event, or from the first firing where that is earlier. */
    private Fired alone(String setup, double[] law, double offsetS) {
        double first = 0;
        for (double d : law) {
            first = d < first ? d : first;
        }
        double start = first;
        warnings.add(
                setup + ": its delays are those of no plane, converging or diverging wave; they are kept as they are");
        return new Fired(
                new Transmit.ElementDelays(
                        Arrays.stream(law).map(d -> d - start).boxed().toList()),
                offsetS + start);
    }

    /** Writes a firing of a pulse, its time zero at the start of the event. */
    static void write(HdfGroup event, Transmit transmit, Probe probe, double soundSpeedMPerS, int pulse) {
        HdfGroup setup = event.group("transmit_setup");
        UrxProbes.reference(setup, "probe", 0);
        HdfGroup wave = setup.group("wave");
        double[] parameters = switch (transmit) {
            case Transmit.PlaneWave w -> array(w.direction());
            case Transmit.FocusedWave w -> array(w.focusM());
            case Transmit.DivergingWave w -> array(w.sourceM());
            case Transmit.SingleElement w -> array(probe.element(w.element()).centerM());
            case Transmit.ElementDelays _ -> new double[0];
        };
        wave.variableText(
                "type",
                switch (transmit) {
                    case Transmit.PlaneWave _ -> "PLANE_WAVE";
                    case Transmit.FocusedWave _ -> "CONVERGING_WAVE";
                    case Transmit.DivergingWave _, Transmit.SingleElement _ -> "DIVERGING_WAVE";
                    case Transmit.ElementDelays _ -> "UNDEFINED";
                });
        double fromOrigin = transmit instanceof Transmit.ElementDelays
                ? Double.NaN
                : TransmitDelays.originOffsetS(transmit, probe, soundSpeedMPerS);
        wave.doubles("time_zero", new double[] {fromOrigin});
        UrxProbes.vector(wave, "time_zero_reference_point", Vector3.ZERO);
        wave.doubles("parameters", parameters, parameters.length);
        double[] law = TransmitDelays.delaysS(transmit, probe, soundSpeedMPerS);
        HdfGroup active = setup.group("active_elements");
        HdfGroup pulses = setup.group("excitations");
        double[] delays = new double[law.length];
        int channels = 0;
        for (int e = 0; e < law.length; e++) {
            if (!Double.isNaN(law[e])) {
                active.integers(UrxNodes.item(channels), SampleType.UINT32, new long[] {e}, 1);
                UrxProbes.reference(pulses, UrxNodes.item(channels), pulse);
                delays[channels++] = law[e];
            }
        }
        setup.doubles("delays", Arrays.copyOf(delays, channels), channels);
        setup.doubles("time_offset", new double[] {0});
    }

    /** Whether the strength of each firing element is one, which is all that the format can say. */
    static boolean isPlain(Transmit transmit) {
        TransmitAperture aperture = transmit.aperture();
        for (int e = 0; e < aperture.elements(); e++) {
            if (aperture.weight(e) != 0 && aperture.weight(e) != 1) {
                return false;
            }
        }
        return true;
    }

    private static double[] array(Vector3 v) {
        return new double[] {v.x(), v.y(), v.z()};
    }
}
