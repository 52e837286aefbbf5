package org.fus.io.info;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fus.core.data.ChannelMap;
import org.fus.core.sequence.Transmit;
import org.fus.core.sequence.TransmitAperture;
import org.fus.core.sequence.TransmitSequence;

/** Sequences and channel maps as plain values of a description, and back. */
final class SequenceValues {
    private SequenceValues() {}

    static Map<String, Object> of(TransmitSequence s) {
        return InfoValues.map(
                "centerFrequencyHz", s.centerFrequencyHz(),
                "pulseRepetitionFrequencyHz", s.pulseRepetitionFrequencyHz(),
                "frameRateHz", s.frameRateHz(),
                "soundSpeedMPerS", s.soundSpeedMPerS(),
                "transmits",
                        s.transmits().stream().map(SequenceValues::transmit).toList());
    }

    static TransmitSequence read(JsonFields s) {
        return new TransmitSequence(
                s.objects("transmits").stream()
                        .map(SequenceValues::readTransmit)
                        .toList(),
                s.number("centerFrequencyHz"),
                s.number("pulseRepetitionFrequencyHz"),
                s.number("soundSpeedMPerS"));
    }

    /** Elevations and weights stand only where they are not the usual ones. */
    private static Map<String, Object> transmit(Transmit transmit) {
        Map<String, Object> values = switch (transmit) {
            case Transmit.PlaneWave w ->
                withOptional(InfoValues.map("type", "plane", "tiltRad", w.tiltRad()), "elevationRad", w.elevationRad());
            case Transmit.DivergingWave w ->
                withOptional(
                        InfoValues.map("type", "diverging", "sourceXM", w.sourceXM(), "sourceZM", w.sourceZM()),
                        "sourceYM",
                        w.sourceYM());
            case Transmit.FocusedWave w ->
                withOptional(
                        InfoValues.map("type", "focused", "focusXM", w.focusXM(), "focusZM", w.focusZM()),
                        "focusYM",
                        w.focusYM());
            case Transmit.SingleElement w -> InfoValues.map("type", "element", "element", w.element());
            case Transmit.ElementDelays w -> InfoValues.map("type", "delays", "delaysS", w.delaysS());
        };
        TransmitAperture aperture = switch (transmit) {
            case Transmit.SingleElement _ -> TransmitAperture.ALL;
            case Transmit.ElementDelays w -> w.weights();
            default -> transmit.aperture();
        };
        if (!aperture.isAll()) {
            values.put(
                    "weights",
                    IntStream.range(0, aperture.elements())
                            .mapToObj(aperture::weight)
                            .toList());
        }
        return values;
    }

    private static Map<String, Object> withOptional(Map<String, Object> values, String name, double value) {
        if (value != 0) {
            values.put(name, value);
        }
        return values;
    }

    private static Transmit readTransmit(JsonFields t) {
        TransmitAperture aperture = t.has("weights")
                ? TransmitAperture.of(
                        t.numbers("weights").stream().mapToDouble(w -> w).toArray())
                : TransmitAperture.ALL;
        return switch (t.text("type")) {
            case "plane" -> new Transmit.PlaneWave(t.number("tiltRad"), t.numberOrZero("elevationRad"), aperture);
            case "diverging" ->
                new Transmit.DivergingWave(
                        t.number("sourceXM"), t.numberOrZero("sourceYM"), t.number("sourceZM"), aperture);
            case "focused" ->
                new Transmit.FocusedWave(t.number("focusXM"), t.numberOrZero("focusYM"), t.number("focusZM"), aperture);
            case "element" -> new Transmit.SingleElement(t.integer("element"));
            case "delays" -> new Transmit.ElementDelays(t.numbersOrNaN("delaysS"), aperture);
            default ->
                throw t.failure("type", "plane, diverging, focused, element or delays", "\"" + t.text("type") + "\"");
        };
    }

    static Map<String, Object> channelMap(ChannelMap map) {
        List<Object> transmits = new ArrayList<>();
        for (int t = 0; t < map.transmits(); t++) {
            List<Object> channels = new ArrayList<>();
            for (int c = 0; c < map.channels(); c++) {
                channels.add(Arrays.stream(map.elements(t, c)).boxed().toList());
            }
            transmits.add(InfoValues.map("elementsOfChannel", channels));
        }
        return InfoValues.map("transmits", transmits);
    }

    static ChannelMap readChannelMap(JsonFields m) {
        int[][][] groups = m.objects("transmits").stream()
                .map(t -> t.integerLists("elementsOfChannel").toArray(int[][]::new))
                .toArray(int[][][]::new);
        return ChannelMap.ofGroups(groups);
    }
}
