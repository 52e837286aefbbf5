package org.fus.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fus.core.error.FusFormatException;
import org.fus.core.error.FusUnsupportedException;
import org.fus.core.error.FusUnsupportedFormatException;
import org.fus.io.content.Content;
import org.fus.io.content.ContentWriter;
import org.fus.io.content.FileFormat;
import org.fus.io.content.FolderFormat;
import org.fus.io.content.OpenOptions;
import org.fus.io.content.Origin;
import org.fus.io.content.WriteOptions;
import org.fus.io.info.InfoPage;
import org.fus.io.source.AtomicFile;
import org.fus.io.source.ByteFolder;
import org.fus.io.source.ByteSource;
import org.fus.io.source.Existing;
import org.fus.io.source.PathFolder;
import org.fus.io.source.PathSource;

/**
 * Opens and writes files of every format. Formats are services, found by {@link ServiceLoader}: those of this library and
 * those that a host brings. Safe for use by many threads.
 */
public final class FusFiles {
    private FusFiles() {}

    /**
     * The formats that can be read.
     *
     * @return in the order in which they are asked
     */
    public static List<FileFormat> formats() {
        return services(FileFormat.class);
    }

    /**
     * The formats that can be written.
     *
     * @return in the order in which they are asked
     */
    public static List<ContentWriter> writers() {
        return services(ContentWriter.class);
    }

    /**
     * Opens a file, or a folder such as a Zarr store, whatever its name: the content tells the format.
     *
     * @param path an existing file or folder
     * @return a handle on its content; values are read as they are used, nothing needs closing
     * @throws FusFormatException when the file is not what its format demands
     * @throws FusUnsupportedFormatException when no format recognises it, or it needs what this version does not read
     * @throws org.fus.core.error.FusStorageException when it cannot be read
     */
    public static Content open(Path path) {
        return open(path, OpenOptions.DEFAULTS);
    }

    /**
     * Opens a file or a folder.
     *
     * @param path an existing file or folder
     * @param options how
     * @return as {@link #open(Path)}
     */
    public static Content open(Path path, OpenOptions options) {
        return Files.isDirectory(path) ? open(PathFolder.of(path), options) : open(PathSource.of(path), options);
    }

    /**
     * Opens bytes from anywhere.
     *
     * @param source the bytes
     * @return as {@link #open(Path)}
     */
    public static Content open(ByteSource source) {
        return open(source, OpenOptions.DEFAULTS);
    }

    /**
     * Opens bytes from anywhere.
     *
     * @param source the bytes
     * @param options how
     * @return as {@link #open(Path)}
     */
    public static Content open(ByteSource source, OpenOptions options) {
        Recognised found = Recognised.of(source);
        Content content = found.format().open(source, options);
        Origin origin = content.origin().warn(found.warnings());
        return content.withOrigin(
                origin.integrity().isEmpty()
                        ? origin.withIntegrity(found.format().integrity(found.head()))
                        : origin);
    }

    /**
     * Opens a folder, such as a Zarr store.
     *
     * @param folder the folder
     * @param options how
     * @return as {@link #open(Path)}
     */
    public static Content open(ByteFolder folder, OpenOptions options) {
        List<FolderFormat> known = services(FolderFormat.class);
        for (FolderFormat format : known) {
            if (format.recognises(folder)) {
                return format.open(folder, options);
            }
        }
        throw new FusUnsupportedFormatException(
                folder.name(),
                "/",
                "no known format of folders (expected "
                        + known.stream().map(FolderFormat::name).collect(Collectors.joining(", "))
                        + "); name a file in it");
    }

