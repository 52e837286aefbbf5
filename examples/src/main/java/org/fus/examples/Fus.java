package org.fus.examples;

import java.io.PrintStream;
import org.fus.examples.command.CommandRunner;

/** Entry point of the command line. */
public final class Fus {
    private Fus() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args what the user typed
     */
    public static void main(String[] args) {
        LauncherStderr.restore();
        int code = run(args, System.out, System.err);
        System.out.flush();
        System.exit(code);
    }

    /**
     * Runs one command in this process.
     *
     * @param args what the user typed
     * @param out takes results
     * @param err takes one line per error, progress and warnings
     * @return 0 success, 2 wrong usage, 1 anything else
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        return CommandRunner.run(args, out, err);
    }
}
