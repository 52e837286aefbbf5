package org.fus.io.pybf;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fus.core.error.FusFormatException;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Heap;

/** The nodes of a file by path, with checked types and sizes. */
final class HdfNodes {
    private final ByteSource source;
    private final HdfFile hdf;

    /** Size and type of one shot. */
    record Shot(int channels, int samples, String dtype) {
        int size() {
            return Math.multiplyExact(channels, samples);
        }
    }

    HdfNodes(ByteSource source, HdfFile hdf) {
        this.source = source;
        this.hdf = hdf;
    }

    /** The paths {@code group/prefix1}, {@code group/prefix2}, ... as far as they go. */
    List<String> numbered(String group, String prefix) {
        List<String> paths = new ArrayList<>();
        String path = group + "/" + prefix + 1;
        while (find(path).isPresent()) {
            paths.add(path);
            path = group + "/" + prefix + (paths.size() + 1);
        }
        if (paths.isEmpty()) {
            throw new FusFormatException(
                    source.name(),
                    path,
                    "expected the groups of pybf channel data, got no such node; this HDF5 file holds something else");
        }
        return paths;
    }

    double number(String path) {
        List<Double> values = numbers(path, dataset(path));
        if (values.size() != 1 || !Double.isFinite(values.getFirst())) {
            throw new FusFormatException(source.name(), path, "expected one finite number, got " + values);
        }
        return values.getFirst();
    }

    List<Double> numbersOfOnlyChild(String path) {
        if (!(find(path).orElse(null) instanceof Group group)
                || group.getChildren().size() != 1
                || !(group.getChildren().values().iterator().next() instanceof Dataset angles)) {
            throw new FusFormatException(source.name(), path, "expected a group of one data set, the angles");
        }
        return numbers(angles.getPath(), angles);
    }

    Shot shot(String path, int elements) {
        Dataset d = dataset(path);
        int[] shape = d.getDimensions();
        Class<?> type = d.getJavaType();
        if (shape.length != 2 || shape[0] != elements || (type != short.class && type != float.class)) {
            throw new FusFormatException(
                    source.name(),
                    path,
                    "expected int16 or float32 of (" + elements + " channels, samples), got " + type + " of shape "
                            + Arrays.toString(shape) + "; the probe does not match the data");
        }
        return new Shot(shape[0], shape[1], type == short.class ? "int16" : "float32");
    }

    void copyShot(String path, Shot expected, float[] target, int offset) {
        Shot got = shot(path, expected.channels);
        if (!got.equals(expected)) {
            throw new FusFormatException(
                    source.name(), path, "expected the shape and type of the first shot, " + expected + ", got " + got);
        }
        switch (flat(path, dataset(path))) {
            case short[] values -> {
                for (int i = 0; i < values.length; i++) {
                    target[offset + i] = values[i];
                }
            }
            case float[] values -> System.arraycopy(values, 0, target, offset, values.length);
            case Object other ->
                throw new FusFormatException(source.name(), path, "expected numbers, got " + other.getClass());
        }
    }

    private List<Double> numbers(String path, Dataset d) {
        Object values = flat(path, d);
        List<Double> out = new ArrayList<>();
        for (int i = 0; i < Array.getLength(values); i++) {
            if (!(Array.get(values, i) instanceof Number n)) {
                throw new FusFormatException(source.name(), path, "expected numbers, got " + d.getJavaType());
            }
            out.add(n.doubleValue());
        }
        return out;
    }

    /** All values of a data set as one array, once its claimed size is known to be possible. */
    private Object flat(String path, Dataset d) {
        long claimed = d.getSizeInBytes();
        if (claimed < 0 || (d.getFilters().isEmpty() && claimed > source.size())) {
            throw new FusFormatException(
                    source.name(),
                    path,
                    "claims " + claimed + " bytes in a file of " + source.size()
                            + "; it may be damaged: copy it again");
        }
        Heap.require(source.name(), claimed);
        return d.getDataFlat();
    }

    private Dataset dataset(String path) {
        if (find(path).orElse(null) instanceof Dataset d && !d.isEmpty()) {
            return d;
        }
        throw new FusFormatException(
                source.name(), path, "expected a data set, got none; this is no complete pybf file");
    }

    private Optional<Node> find(String path) {
        Node node = hdf;
        for (String name : path.split("/", -1)) {
            if (!(node instanceof Group group)) {
                return Optional.empty();
            }
            Node child = group.getChild(name);
            if (child == null) {
                return Optional.empty();
            }
            node = child;
        }
        return Optional.of(node);
    }
}
