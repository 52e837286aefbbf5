package org.fus.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.FileFormat;
import org.fus.io.info.FileInfo;
import org.fus.io.mat.MatFormat;
import org.fus.io.npy.NpyFormat;
import org.fus.io.npy.NpyWriter;
import org.fus.io.pybf.PybfFormat;
import org.fus.io.scan.ScanV1Format;
import org.fus.io.scan.ScanV2Format;
import org.fus.io.scan.ScanV2Writer;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteSource;
import org.fus.io.source.PathSource;

/** Reads and writes files of every supported format. Safe for use by many threads. */
public final class FusFiles {
    /** Every format that can be read; the first that recognises a file by extension and first bytes reads it. */
    private static final List<FileFormat> FORMATS =
            List.of(new NpyFormat(), new ScanV2Format(), new MatFormat(), new PybfFormat(), new ScanV1Format());

    private static final List<ContentWriter> WRITERS = List.of(new NpyWriter(), new ScanV2Writer());

    private FusFiles() {}

    /**
     * The formats that can be read.
     *
     * @return an unmodifiable list
     */
    public static List<FileFormat> formats() {
        return FORMATS;
    }

    /**
     * The formats that can be written.
     *
     * @return an unmodifiable list
     */
    public static List<ContentWriter> writers() {
        return WRITERS;
    }

    /**
     * Reads a file.
     *
     * @param path an existing file
     * @return its content; a series is read from the file block by block as it is used
     * @throws FusFormatException when the file is not what its format demands
     * @throws FusUnsupportedException when no format recognises it, or it needs what this version does not read
     * @throws org.fus.core.error.FusStorageException when it cannot be read
     */
    public static Content read(Path path) {
        return read(PathSource.of(path));
    }

    /**
     * Reads bytes from anywhere.
     *
     * @param source the bytes, named with the extension of the format
     * @return its content
     * @throws FusFormatException as {@link #read(Path)}
     * @throws FusUnsupportedException as {@link #read(Path)}
     * @throws org.fus.core.error.FusStorageException as {@link #read(Path)}
     */
    public static Content read(ByteSource source) {
        byte[] head = source.head(FileFormat.HEAD_BYTES);
        if (head.length == 0) {
            throw new FusFormatException(source.name(), "byte 0", "the file is empty; copy it again");
        }
        List<FileFormat> byName =
                FORMATS.stream().filter(f -> hasExtension(source, f)).toList();
        List<FileFormat> byBytes =
                FORMATS.stream().filter(f -> f.recognises(head)).toList();
        for (FileFormat format : byBytes) {
            if (byName.contains(format)) {
                return format.read(source);
            }
        }
        if (!byName.isEmpty()) {
            throw new FusFormatException(
                    source.name(),
                    "byte 0",
                    "the first bytes are not those of its extension (expected "
                            + byName.stream().map(FileFormat::name).collect(Collectors.joining(" or ")) + ")"
                            + (byBytes.isEmpty()
                                    ? "; it may be damaged: copy it again"
                                    : "; it looks like " + byBytes.getFirst().name() + ": rename it"));
        }
        if (!byBytes.isEmpty()) {
            return byBytes.getFirst().read(source);
        }
        throw new FusUnsupportedException(source.name() + ": no known format (expected "
                + FORMATS.stream().map(f -> f.name() + " " + f.extensions()).collect(Collectors.joining(", "))
                + "); convert it to one of them");
    }

    /**
     * Writes content in the format of the extension, all or nothing; an existing file is replaced.
     *
     * @param path where it goes; its folder must exist
     * @param content what it holds
     * @return what the format could not hold, in words; empty when everything was written
     * @throws FusUnsupportedException when there is no writer for the extension, or the format cannot hold the content
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    public static List<String> write(Path path, Content content) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        for (ContentWriter writer : WRITERS) {
            if (name.endsWith(writer.extension())) {
                return writer.write(path, content);
            }
        }
        throw new FusUnsupportedException(path + ": no writer for this extension (expected "
                + WRITERS.stream().map(ContentWriter::extension).collect(Collectors.joining(" or "))
                + "); choose another name");
    }

    /**
     * Writes bytes such as those of a picture, all or nothing; an existing file is replaced.
     *
     * @param path where they go; the folder must exist
     * @param bytes the content of the file
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    public static void writeBytes(Path path, byte[] bytes) {
        AtomicFile.write(path, out -> out.write(bytes));
    }

    /**
     * Describes content as JSON, in the schema of {@code fus info --json}.
     *
     * @param content what a file holds
     * @return indented JSON
     */
    public static String infoJson(Content content) {
        return FileInfo.json(content);
    }

    private static boolean hasExtension(ByteSource source, FileFormat format) {
        String name = source.name().toLowerCase(Locale.ROOT);
        return format.extensions().stream().anyMatch(name::endsWith);
    }
}
