package org.fus.examples.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses what the user typed, runs the command, and turns failures into one line and an exit code. */
public final class CommandRunner {
    private static final int WRONG_USAGE = 2;
    private static final int FAILURE = 1;

    private CommandRunner() {}

    /**
     * Runs one command.
     *
     * @param args what the user typed
     * @param out takes results
     * @param err takes one line per error, progress and warnings
     * @return 0 success, 2 wrong usage, 1 anything else
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        RootCommand root = new RootCommand(out, err);
        try (root) {
            CommandLine line = new CommandLine(root)
                    .setOut(writer(out))
                    .setErr(writer(err))
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setParameterExceptionHandler((e, given) -> wrongUsage(root, e))
                    .setExecutionExceptionHandler((e, command, result) -> failure(root, e));
            return line.execute(args);
        } catch (Error e) {
            // Picocli hands on exceptions only; a user of a small machine meets OutOfMemoryError.
            return failure(root, e);
        }
    }

    private static int wrongUsage(RootCommand root, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        root.printError(describe(e) + "; see '" + command + " --help'", e);
        return WRONG_USAGE;
    }

    private static String describe(ParameterException e) {
        boolean noCommand = e.getCommandLine().getParent() == null;
        return e instanceof UnmatchedArgumentException u && noCommand && !u.isUnknownOption()
                ? "no command '" + u.getUnmatched().getFirst() + "'"
                : e.getMessage();
    }

    private static int failure(RootCommand root, Throwable e) {
        root.clearProgress();
        root.printError(Failures.line(e), e);
        return Failures.isWrongUsage(e) ? WRONG_USAGE : FAILURE;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
