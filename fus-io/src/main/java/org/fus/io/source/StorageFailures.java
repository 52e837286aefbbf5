package org.fus.io.source;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.fus.core.error.FusStorageException;

/** Says in words what an {@link IOException} means to the user of a file. */
public final class StorageFailures {
    private StorageFailures() {}

    /**
     * The failure of an operation.
     *
     * @param path the file or folder
     * @param operation what was tried, such as {@code write}
     * @param e what the system said
     * @return to be thrown
     */
    public static FusStorageException of(Path path, String operation, IOException e) {
        String resource = path.toString();
        return switch (e) {
            case NoSuchFileException missing ->
                new FusStorageException(
                        resource,
                        operation,
                        "no such file or folder: " + missing.getFile() + "; check the path",
                        false,
                        e);
            case AccessDeniedException denied ->
                new FusStorageException(
                        resource,
                        operation,
                        "access denied: " + denied.getFile() + "; check the permissions",
                        false,
                        e);
            case FileAlreadyExistsException taken ->
                new FusStorageException(
                        resource,
                        operation,
                        "it exists already: " + taken.getFile() + "; choose another name, or ask for it to be replaced",
                        false,
                        e);
            case ClosedByInterruptException interrupted ->
                new FusStorageException(resource, operation, "the thread was interrupted; try again", true, e);
            default -> {
                String reason = reason(e);
                String lower = reason.toLowerCase(Locale.ROOT);
                boolean full =
                        lower.contains("no space") || lower.contains("not enough space") || lower.contains("quota");
                yield full
                        ? new FusStorageException(
                                resource, operation, reason + "; free some space or write elsewhere", true, e)
                        : new FusStorageException(resource, operation, reason, false, e);
            }
        };
    }

    private static String reason(IOException e) {
        String text = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }
}
