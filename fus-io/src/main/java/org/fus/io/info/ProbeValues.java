package org.fus.io.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;

/**
 * Probes as plain values of a description, and back. A row of evenly spaced elements follows from its pitch; of any other
 * array each element is listed: centre, normal, axis (x, y, z each), width, length, and its kind.
 */
final class ProbeValues {
    private ProbeValues() {}

    static Map<String, Object> of(Probe p) {
        Map<String, Object> values = InfoValues.map(
                "name", p.name(),
                "type", p.type().name().toLowerCase(Locale.ROOT),
                "elements", p.elements(),
                "pitchM", p.pitchM(),
                "elementWidthM", p.elementWidthM(),
                "elevationApertureM", p.elevationApertureM(),
                "elevationFocusM", p.elevationFocusM(),
                "radiusM", p.radiusM(),
                "centerFrequencyHz", p.centerFrequencyHz(),
                "fractionalBandwidth", p.fractionalBandwidth());
        if (!isRow(p.type())) {
            List<Object> list = new ArrayList<>();
            for (int e = 0; e < p.elements(); e++) {
                list.add(element(p.element(e)));
            }
            values.put("elementList", list);
        }
        return values;
    }

    static Probe read(JsonFields p) {
        Probe.Type type = Probe.Type.valueOf(p.text("type").toUpperCase(Locale.ROOT));
        return builder(p, type)
                .elementWidthM(p.number("elementWidthM"))
                .elevation(p.numberOrNaN("elevationApertureM"), p.numberOrNaN("elevationFocusM"))
                .fractionalBandwidth(p.numberOrNaN("fractionalBandwidth"))
                .build();
    }

    private static Probe.Builder builder(JsonFields p, Probe.Type type) {
        String name = p.text("name");
        double frequencyHz = p.number("centerFrequencyHz");
        return switch (type) {
            case LINEAR -> Probe.linear(name, p.integer("elements"), p.number("pitchM"), frequencyHz);
            case PHASED -> Probe.phased(name, p.integer("elements"), p.number("pitchM"), frequencyHz);
            case CONVEX ->
                Probe.convex(name, p.integer("elements"), p.number("pitchM"), p.number("radiusM"), frequencyHz);
            default ->
                Probe.custom(
                        name,
                        type,
                        p.objects("elementList").stream()
                                .map(ProbeValues::readElement)
                                .toList(),
                        p.numberOrNaN("pitchM"),
                        frequencyHz);
        };
    }

    private static boolean isRow(Probe.Type type) {
        return type == Probe.Type.LINEAR || type == Probe.Type.PHASED || type == Probe.Type.CONVEX;
    }

    private static Map<String, Object> element(Element e) {
        return InfoValues.map(
                "kind", e.kind().name().toLowerCase(Locale.ROOT),
                "centerM", list(e.centerM()),
                "normal", list(e.normal()),
                "axis", list(e.axis()),
                "widthM", e.widthM(),
                "lengthM", e.lengthM());
    }

    private static Element readElement(JsonFields e) {
        return new Element(
                GridValues.vector(e.numbers("centerM"), 0),
                GridValues.vector(e.numbers("normal"), 0),
                GridValues.vector(e.numbers("axis"), 0),
                e.number("widthM"),
                e.numberOrNaN("lengthM"),
                Element.Kind.valueOf(e.text("kind").toUpperCase(Locale.ROOT)));
    }

    private static List<Double> list(Vector3 v) {
        return List.of(v.x(), v.y(), v.z());
    }
}
