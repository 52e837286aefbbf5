package org.fus.examples.command;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.fus.core.error.FusException;

/** The one line that tells a user what went wrong. */
final class Failures {
    private Failures() {}

    /** Wrong arguments, as opposed to bad input, a full disk, or a bug. */
    static boolean isWrongUsage(Throwable e) {
        return e instanceof IllegalArgumentException;
    }

    static String line(Throwable e) {
        return switch (e) {
            case FusException f -> message(f);
            case IllegalArgumentException f -> message(f);
            case UncheckedIOException f -> line(f.getCause());
            case NoSuchFileException f -> f.getFile() + ": no such file or folder";
            case AccessDeniedException f -> f.getFile() + ": permission denied";
            case FileSystemException f -> f.getFile() + ": " + (f.getReason() == null ? f : f.getReason());
            case OutOfMemoryError f ->
                "not enough memory (" + message(f) + "); give Java more, such as FUS_JAVA_OPTS=-Xmx8g, or use a coarser"
                        + " grid";
            default -> "unexpected " + e + "; run again with --debug for the stack trace";
        };
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
