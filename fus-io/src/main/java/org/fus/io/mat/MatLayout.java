package org.fus.io.mat;

import java.util.List;
import java.util.Map;
import org.fus.io.content.Content;

/** Names of variables by which a laboratory or a toolbox keeps its data, and what they mean. */
sealed interface MatLayout
        permits MustLayout, AcquisitionLayout, FilmLayout, PyfusLayout, PalaLayout, DopLayout, OwnArray {
    /** What the times of a volume or frame take, as objects of a list and in a description. */
    long BYTES_PER_TIME = 64;

    /** The variables, for people. */
    String what();

    /** Whether a file has them. */
    boolean fits(List<String> names);

    /** Reads the file. Figures that cannot be are reported as illegal arguments. */
    Content read(MatFile file);

    /** The name of the format of a file in this layout. */
    default String format(MatFile file) {
        return MatFormat.NAME + " " + file.version() + ", " + what();
    }

    /** The variables beside the data as plain values. */
    static void others(MatFile file, List<String> data, Map<String, Object> metadata) {
        for (String name : file.names()) {
            if (!data.contains(name)) {
                Object plain = MatFields.plain(file.name(), name, file.value(name));
                if (plain != null) {
                    metadata.put(name, plain);
                }
            }
        }
    }
}