    /**
     * Writes content in the format of the extension, all or nothing. A name that exists is refused.
     *
     * @param path where it goes; its folder must exist
     * @param content what it holds
     * @return what the format could not hold, in words; empty when everything was written
     * @throws FusUnsupportedException when there is no writer for the extension, or the format cannot hold the content
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    public static List<String> write(Path path, Content content) {
        return write(path, content, WriteOptions.DEFAULTS);
    }

    /**
     * Writes content in the format of the extension, all or nothing.
     *
     * @param path where it goes; its folder must exist
     * @param content what it holds
     * @param options how
     * @return as {@link #write(Path, Content)}
     */
    public static List<String> write(Path path, Content content, WriteOptions options) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        List<ContentWriter> known = writers();
        List<ContentWriter> byName = known.stream()
                .filter(w -> w.extensions().stream().anyMatch(name::endsWith))
                .toList();
        if (byName.isEmpty()) {
            throw new FusUnsupportedException(path + ": no writer for this extension (expected "
                    + known.stream()
                            .flatMap(w -> w.extensions().stream())
                            .distinct()
                            .collect(Collectors.joining(" or "))
                    + "); choose another name");
        }
        ContentWriter writer = byName.stream()
                .filter(w -> w.holds(content))
                .findFirst()
                .orElseThrow(() -> unheld(path, content, byName));
        return write(path, content, writer, options);
    }

    /**
     * Writes content in a given format, all or nothing.
     *
     * @param path where it goes; its folder must exist
     * @param content what it holds
     * @param format name of the format, such as {@code Iconeus scan v1 (HDF5)}, as {@link ContentWriter#name} gives it
     * @param options how
     * @return as {@link #write(Path, Content)}
     * @throws IllegalArgumentException when no writer has that name
     */
    public static List<String> write(Path path, Content content, String format, WriteOptions options) {
        List<ContentWriter> known = writers();
        ContentWriter writer = known.stream()
                .filter(w -> w.name().equalsIgnoreCase(format))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no writer of format '" + format + "' (expected "
                        + known.stream().map(ContentWriter::name).distinct().collect(Collectors.joining(", ")) + ")"));
        if (!writer.holds(content)) {
            throw unheld(path, content, List.of(writer));
        }
        return write(path, content, writer, options);
    }

    /**
     * Writes bytes such as those of a picture, all or nothing; an existing file is replaced.
     *
     * @param path where they go; the folder must exist
     * @param bytes the content of the file
     * @throws org.fus.core.error.FusStorageException when the file cannot be written
     */
    public static void writeBytes(Path path, byte[] bytes) {
        AtomicFile.write(path, Existing.REPLACE, out -> out.write(bytes));
    }

    /**
     * Describes content as JSON, in the schema of {@code fus info --json}: the description that files of this library hold,
     * and what a person asks first, such as duration, frame rate, subject and integrity.
     *
     * @param content what a file holds
     * @return indented JSON
     */
    public static String infoJson(Content content) {
        return InfoPage.json(content);
    }

    private static List<String> write(Path path, Content content, ContentWriter writer, WriteOptions options) {
        AtomicFile.require(path, options.existing());
        return writer.write(path, content, options);
    }

    private static FusUnsupportedException unheld(Path path, Content content, List<ContentWriter> writers) {
        return new FusUnsupportedException(path + ": the format cannot hold this content (expected "
                + writers.stream().map(w -> w.name() + ": " + w.holding()).collect(Collectors.joining("; "))
                + "; got " + content.kind() + "); choose .npy or another format");
    }

    /** Those of this library come first, in the order of its list; a host's may stand on a loader of its own. */
    private static <T> List<T> services(Class<T> type) {
        Stream<T> found = ServiceLoader.load(type, FusFiles.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
        ClassLoader host = Thread.currentThread().getContextClassLoader();
        if (host == null || host.equals(FusFiles.class.getClassLoader())) {
            return found.toList();
        }
        List<T> ownServices = found.toList();
        List<Class<?>> seen =
                ownServices.stream().<Class<?>>map(Object::getClass).toList();
        Stream<T> others = ServiceLoader.load(type, host).stream()
                .filter(p -> !seen.contains(p.type()))
                .map(ServiceLoader.Provider::get);
        return Stream.concat(ownServices.stream(), others).toList();
    }
}
