package org.fus.hardware.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fus.core.error.FusStorageException;

/** Where the files of an acquisition are. */
record SessionFolder(Path root) {
    Path recording() {
        return root.resolve("recording.zarr");
    }

    Path scan() {
        return root.resolve("volumes.scan");
    }

    Path triggers() {
        return root.resolve("triggers.tsv");
    }

    Path audit() {
        return root.resolve("audit.tsv");
    }

    Path bids() {
        return root.resolve("bids");
    }

    Path summary() {
        return root.resolve("session.json");
    }

    /** What an acquisition would overwrite. */
    List<Path> existing() {
        return Stream.of(recording(), scan(), triggers(), bids(), summary())
                .filter(Files::exists)
                .toList();
    }

    void make() {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new FusStorageException(root.toString(), "make", String.valueOf(e.getMessage()), false, e);
        }
    }
}
