package org.fus.io.mat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.internal.hdf.Hdf;
import org.fus.io.internal.hdf.HdfArray;
import org.fus.io.source.ByteSource;

/**
 * A file of version 7.3: HDF5, a data set for each variable, a group for each structure; the attribute {@code MATLAB_class}
 * tells texts and cells from numbers. Values are read by chunk.
 */
final class Mat73File implements MatFile {
    private static final String CLASS = "MATLAB_class";
    private static final int MAX_DEPTH = 16;

    /** Groups may hold each other: more fields than this are no structure of MATLAB. */
    private static final int MAX_FIELDS = 4096;

    private final Hdf hdf;

    private Mat73File(Hdf hdf) {
        this.hdf = hdf;
    }

    static Mat73File open(ByteSource source) {
        return new Mat73File(Hdf.open(source));
    }

    @Override
    public String name() {
        return hdf.source().name();
    }

    @Override
    public String version() {
        return "7.3";
    }

    @Override
    public List<String> names() {
        // What cells and objects refer to stands in groups of these names.
        return hdf.children("").stream().filter(n -> !n.startsWith("#")).toList();
    }

    @Override
    public MatValue value(String variable) {
        return hdf.has(variable) ? value(variable, 0, new AtomicInteger()) : null;
    }

    private MatValue value(String path, int depth, AtomicInteger fields) {
        String type = hdf.attributeText(path, CLASS).orElse("");
        if (hdf.isGroup(path)) {
            return type.isEmpty() || type.equals("struct") ? struct(path, depth, fields) : new MatValue.Other(type);
        }
        return switch (type) {
            case "char" -> new MatValue.Text(empty(path) ? "" : hdf.text(path));
            case "cell", "function_handle", "struct", "table", "string" ->
                new MatValue.Other("a variable of class " + type);
            default -> numbers(path);
        };
    }

    private MatValue numbers(String path) {
        // The lengths of an empty variable stand in the place of its values.
        return array(path)
                .filter(_ -> !empty(path))
                .<MatValue>map(a -> new MatValue.Numbers(MatArray.of(name(), a)))
                .orElseGet(() -> new MatValue.Other("a variable without numbers"));
    }

    /** Texts and references are data sets without numbers. */
    private Optional<HdfArray> array(String path) {
        try {
            return Optional.of(hdf.array(path));
        } catch (FusUnsupportedFormatException e) {
            return Optional.empty();
        }
    }

    private boolean empty(String path) {
        return hdf.attributeNumbers(path, "MATLAB_empty")
                .map(v -> v.length > 0 && v[0] != 0)
                .orElse(false);
    }

    private MatValue struct(String path, int depth, AtomicInteger count) {
        if (depth == MAX_DEPTH) {
            throw hdf.failure(path, "more than " + MAX_DEPTH + " structures within each other; save it anew");
        }
        Map<String, MatValue> fields = new LinkedHashMap<>();
        for (String name : hdf.children(path)) {
            if (count.incrementAndGet() > MAX_FIELDS) {
                throw hdf.failure(path, "more than " + MAX_FIELDS + " fields; the file may be damaged: save it anew");
            }
            fields.put(name, value(path + "/" + name, depth + 1, count));
        }
        return new MatValue.Struct(fields);
    }
}
