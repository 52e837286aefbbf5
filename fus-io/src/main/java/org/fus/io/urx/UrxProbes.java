package org.fus.io.urx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Vector3;
import org.fus.core.probe.Element;
import org.fus.core.probe.Probe;
import org.fus.io.content.SampleType;
import org.fus.io.internal.hdf.HdfGroup;

/** Probes: elements with a place each, and outlines that elements share, in the coordinates of the element. */
final class UrxProbes {
    /** Positions are in double precision; steps that differ by less than this part of a pitch are even. */
    private static final double REGULAR = 1e-6;

    /** Side of an element of which the file states no outline and that has no neighbour, metres. */
    private static final double DEFAULT_SIDE_M = 1e-4;

    private UrxProbes() {}

    /** One probe in its own frame. */
    static Probe read(UrxNodes urx, String path, double centerFrequencyHz) {
        String type = urx.text(path + "/type", "UNDEFINED");
        String name = urx.text(path + "/description", "");
        List<Element> elements = elements(urx, path, Affine3.identity());
        if (type.equals("LINEAR") && isRow(elements)) {
            return row(name, elements, centerFrequencyHz);
        }
        Probe.Type shape = switch (type) {
            case "CURVILINEAR" -> Probe.Type.CONVEX;
            case "RCA" -> Probe.Type.ROW_COLUMN;
            case "MATRIX" -> Probe.Type.MATRIX;
            case "LINEAR", "SPARSE", "UNDEFINED" -> Probe.Type.CUSTOM;
            default ->
                throw urx.failure(
                        path + "/type",
                        "expected LINEAR, CURVILINEAR, RCA, MATRIX, SPARSE or UNDEFINED, got '" + type + "'");
        };
        return Probe.custom(name, shape, elements, Double.NaN, centerFrequencyHz)
                .build();
    }

    /** Several probes as one, each where its transform puts it. */
    static Probe together(UrxNodes urx, List<String> paths, double centerFrequencyHz) {
        List<String> names = new ArrayList<>();
        List<Element> elements = new ArrayList<>();
        for (String path : paths) {
            names.add(urx.text(path + "/description", ""));
            elements.addAll(elements(urx, path, urx.transform(path + "/transform")));
        }
        return Probe.custom(String.join(" + ", names), Probe.Type.CUSTOM, elements, Double.NaN, centerFrequencyHz)
                .build();
    }

    static int count(UrxNodes urx, String path) {
        int n = urx.items(path + "/elements").size();
        if (n == 0) {
            throw urx.failure(path + "/elements", "expected elements, got none");
        }
        return n;
    }

    private static List<Element> elements(UrxNodes urx, String path, Affine3 place) {
        List<String> outlines = urx.items(path + "/element_geometries");
        List<double[]> sizes =
                outlines.stream().map(outline -> size(urx, outline)).toList();
        List<String> items = urx.items(path + "/elements");
        count(urx, path);
        String type = urx.text(path + "/type", "UNDEFINED");
        List<Affine3> at = items.stream()
                .map(e -> place.after(urx.transform(e + "/transform")))
                .toList();
        double side = at.size() > 1 ? center(at.get(1)).minus(center(at.get(0))).length() : 0;
        double[] unknown = {side > 0 ? side : DEFAULT_SIDE_M, Double.NaN};
        List<Element> out = new ArrayList<>();
        for (int e = 0; e < items.size(); e++) {
            String outline = items.get(e) + "/element_geometry";
            double[] size = urx.has(outline) ? sizes.get(urx.reference(outline, sizes.size())) : unknown;
            out.add(element(type, at.get(e), size));
        }
        return out;
    }

    private static Element element(String type, Affine3 at, double[] size) {
        Vector3 normal = direction(at, Vector3.Z);
        Vector3 x = direction(at, Vector3.X);
        Vector3 y = direction(at, Vector3.Y);
        return switch (type) {
            case "LINEAR", "CURVILINEAR" -> new Element(center(at), normal, x, size[0], size[1], Element.Kind.SLICE);
            case "RCA" -> {
                // The long side of a row or column is its length, whichever axis of the element it lies along.
                boolean swapped = size[0] > size[1];
                boolean known = !Double.isNaN(size[1]);
                yield new Element(
                        center(at),
                        normal,
                        swapped ? y : x,
                        swapped ? size[1] : size[0],
                        swapped ? size[0] : size[1],
                        known ? Element.Kind.LINE : Element.Kind.POINT);
            }
            default -> new Element(center(at), normal, x, size[0], size[1], Element.Kind.POINT);
        };
    }

    /** Sides of the box around an outline: along x and along y; unknown ones NaN. */
    private static double[] size(UrxNodes urx, String outline) {
        List<String> points = urx.items(outline + "/perimeter");
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (String point : points) {
            Vector3 p = urx.vector(point);
            low[0] = Math.min(low[0], p.x());
            high[0] = Math.max(high[0], p.x());
            low[1] = Math.min(low[1], p.y());
            high[1] = Math.max(high[1], p.y());
        }
        double width = high[0] - low[0];
        double length = high[1] - low[1];
        return new double[] {width > 0 ? width : DEFAULT_SIDE_M, length > 0 ? length : Double.NaN};
    }

