package org.fus.io.urx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.fus.core.error.FusFormatException;
import org.fus.core.geometry.Affine3;
import org.fus.core.geometry.Vector3;
import org.fus.io.info.Sidecar;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.Heap;

/**
 * Objects of both formats: an object is a group, its fields are scalar data sets (attributes in some files), rows, groups,
 * and lists, which are groups with the children {@code 00000000}, {@code 00000001} and so on. A reference is the number of
 * an object in its list; an object that is not set has no node.
 */
final class UrxNodes {
    static final String ACQUISITION = "dataset/acquisition";

    /** Where the SDK keeps what the formats have no place for: a description in the schema of fus info. */
    static final String DESCRIPTION = "fus_sdk";

    /** Far above the elements, events or frames of a real file. */
    private static final int MAX_ITEMS = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hdf hdf;

    UrxNodes(Hdf hdf) {
        this.hdf = hdf;
    }

    Hdf hdf() {
        return hdf;
    }

    String file() {
        return hdf.source().name();
    }

    FusFormatException failure(String path, String problem) {
        return hdf.failure(path, problem);
    }

    /** Name of an object in a list. */
    static String item(int index) {
        return String.format(Locale.ROOT, "%08d", index);
    }

    boolean has(String path) {
        return hdf.has(path) || attribute(path).isPresent();
    }

    String text(String path, String absent) {
        if (hdf.has(path)) {
            List<String> texts = hdf.texts(path);
            if (texts.size() != 1) {
                throw failure(path, "expected one text, got " + texts.size());
            }
            return texts.getFirst();
        }
        int slash = path.lastIndexOf('/');
        return hdf.attributeText(path.substring(0, slash), path.substring(slash + 1))
                .orElse(absent);
    }

    double number(String path, double absent) {
        if (hdf.has(path)) {
            return hdf.number(path);
        }
        Optional<double[]> values = attribute(path);
        if (values.isPresent() && values.get().length != 1) {
            throw failure(path, "expected one number, got " + values.get().length);
        }
        return values.map(v -> v[0]).orElse(absent);
    }

    /** A finite number, such as a place or a delay. */
    double finite(String path, double absent) {
        double v = number(path, absent);
        if (!Double.isFinite(v)) {
            throw failure(path, "expected a finite number, got " + v);
        }
        return v;
    }

    double positive(String path) {
        double v = number(path, Double.NaN);
        if (!(v > 0) || !Double.isFinite(v)) {
            throw failure(path, "expected a positive number, got " + (has(path) ? v : "no such node"));
        }
        return v;
    }

    int whole(String path, int least) {
        double v = number(path, Double.NaN);
        if (!(v >= least) || v > Integer.MAX_VALUE || v != Math.rint(v)) {
            throw failure(
                    path,
                    "expected a whole number from " + least + " to " + Integer.MAX_VALUE + ", got "
                            + (has(path) ? v : "no such node"));
        }
        return (int) v;
    }

    /** The number of an object in a list of so many. */
    int reference(String path, int count) {
        int index = whole(path, 0);
        if (index >= count) {
            throw failure(path, "expected a number below " + count + ", got " + index);
        }
        return index;
    }

    /** A row of numbers, empty when it is absent. */
    double[] row(String path) {
        if (!hdf.has(path)) {
            return attribute(path).orElse(new double[0]);
        }
        HdfArray array = hdf.array(path);
        if (array.shape().size() != 1) {
            throw failure(path, "expected a row of numbers, got shape " + array.shape());
        }
        Heap.require(file(), Math.multiplyExact(array.size(), 16L));
        return array.doubles();
    }

    /** Paths of the objects of a list, empty when it is absent. */
    List<String> items(String path) {
        if (!hdf.has(path)) {
            return List.of();
        }
        Collection<String> children = hdf.children(path);
        if (children.size() > MAX_ITEMS) {
            throw failure(path, children.size() + " objects, expected at most " + MAX_ITEMS);
        }
        Set<String> names = new HashSet<>(children);
        List<String> out = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!names.contains(item(i))) {
                throw failure(
                        path,
                        "expected objects 00000000 to " + item(names.size() - 1) + ", got none of name " + item(i));
            }
            out.add(path + "/" + item(i));
        }
        return out;
    }

    /** Lists of elements, one per channel; empty when there are none. */
    List<List<Integer>> elements(String path, int elementCount) {
        List<List<Integer>> out = new ArrayList<>();
        for (String channel : items(path)) {
            List<Integer> elements = new ArrayList<>();
            for (double e : row(channel)) {
                if (!(e >= 0 && e < elementCount) || e != Math.rint(e)) {
                    throw failure(channel, "expected elements from 0 to " + (elementCount - 1) + ", got " + e);
                }
                elements.add((int) e);
            }
            out.add(List.copyOf(elements));
        }
        return List.copyOf(out);
    }

    /** Channel {@code i} for element {@code i}, which holds where a file lists none. */
    List<List<Integer>> elementsOrAll(String path, int elementCount) {
        List<List<Integer>> listed = elements(path, elementCount);
        return listed.isEmpty()
                ? IntStream.range(0, elementCount).mapToObj(List::of).toList()
                : listed;
    }

    Vector3 vector(String path) {
        return new Vector3(finite(path + "/x", 0), finite(path + "/y", 0), finite(path + "/z", 0));
    }

    /** A rotation about x, then y, then z, and a translation. */
    Affine3 transform(String path) {
        Vector3 r = vector(path + "/rotation");
        Vector3 t = vector(path + "/translation");
        return Affine3.ofEulerXyz(r.x(), r.y(), r.z(), t.x(), t.y(), t.z());
    }

    /** Whether two transforms put a probe at the same place; a path without a node stands for no transform. */
    boolean isSamePlace(String one, String other) {
        return vector(one + "/rotation").minus(vector(other + "/rotation")).length() == 0
                && vector(one + "/translation")
                                .minus(vector(other + "/translation"))
                                .length()
                        == 0;
    }

    boolean isUac() {
        return hdf.isGroup(ACQUISITION + "/hw_config")
                || has(ACQUISITION + "/initial_group")
                || hdf.has(ACQUISITION + "/super_groups")
                || has(ACQUISITION + "/time_offset");
    }

    String version() {
        String at = "dataset/version/";
        return Math.round(number(at + "major", 0)) + "." + Math.round(number(at + "minor", 0)) + "."
                + Math.round(number(at + "patch", 0));
    }

    /** What the SDK wrote beside the objects of the format. */
    Optional<Sidecar> description() {
        if (!hdf.has(DESCRIPTION)) {
            return Optional.empty();
        }
        try {
            Map<?, ?> fields = JSON.readValue(hdf.text(DESCRIPTION), Map.class);
            return Optional.of(Sidecar.of(file() + ": " + DESCRIPTION, fields == null ? Map.of() : fields));
        } catch (JsonProcessingException e) {
            throw new FusFormatException(
                    file(),
                    DESCRIPTION,
                    "no JSON: " + e.getOriginalMessage() + "; remove the node to read the file without it",
                    e);
        }
    }

    private Optional<double[]> attribute(String path) {
        int slash = path.lastIndexOf('/');
        return hdf.attributeNames(path.substring(0, slash)).contains(path.substring(slash + 1))
                ? hdf.attributeNumbers(path.substring(0, slash), path.substring(slash + 1))
                : Optional.empty();
    }
}
