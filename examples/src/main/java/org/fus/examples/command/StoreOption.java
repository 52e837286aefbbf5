package org.fus.examples.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.Project;
import picocli.CommandLine.Option;

/** Which store, and which project of it: the options that commands on stores share. */
final class StoreOption {
    static final String DEFAULT_PROJECT = "default";

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "Folder of the store (default: that in the environment variable FUS_STORE).")
    private Optional<Path> folder;

    @Option(
            names = "--project",
            paramLabel = "NAME",
            description = "The project (default: " + DEFAULT_PROJECT + "); equal data are kept once within a project.")
    private Optional<String> project;

    AcquisitionStore open() {
        return AcquisitionStore.open(at());
    }

    /** Makes the store when its folder is missing or empty. */
    AcquisitionStore openOrCreate() {
        Path at = at();
        String[] names = at.toFile().list();
        return names == null || names.length == 0 ? AcquisitionStore.create(at) : AcquisitionStore.open(at);
    }

    private Path at() {
        return folder.or(() -> Optional.ofNullable(System.getenv("FUS_STORE")).map(Path::of))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no store: expected --store STORE, or the environment variable FUS_STORE"));
    }

    Project project(AcquisitionStore store) {
        return store.project(project.orElse(DEFAULT_PROJECT));
    }

    /** The one that was asked for, or all that hold something. */
    List<String> projects(AcquisitionStore store) {
        return project.map(List::of).orElseGet(store::projects);
    }
}
