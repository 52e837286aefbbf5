package org.fus.io.hostile;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.internal.hdf.HdfData;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.MemorySource;

/** Sound HDF5 files in which one node is not what it should be: missing, of another kind, type, shape or value. */
final class HdfDamages {
    private static final double[] WRONG = {Double.NaN, -1, 0, 1.5, 3, 1e300};

    /** A part of a file that can be written again. */
    private sealed interface Part {}

    private record Tree(Map<String, Part> children, Map<String, Object> attributes) implements Part {}

    private record Numbers(StoredArray values, Map<String, Object> attributes) implements Part {
        int size() {
            return Math.toIntExact(values.size());
        }

        Numbers withShape(List<Long> shape) {
            byte[] bytes = values.littleEndian(0, size());
            return new Numbers(stored(values.type(), shape, bytes), attributes);
        }
    }

    private record Text(String text, Map<String, Object> attributes) implements Part {}

    private final String file;
    private final byte[] bytes;
    private final Consumer<Damage> out;
    private Tree root;

    private HdfDamages(String file, byte[] bytes, Consumer<Damage> out) {
        this.file = file;
        this.bytes = bytes;
        this.out = out;
    }

    /** Gives one file per node and fault, one after the other. */
    static void each(String file, byte[] bytes, Consumer<Damage> out) {
        HdfDamages damages = new HdfDamages(file, bytes, out);
        try (HdfFile read = HdfFile.fromBytes(bytes)) {
            damages.root = (Tree) damages.part(Hdf.open(MemorySource.wrap(file, bytes)), "", read);
        }
        damages.vary("", damages.root);
    }

