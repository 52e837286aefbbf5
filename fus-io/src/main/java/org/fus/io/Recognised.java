package org.fus.io;

import java.util.List;
import java.util.stream.Collectors;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FileHead;
import org.fus.io.source.ByteSource;

/**
 * The format of a file.
 *
 * @param head what it was recognised by
 * @param format the one that its content fits; of several, the one that its name names
 * @param warnings what to tell of it
 */
record Recognised(FileHead head, FileFormat format, List<String> warnings) {
    /** Recognises a file. */
    static Recognised of(ByteSource source) {
        FileHead head = new FileHead(source);
        if (source.size() == 0) {
            throw new FusFormatException(source.name(), "byte 0", "the file is empty; copy it again");
        }
        List<FileFormat> known = FusFiles.formats();
        List<FileFormat> byName = known.stream()
                .filter(f -> f.extensions().stream().anyMatch(head::hasExtension))
                .toList();
        List<FileFormat> byContent =
                known.stream().filter(f -> f.recognises(head)).toList();
        if (byContent.isEmpty()) {
            throw unknown(head, known, byName);
        }
        for (FileFormat format : byContent) {
            if (byName.contains(format)) {
                return new Recognised(head, format, List.of());
            }
        }
        FileFormat format = byContent.getFirst();
        return new Recognised(
                head,
                format,
                byName.isEmpty()
                        ? List.of()
                        : List.of("the name is that of " + names(byName) + ", the content is " + format.name()
                                + "; rename the file"));
    }

    private static FusFormatException unknown(FileHead head, List<FileFormat> known, List<FileFormat> byName) {
        String file = head.source().name();
        if (head.isHdf5() || !byName.isEmpty()) {
            return new FusFormatException(
                    file,
                    head.isHdf5() ? "/" : "byte 0",
                    (head.isHdf5() ? "an HDF5 file without the nodes" : "the first bytes are not those")
                            + " of a known format"
                            + (byName.isEmpty() ? "" : " (expected " + names(byName) + ")")
                            + "; it may be damaged: copy it again");
        }
        return new FusUnsupportedFormatException(
                file,
                "byte 0",
                "no known format (expected "
                        + known.stream()
                                .map(f -> f.name() + " " + f.extensions())
                                .collect(Collectors.joining(", "))
                        + "); convert it to one of them");
    }

    private static String names(List<FileFormat> formats) {
        return formats.stream().map(FileFormat::name).collect(Collectors.joining(" or "));
    }
}
