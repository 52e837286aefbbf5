package org.fus.io.urx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.fus.io.content.SampleType;
import org.fus.io.content.StoredArray;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.internal.hdf.HdfGroup;
import org.fus.io.source.Heap;

/**
 * Nodes as plain values, and back: a group is a map, or a list when its children are numbered; a data set is a number, a
 * text, or a list of either. Settings of a make of device, and whatever else core types have no place for, pass this way.
 */
final class UrxTree {
    private static final int MAX_DEPTH = 24;
    private static final int MAX_NODES = 100_000;

    private final UrxNodes urx;
    private final Predicate<String> taken;
    private int nodes;

    private UrxTree(UrxNodes urx, Predicate<String> taken) {
        this.urx = urx;
        this.taken = taken;
    }

    /**
     * Reads what is below a group.
     *
     * @param taken tells of a path whether it is left out
     * @return a map, without groups in which nothing is left
     */
    static Map<String, Object> read(UrxNodes urx, String path, Predicate<String> taken) {
        Object read = new UrxTree(urx, taken).group(path, 0);
        Map<String, Object> out = new LinkedHashMap<>();
        if (read instanceof Map<?, ?> map) {
            map.forEach((name, value) -> out.put((String) name, value));
        }
        return out;
    }

    private Object group(String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw urx.failure(path, "deeper than " + MAX_DEPTH + " groups; the file may be damaged: copy it again");
        }
        List<String> children = urx.hdf().children(path);
        if (!children.isEmpty() && children.contains(UrxNodes.item(0))) {
            List<Object> list = new ArrayList<>();
            for (String item : urx.items(path)) {
                list.add(taken.test(item) ? Map.of() : node(item, depth));
            }
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name : children) {
            String child = path + "/" + name;
            if (!taken.test(child)) {
                map.put(name, node(child, depth));
            }
        }
        for (String name : urx.hdf().attributeNames(path)) {
            String child = path + "/" + name;
            if (!taken.test(child) && !map.containsKey(name)) {
                map.put(name, attribute(path, name));
            }
        }
        return map;
    }

    private Object node(String path, int depth) {
        if (++nodes > MAX_NODES) {
            throw urx.failure(path, "more than " + MAX_NODES + " nodes; the file may be damaged: copy it again");
        }
        Hdf hdf = urx.hdf();
        if (hdf.isGroup(path)) {
            return group(path, depth + 1);
        }
        if (hdf.isText(path)) {
            List<String> texts = hdf.texts(path);
            return texts.size() == 1 && hdf.isScalar(path) ? texts.getFirst() : texts;
        }
        HdfArray array = hdf.array(path);
        Heap.require(urx.file(), Math.multiplyExact(array.size(), 64L));
        int[] all = array.shape().stream().mapToInt(Math::toIntExact).toArray();
        List<Object> values = numbers(array.values(new long[all.length], all));
        return all.length == 0 ? values.getFirst() : values;
    }

    /** Whole numbers as long, exactly. */
    private static List<Object> numbers(StoredArray array) {
        int n = Math.toIntExact(array.size());
        List<Object> out = new ArrayList<>(n);
        switch (array.type()) {
            case INT64, UINT64 -> {
                ByteBuffer bytes = ByteBuffer.wrap(array.littleEndian(0, n)).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < n; i++) {
                    long v = bytes.getLong();
                    out.add(
                            v < 0 && array.type() == SampleType.UINT64
                                    ? (Object) Double.parseDouble(Long.toUnsignedString(v))
                                    : (Object) v);
                }
            }
            case FLOAT16, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128 -> {
                for (double v : array.doubles(0, n)) {
                    out.add(v);
                }
            }
            default -> {
                for (double v : array.doubles(0, n)) {
                    out.add((long) v);
                }
            }
        }
        return out;
    }

    private Object attribute(String path, String name) {
        return urx.hdf().isTextAttribute(path, name)
                ? urx.hdf().attributeText(path, name).orElse("")
                : plain(urx.hdf().attributeNumbers(path, name).orElse(new double[0]));
    }

    private static Object plain(double[] values) {
        List<Object> out = new ArrayList<>();
        for (double v : values) {
            out.add(v == Math.rint(v) && Math.abs(v) < 1L << 53 ? (Object) (long) v : (Object) v);
        }
        return out.size() == 1 ? out.getFirst() : out;
    }

    /**
     * Adds values below a group where no node of their name is yet.
     *
     * @param at the path of the group, for what is reported
     * @param lost takes what HDF5 has no node for
     */
    static void write(HdfGroup group, Map<?, ?> values, String at, List<String> lost) {
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!HdfGroup.isName(name)) {
                lost.add(at + ": '" + name + "' is no name of a node; the description in the file keeps the value");
            } else {
                add(group, name, value, at + "/" + name, lost);
            }
        });
    }

    private static void add(HdfGroup group, String name, Object value, String at, List<String> lost) {
        boolean list = value instanceof List<?> l && !l.isEmpty() && l.stream().allMatch(Map.class::isInstance);
        if (group.has(name) && !(group.hasGroup(name) && (list || value instanceof Map))) {
            return;
        }
        switch (value) {
            case Map<?, ?> map -> write(group.group(name), map, at, lost);
            case List<?> items
            when list -> {
                // A list that is there already has its objects: fields are added to them, objects are not.
                boolean there = group.has(name);
                HdfGroup parent = group.group(name);
                for (int i = 0; i < items.size() && (!there || parent.hasGroup(UrxNodes.item(i))); i++) {
                    write(parent.group(UrxNodes.item(i)), (Map<?, ?>) items.get(i), at + "/" + i, lost);
                }
            }
            case List<?> row -> row(group, name, row, at, lost);
            case String text -> group.variableText(name, text);
            case Boolean b -> group.integers(name, SampleType.INT8, new long[] {b ? 1 : 0});
            case Number n when isWhole(n) -> group.integers(name, SampleType.INT64, new long[] {n.longValue()});
            case Number n -> group.doubles(name, new double[] {n.doubleValue()});
            default -> unheld(lost, at);
        }
    }

    private static void row(HdfGroup group, String name, List<?> row, String at, List<String> lost) {
        if (row.isEmpty()) {
            group.doubles(name, new double[0], 0);
        } else if (row.stream().allMatch(String.class::isInstance)) {
            group.variableTexts(name, row.stream().map(String.class::cast).toList());
        } else if (row.stream().allMatch(UrxTree::isWhole)) {
            long[] values =
                    row.stream().mapToLong(v -> ((Number) v).longValue()).toArray();
            group.integers(name, SampleType.INT64, values, values.length);
        } else if (row.stream().allMatch(Number.class::isInstance)) {
            double[] values =
                    row.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
            group.doubles(name, values, values.length);
        } else {
            unheld(lost, at);
        }
    }

    private static void unheld(List<String> lost, String at) {
        lost.add(at + ": a list of unlike values has no node; the description in the file keeps it");
    }

    private static boolean isWhole(Object v) {
        return v instanceof Long || v instanceof Integer || v instanceof Short || v instanceof Byte;
    }
}