    private Part part(Hdf hdf, String path, Node node) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        node.getAttributes().forEach((name, a) -> attributes.put(name, first(a.getData())));
        if (node instanceof Group group) {
            Map<String, Part> children = new LinkedHashMap<>();
            group.getChildren()
                    .forEach((name, child) ->
                            children.put(name, part(hdf, path.isEmpty() ? name : path + "/" + name, child)));
            return new Tree(children, attributes);
        }
        if (((Dataset) node).getJavaType() == String.class) {
            return new Text(hdf.text(path), attributes);
        }
        HdfArray array = hdf.array(path);
        int[] count = array.shape().stream().mapToInt(Math::toIntExact).toArray();
        return new Numbers(array.values(new long[count.length], count), attributes);
    }

    /** A text, or numbers: what attributes that are written can hold. */
    private static Object first(Object data) {
        if (data != null && data.getClass().isArray()) {
            if (Array.getLength(data) > 0 && Array.get(data, 0) instanceof Number) {
                double[] numbers = new double[Array.getLength(data)];
                Arrays.setAll(numbers, i -> ((Number) Array.get(data, i)).doubleValue());
                return numbers;
            }
            return Array.getLength(data) == 0 ? "" : first(Array.get(data, 0));
        }
        return data instanceof Number n ? new double[] {n.doubleValue()} : String.valueOf(data);
    }

    private void vary(String path, Tree tree) {
        for (String name : List.copyOf(tree.children.keySet())) {
            Part sound = tree.children.get(name);
            String at = path + "/" + name;
            swap(at + " missing", tree.children, name, null);
            swap(at + " a text", tree.children, name, new Text("nonsense", attributes(sound)));
            swap(at + " a group", tree.children, name, new Tree(Map.of(), attributes(sound)));
            swap(at + " a number", tree.children, name, numbers(List.of(1L), attributes(sound), 7));
            swap(at + " without attributes", tree.children, name, bare(sound));
            switch (sound) {
                case Numbers n -> {
                    vary(at, tree, name, n);
                    varyAttributes(at, n.attributes);
                }
                case Text t -> {
                    swap(at + " empty", tree.children, name, new Text("", t.attributes));
                    varyAttributes(at, t.attributes);
                }
                case Tree t -> {
                    vary(at, t);
                    varyAttributes(at, t.attributes);
                }
            }
        }
    }

    private void vary(String at, Tree tree, String name, Numbers n) {
        List<Long> shape = n.values.shape();
        double[] values = n.values.doubles(0, n.size());
        swap(at + " empty", tree.children, name, numbers(List.of(0L), n.attributes));
        swap(at + " flat", tree.children, name, n.withShape(List.of((long) n.size())));
        swap(
                at + " longer",
                tree.children,
                name,
                numbers(List.of(values.length + 1L), n.attributes, Arrays.copyOf(values, values.length + 1)));
        List<Long> deeper = new ArrayList<>(shape);
        deeper.addFirst(1L);
        swap(at + " deeper", tree.children, name, n.withShape(deeper));
        swap(at + " turned", tree.children, name, n.withShape(shape.reversed()));
        if (n.values.type().parts() > 1) {
            return;
        }
        swap(at + " doubles", tree.children, name, numbers(shape, n.attributes, values));
        for (double wrong : WRONG) {
            double[] one = values.clone();
            if (one.length > 0) {
                one[one.length - 1] = wrong;
            }
            swap(at + " ends with " + wrong, tree.children, name, numbers(shape, n.attributes, one));
            double[] all = values.clone();
            Arrays.fill(all, wrong);
            swap(at + " all " + wrong, tree.children, name, numbers(shape, n.attributes, all));
        }
    }

    private void varyAttributes(String at, Map<String, Object> attributes) {
        for (String name : List.copyOf(attributes.keySet())) {
            swap(at + "@" + name + " missing", attributes, name, null);
            swap(at + "@" + name + " a text", attributes, name, "nonsense");
            swap(at + "@" + name + " a number", attributes, name, new double[] {-1});
            swap(at + "@" + name + " numbers", attributes, name, new double[] {Double.NaN, 1e300, 0});
        }
    }

    /** Writes the file with another part in a place, and puts the sound one back. */
    private <T> void swap(String what, Map<String, T> parts, String name, T other) {
        Map<String, T> before = new LinkedHashMap<>(parts);
        if (other == null) {
            parts.remove(name);
        } else {
            parts.put(name, other);
        }
        out.accept(new Damage.Rewritten(file, what, write()));
        parts.clear();
        parts.putAll(before);
    }

    private byte[] write() {
        HdfGroup group = new HdfGroup();
        fill(group, root);
        ByteArrayOutputStream written = new ByteArrayOutputStream(bytes.length);
        try {
            group.writeTo(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toByteArray();
    }

    private static void fill(HdfGroup group, Tree tree) {
        tree.attributes.forEach((name, value) -> {
            if (value instanceof double[] numbers) {
                group.attribute(name, numbers);
            } else {
                group.attribute(name, (String) value);
            }
        });
        tree.children.forEach((name, part) -> {
            switch (part) {
                case Tree t -> fill(group.group(name), t);
                case Text t -> describe(group.text(name, t.text), t.attributes);
                case Numbers n ->
                    describe(
                            group.data(
                                    name,
                                    n.values.type(),
                                    n.values.shape(),
                                    o -> o.write(n.values.littleEndian(0, n.size()))),
                            n.attributes);
            }
        });
    }

    private static void describe(HdfData data, Map<String, Object> attributes) {
        attributes.forEach((name, value) -> {
            if (value instanceof double[] numbers) {
                data.attribute(name, numbers);
            } else {
                data.attribute(name, (String) value);
            }
        });
    }

    private static Map<String, Object> attributes(Part part) {
        return switch (part) {
            case Tree t -> t.attributes;
            case Numbers n -> n.attributes;
            case Text t -> t.attributes;
        };
    }

    private static Part bare(Part part) {
        return switch (part) {
            case Tree t -> new Tree(t.children, Map.of());
            case Numbers n -> new Numbers(n.values, Map.of());
            case Text t -> new Text(t.text, Map.of());
        };
    }

    private static Numbers numbers(List<Long> shape, Map<String, Object> attributes, double... values) {
        ByteBuffer b = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        b.asDoubleBuffer().put(values);
        return new Numbers(stored(SampleType.FLOAT64, shape, b.array()), attributes);
    }

    private static StoredArray stored(SampleType type, List<Long> shape, byte[] bytes) {
        return new StoredArray(type, shape, ByteOrder.LITTLE_ENDIAN, MemorySource.wrap("values", bytes), 0);
    }
}
