package org.fus.examples.command;

import java.io.Console;

/** Whether a person sits at this process. */
final class Terminal {
    private Terminal() {}

    /** True when stdin and stdout are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // it is null again on JDK 25 (JDK-8351435)
    static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /**
     * True when stderr is a terminal. The launcher, which can ask the system, says so in a property; without it Java only
     * knows about stdin and stdout.
     */
    static boolean isErrWatched() {
        String told = System.getProperty("fus.stderrIsTerminal");
        return told == null ? isInteractive() : Boolean.parseBoolean(told);
    }
}
