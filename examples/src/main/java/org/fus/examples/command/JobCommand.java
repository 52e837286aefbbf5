package org.fus.examples.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.fus.cloud.job.Job;
import org.fus.cloud.job.JobClient;
import org.fus.cloud.job.JobHandle;
import org.fus.cloud.job.JobState;
import org.fus.cloud.job.JobStatus;
import org.fus.cloud.job.Worker;
import org.fus.cloud.job.WorkerOptions;
import org.fus.cloud.queue.QueueDepth;
import org.fus.cloud.queue.StoreQueue;
import org.fus.cloud.store.AcquisitionRef;
import org.fus.cloud.store.AcquisitionStore;
import org.fus.cloud.store.RestoreReport;
import org.fus.cloud.web.JobPage;
import org.fus.cloud.web.JobPageOptions;
import org.fus.core.error.FusException;
import org.fus.io.content.OpenOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Work on acquisitions of a store, done by workers. */
@Command(
        name = "job",
        description = "Work on acquisitions of a store, done by workers that pull it (docs/jobs.md).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            JobCommand.Submit.class,
            JobCommand.Status.class,
            JobCommand.Cancel.class,
            JobCommand.Work.class,
            JobCommand.Serve.class
        })
final class JobCommand implements Runnable {
    private static final String QUEUE = "jobs";

