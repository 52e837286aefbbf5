package org.fus.io.hostile;

import java.util.Optional;
import org.fus.core.error.FusFormatException;

/**
 * How the reading of a damaged file has ended.
 *
 * @param refused whether a format error says why it is not read
 * @param problem what is wrong with how it has ended, if anything
 */
record Outcome(boolean refused, Optional<String> problem) {
    private static final int SHOWN_CHARACTERS = 2000;

    /** Opens a file and reads all of it. */
    static Outcome of(Worker worker, Specimen damaged) {
        return worker.run(() -> Reading.all(damaged.open(damaged.folder())))
                .map(Outcome::of)
                .orElse(new Outcome(false, Optional.empty()));
    }

    private static Outcome of(Throwable thrown) {
        if (thrown instanceof FusFormatException e) {
            // FILE: where: reason
            String[] parts = e.getMessage().split(": ", 3);
            boolean told = parts.length == 3
                    && parts[0].startsWith(Specimen.FOLDER)
                    && !parts[1].isBlank()
                    && !parts[2].isBlank()
                    && !parts[2].equals("null");
            return new Outcome(
                    true, told ? Optional.empty() : Optional.of("does not name file, place and reason: " + e));
        }
        StringBuilder out = new StringBuilder(thrown.toString());
        for (StackTraceElement at : thrown.getStackTrace()) {
            if (out.length() < SHOWN_CHARACTERS && !at.getClassName().startsWith("java.")) {
                out.append("\n        at ").append(at);
            }
        }
        return new Outcome(false, Optional.of(out.toString()));
    }
}
