package org.fus.examples.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.fus.core.run.RunContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The options that every command has, and what commands share: streams, threads, progress. */
@Command(
        name = "fus",
        description = "Functional ultrasound imaging: from channel data to Doppler maps.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QuickstartCommand.class,
            InfoCommand.class,
            RepairCommand.class,
            ConvertCommand.class,
            BeamformCommand.class,
            DopplerCommand.class,
            ProcessCommand.class,
            DevicesCommand.class,
            AcquireCommand.class,
            PlanCommand.class,
            ShellCommand.class,
            LiveCommand.class,
            ServeIgtlCommand.class,
            ServeScannerCommand.class,
            StoreCommand.class,
            JobCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "'fus COMMAND --help' explains a command. FUS_JAVA_OPTS passes options to Java, FUS_JAVA names the JDK."
        })
final class RootCommand implements Runnable, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PrintStream out;
    private final PrintStream err;
    private ExecutorService threads;
    private ProgressBar progress;

    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Show no progress.")
    private boolean quiet;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print results as JSON.")
    private boolean json;

    RootCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Without a command: the list of commands. */
    @Override
    public void run() {
        spec.commandLine().usage(out);
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean quiet() {
        return quiet;
    }

    boolean json() {
        return json;
    }

    /** Prints a result as JSON on stdout. */
    void printJson(Object result) {
        try {
            out.println(JSON.writeValueAsString(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("result has no JSON form", e);
        }
    }

    void printError(String line, Throwable e) {
        err.println("fus: " + line.strip().replaceAll("\\s*\\R\\s*", " "));
        if (debug) {
            e.printStackTrace(err);
        }
    }

    /** All processors, with a progress bar when a person watches. */
    RunContext context() {
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads == null) {
            threads = Executors.newFixedThreadPool(Math.max(1, processors - 1), daemons());
        }
        RunContext context = RunContext.of(threads, processors);
        if (quiet || !Terminal.isErrWatched()) {
            return context;
        }
        progress = new ProgressBar(err);
        return context.withProgress(progress);
    }

    void clearProgress() {
        if (progress != null) {
            progress.clear();
        }
    }

    @Override
    public void close() {
        clearProgress();
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "fus-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
