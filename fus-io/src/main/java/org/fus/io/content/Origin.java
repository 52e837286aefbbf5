package org.fus.io.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where content comes from and what its file says about it.
 *
 * @param file name of the file, empty for content that comes from none
 * @param format name of the format, empty for content that comes from no file
 * @param dtype type of the values as stored, such as {@code int16}
 * @param metadata what the file says that has no place of its own, in its order
 * @param warnings what a reader of the content should know
 * @param integrity what is known of the soundness of the file, in words; empty when nothing is
 */
public record Origin(
        String file,
        String format,
        String dtype,
        Map<String, Object> metadata,
        List<String> warnings,
        String integrity) {
    /** Copies. */
    public Origin {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(dtype, "dtype");
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        warnings = List.copyOf(warnings);
        Objects.requireNonNull(integrity, "integrity");
    }

    /**
     * Content of whose soundness nothing is known yet.
     *
     * @param file name of the file, empty for content that comes from none
     * @param format name of the format, empty for content that comes from no file
     * @param dtype type of the values as stored, such as {@code int16}
     * @param metadata what the file says that has no place of its own, in its order
     * @param warnings what a reader of the content should know
     */
    public Origin(String file, String format, String dtype, Map<String, Object> metadata, List<String> warnings) {
        this(file, format, dtype, metadata, warnings, "");
    }

    /**
     * The origin of a result that was just computed.
     *
     * @param type type of its values
     * @return an origin without a file
     */
    public static Origin computed(SampleType type) {
        return new Origin("", "", type.label(), Map.of(), List.of());
    }

    /**
     * The same with more warnings.
     *
     * @param more what else a reader of the content should know
     * @return a changed copy
     */
    public Origin warn(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Origin(file, format, dtype, metadata, all, integrity);
    }

    /**
     * The same with what is known of the soundness of the file.
     *
     * @param known in words
     * @return a changed copy
     */
    public Origin withIntegrity(String known) {
        return new Origin(file, format, dtype, metadata, warnings, known);
    }
}