    private static boolean isRow(List<Element> elements) {
        int n = elements.size();
        double pitch = pitch(elements);
        for (int e = 0; e < n; e++) {
            Element element = elements.get(e);
            Vector3 off = element.centerM().minus(new Vector3((e - (n - 1) / 2.0) * pitch, 0, 0));
            if (!(pitch > 0)
                    || !(off.length() <= REGULAR * pitch)
                    || !element.normal().equals(Vector3.Z)
                    || !element.axis().equals(Vector3.X)
                    || element.widthM() != elements.getFirst().widthM()
                    || element.widthM() > pitch * (1 + REGULAR)
                    || Double.compare(element.lengthM(), elements.getFirst().lengthM()) != 0) {
                return false;
            }
        }
        return true;
    }

    private static double pitch(List<Element> elements) {
        int n = elements.size();
        double first = elements.getFirst().centerM().x();
        return n == 1
                ? elements.getFirst().widthM()
                : (elements.get(n - 1).centerM().x() - first) / (n - 1);
    }

    private static Probe row(String name, List<Element> elements, double centerFrequencyHz) {
        double pitch = pitch(elements);
        return Probe.linear(name, elements.size(), pitch, centerFrequencyHz)
                .elementWidthM(Math.min(elements.getFirst().widthM(), pitch))
                .elevation(elements.getFirst().lengthM(), Double.NaN)
                .build();
    }

    static Vector3 center(Affine3 at) {
        return new Vector3(at.at(0, 3), at.at(1, 3), at.at(2, 3));
    }

    static Vector3 direction(Affine3 at, Vector3 d) {
        double[] p = at.apply(d.x(), d.y(), d.z());
        return new Vector3(p[0], p[1], p[2]).minus(center(at)).unit();
    }

    static void write(HdfGroup probes, Probe probe) {
        HdfGroup p = probes.group(UrxNodes.item(0));
        p.variableText("description", probe.name());
        p.variableText(
                "type",
                switch (probe.type()) {
                    case LINEAR, PHASED -> "LINEAR";
                    case CONVEX -> "CURVILINEAR";
                    case ROW_COLUMN -> "RCA";
                    case MATRIX -> "MATRIX";
                    case MULTI_ARRAY -> "SPARSE";
                    case CUSTOM -> "UNDEFINED";
                });
        HdfGroup outlines = p.group("element_geometries");
        HdfGroup elements = p.group("elements");
        Map<List<Double>, Integer> known = new LinkedHashMap<>();
        for (int e = 0; e < probe.elements(); e++) {
            Element element = probe.element(e);
            HdfGroup o = elements.group(UrxNodes.item(e));
            HdfGroup transform = o.group("transform");
            vector(transform, "rotation", angles(element));
            vector(transform, "translation", element.centerM());
            List<Double> size = List.of(element.widthM(), element.lengthM());
            Integer outline = known.get(size);
            if (outline == null) {
                outline = known.size();
                known.put(size, outline);
                outline(outlines.group(UrxNodes.item(outline)), element);
            }
            reference(o, "element_geometry", outline);
        }
    }

    /** A rectangle; of unknown length, a line along the width. */
    private static void outline(HdfGroup group, Element element) {
        double x = element.widthM() / 2;
        double y = Double.isNaN(element.lengthM()) ? 0 : element.lengthM() / 2;
        HdfGroup perimeter = group.group("perimeter");
        vector(perimeter, UrxNodes.item(0), new Vector3(-x, -y, 0));
        vector(perimeter, UrxNodes.item(1), new Vector3(x, -y, 0));
        vector(perimeter, UrxNodes.item(2), new Vector3(x, y, 0));
        vector(perimeter, UrxNodes.item(3), new Vector3(-x, y, 0));
    }

    /** The angles about x, y, z, in this order, that turn the axes into those of an element. */
    private static Vector3 angles(Element element) {
        Vector3 x = element.axis();
        Vector3 y = element.lengthAxis();
        Vector3 z = element.normal();
        double cosine = Math.hypot(x.x(), x.y());
        if (cosine < 1e-12) {
            // The width points along z: a turn about z does what one about x does.
            return new Vector3(Math.atan2(-y.x() * sign(x.z()), y.y()), -Math.asin(sign(x.z())), 0);
        }
        return new Vector3(Math.atan2(y.z(), z.z()), Math.atan2(-x.z(), cosine), Math.atan2(x.y(), x.x()));
    }

    private static double sign(double v) {
        return v < 0 ? -1 : 1;
    }

    static void identity(HdfGroup parent, String name) {
        HdfGroup transform = parent.group(name);
        vector(transform, "rotation", Vector3.ZERO);
        vector(transform, "translation", Vector3.ZERO);
    }

    static void vector(HdfGroup parent, String name, Vector3 v) {
        HdfGroup group = parent.group(name);
        group.doubles("x", new double[] {v.x()});
        group.doubles("y", new double[] {v.y()});
        group.doubles("z", new double[] {v.z()});
    }

    static void reference(HdfGroup parent, String name, int index) {
        parent.integers(name, SampleType.UINT64, new long[] {index});
    }
}
