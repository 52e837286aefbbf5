package org.fus.examples.shell;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/** Runs snippets one after the other in this JVM, prints their values, and stops at the first that fails. */
public final class ScriptShell implements AutoCloseable {
    /**
     * Why a script stopped.
     *
     * @param line the first line of the snippet that failed, from 1
     * @param reason what the compiler or the exception says, and the snippet, on one line
     */
    public record Failure(int line, String reason) {}

    /** An array of samples would fill the screen. */
    private static final int LONGEST_VALUE = 400;

    private final JShell shell;
    private final PrintStream out;

    private ScriptShell(PrintStream out) {
        this.out = out;
        // In this JVM: its memory and flags apply, and nothing has to be started.
        this.shell = JShell.builder()
                .out(out)
                .executionEngine("local")
                .compilerOptions("--add-modules", "jdk.incubator.vector")
                .build();
        shell.addToClasspath(ShellSetup.classPath());
    }

    /**
     * Runs a script.
     *
     * @param source snippets as one types them into JShell; {@code /exit} ends it early
     * @param out takes the values
     * @return why it stopped before its end, if it did
     */
    public static Optional<Failure> run(String source, PrintStream out) {
        try (ScriptShell script = new ScriptShell(out)) {
            Optional<Failure> setup = script.evaluate(ShellSetup.startup());
            if (setup.isPresent()) {
                throw new IllegalStateException("start-up snippets fail: " + setup.get());
            }
            return script.evaluate(source);
        }
    }

    /** Takes line by line, as JShell does at a terminal: a line that can end a snippet ends it. */
    private Optional<Failure> evaluate(String source) {
        StringBuilder open = new StringBuilder();
        int number = 0;
        int firstLine = 1;
        for (String line : source.lines().toList()) {
            number++;
            if (open.isEmpty()) {
                firstLine = number;
                if (isCommand(line.strip())) {
                    return command(line.strip(), number);
                }
            }
            open.append(line).append('\n');
            Optional<String> problem = evaluateWhatIsComplete(open);
            if (problem.isPresent()) {
                return Optional.of(new Failure(firstLine, problem.get()));
            }
        }
        // What could have gone on, such as an if without else, ends with the script.
        Optional<String> problem = open.isEmpty() ? Optional.empty() : evaluateSnippet(open.toString());
        int line = firstLine;
        return problem.map(p -> new Failure(line, p));
    }

    /** Runs the snippets that are complete and takes them out of the text. */
    private Optional<String> evaluateWhatIsComplete(StringBuilder open) {
        while (!open.isEmpty()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(open.toString());
            if (info.completeness() == Completeness.EMPTY) {
                open.setLength(0); // blank lines and comments
            } else if (!info.completeness().isComplete()) {
                return Optional.empty();
            } else {
                Optional<String> problem = evaluateSnippet(info.source());
                if (problem.isPresent()) {
                    return problem;
                }
                String rest = info.remaining();
                open.setLength(0);
                open.append(rest.isBlank() ? "" : rest);
            }
        }
        return Optional.empty();
    }

    private Optional<String> evaluateSnippet(String source) {
        for (SnippetEvent event : shell.eval(source)) {
            Optional<String> problem = problem(event);
            if (problem.isPresent()) {
                return problem.map(p -> p + ": " + oneLine(source));
            }
            printValue(event);
        }
        return Optional.empty();
    }

    private static boolean isCommand(String line) {
        return line.startsWith("/") && !line.startsWith("//") && !line.startsWith("/*");
    }

    private static Optional<Failure> command(String command, int line) {
        if (command.equals("/exit")) {
            return Optional.empty();
        }
        return Optional.of(new Failure(line, "scripts know Java and /exit only: " + command));
    }

    private Optional<String> problem(SnippetEvent event) {
        if (event.causeSnippet() != null) {
            return Optional.empty(); // an earlier snippet that this one completed or replaced
        }
        if (event.exception() != null) {
            return Optional.of(describe(event.exception()));
        }
        return switch (event.status()) {
            case REJECTED, RECOVERABLE_NOT_DEFINED ->
                Optional.of(shell.diagnostics(event.snippet())
                        .filter(Diag::isError)
                        .map(d -> oneLine(d.getMessage(Locale.ROOT)))
                        .findFirst()
                        .orElse("cannot be compiled"));
            default -> Optional.empty();
        };
    }

    private static String describe(JShellException e) {
        return switch (e) {
            case EvalException v -> {
                String name = v.getExceptionClassName();
                yield name.substring(name.lastIndexOf('.') + 1) + ": " + oneLine(String.valueOf(v.getMessage()));
            }
            case UnresolvedReferenceException u ->
                "refers to what is not defined in " + u.getSnippet().name();
            default -> oneLine(String.valueOf(e.getMessage()));
        };
    }

    private void printValue(SnippetEvent event) {
        if (event.value() == null || event.value().isEmpty() || event.causeSnippet() != null) {
            return;
        }
        Snippet snippet = event.snippet();
        switch (snippet) {
            case VarSnippet v -> out.println(v.name() + " ==> " + brief(event.value()));
            case ExpressionSnippet x -> out.println(x.name() + " ==> " + brief(event.value()));
            default -> {} // statements and declarations have no value of their own
        }
    }

    private static String brief(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + " ...";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void close() {
        shell.close();
    }
}