    @ParentCommand
    private RootCommand fus;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(fus.out());
    }

    private static JobClient client(AcquisitionStore store) {
        return new JobClient(store, StoreQueue.of(store.objects(), QUEUE));
    }

    private static Map<String, Object> row(Job job) {
        JobState state = job.state();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job", job.id());
        row.put("acquisition", job.request().acquisition() + "@" + job.request().version());
        row.put("recipe", job.request().recipe().summary());
        row.put("status", state.status().name().toLowerCase(Locale.ROOT));
        row.put("stage", state.stage());
        row.put("percent", state.percent());
        row.put("elapsedS", state.elapsed(Instant.now()).toMillis() / 1000.0);
        row.put("attempt", state.attempt());
        row.put("worker", state.worker());
        row.put("message", state.message());
        row.put("result", state.status() == JobStatus.DONE ? job.request().resultName() : "");
        return row;
    }

    private static String line(Job job) {
        Map<String, Object> row = row(job);
        String text = job.id().substring(0, 8) + "  " + row.get("status") + "  " + row.get("acquisition") + "  "
                + row.get("recipe") + "  "
                + String.format(
                        Locale.ROOT,
                        "%.1f s",
                        job.state().elapsed(Instant.now()).toMillis() / 1000.0);
        return switch (job.state().status()) {
            case RUNNING -> text + "  " + row.get("stage") + " " + row.get("percent") + " %";
            case DONE -> text + "  " + row.get("result");
            default -> row.get("message").equals("") ? text : text + "  " + row.get("message");
        };
    }

    private void print(Job job) {
        fus.clearProgress();
        if (fus.json()) {
            fus.printJson(row(job));
        } else {
            fus.out().println(line(job));
        }
    }

    @Command(
            name = "submit",
            description = {
                "Asks for a map of an acquisition: channel data or IQ in, power Doppler or another map out.",
                "What was asked for before is the same job and is not computed again."
            })
    static final class Submit implements Runnable {
        @ParentCommand
        private JobCommand jobs;

        @Mixin
        private StoreOption store;

        @Mixin
        private ImagingOptions imaging;

        @Mixin
        private DopplerOptions doppler;

        @Parameters(paramLabel = "ACQUISITION", converter = RefConverter.class, description = "Such as rat1 or rat1@2.")
        private AcquisitionRef ref;

        @Option(names = "--wait", description = "Wait until the job has ended; exit code 1 when it was not done.")
        private boolean wait;

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "With --wait: bring the result into a folder that does not exist yet.")
        private Optional<Path> out;

        @Override
        public void run() {
            if (out.isPresent() && !wait) {
                throw new IllegalArgumentException(
                        "--out " + out.get() + " needs --wait: there is no result before the end");
            }
            try (AcquisitionStore opened = store.open()) {
                JobRecipes recipes = new JobRecipes(imaging, doppler);
                JobHandle job = client(opened)
                        .submit(
                                store.project(opened).name(),
                                ref,
                                recipes.of(
                                        Path.of(ref.toString()),
                                        store.project(opened).open(ref, OpenOptions.DEFAULTS)));
                JobState state = wait ? follow(job) : job.state();
                jobs.print(new Job(job.id(), job.request(), state));
                if (wait && state.status() != JobStatus.DONE) {
                    throw new FusException("job " + job.id() + " was not done: " + state.message());
                }
                if (out.isPresent()) {
                    RestoreReport report = store.project(opened).restore(job.result(), out.get(), jobs.fus.context());
                    jobs.fus.clearProgress();
                    jobs.fus.err().println("wrote " + report.target());
                }
            }
        }

        private JobState follow(JobHandle job) {
            var context = jobs.fus.context();
            JobState state = job.state();
            while (!state.status().isFinal()) {
                context.report(state.stage().isEmpty() ? "waiting" : state.stage(), state.percent(), 101);
                state = job.await(Duration.ofMillis(500));
            }
            return state;
        }
    }

    @Command(name = "status", description = "Tells about the jobs of a project, or about one with its log.")
    static final class Status implements Runnable {
        @ParentCommand
        private JobCommand jobs;

        @Mixin
        private StoreOption store;

        @Parameters(arity = "0..1", paramLabel = "JOB", description = "Its name or the first digits of it.")
        private Optional<String> id;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                JobClient client = client(opened);
                String project = store.project(opened).name();
                if (id.isPresent()) {
                    JobHandle job = client.handle(project, id.get());
                    jobs.print(new Job(job.id(), job.request(), job.state()));
                    if (!jobs.fus.json()) {
                        jobs.fus.out().print(job.log());
                    }
                    return;
                }
                List<Job> all = client.list(project);
                QueueDepth depth = client.depth();
                if (jobs.fus.json()) {
                    Map<String, Object> result = new LinkedHashMap<>();
                    result.put("waiting", depth.waiting());
                    result.put("held", depth.held());
                    result.put("dead", depth.dead());
                    result.put("workers", client.workers());
                    result.put("backlogPerWorker", client.backlogPerWorker());
                    result.put("jobs", all.stream().map(JobCommand::row).toList());
                    jobs.fus.printJson(result);
                } else {
                    jobs.fus
                            .out()
                            .println(depth.waiting() + " waiting, " + depth.held() + " being worked on, " + depth.dead()
                                    + " set aside, " + client.workers().size() + " workers");
                    all.forEach(j -> jobs.fus.out().println(line(j)));
                }
            }
        }
    }

    @Command(name = "cancel", description = "Cancels a job; a worker that is at it stops.")
    static final class Cancel implements Runnable {
        @ParentCommand
        private JobCommand jobs;

        @Mixin
        private StoreOption store;

        @Parameters(paramLabel = "JOB", description = "Its name or the first digits of it.")
        private String id;

        @Override
        public void run() {
            try (AcquisitionStore opened = store.open()) {
                JobHandle job = client(opened).handle(store.project(opened).name(), id);
                jobs.print(new Job(job.id(), job.request(), job.cancel()));
            }
        }
    }

    @Command(
            name = "worker",
            description = {
                "Does jobs of a store, of all its projects, until it is interrupted.",
                "Any number of workers may run, on any machine that reaches the store."
            })
    static final class Work implements Runnable {
        @ParentCommand
        private JobCommand jobs;

        @Mixin
        private StoreOption store;

        @Option(names = "--name", paramLabel = "NAME", description = "Stands in lists and logs (default: made up).")
        private Optional<String> name;

        @Option(names = "--until-empty", description = "Stop when no job waits.")
        private boolean untilEmpty;

        @Option(names = "--until-input-ends", hidden = true, description = "Stop when whoever started it is gone.")
        private boolean untilInputEnds;

        @Override
        public void run() {
            String own = name.orElseGet(
                    () -> "worker-" + UUID.randomUUID().toString().substring(0, 8));
            try (Forever forever = new Forever();
                    AcquisitionStore opened = store.open();
                    Worker worker = new Worker(
                            opened,
                            StoreQueue.of(opened.objects(), QUEUE),
                            WorkerOptions.of(own),
                            jobs.fus.context())) {
                if (untilEmpty) {
                    int done = 0;
                    while (worker.runOne()) {
                        done++;
                    }
                    jobs.fus.clearProgress();
                    (jobs.fus.json() ? jobs.fus.err() : jobs.fus.out()).println(own + ": " + done + " jobs");
                    return;
                }
                worker.start();
                jobs.fus.err().println(own + " pulls from " + opened.name());
                forever.await(untilInputEnds);
            }
        }
    }

    @Command(
            name = "serve",
            description = {
                "Shows the jobs of a project on a web page, and starts workers, until it is interrupted.",
                "Listens on this machine alone unless it is given --address and a token in FUS_TOKEN."
            })
    static final class Serve implements Runnable {
        @ParentCommand
        private JobCommand jobs;

        @Mixin
        private StoreOption store;

        @Option(
                names = "--port",
                defaultValue = "8330",
                description = "TCP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
        private int port;

        @Option(
                names = "--address",
                defaultValue = "127.0.0.1",
                description = "Where to listen (default: ${DEFAULT-VALUE}, this machine alone).")
        private String address;

        @Option(
                names = "--workers",
                paramLabel = "N",
                defaultValue = "1",
                description = "Worker processes to start (default: ${DEFAULT-VALUE}).")
        private int workers;

        @Option(names = "--until-input-ends", hidden = true, description = "Stop when whoever started it is gone.")
        private boolean untilInputEnds;

        @Override
        public void run() {
            if (workers < 0 || workers > 64) {
                throw new IllegalArgumentException("--workers " + workers + ": expected 0 to 64");
            }
            JobRecipes recipes = JobRecipes.usual();
            try (Forever forever = new Forever();
                    AcquisitionStore opened = store.open();
                    JobPage page = JobPage.start(
                            opened, store.project(opened).name(), client(opened), recipes::of, options());
                    WorkerProcesses processes = WorkerProcesses.start(opened.name(), workers)) {
                (jobs.fus.json() ? jobs.fus.err() : jobs.fus.out())
                        .println("jobs of " + store.project(opened).name() + " at " + page.uri() + " with "
                                + processes.count() + " workers");
                jobs.fus.out().flush();
                forever.await(untilInputEnds);
            }
        }

        private JobPageOptions options() {
            try {
                return new JobPageOptions(
                        InetAddress.getByName(address), port, Optional.ofNullable(System.getenv("FUS_TOKEN")));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("--address " + address + ": no such address", e);
            }
        }
    }
}
