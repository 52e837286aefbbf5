package org.fus.examples.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.AcquisitionSummary;
import org.fus.cloud.store.GarbageReport;
import org.fus.cloud.store.ImportOptions;
import org.fus.cloud.store.ImportReport;
import org.fus.cloud.store.Manifest;
import org.fus.cloud.store.ManifestFile;
import org.fus.cloud.store.Project;
import org.fus.cloud.store.RestoreReport;
import org.fus.cloud.store.VerifyReport;
import org.fus.core.error.FusException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Works on stores of acquisitions. */
@Command(
        name = "store",
        description = {
            "Keeps acquisitions in a store that many share: equal data are kept and sent once (docs/store.md).",
            "An acquisition is named NAME, NAME@VERSION or NAME@TAG."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StoreCommand.Init.class,
            StoreCommand.Import.class,
            StoreCommand.ListAll.class,
            StoreCommand.Show.class,
            StoreCommand.Tag.class,
            StoreCommand.Get.class,
            StoreCommand.Restore.class,
            StoreCommand.Verify.class,
            StoreCommand.Remove.class,
            StoreCommand.Gc.class
        })
final class StoreCommand implements Runnable {
    @ParentCommand
    private RootCommand fus;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(fus.out());
    }

    private void report(Map<String, Object> result) {
        fus.clearProgress();
        if (fus.json()) {
            fus.printJson(result);
        } else if (!fus.quiet()) {
            result.forEach((name, value) -> fus.out().println(name + ": " + value));
        }
    }

    @Command(name = "init", description = "Makes an empty store.")
    static final class Init implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Parameters(paramLabel = "STORE", description = "A folder; made when it is not there.")
        private Path folder;

        @Override
        public void run() {
            try (AcquisitionStore store = AcquisitionStore.create(folder)) {
                stores.report(Map.of("store", store.name()));
            }
        }
    }

    @Command(
            name = "import",
            description = {
                "Imports a file or a folder as the next version of an acquisition.",
                "After an interruption, the same command goes on where it was."
            })
    static final class Import implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(index = "0", paramLabel = "SOURCE", description = "A file, or a folder such as rat1.zarr.")
        private Path source;

        @Option(names = "--as", paramLabel = "NAME", description = "Name of the acquisition (default: that of SOURCE).")
        private Optional<String> name;

        @Option(names = "--tag", paramLabel = "TAG", description = "A name for this version.")
        private Optional<String> tag;

        @Option(names = "--init", description = "Make the store when there is none.")
        private boolean init;

        @Override
        public void run() {
            String acquisition = name.orElseGet(
                    () -> String.valueOf(source.toAbsolutePath().normalize().getFileName()));
            AcquisitionRef.newest(acquisition);
            try (AcquisitionStore opened = init ? store.openOrCreate() : store.open()) {
                Project project = store.project(opened);
                ImportReport report = project.importFrom(
                        source,
                        acquisition,
                        ImportOptions.DEFAULTS.by(System.getProperty("user.name", "")),
                        stores.fus.context());
                AcquisitionRef ref = AcquisitionRef.parse(
                        acquisition + "@" + report.manifest().version());
                tag.ifPresent(t -> project.tag(ref, t));
                report.warnings().forEach(w -> stores.fus.err().println("fus: warning: " + w));
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("acquisition", ref.toString());
                result.put("files", report.manifest().files().size());
                result.put("bytes", report.manifest().bytes());
                result.put("sentBytes", report.sentBytes());
                result.put("changed", report.changed());
                stores.report(result);
            }
        }
    }

    @Command(name = "list", description = "Lists projects and their acquisitions.")
    static final class ListAll implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                for (String project : store.projects(opened)) {
                    opened.project(project).list().forEach(a -> rows.add(row(project, a)));
                }
                if (stores.fus.json()) {
                    stores.fus.printJson(rows);
                } else {
                    rows.forEach(row -> stores.fus
                            .out()
                            .println(row.get("project") + "/" + row.get("acquisition") + "  version "
                                    + row.get("version")
                                    + "  " + row.get("bytes") + " bytes  " + row.get("files") + " files  "
                                    + row.get("created")
                                    + (row.get("tags").equals(Map.of()) ? "" : "  " + row.get("tags"))));
                }
            }
        }

        private static Map<String, Object> row(String project, AcquisitionSummary a) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("project", project);
            row.put("acquisition", a.name());
            row.put("version", a.newest().version());
            row.put("versions", a.versions());
            row.put("tags", a.tags());
            row.put("bytes", a.newest().bytes());
            row.put("files", a.newest().files().size());
            row.put("created", a.newest().created().toString());
            row.put("author", a.newest().author());
            return row;
        }
    }

    @Command(name = "show", description = "Tells what a version consists of.")
    static final class Show implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(paramLabel = "ACQUISITION", converter = RefConverter.class, description = "Such as rat1 or rat1@2.")
        private AcquisitionRef ref;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                Manifest manifest = store.project(opened).manifest(ref);
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("acquisition", manifest.acquisition());
                result.put("version", manifest.version());
                result.put("created", manifest.created().toString());
                result.put("author", manifest.author());
                result.put("root", manifest.root().hex());
                result.put("bytes", manifest.bytes());
                result.put("chunks", manifest.chunks());
                result.put("packs", manifest.packs().size());
                if (stores.fus.json()) {
                    result.put("files", manifest.files().stream().map(Show::row).toList());
                }
                stores.report(result);
                if (!stores.fus.json()) {
                    manifest.files().forEach(f -> stores.fus.out().println("  " + f.path() + "  " + f.bytes()));
                }
            }
        }

        private static Map<String, Object> row(ManifestFile file) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("path", file.path());
            row.put("bytes", file.bytes());
            row.put("chunks", file.chunks());
            row.put("hash", file.hash().hex());
            return row;
        }
    }

    @Command(name = "tag", description = "Gives a version a name that people remember.")
    static final class Tag implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(
                index = "0",
                paramLabel = "ACQUISITION",
                converter = RefConverter.class,
                description = "The version.")
        private AcquisitionRef ref;

        @Parameters(index = "1", paramLabel = "TAG", description = "The name; it may stand on another version now.")
        private String tag;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                Project project = store.project(opened);
                project.tag(ref, tag);
                stores.report(Map.of("tags", project.tags(ref.name())));
            }
        }
    }

    @Command(name = "get", description = "Brings one file of a version back.")
    static final class Get implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(
                index = "0",
                paramLabel = "ACQUISITION",
                converter = RefConverter.class,
                description = "The version.")
        private AcquisitionRef ref;

        @Parameters(index = "1", paramLabel = "PATH", description = "The file, as 'fus store show' lists it.")
        private String path;

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "A file that does not exist yet.")
        private Path out;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                stores.restored(store.project(opened).restore(ref, path, out, stores.fus.context()));
            }
        }
    }

    @Command(
            name = "restore",
            description = {
                "Brings a whole version back into a new folder, which appears when it is complete.",
                "After an interruption, the same command goes on where it was."
            })
    static final class Restore implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(paramLabel = "ACQUISITION", converter = RefConverter.class, description = "The version.")
        private AcquisitionRef ref;

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "A folder that does not exist yet.")
        private Path out;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                stores.restored(store.project(opened).restore(ref, out, stores.fus.context()));
            }
        }
    }

    private void restored(RestoreReport report) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("out", report.target().toString());
        result.put("files", report.files());
        result.put("bytes", report.bytes());
        result.put("fetchedBytes", report.fetchedBytes());
        report(result);
    }

    @Command(
            name = "verify",
            description = "Reads every chunk and compares its hash. Exit code 1 when something is missing or damaged.")
    static final class Verify implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(
                paramLabel = "ACQUISITION",
                arity = "0..*",
                converter = RefConverter.class,
                description = "Versions (default: all of the project).")
        private List<AcquisitionRef> refs = List.of();

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                VerifyReport report = store.project(opened).verify(refs, stores.fus.context());
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("versions", report.versions());
                result.put("chunks", report.chunks());
                result.put("bytes", report.bytes());
                result.put("problems", report.problems());
                stores.report(result);
                if (!report.problems().isEmpty()) {
                    throw new FusException(report.problems().getFirst()
                            + (report.problems().size() == 1
                                    ? ""
                                    : " (" + report.problems().size() + " problems in all)"));
                }
            }
        }
    }

    @Command(name = "remove", description = "Removes a version; 'fus store gc' then frees its room.")
    static final class Remove implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Parameters(paramLabel = "NAME@VERSION", converter = RefConverter.class, description = "The version.")
        private AcquisitionRef ref;

        @Override
        public void run() {
            if (ref.version().isEmpty()) {
                throw new IllegalArgumentException(
                        ref + ": expected a version or a tag after '@', so that the newest is not removed by mistake");
            }
            try (AcquisitionStore opened = store.open()) {
                store.project(opened).remove(ref);
                stores.report(Map.of("removed", ref.toString()));
            }
        }
    }

    @Command(
            name = "gc",
            description = {
                "Frees the room of what no version needs any more.",
                "The first run condemns, a later one deletes; no import that is under way loses anything."
            })
    static final class Gc implements Runnable {
        @ParentCommand
        private StoreCommand stores;

        @Mixin
        private StoreOption store;

        @Option(
                names = "--grace",
                paramLabel = "HOURS",
                defaultValue = "24",
                description = "Hours that condemned data stay for readers (default: ${DEFAULT-VALUE}).")
        private double graceHours;

        @Override
        public void run() {
            if (!(graceHours >= 0 && graceHours < 1e6)) {
                throw new IllegalArgumentException("--grace " + graceHours + ": expected 0 or more hours");
            }
            try (AcquisitionStore opened = store.open()) {
                GarbageReport report =
                        store.project(opened).collectGarbage(Duration.ofMillis(Math.round(graceHours * 3.6e6)));
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("condemned", report.condemned());
                result.put("waiting", report.waiting());
                result.put("deleted", report.deleted());
                result.put("deletedBytes", report.deletedBytes());
                result.put("kept", report.kept());
                stores.report(result);
            }
        }
    }
}
